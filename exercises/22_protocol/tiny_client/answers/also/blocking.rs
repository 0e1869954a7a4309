//! One thread, a socket that blocks, and typed packets; the number of its question is not 0.
use std::{env, net::TcpStream, process};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, WebSocket, connect, stream::MaybeTlsStream};

type Line = WebSocket<MaybeTlsStream<TcpStream>>;

enum Packet {
    Welcome,
    Bye,
    Event { args: Vec<Value>, id: Option<u64> },
    Ack { args: Vec<Value>, id: Option<u64> },
    Refusal(String),
}

impl Packet {
    fn read(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let kind = letters.next()?;
        let rest = letters.as_str();
        let json = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let id = rest[..rest.len() - json.len()].parse().ok();
        let args = || serde_json::from_str(json).ok();
        Some(match kind {
            '0' => Self::Welcome,
            '1' => Self::Bye,
            '2' => Self::Event { args: args()?, id },
            '3' => Self::Ack { args: args()?, id },
            '4' => {
                let why: Value = serde_json::from_str(json).ok()?;
                Self::Refusal(why["message"].as_str()?.to_owned())
            }
            _ => return None,
        })
    }
}

fn say(line: &mut Line, kind: &str, body: &Value) {
    line.send(Message::text(format!("4{kind}{body}"))).expect("the line is open");
}

fn leave(line: &mut Line) -> ! {
    // The farewell is sent, and nobody waits for its answer.
    line.close(None).and_then(|()| line.flush()).ok();
    process::exit(0)
}

fn main() {
    let url = env::var("URL").expect("URL is set");
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let (mut line, _) =
        connect(format!("ws://{host}/socket.io/?transport=websocket&EIO=4")).expect("a WebSocket");
    while let Ok(message) = line.read() {
        let Ok(frame) = message.to_text() else { continue };
        if frame.starts_with('0') {
            say(&mut line, "0", &json!({ "name": "Asha" }));
        } else if frame == "2" {
            line.send(Message::text("3")).expect("the line is open");
        } else if let Some(packet) = frame.strip_prefix('4').and_then(Packet::read) {
            act(&mut line, packet);
        }
    }
}

fn act(line: &mut Line, packet: Packet) {
    match packet {
        Packet::Welcome => say(line, "242", &json!(["hello"])),
        Packet::Bye => leave(line),
        Packet::Refusal(message) => {
            println!("{message}");
            leave(line);
        }
        Packet::Ack { args, id: Some(42) } => println!("{}", args[0].as_str().unwrap_or("")),
        Packet::Event { args, id } => match (args[0].as_str(), id) {
            (Some("say"), _) => println!("{}", args[1].as_str().unwrap_or("")),
            (Some("areYouHere"), Some(id)) => say(line, &format!("3{id}"), &json!(["yes"])),
            _ => {}
        },
        Packet::Ack { .. } => {}
    }
}
