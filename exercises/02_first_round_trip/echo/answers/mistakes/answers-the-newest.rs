use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Serialize, Deserialize)]
struct Words {
    text: String,
}

static CLIENT: Mutex<Option<SocketRef>> = Mutex::new(None);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", say);
        *CLIENT.lock().unwrap() = Some(socket);
    });
}

async fn say(Data(words): Data<Words>) {
    if let Some(client) = CLIENT.lock().unwrap().as_ref() {
        client.emit("echo", &words).ok();
    }
}
