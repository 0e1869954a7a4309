use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SendError, SocketError, SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::{sync::Mutex, time::sleep};

// region: store
/// The item with the number n stands at n - 1.
static STORE: Mutex<Vec<Item>> = Mutex::const_new(Vec::new());
// endregion

#[derive(Clone, Serialize)]
struct Item {
    number: usize,
    text: String,
}

#[derive(Deserialize)]
struct Since {
    after: usize,
}

#[derive(Deserialize)]
struct Post {
    text: String,
}

fn main() {
    sandbox::serve(register);
}

// region: come
fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data(Since { after }): Data<Since>| {
        socket.on("post", post);

        // What was missed goes out before the lock is held, so that a slow client keeps nobody waiting.
        let mut last = after;
        loop {
            let store = STORE.lock().await;
            let missed: Vec<Item> = store.iter().skip(last).cloned().collect();
            if missed.is_empty() {
                // As long as this side holds the store, nobody can post.
                socket.join("news");
                return;
            }
            drop(store);
            for item in missed {
                if tell(&socket, &item).await.is_err() {
                    return;
                }
                last = item.number;
            }
        }
    });
}

/// Waits while the client's buffer is full: an item that is thrown away would be a hole for ever.
async fn tell(socket: &SocketRef, item: &Item) -> Result<(), SendError> {
    loop {
        match socket.emit("news", item) {
            Err(SendError::Socket(SocketError::InternalChannelFull)) => {
                sleep(Duration::from_millis(10)).await
            }
            told => return told,
        }
    }
}

async fn post(io: SocketIo, Data(Post { text }): Data<Post>, ack: AckSender) {
    let mut store = STORE.lock().await;
    let item = Item { number: store.len() + 1, text };
    store.push(item.clone());
    io.to("news").emit("news", &item).await.ok();
    ack.send(&json!({ "ok": true, "number": item.number })).ok();
}
// endregion
