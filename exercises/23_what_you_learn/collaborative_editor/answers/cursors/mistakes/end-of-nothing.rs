use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
    socket::Sid,
};
use tokio::sync::Mutex;

/// Locked until the others have been told: so all hear the changes in the order of their versions.
static DOCS: Mutex<BTreeMap<String, Doc>> = Mutex::const_new(BTreeMap::new());

#[derive(Default)]
struct Doc {
    text: Vec<char>,
    /// The one at index 0 led to version 1, so those after a version are found by its number.
    changes: Vec<Change>,
    /// For each person who is there, the ids of the sockets.
    tabs: BTreeMap<String, BTreeSet<Sid>>,
    /// By person, too.
    cursors: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct Change {
    doc: String,
    version: usize,
    name: String,
    at: usize,
    remove: usize,
    insert: String,
}

/// A socket is one tab. The person is whoever the handshake names; no payload can change it.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Open {
    doc: String,
    since: Option<usize>,
}

#[derive(Deserialize)]
struct Edit {
    doc: String,
    version: usize,
    at: i64,
    remove: i64,
    insert: String,
}

#[derive(Deserialize)]
struct Cursor {
    doc: String,
    at: i64,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("open", open);
        socket.on("edit", edit);
        socket.on("watch", watch);
        socket.on("cursor", cursor);
        socket.on_disconnect(leave);
    });
}

async fn open(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Open { doc: id, since }): Data<Open>,
    ack: AckSender,
) {
    let mut docs = DOCS.lock().await;
    // Who was cut while this waited for the lock has left already.
    if !socket.connected() {
        return;
    }
    let doc = docs.entry(id.clone()).or_default();
    if since.is_some_and(|since| since > doc.version()) {
        return refuse(ack, "no_such_version");
    }
    socket.join(room_of(&id));
    let tabs = doc.tabs.entry(name).or_default();
    let is_news = tabs.is_empty();
    tabs.insert(socket.id);
    let cursors = doc.cursors();
    match since {
        None => {
            let text: String = doc.text.iter().collect();
            let state = json!({ "ok": true, "version": doc.version(), "text": text, "cursors": cursors });
            ack.send(&state).ok();
        }
        Some(since) => {
            ack.send(&json!({ "ok": true, "cursors": cursors })).ok();
            // Still under the lock: what is changed from now on comes behind this.
            for change in &doc.changes[since..] {
                socket.emit("changed", change).ok();
            }
        }
    }
    if is_news {
        tell_people(&socket, &id, doc).await;
    }
}

async fn edit(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Edit { doc: id, version, at, remove, insert }): Data<Edit>,
    ack: AckSender,
) {
    if !is_open(&socket, &id) {
        return refuse(ack, "not_open");
    }
    // Check and change stand under one lock: of two edits of one version the second sees the first.
    let mut docs = DOCS.lock().await;
    let doc = docs.entry(id.clone()).or_default();
    if version != doc.version() {
        let text: String = doc.text.iter().collect();
        let state = json!({ "ok": false, "error": "stale", "version": doc.version(), "text": text });
        ack.send(&state).ok();
        return;
    }
    let Some(range) = doc.range(at, remove) else { return refuse(ack, "out_of_range") };
    let (at, remove) = (range.start, range.len());
    doc.text.splice(range, insert.chars());
    let change = Change { doc: id.clone(), version: doc.version() + 1, name, at, remove, insert };
    for cursor in doc.cursors.values_mut() {
        *cursor = shift(*cursor, &change);
    }
    ack.send(&json!({ "ok": true, "version": change.version })).ok();
    // The author has the change already. The others need it.
    socket.to(room_of(&id)).emit("changed", &change).await.ok();
    doc.changes.push(change);
}

async fn watch(socket: SocketRef, Data(Open { doc: id, .. }): Data<Open>, ack: AckSender) {
    if !is_open(&socket, &id) {
        return refuse(ack, "not_open");
    }
    let mut docs = DOCS.lock().await;
    let doc = docs.entry(id.clone()).or_default();
    socket.join(watchers_of(&id));
    ack.send(&json!({ "ok": true })).ok();
    socket.emit("people", &doc.people(&id)).ok();
}

async fn cursor(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Cursor { doc: id, at }): Data<Cursor>,
    ack: AckSender,
) {
    if !is_open(&socket, &id) {
        return refuse(ack, "not_open");
    }
    let mut docs = DOCS.lock().await;
    let doc = docs.entry(id.clone()).or_default();
    let Some(Range { start: at, .. }) = doc.range(at, 0) else { return refuse(ack, "out_of_range") };
    doc.cursors.insert(name.clone(), at);
    ack.send(&json!({ "ok": true })).ok();
    let news = json!({ "doc": id, "name": name, "at": at });
    socket.to(room_of(&id)).emit("cursor", &news).await.ok();
}

async fn leave(socket: SocketRef, Extension(Who { name }): Extension<Who>) {
    let mut docs = DOCS.lock().await;
    // They are there until this handler has ended.
    let rooms = socket.rooms();
    for id in rooms.iter().filter_map(|room| room.strip_prefix("doc:")) {
        let doc = docs.entry(id.to_owned()).or_default();
        let tabs = doc.tabs.entry(name.clone()).or_default();
        tabs.remove(&socket.id);
        if !tabs.is_empty() {
            continue;
        }
        doc.tabs.remove(&name);
        tell_people(&socket, id, doc).await;
        doc.cursors.remove(&name);
        let news = json!({ "doc": id, "name": name, "at": null });
        socket.to(room_of(id)).emit("cursor", &news).await.ok();
    }
}

async fn tell_people(socket: &SocketRef, id: &str, doc: &Doc) {
    socket.within(watchers_of(id)).emit("people", &doc.people(id)).await.ok();
}

/// A cursor is a place in the text, and moves with the text.
fn shift(cursor: usize, change: &Change) -> usize {
    if cursor <= change.at {
        cursor
    } else if cursor >= change.at + change.remove {
        cursor - change.remove + change.insert.chars().count()
    } else {
        change.at
    }
}

fn is_open(socket: &SocketRef, id: &str) -> bool {
    socket.rooms().contains(&room_of(id).into())
}

fn refuse(ack: AckSender, error: &str) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}

/// The prefix keeps a client from naming another room, such as the one of those who watch.
fn room_of(id: &str) -> String {
    format!("doc:{id}")
}

fn watchers_of(id: &str) -> String {
    format!("watch:{id}")
}

impl Doc {
    fn version(&self) -> usize {
        self.changes.len()
    }

    /// What is changed, if it lies inside the text.
    fn range(&self, at: i64, remove: i64) -> Option<Range<usize>> {
        let start = usize::try_from(at).ok()?;
        let end = start.checked_add(usize::try_from(remove).ok()?)?;
        (end <= self.text.len()).then_some(start..end)
    }

    fn people(&self, id: &str) -> Value {
        json!({ "doc": id, "names": self.tabs.keys().collect::<Vec<_>>() })
    }

    fn cursors(&self) -> Vec<Value> {
        self.cursors.iter().map(|(name, at)| json!({ "name": name, "at": at })).collect()
    }
}
