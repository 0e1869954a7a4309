use std::{
    collections::{BTreeMap, BTreeSet},
    future::ready,
    pin::pin,
    time::Duration,
};

use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    ack::AckStream,
    extract::{AckSender, Data, Extension, SocketRef},
    socket::Sid,
};
use tokio::sync::Mutex;

/// How long a tab may take to acknowledge.
const PATIENCE: Duration = Duration::from_secs(60);

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
    read: BTreeSet<usize>,
    /// What no tab has acknowledged.
    undelivered: BTreeSet<usize>,
    /// From each id to the socket that has sent it.
    senders: BTreeMap<usize, Sid>,
    /// From a key to the id of the notification that this person has sent with it.
    sent: BTreeMap<String, usize>,
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
    key: Option<String>,
}

#[derive(Deserialize)]
struct Read {
    id: usize,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |io: SocketIo, socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who.clone());
        socket.on("notify", notify);
        socket.on("read", read);
        come_in(io, socket, who).await;
    });
}

/// Under one lock: what comes from now on, comes behind what was kept.
async fn come_in(io: SocketIo, socket: SocketRef, Who { name }: Who) {
    let mut school = SCHOOL.lock().await;
    socket.join(room_of(&name));
    for notification in school.person(&name).unread.values() {
        if let Ok(answers) = socket.timeout(PATIENCE).emit_with_ack("notification", notification) {
            tokio::spawn(confirm(io.clone(), name.clone(), notification.clone(), answers));
        }
    }
}

async fn notify(
    io: SocketIo,
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Notify { to, text, key }): Data<Notify>,
    ack: AckSender,
) {
    let mut school = SCHOOL.lock().await;
    // To look for the key and to write it down are one step, under one lock.
    let known = key.as_ref().and_then(|key| school.person(&name).sent.get(key));
    if let Some(known) = known {
        ack.send(&json!({ "ok": true, "id": known })).ok();
        return;
    }
    let notification = school.keep(&to, &name, text);
    if let Some(key) = key {
        school.person(&name).sent.insert(key, notification.id);
    }
    ack.send(&json!({ "ok": true, "id": notification.id })).ok();
    school.person(&to).senders.insert(notification.id, socket.id);
    let tabs = io.to(room_of(&to)).timeout(PATIENCE);
    if let Ok(answers) = tabs.emit_with_ack("notification", &notification).await {
        tokio::spawn(confirm(io.clone(), to, notification, answers));
    }
}

/// Waits for the first tab that acknowledges, while others are served.
async fn confirm(io: SocketIo, to: String, notification: Notification, answers: AckStream<Value>) {
    let mut good_ones = pin!(answers.filter(|(_, answer)| ready(answer.is_ok())));
    if good_ones.next().await.is_none() {
        return;
    }
    let id = notification.id;
    let mut school = SCHOOL.lock().await;
    let person = school.person(&to);
    let sender = person.senders.get(&id).and_then(|sid| io.get_socket(*sid));
    if person.undelivered.remove(&id)
        && let Some(sender) = sender
    {
        sender.emit("delivered", &json!({ "id": id, "to": to })).ok();
    }
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

    fn keep(&mut self, to: &str, from: &str, text: String) -> Notification {
        self.last += 1;
        let notification = Notification { id: self.last, from: from.to_owned(), text };
        let person = self.person(to);
        person.unread.insert(notification.id, notification.clone());
        person.undelivered.insert(notification.id);
        notification
    }
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(name: &str) -> String {
    format!("person:{name}")
}
