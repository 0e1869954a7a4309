use std::{
    collections::{HashMap, HashSet},
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

static MEMBERS: LazyLock<Mutex<HashMap<&'static str, HashSet<&'static str>>>> = LazyLock::new(|| {
    Mutex::new(HashMap::from([
        ("physics", HashSet::from(["Asha", "Ravi", "Mallory"])),
        ("chemistry", HashSet::from(["Asha", "Ravi"])),
    ]))
});

fn owner(token: &str) -> Option<&'static str> {
    match token {
        "token-rao" => Some("Ms Rao"),
        "token-asha" => Some("Asha"),
        "token-ravi" => Some("Ravi"),
        "token-mallory" => Some("Mallory"),
        _ => None,
    }
}

fn is_member(name: &str, room: &str) -> bool {
    MEMBERS.lock().unwrap().get(room).is_some_and(|members| members.contains(name))
}

fn strike_off(name: &str, room: &str) {
    if let Some(members) = MEMBERS.lock().unwrap().get_mut(room) {
        members.remove(name);
    }
}

fn forbidden() -> Value {
    json!({ "ok": false, "error": "forbidden" })
}

#[derive(Deserialize)]
struct Auth {
    token: String,
}

#[derive(Clone)]
struct Name(&'static str);

#[derive(Deserialize)]
struct Join {
    room: String,
}

#[derive(Deserialize)]
struct Say {
    room: String,
    text: String,
}

#[derive(Deserialize)]
struct Whom {
    room: String,
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let connected = async |socket: SocketRef, Extension(Name(name)): Extension<Name>| {
        socket.join(format!("person:{name}"));
        socket.on("joinRoom", join_room);
        socket.on("say", say);
        socket.on("strike", strike);
        socket.on("putOut", put_out);
    };
    io.ns("/", connected.with(check_token));
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let name = auth.ok().and_then(|auth| owner(&auth.token)).ok_or("unauthorized")?;
    socket.extensions.insert(Name(name));
    Ok(())
}

// region: room
async fn join_room(
    socket: SocketRef,
    Extension(Name(name)): Extension<Name>,
    Data(Join { room }): Data<Join>,
    ack: AckSender,
) {
    if !is_member(name, &room) {
        ack.send(&forbidden()).ok();
        return;
    }
    socket.join(room);
    ack.send(&json!({ "ok": true })).ok();
}

async fn say(
    socket: SocketRef,
    Extension(Name(name)): Extension<Name>,
    Data(Say { room, text }): Data<Say>,
    ack: AckSender,
) {
    if !is_member(name, &room) {
        ack.send(&forbidden()).ok();
        return;
    }
    socket.to(room).emit("said", &json!({ "from": name, "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion

// region: strike
async fn strike(Extension(Name(name)): Extension<Name>, Data(whom): Data<Whom>, ack: AckSender) {
    if name != "Ms Rao" {
        ack.send(&forbidden()).ok();
        return;
    }
    strike_off(&whom.name, &whom.room);
    ack.send(&json!({ "ok": true })).ok();
}
// endregion

// region: put-out
async fn put_out(
    io: SocketIo,
    Extension(Name(name)): Extension<Name>,
    Data(whom): Data<Whom>,
    ack: AckSender,
) {
    if name != "Ms Rao" {
        ack.send(&forbidden()).ok();
        return;
    }
    strike_off(&whom.name, &whom.room);
    io.within(format!("person:{}", whom.name)).leave(whom.room).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
