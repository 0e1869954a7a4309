use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Board {
    board: String,
}

#[derive(Deserialize)]
struct Note {
    board: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("follow", follow);
        socket.on("unfollow", unfollow);
        socket.on("write", write);
    });
}

// region: boards
async fn follow(socket: SocketRef, Data(Board { board }): Data<Board>, ack: AckSender) {
    socket.join(format!("board:{board}"));
    ack.send(&socket.rooms().len()).ok();
}

async fn unfollow(socket: SocketRef, Data(Board { board }): Data<Board>, ack: AckSender) {
    socket.leave(format!("board:{board}"));
    ack.send(&socket.rooms().len()).ok();
}

async fn write(io: SocketIo, Data(Note { board, text }): Data<Note>, ack: AckSender) {
    let note = json!({ "board": board, "text": text });
    io.to(format!("board:{board}")).emit("note", &note).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
