//! No rooms and no broadcasts: each socket carries its person's name, and each packet is sent on one line.

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Clone)]
struct Name(Option<String>);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("enter", async |socket: SocketRef, Data::<Value>(person), ack: AckSender| {
            socket.extensions.insert(Name(person["name"].as_str().map(str::to_owned)));
            ack.send(&json!({ "ok": true })).ok();
        });

        socket.on("draw", async |io: SocketIo, socket: SocketRef, Data::<Value>(stroke)| {
            tell(&io, "drawn", &stroke, |other| other.id != socket.id);
        });

        socket.on("planSurprise", async |io: SocketIo, Data::<Value>(plan)| {
            tell(&io, "secret", &plan, |other| !is(other, &plan["for"]));
        });

        socket.on("nominate", async |io: SocketIo, socket: SocketRef, Data::<Value>(vote)| {
            tell(&io, "vote", &vote, |other| other.id != socket.id && !is(other, &vote["name"]));
        });
    });
}

fn is(socket: &SocketRef, name: &Value) -> bool {
    socket.extensions.get::<Name>().is_some_and(|Name(mine)| mine.as_deref() == name.as_str())
}

fn tell(io: &SocketIo, event: &str, payload: &Value, hears: impl Fn(&SocketRef) -> bool) {
    for socket in io.sockets().iter().filter(|socket| hears(socket)) {
        socket.emit(event, payload).ok();
    }
}
