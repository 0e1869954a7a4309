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

#[derive(Clone)]
struct Token(String);

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
        socket.on("say", say);
        socket.on("putOut", put_out);
    };
    io.ns("/", connected.with(check_token));
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let Auth { token } = auth.map_err(|_| "unauthorized")?;
    let secret = std::env::var("JWT_SECRET").expect("JWT_SECRET is set");
    let key = DecodingKey::from_secret(secret.as_bytes());
    let claims =
        decode::<Claims>(&token, &key, &Validation::new(Algorithm::HS256)).map_err(|_| "unauthorized")?;
    if PUT_OUT.lock().unwrap().contains(&token) {
        return Err("put_out");
    }
    socket.extensions.insert(claims.claims);
    socket.extensions.insert(Token(token));
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
    let tokens =
        io.to(person.clone()).sockets().into_iter().filter_map(|socket| socket.extensions.get::<Token>());
    PUT_OUT.lock().unwrap().extend(tokens.map(|Token(token)| token));
    io.to(person.clone()).emit("putOut", &json!({ "by": claims.sub })).await.ok();
    io.to(person).disconnect().await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
