use std::{env, error::Error};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    BroadcastError, SocketIo,
    adapter::{Adapter, Emitter},
    extract::{AckSender, Data, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_redis::{RedisAdapter, RedisAdapterCtr, drivers::redis::redis_client as redis};

type Bus = RedisAdapter<Emitter>;

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
    // The adapter hears what others publish on the same connection; that takes the newer protocol.
    let client = redis::Client::open(format!("{}?protocol=resp3", env::var("REDIS_URL")?))?;
    let adapter = RedisAdapterCtr::new_with_redis(&client).await?;
    let (layer, io) = SocketIo::builder().with_adapter::<Bus>(adapter).build_layer();
    io.ns("/", on_connect).await?;
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
    let sent = socket.within(room_id.clone()).emit("receiveMessage", &message).await;
    if let Err(BroadcastError::Adapter(_)) = sent {
        // Without Redis it reached nobody, not even on this node.
        socket.within(room_id).local().emit("receiveMessage", &message).await.ok();
        // It has not left this node, so it is not sent.
        return;
    }
    ack.send(&json!({ "ok": true })).ok();
}
