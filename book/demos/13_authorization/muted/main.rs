use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

static MUTED: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

fn owner(token: &str) -> Option<Person> {
    match token {
        "token-rao" => Some(Person { name: "Ms Rao", is_teacher: true }),
        "token-asha" => Some(Person { name: "Asha", is_teacher: false }),
        "token-mallory" => Some(Person { name: "Mallory", is_teacher: false }),
        _ => None,
    }
}

#[derive(Clone)]
struct Person {
    name: &'static str,
    is_teacher: bool,
}

#[derive(Deserialize)]
struct Auth {
    token: String,
}

#[derive(Deserialize)]
struct Mute {
    name: String,
    muted: bool,
}

#[derive(Deserialize)]
struct Say {
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let connected = async |socket: SocketRef| {
        socket.on("mute", mute);
        socket.on("say", say);
    };
    io.ns("/", connected.with(check_token));
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let person = auth.ok().and_then(|auth| owner(&auth.token)).ok_or("unauthorized")?;
    socket.extensions.insert(person);
    Ok(())
}

// region: mute
async fn mute(Extension(person): Extension<Person>, Data(wish): Data<Mute>, ack: AckSender) {
    if !person.is_teacher {
        ack.send(&json!({ "ok": false, "error": "forbidden" })).ok();
        return;
    }
    let mut muted = MUTED.lock().unwrap();
    if wish.muted {
        muted.insert(wish.name);
    } else {
        muted.remove(&wish.name);
    }
    ack.send(&json!({ "ok": true })).ok();
}
// endregion

// region: say
async fn say(
    io: SocketIo,
    Extension(person): Extension<Person>,
    Data(Say { text }): Data<Say>,
    ack: AckSender,
) {
    if MUTED.lock().unwrap().contains(person.name) {
        ack.send(&json!({ "ok": false, "error": "muted" })).ok();
        return;
    }
    io.emit("said", &json!({ "from": person.name, "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
