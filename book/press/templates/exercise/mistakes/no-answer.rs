use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Deserialize, Serialize)]
struct Line {
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("say", say);
    });
}

async fn say(socket: SocketRef, Data(line): Data<Line>) {
    socket.broadcast().emit("said", &line).await.ok();
}
