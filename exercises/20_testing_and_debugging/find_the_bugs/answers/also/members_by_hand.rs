//! No rooms of socketioxide: the program keeps the members itself, and a task of its own brings the greeting.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Default)]
struct School {
    people: BTreeMap<String, SocketRef>,
    rooms: BTreeMap<String, BTreeSet<String>>,
    messages: Vec<Value>,
}

impl School {
    fn say(&mut self, id: &str, name: &Value, said: &Value) -> Result<(), &'static str> {
        let text = said["text"].as_str().ok_or("bad_text")?.trim();
        let mut listeners = BTreeSet::new();
        for room in said["rooms"].as_array().into_iter().flatten() {
            let members = room.as_str().and_then(|room| self.rooms.get(room));
            listeners.extend(members.filter(|members| members.contains(id)).ok_or("not_a_member")?);
        }
        let message = json!({ "seq": self.messages.len() + 1, "from": name, "text": text });
        for socket in listeners.into_iter().filter_map(|id| self.people.get(id)) {
            socket.emit("message", &message).ok();
        }
        self.messages.push(message);
        Ok(())
    }
}

fn main() {
    sandbox::serve(|io: &SocketIo| register(io, Arc::default()));
}

fn register(io: &SocketIo, school: Arc<Mutex<School>>) {
    io.ns("/", async move |socket: SocketRef, Data::<Value>(auth)| {
        let id = socket.id.to_string();
        school.lock().unwrap().people.insert(id.clone(), socket.clone());

        let (joining, joiner) = (Arc::clone(&school), id.clone());
        socket.on("join", move |Data::<Value>(join), ack: AckSender| {
            let room = join["room"].as_str().unwrap_or_default().to_owned();
            joining.lock().unwrap().rooms.entry(room).or_default().insert(joiner.clone());
            async move { drop(ack.send(&json!({ "ok": true }))) }
        });

        let (saying, name, speaker) = (Arc::clone(&school), auth["name"].clone(), id.clone());
        socket.on("say", move |Data::<Value>(said), ack: AckSender| {
            let answer = match saying.lock().unwrap().say(&speaker, &name, &said) {
                Ok(()) => json!({ "ok": true }),
                Err(error) => json!({ "ok": false, "error": error }),
            };
            async move { drop(ack.send(&answer)) }
        });

        let leaving = Arc::clone(&school);
        socket.on_disconnect(move |_: SocketRef| {
            let mut school = leaving.lock().unwrap();
            school.people.remove(&id);
            for members in school.rooms.values_mut() {
                members.remove(&id);
            }
            async {}
        });

        tokio::spawn(async move {
            let Ok(answer) = socket.emit_with_ack::<_, Value>("howAreYou", "today") else { return };
            if answer.await.is_ok() {
                socket.emit("greeting", &json!({ "text": "Hello" })).ok();
            }
        });
    });
}
