use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
    socket::Sid,
};
use tokio::sync::Mutex;

/// Locked until the room has been told: so all hear the messages in the order of their numbers.
static ROOMS: Mutex<BTreeMap<String, Room>> = Mutex::const_new(BTreeMap::new());

#[derive(Default)]
struct Room {
    last: usize,
    /// For each person who is there, the ids of the sockets.
    tabs: BTreeMap<String, BTreeSet<Sid>>,
}

/// A socket is one tab. The person is whoever the handshake names.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Join {
    room: String,
}

#[derive(Deserialize)]
struct Send {
    room: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("join", join);
        socket.on("watch", watch);
        socket.on("send", send);
        socket.on_disconnect(leave);
    });
}

async fn join(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Join { room: id }): Data<Join>,
    ack: AckSender,
) {
    let mut rooms = ROOMS.lock().await;
    // Who was cut while this waited for the lock has left already.
    if !socket.connected() {
        return;
    }
    let room = rooms.entry(id.clone()).or_default();
    let tabs = room.tabs.entry(name.clone()).or_default();
    let is_news = tabs.is_empty();
    tabs.insert(socket.id);
    socket.join(label_of(&id));
    ack.send(&json!({ "ok": true })).ok();
    if is_news {
        tell_presence(&socket, &id, &name, true).await;
    }
}

async fn watch(socket: SocketRef, Data(Join { room: id }): Data<Join>, ack: AckSender) {
    if !is_member(&socket, &id) {
        return refuse(ack);
    }
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    socket.join(watchers_of(&id));
    let names: Vec<_> = room.tabs.keys().collect();
    ack.send(&json!({ "ok": true, "names": names })).ok();
}

async fn send(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Send { room: id, text }): Data<Send>,
    ack: AckSender,
) {
    if !is_member(&socket, &id) {
        return refuse(ack);
    }
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    room.last += 1;
    ack.send(&json!({ "ok": true, "id": room.last })).ok();
    let message = json!({ "room": id, "id": room.last, "name": name, "text": text });
    socket.within(label_of(&id)).emit("message", &message).await.ok();
}

async fn leave(socket: SocketRef, Extension(Who { name }): Extension<Who>) {
    let mut rooms = ROOMS.lock().await;
    // They are there until this handler has ended.
    let labels = socket.rooms();
    for id in labels.iter().filter_map(|label| label.strip_prefix("room:")) {
        let room = rooms.entry(id.to_owned()).or_default();
        let tabs = room.tabs.entry(name.clone()).or_default();
        tabs.remove(&socket.id);
        room.tabs.remove(&name);
        tell_presence(&socket, id, &name, false).await;
    }
}

async fn tell_presence(socket: &SocketRef, id: &str, name: &str, online: bool) {
    let news = json!({ "room": id, "name": name, "online": online });
    socket.within(watchers_of(id)).emit("presence", &news).await.ok();
}

fn is_member(socket: &SocketRef, id: &str) -> bool {
    socket.rooms().contains(&label_of(id).into())
}

fn refuse(ack: AckSender) {
    ack.send(&json!({ "ok": false, "error": "not_a_member" })).ok();
}

/// The prefix keeps a client from naming another room, such as the one of those who watch.
fn label_of(id: &str) -> String {
    format!("room:{id}")
}

fn watchers_of(id: &str) -> String {
    format!("watch:{id}")
}
