use bytes::Bytes;
use serde::{Deserialize, Serialize};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Deserialize)]
struct Avatar {
    name: String,
    image: Bytes,
}

#[derive(Serialize)]
struct NewAvatar {
    name: String,
    size: usize,
    image: Bytes,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("avatar", async |io: SocketIo, Data::<Avatar>(Avatar { name, image })| {
            let size = image.len();
            io.emit("newAvatar", &NewAvatar { name, size, image }).await.ok();
        });
    });
}
