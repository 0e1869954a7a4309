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
    /// From a key to the id of the notification that this person has sent with it.
    sent: BTreeMap<String, usize>,
    topics: BTreeSet<String>,
}

#[derive(Clone, Serialize)]
struct Notification {
    id: usize,
    from: String,
    text: String,
}

/// A socket is one tab. The person, and what the person may do, is what the handshake says.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
    role: Option<String>,
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

#[derive(Deserialize)]
struct Subscribe {
    topic: String,
}

#[derive(Deserialize)]
struct Announce {
    topics: Vec<String>,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |io: SocketIo, socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who.clone());
        socket.on("notify", notify);
        socket.on("read", read);
        socket.on("subscribe", subscribe);
        socket.on("announce", announce);
        come_in(io, socket, who).await;
    });
}

/// Under one lock: what comes from now on, comes behind what was kept.
async fn come_in(io: SocketIo, socket: SocketRef, Who { name, .. }: Who) {
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
    Extension(Who { name, .. }): Extension<Who>,
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
    let id = school.send(&io, &to, &name, &text).await;
    if let Some(key) = key {
        school.person(&name).sent.insert(key, id);
    }
    ack.send(&json!({ "ok": true, "id": id })).ok();
}

/// Waits for the first tab that acknowledges, while others are served.
async fn confirm(io: SocketIo, to: String, notification: Notification, answers: AckStream<Value>) {
    let mut good_ones = pin!(answers.filter(|(_, answer)| ready(answer.is_ok())));
    if good_ones.next().await.is_none() {
        return;
    }
    let Notification { id, from, .. } = notification;
    let is_first = SCHOOL.lock().await.person(&to).undelivered.remove(&id);
    if is_first {
        io.to(room_of(&from)).emit("delivered", &json!({ "id": id, "to": to })).await.ok();
    }
}

async fn read(
    socket: SocketRef,
    Extension(Who { name, .. }): Extension<Who>,
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

async fn subscribe(
    Extension(Who { name, .. }): Extension<Who>,
    Data(Subscribe { topic }): Data<Subscribe>,
    ack: AckSender,
) {
    SCHOOL.lock().await.person(&name).topics.insert(topic);
    ack.send(&json!({ "ok": true })).ok();
}

async fn announce(
    io: SocketIo,
    Extension(Who { name, role }): Extension<Who>,
    Data(Announce { topics, text }): Data<Announce>,
    ack: AckSender,
) {
    if role.as_deref() != Some("teacher") {
        ack.send(&json!({ "ok": false, "error": "not_allowed" })).ok();
        return;
    }
    let mut school = SCHOOL.lock().await;
    // People are gathered first, so that who has several of the topics is in it once.
    let wants_it = |person: &Person| topics.iter().any(|topic| person.topics.contains(topic));
    let wanted = school.people.iter().filter(|(_, person)| wants_it(person));
    let names: Vec<String> = wanted.map(|(name, _)| name.clone()).collect();
    for to in &names {
        school.last += 1;
        let notification = Notification { id: school.last, from: name.clone(), text: text.clone() };
        let tabs = io.to(room_of(to)).timeout(PATIENCE);
        if let Ok(answers) = tabs.emit_with_ack("notification", &notification).await {
            tokio::spawn(confirm(io.clone(), to.clone(), notification, answers));
        }
    }
    ack.send(&json!({ "ok": true, "people": names.len() })).ok();
}

impl School {
    fn person(&mut self, name: &str) -> &mut Person {
        self.people.entry(name.to_owned()).or_default()
    }

    async fn send(&mut self, io: &SocketIo, to: &str, from: &str, text: &str) -> usize {
        self.last += 1;
        let id = self.last;
        let notification = Notification { id, from: from.to_owned(), text: text.to_owned() };
        let person = self.person(to);
        person.unread.insert(id, notification.clone());
        person.undelivered.insert(id);
        let tabs = io.to(room_of(to)).timeout(PATIENCE);
        if let Ok(answers) = tabs.emit_with_ack("notification", &notification).await {
            tokio::spawn(confirm(io.clone(), to.to_owned(), notification, answers));
        }
        id
    }
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(name: &str) -> String {
    format!("person:{name}")
}
