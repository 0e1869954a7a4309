use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

impl Who {
    fn room(&self) -> String {
        format!("person:{}", self.name)
    }
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.join(who.room());
        socket.extensions.insert(who);
        socket.on("sit", sit);
        socket.on("saveDraft", save_draft);
        socket.on("planFor", plan_for);
        socket.on_disconnect(leave);
    });
}

async fn sit(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.join(format!("seat:{room}"));
    ack.send("seated").ok();
}

// region: draft
async fn save_draft(socket: SocketRef, Extension(who): Extension<Who>, Data(text): Data<String>) {
    socket.to(who.room()).emit("draft", &text).await.ok();
}
// endregion

// region: surprise
async fn plan_for(io: SocketIo, Data(friend): Data<String>) {
    io.except(format!("person:{friend}")).emit("surprise", &NOTHING).await.ok();
}
// endregion

/// There is one handler for the end of a socket, so both parts are called from it.
async fn leave(socket: SocketRef, Extension(who): Extension<Who>) {
    say_farewell(&socket).await;
    tell_the_end(&socket, &who).await;
}

// region: rooms
async fn say_farewell(socket: &SocketRef) {
    for room in socket.rooms() {
        socket.to(room).emit("farewell", &NOTHING).await.ok();
    }
}
// endregion

// region: end
async fn tell_the_end(socket: &SocketRef, who: &Who) {
    let is_still_here = !socket.to(who.room()).sockets().is_empty();
    if is_still_here {
        socket.to(who.room()).emit("tabClosed", &NOTHING).await.ok();
    } else {
        socket.broadcast().emit("offline", &who.name).await.ok();
    }
}
// endregion
