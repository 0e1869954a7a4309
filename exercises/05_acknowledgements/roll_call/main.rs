// Roll call: ask everyone else, wait a little, and count. The contract is in exercise.yaml.
//
// A broadcast can ask for acknowledgements. Each client that hears it may answer, and some of them will not.

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("rollCall", roll_call);
    });
}

async fn roll_call(ack: AckSender) {
    // Nobody has been asked yet.
    ack.send(&json!({ "present": [], "silent": 0 })).ok();
}
