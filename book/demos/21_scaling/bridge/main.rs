use std::{env, error::Error};

use socketioxide::{
    SocketIo,
    adapter::{Adapter, Emitter},
    extract::{AckSender, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_redis::{RedisAdapter, RedisAdapterCtr, drivers::redis::redis_client as redis};

fn main() {
    sandbox::serve_built(build);
}

// region: adapter
type Bus = RedisAdapter<Emitter>;

async fn build() -> Result<(SocketIoLayer<Bus>, SocketIo<Bus>), Box<dyn Error + Send + Sync>> {
    let client = redis::Client::open(format!("{}?protocol=resp3", env::var("REDIS_URL")?))?;
    let adapter = RedisAdapterCtr::new_with_redis(&client).await?;
    let (layer, io) = SocketIo::builder().with_adapter::<Bus>(adapter).build_layer();
    io.ns("/", on_connect).await?;
    Ok((layer, io))
}
// endregion

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    socket.on("ring", ring);
}

async fn ring<A: Adapter>(io: SocketIo<A>, ack: AckSender<A>) {
    io.emit("bell", &[(); 0]).await.ok();
    ack.send("ok").ok();
}
