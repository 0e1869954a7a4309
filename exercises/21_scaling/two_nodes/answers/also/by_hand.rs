// No adapter: each node tells the other what it has sent.

use std::env;

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use socketioxide_redis::drivers::redis::redis_client::{
    self as redis, AsyncCommands, AsyncConnectionConfig, PushInfo, PushKind, aio::MultiplexedConnection,
};
use tokio::sync::mpsc::{self, UnboundedReceiver};

const CHANNEL: &str = "classroom";

#[derive(Serialize, Deserialize)]
struct Line {
    from: String,
    #[serde(rename = "roomId")]
    room: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

async fn register(io: &SocketIo) {
    let url = format!("{}?protocol=resp3", env::var("REDIS_URL").expect("REDIS_URL"));
    let (tell, heard) = mpsc::unbounded_channel();
    let config = AsyncConnectionConfig::new().set_push_sender(tell);
    let client = redis::Client::open(url).expect("an address");
    let mut bus = client.get_multiplexed_async_connection_with_config(&config).await.expect("Redis");
    bus.subscribe(CHANNEL).await.expect("a subscription");
    tokio::spawn(listen(io.clone(), heard));

    let me = env::var("NODE_INDEX").unwrap_or_default();
    io.ns("/", async move |socket: SocketRef| {
        socket.on(
            "joinRoom",
            async |socket: SocketRef, Data(line): Data<serde_json::Value>, ack: AckSender| {
                socket.join(line["roomId"].as_str().unwrap_or_default().to_owned());
                ack.send(&json!({ "ok": true })).ok();
            },
        );
        socket.on(
            "sendMessage",
            async move |io: SocketIo, Data(said): Data<serde_json::Value>, ack: AckSender| {
                let text = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
                let line = Line { from: me, room: text("roomId"), text: text("text") };
                deliver(&io, &line).await;
                ack.send(&json!({ "ok": true })).ok();
                tokio::spawn(publish(bus, line));
            },
        );
    });
}

async fn deliver(io: &SocketIo, line: &Line) {
    let message = json!({ "roomId": line.room, "text": line.text });
    io.to(line.room.clone()).emit("receiveMessage", &message).await.ok();
}

async fn publish(mut bus: MultiplexedConnection, line: Line) {
    let text = serde_json::to_string(&line).unwrap_or_default();
    bus.publish::<_, _, ()>(CHANNEL, text).await.ok();
}

async fn listen(io: SocketIo, mut heard: UnboundedReceiver<PushInfo>) {
    let me = env::var("NODE_INDEX").unwrap_or_default();
    while let Some(push) = heard.recv().await {
        let text = push.data.last().and_then(|text| redis::from_redis_value_ref::<String>(text).ok());
        let line = text.and_then(|text| serde_json::from_str::<Line>(&text).ok());
        if let Some(line) = line.filter(|line| push.kind == PushKind::Message && line.from != me) {
            deliver(&io, &line).await;
        }
    }
}
