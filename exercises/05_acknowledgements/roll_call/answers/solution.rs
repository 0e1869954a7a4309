use std::time::Duration;

use futures_util::StreamExt;
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
    let everyone_else = socket.broadcast().timeout(TIME_TO_ANSWER);
    let Ok(answers) = everyone_else.emit_with_ack::<_, String>("areYouHere", &[(); 0]).await else {
        // Nobody could be asked. The teacher is waiting all the same.
        let silent = socket.broadcast().sockets().len();
        ack.send(&json!({ "present": [], "silent": silent })).ok();
        return;
    };
    // One result for each client that was asked: its name, or that it did not answer in time.
    let answers: Vec<Option<String>> = answers.map(|(_, answer)| answer.ok()).collect().await;
    let present: Vec<&String> = answers.iter().flatten().collect();
    ack.send(&json!({ "present": present, "silent": answers.len() - present.len() })).ok();
}
