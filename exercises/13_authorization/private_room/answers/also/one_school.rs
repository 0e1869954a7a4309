//! One value holds the whole school; every request is a method of it, and the names are captured by the handlers.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef, TryData},
    handler::ConnectHandler,
};

#[derive(Default)]
struct School {
    rooms: Vec<Room>,
}

#[derive(Default)]
struct Room {
    members: Vec<String>,
    listeners: BTreeMap<String, SocketRef>,
    said: Vec<(String, String)>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let school = Arc::new(Mutex::new(School::default()));
    let inside = async move |socket: SocketRef, TryData(auth): TryData<Value>| {
        let Some(name) = name_in(auth.ok()) else { return };
        for event in ["createRoom", "joinRoom", "sendMessage", "history"] {
            let (school, name) = (Arc::clone(&school), name.clone());
            socket.on(event, async move |socket: SocketRef, Data::<Value>(request), ack: AckSender| {
                let answer = school.lock().unwrap().answer(event, &name, &request, socket);
                ack.send(&answer.unwrap_or_else(|| json!({ "ok": false, "error": "forbidden" }))).ok();
            });
        }
    };
    io.ns("/", inside.with(door));
}

impl School {
    fn answer(&mut self, event: &str, name: &str, request: &Value, socket: SocketRef) -> Option<Value> {
        if event == "createRoom" {
            let mut members = vec![name.to_owned()];
            members.extend(
                request["members"].as_array()?.iter().filter_map(|name| Some(name.as_str()?.to_owned())),
            );
            self.rooms.push(Room { members, ..Room::default() });
            return Some(json!({ "ok": true, "roomId": self.rooms.len().to_string() }));
        }
        let number: usize = request["roomId"].as_str()?.parse().ok()?;
        let room = self.rooms.get_mut(number.checked_sub(1)?)?;
        room.members.iter().find(|member| *member == name)?;
        match event {
            "joinRoom" => {
                room.listeners.insert(socket.id.to_string(), socket);
                Some(json!({ "ok": true }))
            }
            "sendMessage" => {
                let text = request["text"].as_str()?;
                room.said.push((name.to_owned(), text.to_owned()));
                let message = json!({ "roomId": request["roomId"], "from": name, "text": text });
                room.listeners.retain(|_, listener| listener.emit("receiveMessage", &message).is_ok());
                Some(json!({ "ok": true }))
            }
            _ => {
                let said = room.said.iter().map(|(from, text)| json!({ "from": from, "text": text }));
                Some(json!({ "ok": true, "messages": said.collect::<Vec<_>>() }))
            }
        }
    }
}

async fn door(TryData(auth): TryData<Value>) -> Result<(), &'static str> {
    name_in(auth.ok()).map(drop).ok_or("unauthorized")
}

fn name_in(auth: Option<Value>) -> Option<String> {
    let token = auth?["token"].as_str()?.to_owned();
    let key = DecodingKey::from_secret(std::env::var("JWT_SECRET").ok()?.as_bytes());
    let token = decode::<Value>(&token, &key, &Validation::new(Algorithm::HS256)).ok()?;
    Some(token.claims["sub"].as_str()?.to_owned())
}
