use std::sync::Mutex;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

const SIZE: usize = 64;
const IMAGES_A_PACKET: usize = 10;

static THUMBNAILS: Mutex<Vec<Bytes>> = Mutex::new(Vec::new());

#[derive(Serialize, Deserialize)]
struct Picture {
    name: String,
    image: Bytes,
}

#[derive(Serialize)]
struct Part<'a> {
    part: usize,
    images: &'a [Bytes],
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("upload", upload);
        socket.on("overview", overview);
    });
}

async fn upload(io: SocketIo, Data(picture): Data<Picture>, ack: AckSender) {
    let Picture { name, image } = picture;
    let thumbnail = Bytes::copy_from_slice(&image[..image.len().min(SIZE)]);
    THUMBNAILS.lock().unwrap().push(thumbnail.clone());
    ack.send(&json!({ "ok": true, "size": image.len() })).ok();
    io.emit("thumbnail", &Picture { name, image: thumbnail }).await.ok();
}

async fn overview(socket: SocketRef) {
    let thumbnails = THUMBNAILS.lock().unwrap();
    let images = &thumbnails[..thumbnails.len().min(IMAGES_A_PACKET)];
    socket.emit("pictures", &Part { part: 1, images }).ok();
}
