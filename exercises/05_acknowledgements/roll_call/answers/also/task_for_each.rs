//! No broadcast: a task for each client, with tokio's clock, and a channel that brings the names together.

use std::time::Duration;

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};
use tokio::{sync::mpsc, time::timeout};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("rollCall", async |teacher: SocketRef, ack: AckSender| {
            let pupils = teacher.broadcast().sockets();
            let asked = pupils.len();
            let (tell, mut told) = mpsc::unbounded_channel::<String>();
            for pupil in pupils {
                let tell = tell.clone();
                tokio::spawn(async move {
                    let Ok(answer) = pupil.emit_with_ack("areYouHere", &[(); 0]) else { return };
                    if let Ok(Ok(name)) = timeout(Duration::from_millis(600), answer).await {
                        tell.send(name).ok();
                    }
                });
            }
            drop(tell);
            let mut present = Vec::new();
            while let Some(name) = told.recv().await {
                present.push(name);
            }
            ack.send(&json!({ "silent": asked - present.len(), "present": present })).ok();
        });
    });
}
