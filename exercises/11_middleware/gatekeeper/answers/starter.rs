// Gatekeeper: decide at the door who comes in. The contract is in exercise.yaml.
//
// A middleware runs before a client is let in: `io.ns("/", handler.with(middleware))`. It is an async function with
// the same parameters as a handler, and it returns `Result<(), E>`; the text of the error is the message.

use std::{env, time::Duration};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Deserialize)]
struct Auth {
    name: String,
    code: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", arrived);
}

async fn arrived(socket: SocketRef, Data(Auth { name, code }): Data<Auth>) {
    // Has this client been let in when this line runs, or not yet?
    if env::var("CLASS_CODE").ok() != Some(code) || look_up(&name).await.is_err() {
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
