use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// Locked until the tabs have been told: so all of them hear everything once, in the order in which it was kept.
static SCHOOL: Mutex<School> = Mutex::const_new(School { last: 0, people: BTreeMap::new() });

struct School {
    /// The id of the newest notification.
    last: usize,
    people: BTreeMap<String, Person>,
}

#[derive(Default)]
struct Person {
    /// By their ids, so the oldest comes first.
    unread: BTreeMap<usize, Notification>,
    all: Vec<Notification>,
    read: BTreeSet<usize>,
}

#[derive(Clone, Serialize)]
struct Notification {
    id: usize,
    from: String,
    text: String,
}

/// A socket is one tab. The person is whoever the handshake names.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
struct Notify {
    to: String,
    text: String,
}

#[derive(Deserialize)]
struct Read {
    id: usize,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who.clone());
        socket.on("notify", notify);
        socket.on("read", read);
        come_in(socket, who).await;
    });
}

/// Under one lock: what comes from now on, comes behind what was kept.
async fn come_in(socket: SocketRef, Who { name }: Who) {
    let mut school = SCHOOL.lock().await;
    socket.join(room_of(&name));
    for notification in &school.person(&name).all {
        socket.emit("notification", notification).ok();
    }
}

async fn notify(
    io: SocketIo,
    Extension(Who { name }): Extension<Who>,
    Data(Notify { to, text }): Data<Notify>,
    ack: AckSender,
) {
    let mut school = SCHOOL.lock().await;
    let notification = school.keep(&to, name, text);
    ack.send(&json!({ "ok": true, "id": notification.id })).ok();
    io.to(room_of(&to)).emit("notification", &notification).await.ok();
}

async fn read(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Read { id }): Data<Read>,
    ack: AckSender,
) {
    let mut school = SCHOOL.lock().await;
    let me = school.person(&name);
    let is_news = me.unread.remove(&id).is_some();
    if is_news {
        me.read.insert(id);
    }
    if !me.read.contains(&id) {
        ack.send(&json!({ "ok": false, "error": "not_found" })).ok();
        return;
    }
    ack.send(&json!({ "ok": true, "unread": me.unread.len() })).ok();
    if is_news {
        let news = json!({ "id": id, "unread": me.unread.len() });
        socket.to(room_of(&name)).emit("read", &news).await.ok();
    }
}

impl School {
    fn person(&mut self, name: &str) -> &mut Person {
        self.people.entry(name.to_owned()).or_default()
    }

    fn keep(&mut self, to: &str, from: String, text: String) -> Notification {
        self.last += 1;
        let notification = Notification { id: self.last, from, text };
        let person = self.person(to);
        person.unread.insert(notification.id, notification.clone());
        person.all.push(notification.clone());
        notification
    }
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(name: &str) -> String {
    format!("person:{name}")
}
