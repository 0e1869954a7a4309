// Another style: one task owns everything, so there is nothing to lock. It has one list of all that was ever sent, and looks
// for what it needs. It sends to the sockets that it knows, without a room, and is told of their answers by letters.

use std::{sync::OnceLock, time::Duration};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef},
};
use tokio::sync::mpsc;

enum Letter {
    Come(SocketRef, Value),
    Gone(SocketRef),
    Request { from: SocketRef, event: String, body: Value, ack: AckSender },
    Arrived(usize),
}

type Post = mpsc::UnboundedSender<Letter>;

static POST: OnceLock<Post> = OnceLock::new();

struct Tab {
    socket: SocketRef,
    auth: Value,
}

struct Entry {
    from: String,
    to: String,
    text: Value,
    key: Value,
    is_read: bool,
    is_delivered: bool,
}

#[derive(Default)]
struct School {
    tabs: Vec<Tab>,
    /// The place of an entry is its id.
    entries: Vec<Entry>,
    /// Who wants which topic.
    wishes: Vec<(String, Value)>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let (sender, mut letters) = mpsc::unbounded_channel();
    POST.set(sender).ok();
    tokio::spawn(async move {
        let mut school = School::default();
        while let Some(letter) = letters.recv().await {
            school.open(letter);
        }
    });
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        socket.on_fallback(async |from: SocketRef, Event(event), Data::<Value>(body), ack: AckSender| {
            post(Letter::Request { from, event, body, ack });
        });
        socket.on_disconnect(async |socket: SocketRef| post(Letter::Gone(socket)));
        post(Letter::Come(socket, auth));
    });
}

fn post(letter: Letter) {
    if let Some(sender) = POST.get() {
        sender.send(letter).ok();
    }
}

impl School {
    fn open(&mut self, letter: Letter) {
        match letter {
            Letter::Come(socket, auth) => {
                let name = auth["name"].as_str().unwrap_or_default();
                for (id, entry) in self.entries.iter().enumerate() {
                    if entry.to == name && !entry.is_read {
                        entry.show(id, &socket);
                    }
                }
                self.tabs.push(Tab { socket, auth });
            }
            Letter::Gone(socket) => self.tabs.retain(|tab| tab.socket.id != socket.id),
            Letter::Arrived(id) => {
                let entry = &mut self.entries[id];
                if !std::mem::replace(&mut entry.is_delivered, true) {
                    let (from, news) = (entry.from.clone(), json!({ "id": id, "to": entry.to }));
                    for tab in self.tabs_of(&from) {
                        tab.socket.emit("delivered", &news).ok();
                    }
                }
            }
            Letter::Request { from, event, body, ack } => {
                let auth = self.tabs.iter().find(|tab| tab.socket.id == from.id).map(|tab| tab.auth.clone());
                let mut answer = self.answer(&from, &auth.unwrap_or_default(), &event, &body);
                answer["ok"] = json!(answer["error"].is_null());
                ack.send(&answer).ok();
            }
        }
    }

    fn answer(&mut self, socket: &SocketRef, auth: &Value, event: &str, body: &Value) -> Value {
        let name = auth["name"].as_str().unwrap_or_default();
        match event {
            "notify" => {
                let known =
                    self.entries.iter().position(|entry| entry.from == name && entry.key == body["key"]);
                let known = known.filter(|_| body["key"].is_string());
                let to = body["to"].as_str().unwrap_or_default();
                json!({ "id": known.unwrap_or_else(|| self.send(name, to, &body["text"], &body["key"])) })
            }
            "read" => {
                let id = body["id"].as_u64().map_or(usize::MAX, |id| id as usize);
                let Some(entry) = self.entries.get_mut(id).filter(|entry| entry.to == name) else {
                    return json!({ "error": "not_found" });
                };
                let was_read = std::mem::replace(&mut entry.is_read, true);
                let unread = self.entries.iter().filter(|entry| entry.to == name && !entry.is_read).count();
                if !was_read {
                    for tab in self.tabs_of(name).filter(|tab| tab.socket.id != socket.id) {
                        tab.socket.emit("read", &json!({ "id": id, "unread": unread })).ok();
                    }
                }
                json!({ "unread": unread })
            }
            "subscribe" => {
                self.wishes.push((name.to_owned(), body["topic"].clone()));
                json!({})
            }
            _ if auth["role"] != "teacher" => json!({ "error": "not_allowed" }),
            _ => {
                let topics = body["topics"].as_array().map(Vec::as_slice).unwrap_or_default();
                let meant = self.wishes.iter().filter(|(_, topic)| topics.contains(topic));
                let mut names: Vec<_> = meant.map(|(name, _)| name.clone()).collect();
                names.sort();
                names.dedup();
                for to in &names {
                    self.send(name, to, &body["text"], &Value::Null);
                }
                json!({ "people": names.len() })
            }
        }
    }

    fn send(&mut self, from: &str, to: &str, text: &Value, key: &Value) -> usize {
        let id = self.entries.len();
        let entry = Entry {
            from: from.to_owned(),
            to: to.to_owned(),
            text: text.clone(),
            key: key.clone(),
            is_read: false,
            is_delivered: false,
        };
        for tab in self.tabs_of(to) {
            entry.show(id, &tab.socket);
        }
        self.entries.push(entry);
        id
    }

    fn tabs_of(&self, name: &str) -> impl Iterator<Item = &Tab> {
        self.tabs.iter().filter(move |tab| tab.auth["name"] == *name)
    }
}

impl Entry {
    fn show(&self, id: usize, socket: &SocketRef) {
        let news = json!({ "id": id, "from": self.from, "text": self.text });
        let asked = socket.timeout(Duration::from_secs(100)).emit_with_ack::<_, Value>("notification", &news);
        if let Ok(answer) = asked {
            tokio::spawn(async move {
                if answer.await.is_ok_and(|answer| answer["ok"] == true) {
                    post(Letter::Arrived(id));
                }
            });
        }
    }
}
