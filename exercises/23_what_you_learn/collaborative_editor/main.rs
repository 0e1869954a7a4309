// A collaborative editor, in stages. What holds in all of them, and what this stage adds:
// cargo run -p runner goal collaborative_editor
//
// Five stages use this one file: text, versions, catch-up, people, cursors.

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Open {
    doc: String,
}

#[derive(Deserialize)]
struct Edit {
    doc: String,
    at: i64,
    remove: i64,
    insert: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("open", open);
        socket.on("edit", edit);
    });
}

async fn open(_socket: SocketRef, Data(Open { doc }): Data<Open>, _ack: AckSender) {
    // Where is the text kept, so that all connections find it?
    let _asked = doc;
}

async fn edit(_socket: SocketRef, Data(Edit { doc, at, remove, insert }): Data<Edit>, _ack: AckSender) {
    // Who needs to hear of a change, and who has it already?
    let _asked = (doc, at, remove, insert);
}
