use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

// region: keep
/// From the name of a person to her page.
static PAGES: LazyLock<Mutex<HashMap<String, u32>>> = LazyLock::new(Mutex::default);

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        let page = PAGES.lock().unwrap().get(&who.name).copied().unwrap_or(1);
        socket.extensions.insert(who);
        socket.on("turnTo", turn_to);
        socket.emit("page", &page).ok();
    });
}

async fn turn_to(Extension(who): Extension<Who>, Data(page): Data<u32>, ack: AckSender) {
    PAGES.lock().unwrap().insert(who.name, page);
    ack.send("kept").ok();
}
// endregion
