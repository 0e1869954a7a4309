//! Keeps its own list of who is here, and speaks to each of them.

use std::sync::{LazyLock, Mutex};

use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Deserialize, Serialize)]
struct Hand {
    question: String,
}

#[derive(Deserialize, Serialize)]
struct Bell {
    lesson: String,
}

#[derive(Deserialize, Serialize)]
struct Help {
    page: u32,
}

static HERE: LazyLock<Mutex<Vec<SocketRef>>> = LazyLock::new(Mutex::default);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", enter);
}

async fn enter(socket: SocketRef) {
    HERE.lock().unwrap().push(socket.clone());
    socket.on_disconnect(async |socket: SocketRef| {
        HERE.lock().unwrap().retain(|other| other.id != socket.id);
    });

    socket.on("raiseHand", async |socket: SocketRef, Data::<Hand>(hand)| {
        for other in HERE.lock().unwrap().iter().filter(|other| other.id != socket.id) {
            other.emit("handRaised", &hand).ok();
        }
    });
    socket.on("ringBell", async |Data::<Bell>(bell)| {
        for each in HERE.lock().unwrap().iter() {
            each.emit("bell", &bell).ok();
        }
    });
    socket.on("askHelp", async |socket: SocketRef, Data::<Help>(help)| {
        socket.emit("helpComing", &help).ok();
    });
}
