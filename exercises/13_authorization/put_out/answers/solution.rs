use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex},
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

static PUT_OUT: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

#[derive(Deserialize)]
struct Auth {
    token: String,
}

#[derive(Clone, Deserialize)]
struct Claims {
    sub: String,
    role: String,
}

#[derive(Deserialize)]
struct Say {
    text: String,
}

#[derive(Deserialize)]
struct PutOut {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let connected = async |socket: SocketRef, Extension(Claims { sub: name, .. }): Extension<Claims>| {
        socket.join(format!("person:{name}"));
        // Whoever was put out after the door and before this line was in no room yet, so nobody has ended this socket.
        if PUT_OUT.lock().unwrap().contains(&name) {
            socket.disconnect().ok();
            return;
        }
        socket.on("say", say);
        socket.on("putOut", put_out);
    };
    io.ns("/", connected.with(check_token));
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let Auth { token } = auth.map_err(|_| "unauthorized")?;
    let secret = std::env::var("JWT_SECRET").expect("JWT_SECRET is set");
    let key = DecodingKey::from_secret(secret.as_bytes());
    let token =
        decode::<Claims>(&token, &key, &Validation::new(Algorithm::HS256)).map_err(|_| "unauthorized")?;
    if PUT_OUT.lock().unwrap().contains(&token.claims.sub) {
        return Err("put_out");
    }
    socket.extensions.insert(token.claims);
    Ok(())
}

async fn say(
    io: SocketIo,
    Extension(claims): Extension<Claims>,
    Data(Say { text }): Data<Say>,
    ack: AckSender,
) {
    io.emit("said", &json!({ "from": claims.sub, "text": text })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn put_out(
    io: SocketIo,
    Extension(claims): Extension<Claims>,
    Data(PutOut { name }): Data<PutOut>,
    ack: AckSender,
) {
    if claims.role != "teacher" {
        ack.send(&json!({ "ok": false, "error": "forbidden" })).ok();
        return;
    }
    let person = format!("person:{name}");
    PUT_OUT.lock().unwrap().insert(name);
    io.to(person.clone()).emit("putOut", &json!({ "by": claims.sub })).await.ok();
    io.to(person).disconnect().await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
