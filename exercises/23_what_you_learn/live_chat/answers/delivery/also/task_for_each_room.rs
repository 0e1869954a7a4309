// Another style: each room is a task that owns its state, so there is nothing to lock. Handlers post to it. It knows the
// members' sockets, uses no rooms of the library, and sleeps until the next one stops typing.

use std::{collections::BTreeMap, sync::Mutex, time::Duration};

use serde_json::{Map, Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef},
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

type Post = mpsc::UnboundedSender<Letter>;

enum Letter {
    Request { from: SocketRef, name: String, event: String, body: Value, ack: AckSender },
    Gone(SocketRef),
}

struct Member {
    socket: SocketRef,
    name: String,
    watches: bool,
    types_until: Option<Instant>,
}

struct Entry {
    message: Value,
    client_id: Value,
}

struct Room {
    members: Vec<Member>,
    log: Vec<Entry>,
}

static POSTS: Mutex<BTreeMap<String, Post>> = Mutex::new(BTreeMap::new());

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(auth)| {
        let name = auth["name"].as_str().unwrap_or_default().to_owned();
        for event in ["join", "watch", "typing", "send"] {
            let name = name.clone();
            socket.on(
                event,
                async move |from: SocketRef, Event(event), Data::<Value>(body), ack: AckSender| {
                    let room = body["room"].as_str().unwrap_or_default().to_owned();
                    post_of(room).send(Letter::Request { from, name, event, body, ack }).ok();
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
    let open = |id: &String| {
        let (post, letters) = mpsc::unbounded_channel();
        tokio::spawn(live(id.clone(), letters));
        post
    };
    posts.entry(id.clone()).or_insert_with(|| open(&id)).clone()
}

async fn live(id: String, mut letters: mpsc::UnboundedReceiver<Letter>) {
    let mut room = Room { members: Vec::new(), log: Vec::new() };
    loop {
        let next = room.members.iter().filter_map(|member| member.types_until).min();
        let far = Instant::now() + Duration::from_secs(3600);
        tokio::select! {
            letter = letters.recv() => match letter {
                Some(Letter::Request { from, name, event, body, ack }) => {
                    ack.send(&room.answer(&id, from, name, &event, &body)).ok();
                }
                Some(Letter::Gone(socket)) => room.forget(&id, &socket),
                None => return,
            },
            () = sleep_until(next.unwrap_or(far)) => {
                let now = Instant::now();
                for index in 0..room.members.len() {
                    if room.members[index].types_until.is_some_and(|end| end <= now) {
                        room.types(&id, index, None);
                    }
                }
            }
        }
    }
}

impl Room {
    fn answer(&mut self, id: &str, from: SocketRef, name: String, event: &str, body: &Value) -> Value {
        let index = self.members.iter().position(|member| member.socket.id == from.id);
        let Some(index) = index.or_else(|| (event == "join").then(|| self.let_in(id, from, name))) else {
            return json!({ "ok": false, "error": "not_a_member" });
        };
        let mut answer = Map::from_iter([("ok".to_owned(), json!(true))]);
        match event {
            "watch" => {
                self.members[index].watches = true;
                let mut names: Vec<_> = self.members.iter().map(|member| &member.name).collect();
                names.sort();
                names.dedup();
                answer.insert("names".to_owned(), json!(names));
            }
            "typing" => self.types(id, index, Some(Instant::now() + Duration::from_millis(1500))),
            "send" => {
                let number = self.say(id, index, body);
                answer.insert("id".to_owned(), json!(number));
            }
            _ => {
                if let Some(after) = body["after"].as_u64() {
                    for entry in self.log.iter().skip(after as usize) {
                        self.members[index].socket.emit("message", &entry.message).ok();
                    }
                }
            }
        }
        Value::Object(answer)
    }

    fn let_in(&mut self, id: &str, socket: SocketRef, name: String) -> usize {
        self.tell_presence(id, &name, true);
        self.members.push(Member { socket, name, watches: false, types_until: None });
        self.members.len() - 1
    }

    fn forget(&mut self, id: &str, socket: &SocketRef) {
        if let Some(index) = self.members.iter().position(|member| member.socket.id == socket.id) {
            self.types(id, index, None);
            let member = self.members.remove(index);
            self.tell_presence(id, &member.name, false);
        }
    }

    /// When no tab of this person is in the list: before the first comes, and after the last went.
    fn tell_presence(&self, id: &str, name: &str, online: bool) {
        if !self.members.iter().any(|member| member.name == name) {
            let news = json!({ "room": id, "name": name, "online": online });
            self.tell("presence", &news, |member| member.watches);
        }
    }

    fn types(&mut self, id: &str, index: usize, until: Option<Instant>) {
        let before = std::mem::replace(&mut self.members[index].types_until, until);
        if before.is_some() != until.is_some() {
            let Member { socket, name, .. } = &self.members[index];
            let news = json!({ "room": id, "name": name, "typing": until.is_some() });
            self.tell("typing", &news, |member| member.socket.id != socket.id);
        }
    }

    fn say(&mut self, id: &str, index: usize, body: &Value) -> usize {
        let name = self.members[index].name.clone();
        let client_id = body["clientId"].clone();
        let is_same = |entry: &Entry| entry.client_id == client_id && entry.message["name"] == *name;
        if let Some(old) = self.log.iter().position(is_same).filter(|_| !client_id.is_null()) {
            return old + 1;
        }
        self.types(id, index, None);
        let number = self.log.len() + 1;
        let message = json!({ "room": id, "id": number, "name": name, "text": body["text"] });
        self.tell("message", &message, |_| true);
        self.log.push(Entry { message, client_id });
        number
    }

    fn tell(&self, event: &str, news: &Value, is_meant: impl Fn(&Member) -> bool) {
        for member in self.members.iter().filter(|member| is_meant(member)) {
            member.socket.emit(event, news).ok();
        }
    }
}
