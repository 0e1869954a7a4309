// Tic-tac-toe, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal tic_tac_toe
//
// The server owns the games. A client only asks; what it believes about the board counts for nothing.

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Join {
    game: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("join", join);
    });
}

async fn join(_socket: SocketRef, Data(Join { game }): Data<Join>, _ack: AckSender) {
    // Which mark is still free in this game? Who has to see the board now?
    let _game = game;
}
