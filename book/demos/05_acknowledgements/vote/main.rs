use std::time::Duration;

use futures_util::StreamExt;
use serde_json::{Value, json};
use socketioxide::{SocketIo, extract::SocketRef};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("startVote", start_vote);
    });
}

// region: ask
async fn start_vote(io: SocketIo) {
    let everyone = io.timeout(Duration::from_secs(2));
    let Ok(answers) = everyone.emit_with_ack::<_, String>("whereTo", &NOTHING).await else { return };

    // One result for each client; an error is one who did not answer.
    let answers: Vec<_> = answers.collect().await;
    let places: Vec<String> = answers.into_iter().filter_map(|(_id, answer)| answer.ok()).collect();
    io.emit("voted", &count(&places)).await.ok();
}
// endregion

// region: count
fn count(places: &[String]) -> Value {
    let votes_for = |wanted: &str| places.iter().filter(|place| *place == wanted).count();
    json!({ "museum": votes_for("museum"), "river": votes_for("river") })
}
// endregion
