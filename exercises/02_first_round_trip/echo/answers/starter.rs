// Echo: send back what a client says, to this client and to nobody else. The contract is in exercise.yaml.
//
// `SocketRef` is your end of the line to one client. `socket.on` says what to do when this client sends an event.
// The handler lists what it needs among its parameters: here the event's payload, and the socket.

use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Serialize, Deserialize)]
struct Words {
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

async fn say(socket: SocketRef, Data(words): Data<Words>) {
    println!("{} says: {}", socket.id, words.text);

    // A web server would send this back. Who gets it here?
    let _answer = words;
}
