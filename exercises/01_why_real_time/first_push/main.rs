// First push: greet each client the moment it connects. The contract is in exercise.yaml.
//
// `io` is the whole server. Each connection hands you a `SocketRef`: your end of the line to one client.

use serde_json::json;
use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        println!("a client connected: {}", socket.id);

        // So far a client must ask for its greeting. Asha and Ravi do not ask.
        socket.on("hello", async |socket: SocketRef| {
            socket.emit("welcome", &json!({ "text": "Good morning!" })).ok();
        });
    });
}
