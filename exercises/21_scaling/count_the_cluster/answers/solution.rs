use std::{env, error::Error};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    adapter::{Adapter, Emitter},
    extract::{AckSender, Data, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_redis::{RedisAdapter, RedisAdapterCtr, drivers::redis::redis_client as redis};

type Bus = RedisAdapter<Emitter>;

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
    let answer = match tell(&io, &room_id).await {
        Some(count) => json!({ "ok": true, "count": count }),
        None => try_again(),
    };
    ack.send(&answer).ok();
}

async fn count_room<A: Adapter>(io: SocketIo<A>, Data(Room { room_id }): Data<Room>, ack: AckSender<A>) {
    let answer = match count(&io, &room_id).await {
        Some(count) => json!({ "count": count }),
        None => try_again(),
    };
    ack.send(&answer).ok();
}

fn try_again() -> Value {
    json!({ "ok": false, "error": "try_again" })
}

async fn leave<A: Adapter>(io: SocketIo<A>, socket: SocketRef<A>) {
    let rooms = socket.rooms();
    // At this moment the socket is still in them.
    socket.leave_all();
    for room in rooms {
        tell(&io, &room).await;
    }
}

/// Nothing, if the other node cannot be asked: "I do not know" is not "nobody".
async fn count<A: Adapter>(io: &SocketIo<A>, room: &str) -> Option<usize> {
    match io.to(room.to_owned()).fetch_sockets().await {
        Ok(sockets) => Some(sockets.len()),
        Err(error) => {
            eprintln!("{error}");
            None
        }
    }
}

async fn tell<A: Adapter>(io: &SocketIo<A>, room: &str) -> Option<usize> {
    let count = count(io, room).await?;
    let news = json!({ "roomId": room, "count": count });
    io.to(room.to_owned()).emit("roomCount", &news).await.ok();
    Some(count)
}
