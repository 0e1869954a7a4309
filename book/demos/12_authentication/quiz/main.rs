use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

/// A real pass is long and random, and made anew for each login.
static PASSES: LazyLock<Mutex<HashMap<String, &str>>> = LazyLock::new(|| {
    let noted = [("k7f2", "asha"), ("m9d4", "ravi"), ("t3x8", "meera")];
    Mutex::new(noted.map(|(pass, name)| (pass.to_owned(), name)).into())
});

#[derive(Clone, Deserialize)]
struct Auth {
    pass: String,
}

#[derive(Clone)]
struct Name(&'static str);

fn main() {
    sandbox::serve(register);
}

// region: door
fn register(io: &SocketIo) {
    io.ns("/", enter.with(check));
}

async fn check(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    let auth = auth.map_err(|_| "unauthorized")?;
    let name = PASSES.lock().unwrap().get(&auth.pass).copied().ok_or("unauthorized")?;
    socket.extensions.insert(Name(name));
    socket.extensions.insert(auth);
    Ok(())
}

async fn enter(socket: SocketRef, Extension(Name(name)): Extension<Name>) {
    socket.join(format!("person:{name}"));
    // endregion
    socket.on("whisper", whisper);
    socket.on("askMarks", ask_marks);
    socket.on("logOut", log_out);
    socket.on("ring", ring);
}

// region: whisper
async fn whisper(io: SocketIo, Extension(Name(name)): Extension<Name>, Data(to): Data<String>) {
    io.to(format!("person:{to}")).emit("whispered", &json!({ "from": name })).await.ok();
}
// endregion

// region: marks
async fn ask_marks(io: SocketIo, Extension(Name(name)): Extension<Name>) {
    io.to(format!("person:{name}")).emit("marks", &json!({ "of": name })).await.ok();
}
// endregion

// region: out
async fn log_out(Extension(auth): Extension<Auth>, ack: AckSender) {
    PASSES.lock().unwrap().remove(&auth.pass);
    ack.send("done").ok();
}

async fn ring(io: SocketIo) {
    io.emit("bell", &[(); 0]).await.ok();
}
// endregion
