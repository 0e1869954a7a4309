//! The claims are any JSON, and the name goes into the handler of the event.

use std::sync::LazyLock;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
    handler::ConnectHandler,
};

static KEY: LazyLock<DecodingKey> =
    LazyLock::new(|| DecodingKey::from_secret(std::env::var("JWT_SECRET").unwrap().as_bytes()));

fn main() {
    sandbox::serve(register);
}

async fn register(io: &SocketIo) {
    io.ns("/", inside.with(door));
    io.ns("/homework", inside.with(door));
}

async fn door(TryData(auth): TryData<Value>) -> Result<(), String> {
    name_in(auth.ok()).map(|_| ()).ok_or_else(|| "unauthorized".to_owned())
}

async fn inside(socket: SocketRef, TryData(auth): TryData<Value>) {
    let name = name_in(auth.ok());
    socket.on("whoAmI", async move |ack: AckSender| {
        ack.send(&json!({ "name": name })).ok();
    });
    let lessons = ["physics", "chemistry"];
    socket.emit("timetable", &json!({ "lessons": lessons })).ok();
}

fn name_in(auth: Option<Value>) -> Option<String> {
    let token = auth?.get("token")?.as_str()?.to_owned();
    let mut rules = Validation::new(Algorithm::HS256);
    rules.leeway = 0;
    rules.set_required_spec_claims(&["exp", "sub"]);
    let claims = decode::<Value>(&token, &KEY, &rules).ok()?.claims;
    Some(claims["sub"].as_str()?.to_owned())
}
