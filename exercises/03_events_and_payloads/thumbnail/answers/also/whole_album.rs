//! Keeps the whole pictures in a value that the handlers share, and cuts whenever it sends.

use std::sync::{Arc, RwLock};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

#[derive(Clone, Deserialize)]
struct Upload {
    name: String,
    image: Bytes,
}

#[derive(Serialize)]
struct Received {
    ok: bool,
    size: u32,
}

#[derive(Serialize)]
struct Thumbnail {
    image: Bytes,
    name: String,
}

#[derive(Serialize)]
struct Pictures {
    images: Vec<Bytes>,
    part: u8,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let album: Arc<RwLock<Vec<Upload>>> = Arc::default();

    io.ns("/", async move |socket: SocketRef| {
        let pictures = Arc::clone(&album);
        socket.on(
            "upload",
            async move |socket: SocketRef, TryData(upload): TryData<Upload>, ack: AckSender| {
                let Ok(upload) = upload else { return };
                let size = u32::try_from(upload.image.len()).unwrap();
                pictures.write().unwrap().push(upload.clone());
                let thumbnail = Thumbnail { image: cut(&upload.image), name: upload.name };
                socket.broadcast().emit("thumbnail", &thumbnail).await.ok();
                socket.emit("thumbnail", &thumbnail).ok();
                ack.send(&Received { ok: true, size }).ok();
            },
        );

        let pictures = Arc::clone(&album);
        socket.on("overview", async move |socket: SocketRef| {
            let mut images: Vec<Bytes> =
                pictures.read().unwrap().iter().map(|upload| cut(&upload.image)).collect();
            let mut part = 1;
            while !images.is_empty() {
                let rest = images.split_off(images.len().min(10));
                socket.emit("pictures", &Pictures { images, part }).ok();
                (images, part) = (rest, part + 1);
            }
        });
    });
}

fn cut(image: &[u8]) -> Bytes {
    image.iter().copied().take(64).collect()
}
