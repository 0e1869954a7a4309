use std::env;

use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

#[derive(Deserialize)]
struct Auth {
    pass: String,
}

#[derive(Clone)]
struct Name(String);

#[derive(Deserialize)]
struct Line {
    text: String,
}

fn main() {
    sandbox::serve(register);
}

// region: verify
/// The name in a pass such as `asha.lW4VUc…`, if the signature is the school's.
fn name_in(pass: &str) -> Option<&str> {
    let (name, signature) = pass.split_once('.')?;
    let key = DecodingKey::from_secret(env::var("SCHOOL_KEY").ok()?.as_bytes());
    let is_ours = crypto::verify(signature, name.as_bytes(), &key, Algorithm::HS256).ok()?;
    (is_ours && !name.is_empty()).then_some(name)
}
// endregion

// region: door
fn register(io: &SocketIo) {
    io.ns("/", enter.with(check));
}

async fn check(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let auth = auth.map_err(|_| "unauthorized")?;
    let name = name_in(&auth.pass).ok_or("unauthorized")?;
    socket.extensions.insert(Name(name.to_owned()));
    Ok(())
}

async fn enter(socket: SocketRef) {
    socket.on("say", say);
}

async fn say(io: SocketIo, Extension(Name(name)): Extension<Name>, Data(Line { text }): Data<Line>) {
    io.emit("said", &json!({ "name": name, "text": text })).await.ok();
}
// endregion
