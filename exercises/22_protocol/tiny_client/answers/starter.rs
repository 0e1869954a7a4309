// Tiny client: Socket.IO without its library, over a bare WebSocket. The contract is in exercise.yaml.
//
// A WebSocket carries texts and nothing else. `line.send(Message::text(…))` sends one; `line.next()` waits for one.

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::{connect_async, tungstenite::Message};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let address = std::env::var("URL").expect("URL is set").replacen("http", "ws", 1);
    let address = format!("{address}/socket.io/?EIO=4&transport=websocket");
    let (mut line, _) = connect_async(address).await.expect("the server takes the WebSocket");
    while let Some(Ok(message)) = line.next().await {
        let Message::Text(frame) = message else { continue };
        // The first digit is Engine.IO's: 0 open, 2 ping, 3 pong, 4 message.
        let answer = match frame.as_bytes().first() {
            Some(b'2') => Some("3".to_owned()),
            // The server has opened the session with `0{…}`. Are you let in now, or does it wait for a word from you?
            Some(b'4') => hear(&frame[1..]),
            _ => None,
        };
        if let Some(answer) = answer {
            line.send(Message::text(answer)).await.expect("the line is open");
        }
    }
}

/// Behind the 4 stands a packet of Socket.IO: 0 CONNECT, 1 DISCONNECT, 2 EVENT, 3 ACK, 4 CONNECT_ERROR.
fn hear(packet: &str) -> Option<String> {
    packet.starts_with('0').then(|| r#"420["hello"]"#.to_owned())
}
