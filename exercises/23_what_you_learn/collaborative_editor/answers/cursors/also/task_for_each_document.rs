// Another style: each document is a task that owns its state, so there is nothing to lock. Handlers post to it. It knows the
// sockets of its visitors, and uses no rooms of the library.

use std::{collections::BTreeMap, sync::Mutex};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef},
};
use tokio::sync::mpsc;

type Post = mpsc::UnboundedSender<Letter>;
type Answer = Result<Value, Value>;

enum Letter {
    Request { from: SocketRef, name: String, event: String, body: Value, ack: AckSender },
    Gone(SocketRef),
}

struct Visitor {
    socket: SocketRef,
    name: String,
    watches: bool,
}

#[derive(Default)]
struct Doc {
    id: String,
    text: String,
    log: Vec<Value>,
    visitors: Vec<Visitor>,
    cursors: BTreeMap<String, i64>,
}

static POSTS: Mutex<BTreeMap<String, Post>> = Mutex::new(BTreeMap::new());

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        let name = auth["name"].as_str().unwrap_or_default().to_owned();
        for event in ["open", "edit", "watch", "cursor"] {
            let name = name.clone();
            socket.on(
                event,
                async move |from: SocketRef, Event(event), Data::<Value>(body), ack: AckSender| {
                    let id = body["doc"].as_str().unwrap_or_default().to_owned();
                    post_of(id).send(Letter::Request { from, name, event, body, ack }).ok();
                },
            );
        }
        socket.on_disconnect(async |socket: SocketRef| {
            for post in POSTS.lock().unwrap().values() {
                post.send(Letter::Gone(socket.clone())).ok();
            }
        });
    });
}

fn post_of(id: String) -> Post {
    let mut posts = POSTS.lock().unwrap();
    let begin = |id: &String| {
        let (post, letters) = mpsc::unbounded_channel();
        tokio::spawn(live(Doc { id: id.clone(), ..Doc::default() }, letters));
        post
    };
    posts.entry(id.clone()).or_insert_with(|| begin(&id)).clone()
}

async fn live(mut doc: Doc, mut letters: mpsc::UnboundedReceiver<Letter>) {
    while let Some(letter) = letters.recv().await {
        match letter {
            Letter::Request { from, name, event, body, ack } => {
                let (Ok(answer) | Err(answer)) = doc.answer(from, name, &event, &body);
                ack.send(&answer).ok();
            }
            Letter::Gone(socket) => doc.close(&socket),
        }
    }
}

fn no(error: &str) -> Answer {
    Err(json!({ "ok": false, "error": error }))
}

fn number(body: &Value, field: &str) -> i64 {
    body[field].as_i64().unwrap_or(-1)
}

impl Doc {
    fn answer(&mut self, from: SocketRef, name: String, event: &str, body: &Value) -> Answer {
        if event == "open" {
            return self.open(from, name, body);
        }
        let Some(index) = self.visitors.iter().position(|visitor| visitor.socket.id == from.id) else {
            return no("not_open");
        };
        match event {
            "edit" => self.edit(&from, &name, body),
            "cursor" => self.cursor(&from, name, number(body, "at")),
            _ => {
                self.visitors[index].watches = true;
                from.emit("people", &self.people()).ok();
                Ok(json!({ "ok": true }))
            }
        }
    }

    fn open(&mut self, from: SocketRef, name: String, body: &Value) -> Answer {
        let since = body["since"].as_u64().map(|since| since as usize);
        let missed = match since {
            Some(since) if since > self.log.len() => return no("no_such_version"),
            Some(since) => &self.log[since..],
            None => &[],
        };
        for change in missed {
            from.emit("changed", change).ok();
        }
        let was_here = self.is_here(&name);
        if !self.visitors.iter().any(|visitor| visitor.socket.id == from.id) {
            self.visitors.push(Visitor { socket: from, name, watches: false });
        }
        if !was_here {
            self.tell("people", &self.people(), |visitor| visitor.watches);
        }
        let cursors: Vec<_> =
            self.cursors.iter().map(|(name, at)| json!({ "name": name, "at": at })).collect();
        Ok(json!({ "ok": true, "version": self.log.len(), "text": self.text, "cursors": cursors }))
    }

    fn edit(&mut self, from: &SocketRef, name: &str, body: &Value) -> Answer {
        let version = self.log.len();
        if body["version"] != version {
            return Err(json!({ "ok": false, "error": "stale", "version": version, "text": self.text }));
        }
        let (at, remove) = (number(body, "at"), number(body, "remove"));
        let insert = body["insert"].as_str().unwrap_or_default();
        let is_beyond = at.checked_add(remove).is_none_or(|end| end > self.length());
        if at < 0 || remove < 0 || is_beyond {
            return no("out_of_range");
        }
        let before = self.text.chars().take(at as usize);
        let behind = self.text.chars().skip((at + remove) as usize);
        self.text = before.chain(insert.chars()).chain(behind).collect();
        let grown = insert.chars().count() as i64 - remove;
        for cursor in self.cursors.values_mut().filter(|cursor| **cursor > at) {
            *cursor = if *cursor < at + remove { at } else { *cursor + grown };
        }
        let change = json!({
            "doc": self.id, "version": version + 1, "name": name, "at": at, "remove": remove, "insert": insert,
        });
        self.tell("changed", &change, |visitor| visitor.socket.id != from.id);
        self.log.push(change);
        Ok(json!({ "ok": true, "version": version + 1 }))
    }

    fn cursor(&mut self, from: &SocketRef, name: String, at: i64) -> Answer {
        if at < 0 || at > self.length() {
            return no("out_of_range");
        }
        let news = json!({ "doc": self.id, "name": name, "at": at });
        self.tell("cursor", &news, |visitor| visitor.socket.id != from.id);
        self.cursors.insert(name, at);
        Ok(json!({ "ok": true }))
    }

    fn close(&mut self, socket: &SocketRef) {
        let Some(index) = self.visitors.iter().position(|visitor| visitor.socket.id == socket.id) else {
            return;
        };
        let Visitor { name, .. } = self.visitors.remove(index);
        if self.is_here(&name) {
            return;
        }
        self.tell("people", &self.people(), |visitor| visitor.watches);
        if self.cursors.remove(&name).is_some() {
            self.tell("cursor", &json!({ "doc": self.id, "name": name, "at": null }), |_| true);
        }
    }

    fn is_here(&self, name: &str) -> bool {
        self.visitors.iter().any(|visitor| visitor.name == name)
    }

    fn length(&self) -> i64 {
        self.text.chars().count() as i64
    }

    fn people(&self) -> Value {
        let mut names: Vec<_> = self.visitors.iter().map(|visitor| &visitor.name).collect();
        names.sort();
        names.dedup();
        json!({ "doc": self.id, "names": names })
    }

    fn tell(&self, event: &str, news: &Value, is_meant: impl Fn(&Visitor) -> bool) {
        for visitor in self.visitors.iter().filter(|visitor| is_meant(visitor)) {
            visitor.socket.emit(event, news).ok();
        }
    }
}
