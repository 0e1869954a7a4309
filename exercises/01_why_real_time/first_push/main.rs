use sandbox::serve;
use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    serve(register)
}

fn register(io: &SocketIo) {
    io.ns("/", on_connect);
}

// Called once for each client that connects.
async fn on_connect(_socket: SocketRef) {}
