use std::{env, error::Error};

use socketioxide::{
    SocketIo,
    adapter::{Adapter, Emitter},
    extract::{AckSender, Data, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_redis::{RedisAdapter, RedisAdapterCtr, drivers::redis::redis_client as redis};

type Bus = RedisAdapter<Emitter>;

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve_built(build);
}

async fn build() -> Result<(SocketIoLayer<Bus>, SocketIo<Bus>), Box<dyn Error + Send + Sync>> {
    let client = redis::Client::open(format!("{}?protocol=resp3", env::var("REDIS_URL")?))?;
    let adapter = RedisAdapterCtr::new_with_redis(&client).await?;
    let (layer, io) = SocketIo::builder().with_adapter::<Bus>(adapter).build_layer();
    io.ns("/", on_connect).await?;
    Ok((layer, io))
}

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    socket.on("sit", sit);
    socket.on("greet", greet);
    socket.on("warn", warn);
    socket.on("close", close);
}

async fn sit<A: Adapter>(socket: SocketRef<A>, Data(room): Data<String>, ack: AckSender<A>) {
    socket.join(room);
    ack.send("ok").ok();
}

// region: greet
async fn greet<A: Adapter>(socket: SocketRef<A>, ack: AckSender<A>) {
    socket.broadcast().emit("hello", &NOTHING).await.ok();
    ack.send("ok").ok();
}
// endregion

// region: warn
async fn warn<A: Adapter>(io: SocketIo<A>, ack: AckSender<A>) {
    io.local().emit("restartSoon", &NOTHING).await.ok();
    ack.send("ok").ok();
}
// endregion

// region: close
async fn close<A: Adapter>(io: SocketIo<A>, Data(room): Data<String>, ack: AckSender<A>) {
    io.to(room).disconnect().await.ok();
    ack.send("ok").ok();
}
// endregion
