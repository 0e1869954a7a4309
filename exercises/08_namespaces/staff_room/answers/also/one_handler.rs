//! One handler for all events, and `within` of the socket instead of the namespace's name.

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef, TryData},
    handler::ConnectHandler,
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let check = async |TryData::<Value>(auth)| {
        let key = std::env::var("STAFF_KEY").unwrap_or_default();
        let shown = auth.unwrap_or_default();
        if !key.is_empty() && shown["key"] == key.as_str() { Ok(()) } else { Err("staff_only".to_owned()) }
    };
    let enter = async |socket: SocketRef| socket.on_fallback(any_event);
    io.ns("/", enter);
    io.ns("/staff", enter.with(check));
}

async fn any_event(
    io: SocketIo,
    socket: SocketRef,
    Event(event): Event,
    Data(payload): Data<Value>,
    ack: AckSender,
) {
    let room = payload["roomId"].as_str().unwrap_or_default().to_owned();
    match (socket.ns(), event.as_str()) {
        (_, "joinRoom") => {
            socket.join(room);
            ack.send(&json!({ "ok": true })).ok();
        }
        ("/staff", "note") => {
            socket.emit("noted", &payload).ok();
            socket.broadcast().emit("noted", &payload).await.ok();
        }
        ("/staff", "announce") => {
            io.broadcast().emit("announced", &payload).await.ok();
        }
        ("/staff", "callRoom") => {
            socket.within(room.clone()).emit("called", &payload).await.ok();
            io.within(room).emit("called", &payload).await.ok();
        }
        _ => {}
    }
}
