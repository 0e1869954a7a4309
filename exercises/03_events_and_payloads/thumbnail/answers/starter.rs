// Thumbnail: bytes in, fewer bytes out. The contract is in exercise.yaml.
//
// Binary data is read as `Bytes`, and `Bytes` in a payload are sent as binary data.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Serialize, Deserialize)]
struct Picture {
    name: String,
    image: Bytes,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("upload", upload);
        // And here comes `overview`.
    });
}

async fn upload(io: SocketIo, Data(picture): Data<Picture>, ack: AckSender) {
    println!("{}: {} bytes, the first is {:?}", picture.name, picture.image.len(), picture.image.first());
    ack.send(&json!({ "ok": true, "size": picture.image.len() })).ok();

    // Thirty pupils, and everyone gets all of it?
    io.emit("thumbnail", &picture).await.ok();
}
