use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

// region: worlds
fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| socket.on("say", say));
    io.ns("/homework", async |socket: SocketRef| socket.on("say", say));
}

async fn say(io: SocketIo, socket: SocketRef, Data(text): Data<String>) {
    if let Some(here) = io.of(socket.ns()) {
        here.emit("said", &text).await.ok();
    }
}
// endregion
