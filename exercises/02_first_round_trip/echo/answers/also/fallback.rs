//! One handler for all events, and the payload stays JSON that nobody looks into.

use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{Data, Event, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on_fallback(async |io: SocketIo, socket: SocketRef, Event(event), Data::<Value>(words)| {
            if event == "say"
                && let Some(speaker) = io.get_socket(socket.id)
            {
                speaker.emit("echo", &words).ok();
            }
        });
    });
}
