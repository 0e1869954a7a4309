use std::{collections::BTreeMap, ops::Range};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// Locked until the others have been told: so all hear the changes in the order of their versions.
static DOCS: Mutex<BTreeMap<String, Doc>> = Mutex::const_new(BTreeMap::new());

#[derive(Default)]
struct Doc {
    text: Vec<char>,
    version: usize,
}

/// Said in the handshake. No payload can change it.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Open {
    doc: String,
}

#[derive(Deserialize)]
struct Edit {
    doc: String,
    at: i64,
    remove: i64,
    insert: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("open", open);
        socket.on("edit", edit);
    });
}

async fn open(socket: SocketRef, Data(Open { doc: id }): Data<Open>, ack: AckSender) {
    let mut docs = DOCS.lock().await;
    let doc = docs.entry(id.clone()).or_default();
    socket.leave_all();
    socket.join(room_of(&id));
    let text: String = doc.text.iter().collect();
    ack.send(&json!({ "ok": true, "version": doc.version, "text": text })).ok();
}

async fn edit(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Edit { doc: id, at, remove, insert }): Data<Edit>,
    ack: AckSender,
) {
    if !is_open(&socket, &id) {
        return refuse(ack, "not_open");
    }
    let mut docs = DOCS.lock().await;
    let doc = docs.entry(id.clone()).or_default();
    let Some(range) = doc.range(at, remove) else { return refuse(ack, "out_of_range") };
    doc.text.splice(range, insert.chars());
    doc.version += 1;
    ack.send(&json!({ "ok": true, "version": doc.version })).ok();
    // The author has the change already. The others need it.
    let change = json!({
        "doc": id, "version": doc.version, "name": name, "at": at, "remove": remove, "insert": insert,
    });
    socket.to(room_of(&id)).emit("changed", &change).await.ok();
}

fn is_open(socket: &SocketRef, id: &str) -> bool {
    socket.rooms().contains(&room_of(id).into())
}

fn refuse(ack: AckSender, error: &str) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(id: &str) -> String {
    format!("doc:{id}")
}

impl Doc {
    /// What is changed, if it lies inside the text.
    fn range(&self, at: i64, remove: i64) -> Option<Range<usize>> {
        let start = usize::try_from(at).ok()?;
        let end = start.checked_add(usize::try_from(remove).ok()?)?;
        (end <= self.text.len()).then_some(start..end)
    }
}
