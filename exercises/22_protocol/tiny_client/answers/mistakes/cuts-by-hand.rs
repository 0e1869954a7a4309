use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio_tungstenite::{connect_async, tungstenite::Message};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let address = std::env::var("URL").expect("URL is set").replacen("http", "ws", 1);
    let address = format!("{address}/socket.io/?EIO=4&transport=websocket");
    let (mut line, _) = connect_async(address).await.expect("the server takes the WebSocket");
    while let Some(Ok(message)) = line.next().await {
        let Message::Text(frame) = message else { continue };
        // Engine.IO: one digit, and what it carries.
        let answer = match frame.as_bytes().first() {
            Some(b'0') => Some(r#"40{"name":"Asha"}"#.to_owned()),
            Some(b'2') => Some("3".to_owned()),
            Some(b'4') => match hear(&frame[1..]) {
                Next::Say(answer) => Some(answer),
                Next::Listen => None,
                Next::Leave => break,
            },
            _ => None,
        };
        if let Some(answer) = answer {
            line.send(Message::text(answer)).await.expect("the line is open");
        }
    }
    line.close(None).await.ok();
}

enum Next {
    Say(String),
    Listen,
    Leave,
}

/// Socket.IO: one digit, perhaps the number of an acknowledgement, perhaps JSON.
fn hear(packet: &str) -> Next {
    let (kind, rest) = packet.split_at(1);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (id, json) = rest.split_at(end);
    let data: Value = serde_json::from_str(json).unwrap_or_default();
    match kind {
        "0" => return Next::Say(r#"420["hello"]"#.to_owned()),
        "1" => return Next::Leave,
        "2" if data[0] == "say" => {
            println!("{}", json.trim_start_matches(r#"["say",""#).trim_end_matches(r#""]"#))
        }
        "2" if data[0] == "areYouHere" => return Next::Say(format!(r#"43{id}["yes"]"#)),
        "3" => print(&data[0]),
        "4" => {
            print(&data["message"]);
            return Next::Leave;
        }
        _ => {}
    }
    Next::Listen
}

fn print(text: &Value) {
    println!("{}", text.as_str().unwrap_or_default());
}
