use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

static ROOM: Mutex<String> = Mutex::new(String::new());

#[derive(Serialize, Deserialize)]
struct Place {
    room: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    *ROOM.lock().unwrap() = "room 3".to_owned();

    io.ns("/", async |socket: SocketRef| {
        // region: question
        socket.on("whereIsPhysics", async |socket: SocketRef| {
            let room = ROOM.lock().unwrap().clone();
            socket.emit("physicsIsIn", &Place { room }).ok();
        });
        // endregion

        socket.on("movePhysics", async |socket: SocketRef, Data::<Place>(news)| {
            socket.emit("noted", &news).ok();
            *ROOM.lock().unwrap() = news.room;
        });
    });
}
