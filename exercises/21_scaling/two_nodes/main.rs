// Two nodes: a message reaches its room on both. The contract is in exercise.yaml.
//
// This file runs twice, as two programs that know nothing of each other. `REDIS_URL` says where Redis is. `build` makes
// the server; its type says which adapter it has, and the handlers work with any.

use std::error::Error;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    adapter::{Adapter, LocalAdapter},
    extract::{AckSender, Data, SocketRef},
    layer::SocketIoLayer,
};

/// What carries a broadcast from this node to the other?
type Bus = LocalAdapter;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Join {
    room_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    room_id: String,
    text: String,
}

fn main() {
    sandbox::serve_built(build);
}

async fn build() -> Result<(SocketIoLayer<Bus>, SocketIo<Bus>), Box<dyn Error + Send + Sync>> {
    let (layer, io) = SocketIo::builder().build_layer();
    io.ns("/", on_connect);
    Ok((layer, io))
}

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    socket.on("joinRoom", join_room);
    socket.on("sendMessage", send_message);
}

async fn join_room<A: Adapter>(socket: SocketRef<A>, Data(Join { room_id }): Data<Join>, ack: AckSender<A>) {
    socket.join(room_id);
    ack.send(&json!({ "ok": true })).ok();
}

async fn send_message<A: Adapter>(
    socket: SocketRef<A>,
    Data(Message { room_id, text }): Data<Message>,
    ack: AckSender<A>,
) {
    let message = json!({ "roomId": room_id, "text": text });
    socket.within(room_id).emit("receiveMessage", &message).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
