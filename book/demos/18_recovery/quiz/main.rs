use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

/// No arguments at all.
const NOTHING: [(); 0] = [];

#[derive(Deserialize)]
struct Board {
    board: String,
}

#[derive(Deserialize)]
struct Line {
    board: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("follow", follow);
        socket.on("write", write);
        socket.on("sketch", sketch);
        socket.on_disconnect(gone);
    });
}

// region: board
async fn follow(socket: SocketRef, Data(Board { board }): Data<Board>, ack: AckSender) {
    socket.join(board);
    ack.send(&json!({ "ok": true })).ok();
}

async fn write(io: SocketIo, Data(Line { board, text }): Data<Line>, ack: AckSender) {
    let line = json!({ "board": board, "text": text });
    io.to(board).emit("line", &line).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn gone(socket: SocketRef) {
    socket.broadcast().emit("gone", &NOTHING).await.ok();
}
// endregion

async fn sketch(io: SocketIo, Data(Board { board }): Data<Board>, ack: AckSender) {
    io.to(board).emit("picture", &NOTHING).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
