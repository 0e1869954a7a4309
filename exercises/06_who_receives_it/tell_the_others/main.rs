// Tell the others: three events, three different audiences. The contract is in exercise.yaml.
//
// `socket` is the line to the client that spoke. A handler that wants the whole server with all its lines
// asks for `io: SocketIo` among its parameters.

use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // For everyone else in the classroom: Asha knows that she raised her hand.
        socket.on("raiseHand", async |socket: SocketRef, Data::<Value>(hand)| {
            socket.emit("handRaised", &hand).ok();
        });

        // For everyone, the one who rang included.
        socket.on("ringBell", async |socket: SocketRef, Data::<Value>(bell)| {
            socket.emit("bell", &bell).ok();
        });

        // For the one who asked, and for nobody else.
        socket.on("askHelp", async |socket: SocketRef, Data::<Value>(help)| {
            socket.emit("helpComing", &help).ok();
        });
    });
}
