// A private room: its members talk, and nobody else can join, send or read. The contract is in exercise.yaml.
//
// The door is finished: whoever is in has shown a good token, and its extension `Name` is true.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

static ROOMS: LazyLock<Mutex<HashMap<String, Room>>> = LazyLock::new(Mutex::default);
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

struct Room {
    #[allow(dead_code)] // Nobody asks yet who is a member.
    members: HashSet<String>,
    messages: Vec<Value>,
}

#[derive(Clone)]
struct Name(String);

#[derive(Deserialize)]
struct Members {
    members: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Which {
    room_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    room_id: String,
    text: String,
    from: Option<String>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let connected = async |socket: SocketRef| {
        socket.on("createRoom", create_room);
        socket.on("joinRoom", join_room);
        socket.on("sendMessage", send_message);
        socket.on("history", history);
    };
    io.ns("/", connected.with(check_token));
}

async fn create_room(
    Extension(Name(name)): Extension<Name>,
    Data(Members { mut members }): Data<Members>,
    ack: AckSender,
) {
    let room_id = format!("room-{}", NEXT_ID.fetch_add(1, Ordering::Relaxed));
    members.insert(name);
    ROOMS.lock().unwrap().insert(room_id.clone(), Room { members, messages: Vec::new() });
    ack.send(&json!({ "ok": true, "roomId": room_id })).ok();
}

// Who may do this? And this? And this?
async fn join_room(socket: SocketRef, Data(Which { room_id }): Data<Which>, ack: AckSender) {
    let answer = in_room(&room_id, |_| {
        socket.join(room_id.clone());
        json!({ "ok": true })
    });
    ack.send(&answer.unwrap_or_else(forbidden)).ok();
}

async fn send_message(
    socket: SocketRef,
    Data(Message { room_id, text, from }): Data<Message>,
    ack: AckSender,
) {
    let stored = in_room(&room_id, |room| room.messages.push(json!({ "from": from, "text": text })));
    if stored.is_none() {
        ack.send(&forbidden()).ok();
        return;
    }
    let message = json!({ "roomId": room_id, "from": from, "text": text });
    socket.within(room_id).emit("receiveMessage", &message).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn history(Data(Which { room_id }): Data<Which>, ack: AckSender) {
    let answer = in_room(&room_id, |room| json!({ "ok": true, "messages": room.messages }));
    ack.send(&answer.unwrap_or_else(forbidden)).ok();
}

// Does `work` with the room, if there is one.
fn in_room<T>(room_id: &str, work: impl FnOnce(&mut Room) -> T) -> Option<T> {
    let mut rooms = ROOMS.lock().unwrap();
    rooms.get_mut(room_id).map(work)
}

fn forbidden() -> Value {
    json!({ "ok": false, "error": "forbidden" })
}

#[derive(Deserialize)]
struct Auth {
    token: String,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let Auth { token } = auth.map_err(|_| "unauthorized")?;
    let secret = std::env::var("JWT_SECRET").expect("JWT_SECRET is set");
    let key = DecodingKey::from_secret(secret.as_bytes());
    let token =
        decode::<Claims>(&token, &key, &Validation::new(Algorithm::HS256)).map_err(|_| "unauthorized")?;
    socket.extensions.insert(Name(token.claims.sub));
    Ok(())
}
