use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::sync::Mutex;

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

        // As long as this side holds the store, nobody can post.
        let store = STORE.lock().await;
        for item in store.iter().skip(after) {
            socket.emit("news", item).ok();
        }
        socket.join("news");
    });
}

async fn post(io: SocketIo, Data(Post { text }): Data<Post>, ack: AckSender) {
    let mut store = STORE.lock().await;
    let item = Item { number: store.len() + 1, text };
    store.push(item.clone());
    io.to("news").emit("news", &item).await.ok();
    ack.send(&json!({ "ok": true, "number": item.number })).ok();
}
// endregion
