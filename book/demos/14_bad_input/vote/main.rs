use std::sync::Mutex;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    ParserError, SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

static COUNTS: Mutex<[u32; 4]> = Mutex::new([0; 4]);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("vote", vote);
    });
}

// region: handler
async fn vote(io: SocketIo, TryData(payload): TryData<Vote>, ack: AckSender) {
    let Some(choice) = read_vote(payload) else {
        ack.send(&json!({ "ok": false, "error": "bad_request" })).ok();
        return;
    };
    let counts = {
        let mut counts = COUNTS.lock().unwrap();
        counts[choice] += 1;
        counts.to_vec()
    };
    io.emit("counts", &counts).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion

// region: read
#[derive(Deserialize)]
struct Vote {
    choice: usize,
}

/// The choice, if the payload is a vote. The type checks the shape; the range is for us to check.
fn read_vote(payload: Result<Vote, ParserError>) -> Option<usize> {
    let Vote { choice } = payload.ok()?;
    (choice < 4).then_some(choice)
}
// endregion
