use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
    socket::Sid,
};
use tokio::{sync::Mutex, task::AbortHandle, time::sleep};

/// After the last sign.
const TYPES_FOR: Duration = Duration::from_millis(1500);

/// Locked until the room has been told: so all hear the messages in the order of their numbers.
static ROOMS: Mutex<BTreeMap<String, Room>> = Mutex::const_new(BTreeMap::new());

#[derive(Default)]
struct Room {
    messages: Vec<Message>,
    /// From a person and a client id of theirs to the number of the message.
    sent: BTreeMap<(String, String), usize>,
    /// For each person who is there, the ids of the sockets.
    tabs: BTreeMap<String, BTreeSet<Sid>>,
    /// For each tab that types, the timer that ends it.
    typing: BTreeMap<Sid, AbortHandle>,
}

#[derive(Serialize)]
struct Message {
    room: String,
    id: usize,
    name: String,
    text: String,
}

/// A socket is one tab. The person is whoever the handshake names.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Join {
    room: String,
    after: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Send {
    room: String,
    text: String,
    client_id: Option<String>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("join", join);
        socket.on("watch", watch);
        socket.on("typing", typing);
        socket.on("send", send);
        socket.on_disconnect(leave);
    });
}

async fn join(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Join { room: id, after }): Data<Join>,
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
    // Still under the lock: what is sent from now on comes behind this.
    if after.is_some() {
        for message in &room.messages {
            socket.emit("message", message).ok();
        }
    }
}

async fn watch(socket: SocketRef, Data(Join { room: id, .. }): Data<Join>, ack: AckSender) {
    if !is_member(&socket, &id) {
        return refuse(ack);
    }
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    socket.join(watchers_of(&id));
    let names: Vec<_> = room.tabs.keys().collect();
    ack.send(&json!({ "ok": true, "names": names })).ok();
}

async fn typing(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Join { room: id, .. }): Data<Join>,
    ack: AckSender,
) {
    if !is_member(&socket, &id) {
        return refuse(ack);
    }
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    ack.send(&json!({ "ok": true })).ok();
    let timer = tokio::spawn(stop_later(socket.clone(), id.clone(), name.clone())).abort_handle();
    match room.typing.insert(socket.id, timer) {
        Some(old) => old.abort(),
        None => tell_typing(&socket, &id, &name, true).await,
    }
}

async fn stop_later(socket: SocketRef, id: String, name: String) {
    sleep(TYPES_FOR).await;
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    room.typing.remove(&socket.id);
    tell_typing(&socket, &id, &name, false).await;
}

async fn stop_typing(room: &mut Room, socket: &SocketRef, id: &str, name: &str) {
    if let Some(timer) = room.typing.remove(&socket.id) {
        timer.abort();
        tell_typing(socket, id, name, false).await;
    }
}

async fn tell_typing(socket: &SocketRef, id: &str, name: &str, is_typing: bool) {
    let news = json!({ "room": id, "name": name, "typing": is_typing });
    socket.to(label_of(id)).emit("typing", &news).await.ok();
}

async fn send(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Send { room: id, text, client_id }): Data<Send>,
    ack: AckSender,
) {
    if !is_member(&socket, &id) {
        return refuse(ack);
    }
    let mut rooms = ROOMS.lock().await;
    let room = rooms.entry(id.clone()).or_default();
    let key = client_id.map(|client_id| (name.clone(), client_id));
    if let Some(known) = key.as_ref().and_then(|key| room.sent.get(key)) {
        ack.send(&json!({ "ok": true, "id": known })).ok();
        return;
    }
    stop_typing(room, &socket, &id, &name).await;
    let message = Message { room: id.clone(), id: room.messages.len() + 1, name, text };
    if let Some(key) = key {
        room.sent.insert(key, message.id);
    }
    ack.send(&json!({ "ok": true, "id": message.id })).ok();
    socket.within(label_of(&id)).emit("message", &message).await.ok();
    room.messages.push(message);
}

async fn leave(socket: SocketRef, Extension(Who { name }): Extension<Who>) {
    let mut rooms = ROOMS.lock().await;
    // They are there until this handler has ended.
    let labels = socket.rooms();
    for id in labels.iter().filter_map(|label| label.strip_prefix("room:")) {
        let room = rooms.entry(id.to_owned()).or_default();
        stop_typing(room, &socket, id, &name).await;
        let tabs = room.tabs.entry(name.clone()).or_default();
        tabs.remove(&socket.id);
        if tabs.is_empty() {
            room.tabs.remove(&name);
            tell_presence(&socket, id, &name, false).await;
        }
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
