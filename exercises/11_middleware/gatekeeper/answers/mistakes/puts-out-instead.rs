use std::{env, time::Duration};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

#[derive(Clone)]
struct Name(String);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", arrived.with(at_the_door));
}

/// The text of an `Err` is the message of the refusal.
async fn at_the_door(socket: SocketRef, TryData(auth): TryData<Value>) -> Result<(), &'static str> {
    let auth = auth.unwrap_or_default();
    let name = auth["name"].as_str().filter(|name| !name.is_empty()).ok_or("name_required")?;

    look_up(name).await.map_err(|_| "not_enrolled")?;
    socket.extensions.insert(Name(name.to_owned()));
    Ok(())
}

async fn arrived(socket: SocketRef, TryData(auth): TryData<Value>, Extension(Name(name)): Extension<Name>) {
    let auth = auth.unwrap_or_default();
    if !env::var("CLASS_CODE").is_ok_and(|code| auth["code"] == *code) {
        socket.disconnect().ok();
        return;
    }
    socket.broadcast().emit("arrived", &json!({ "name": name })).await.ok();
}

/// The school's register: it takes a moment, and it knows no guests.
async fn look_up(name: &str) -> Result<(), String> {
    tokio::time::sleep(Duration::from_millis(5)).await;
    if name.starts_with("guest") {
        return Err(format!("the register has no {name}"));
    }
    Ok(())
}
