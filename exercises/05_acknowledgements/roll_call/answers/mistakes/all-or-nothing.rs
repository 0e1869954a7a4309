use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

const TIME_TO_ANSWER: Duration = Duration::from_millis(600);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("rollCall", roll_call);
    });
}

async fn roll_call(socket: SocketRef, ack: AckSender) {
    let asked = socket.broadcast().sockets().len();
    let everyone_else = socket.broadcast().timeout(TIME_TO_ANSWER);
    let Ok(answers) = everyone_else.emit_with_ack::<_, String>("areYouHere", &[(); 0]).await else {
        return;
    };
    let answers = answers.map(|(_, answer)| answer);
    let present: Vec<String> = answers.try_collect().await.unwrap_or_default();
    ack.send(&json!({ "silent": asked - present.len(), "present": present })).ok();
}
