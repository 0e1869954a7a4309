use std::{env, error::Error, sync::OnceLock};

use redis::{AsyncCommands, aio::MultiplexedConnection};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    adapter::{Adapter, Emitter},
    extract::{AckSender, Data, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_redis::{RedisAdapter, RedisAdapterCtr, drivers::redis::redis_client as redis};

type Bus = RedisAdapter<Emitter>;

static STORE: OnceLock<MultiplexedConnection> = OnceLock::new();

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Room {
    room_id: String,
}

fn main() {
    sandbox::serve_built(build);
}

async fn build() -> Result<(SocketIoLayer<Bus>, SocketIo<Bus>), Box<dyn Error + Send + Sync>> {
    let client = redis::Client::open(format!("{}?protocol=resp3", env::var("REDIS_URL")?))?;
    STORE.set(client.get_multiplexed_async_connection().await?).ok();
    let adapter = RedisAdapterCtr::new_with_redis(&client).await?;
    let (layer, io) = SocketIo::builder().with_adapter::<Bus>(adapter).build_layer();
    io.ns("/", on_connect).await?;
    Ok((layer, io))
}

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    socket.on("joinRoom", join_room);
    socket.on("countRoom", count_room);
    socket.on_disconnect(leave);
}

async fn join_room<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    Data(Room { room_id }): Data<Room>,
    ack: AckSender<A>,
) {
    socket.join(room_id.clone());
    add(&room_id, 1).await;
    let count = tell(&io, &room_id).await;
    ack.send(&json!({ "ok": true, "count": count })).ok();
}

async fn count_room<A: Adapter>(Data(Room { room_id }): Data<Room>, ack: AckSender<A>) {
    ack.send(&json!({ "count": count(&room_id).await })).ok();
}

async fn leave<A: Adapter>(io: SocketIo<A>, socket: SocketRef<A>) {
    let rooms = socket.rooms();
    // At this moment the socket is still in them.
    socket.leave_all();
    for room in rooms {
        add(&room, -1).await;
        tell(&io, &room).await;
    }
}

async fn add(room: &str, change: i64) {
    let mut store = STORE.get().expect("connected").clone();
    store.incr::<_, _, ()>(format!("count:{room}"), change).await.ok();
}

async fn count(room: &str) -> usize {
    let mut store = STORE.get().expect("connected").clone();
    store.get(format!("count:{room}")).await.unwrap_or(0)
}

async fn tell<A: Adapter>(io: &SocketIo<A>, room: &str) -> usize {
    let count = count(room).await;
    let news = json!({ "roomId": room, "count": count });
    io.to(room.to_owned()).emit("roomCount", &news).await.ok();
    count
}
