use serde::Serialize;
use socketioxide::{SocketIo, extract::SocketRef};

#[derive(Serialize)]
struct Welcome {
    text: &'static str,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", greet);
}

async fn greet(socket: SocketRef) {
    if let Err(error) = socket.emit("welcome", &Welcome { text: "Good morning!" }) {
        eprintln!("no greeting for {}: {error}", socket.id);
    }
}
