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

async fn roll_call(socket: SocketRef, ack: AckSender) {
    let present: Vec<_> = socket.broadcast().sockets().iter().map(|pupil| pupil.id.to_string()).collect();
    ack.send(&json!({ "present": present, "silent": 0 })).ok();
}
