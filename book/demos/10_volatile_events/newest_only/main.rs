use std::{sync::Mutex, time::Duration};

use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::time::sleep;

fn main() {
    sandbox::serve(register);
}

// region: newest
const PAUSE: Duration = Duration::from_millis(50); // at most twenty positions a second

static NEWEST: Mutex<Option<u32>> = Mutex::new(None);

fn show(io: &SocketIo, x: u32) {
    let is_waiting = NEWEST.lock().unwrap().replace(x).is_some();
    if !is_waiting {
        tokio::spawn(flush(io.clone()));
    }
}

async fn flush(io: SocketIo) {
    sleep(PAUSE).await;
    let newest = NEWEST.lock().unwrap().take();
    io.emit("pointer", &newest).await.ok();
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("point", point);
    });
}

async fn point(io: SocketIo, Data(positions): Data<Vec<u32>>, ack: AckSender) {
    for x in positions {
        show(&io, x);
    }
    ack.send("done").ok();
}
// endregion
