// Each node writes its own numbers into Redis. A node that holds no line to Redis any more does not count.

use std::{collections::BTreeMap, env, error::Error, sync::OnceLock};

use redis::{AsyncCommands, AsyncConnectionConfig, RedisError, RedisResult, aio::MultiplexedConnection};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    adapter::{Adapter, Emitter},
    extract::{AckSender, Data, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_redis::{RedisAdapter, RedisAdapterCtr, drivers::redis::redis_client as redis};
use tokio::sync::mpsc;

type Bus = RedisAdapter<Emitter>;

static STORE: OnceLock<MultiplexedConnection> = OnceLock::new();

fn main() {
    sandbox::serve_built(build);
}

async fn build() -> Result<(SocketIoLayer<Bus>, SocketIo<Bus>), Box<dyn Error + Send + Sync>> {
    let client = redis::Client::open(format!("{}?protocol=resp3", env::var("REDIS_URL")?))?;
    let (pushed, _) = mpsc::unbounded_channel();
    let config = AsyncConnectionConfig::new().set_push_sender(pushed);
    let mut store = client.get_multiplexed_async_connection_with_config(&config).await?;
    // Whoever subscribes to its own name is alive.
    store.subscribe(me()).await?;
    STORE.set(store).ok();

    let adapter = RedisAdapterCtr::new_with_redis(&client).await?;
    let (layer, io) = SocketIo::builder().with_adapter::<Bus>(adapter).build_layer();
    io.ns("/", on_connect).await?;
    Ok((layer, io))
}

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    socket.on(
        "joinRoom",
        async |io: SocketIo<A>, socket: SocketRef<A>, Data(asked): Data<Value>, ack: AckSender<A>| {
            let room = asked["roomId"].as_str().unwrap_or_default().to_owned();
            socket.join(room.clone());
            let count = announce(&io, room).await;
            ack.send(&count.map_or_else(try_again, |count| json!({ "ok": true, "count": count }))).ok();
        },
    );
    socket.on("countRoom", async |Data(asked): Data<Value>, ack: AckSender<A>| {
        let count = total(asked["roomId"].as_str().unwrap_or_default()).await;
        ack.send(&count.map_or_else(try_again, |count| json!({ "count": count }))).ok();
    });
    socket.on_disconnect(async |io: SocketIo<A>, socket: SocketRef<A>| {
        for room in socket.rooms() {
            socket.leave(room.clone());
            announce(&io, room.to_string()).await.ok();
        }
    });
}

/// Writes how many are here, then tells everybody the sum.
async fn announce<A: Adapter>(io: &SocketIo<A>, room: String) -> RedisResult<usize> {
    let here = io.to(room.clone()).sockets().len();
    store().hset::<_, _, _, ()>(key(&room), me(), here).await?;
    let count = total(&room).await?;
    let news = json!({ "roomId": room, "count": count });
    io.to(room).emit("roomCount", &news).await.ok();
    Ok(count)
}

fn try_again(error: RedisError) -> Value {
    eprintln!("{error}");
    json!({ "ok": false, "error": "try_again" })
}

async fn total(room: &str) -> RedisResult<usize> {
    let numbers: BTreeMap<String, usize> = store().hgetall(key(room)).await?;
    let mut sum = 0;
    for (node, number) in numbers {
        let alive: (String, u32) =
            redis::cmd("PUBSUB").arg("NUMSUB").arg(&node).query_async(&mut store()).await?;
        sum += if alive.1 > 0 { number } else { 0 };
    }
    Ok(sum)
}

fn store() -> MultiplexedConnection {
    STORE.get().expect("the server is built").clone()
}

fn key(room: &str) -> String {
    format!("room:{room}")
}

fn me() -> String {
    format!("node-{}", env::var("NODE_INDEX").unwrap_or_default())
}
