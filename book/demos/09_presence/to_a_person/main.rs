use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Whisper {
    to: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", connected);
}

// region: person
async fn connected(socket: SocketRef, Data(who): Data<Who>) {
    socket.join(format!("person:{}", who.name));
    socket.extensions.insert(who);
    socket.on("whisper", whisper);
    socket.on("myTabs", my_tabs);
    socket.on_disconnect(tab_closed);
}

async fn whisper(io: SocketIo, Extension(who): Extension<Who>, Data(Whisper { to, text }): Data<Whisper>) {
    let whispered = json!({ "from": who.name, "text": text });
    io.to(format!("person:{to}")).emit("whispered", &whispered).await.ok();
}
// endregion

// region: tabs
async fn my_tabs(io: SocketIo, Extension(who): Extension<Who>, ack: AckSender) {
    let tabs = io.to(format!("person:{}", who.name)).sockets();
    ack.send(&tabs.len()).ok();
}

async fn tab_closed(socket: SocketRef, Extension(who): Extension<Who>) {
    socket.to(format!("person:{}", who.name)).emit("tabClosed", &[(); 0]).await.ok();
}
// endregion
