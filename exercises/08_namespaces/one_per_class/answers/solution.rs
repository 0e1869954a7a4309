use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
    handler::ConnectHandler,
};

/// The open classes, such as `/class/physics`, and how many are in each.
static OPEN: LazyLock<Mutex<HashMap<String, usize>>> = LazyLock::new(Mutex::default);

#[derive(Deserialize)]
struct Class {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("openClass", open_class);
    });
    io.dyn_ns("/class/{name}", enter.with(check)).expect("no other pattern is like it");
}

async fn open_class(Data(Class { name }): Data<Class>, ack: AckSender) {
    OPEN.lock().unwrap().insert(format!("/class/{name}"), 0);
    ack.send(&json!({ "ok": true })).ok();
}

/// Runs before a client is let into any class.
async fn check(io: SocketIo, socket: SocketRef) -> Result<(), &'static str> {
    if OPEN.lock().unwrap().contains_key(socket.ns()) {
        return Ok(());
    }
    // The library has made a namespace for this name. It must not stay.
    io.delete_ns(socket.ns());
    Err("no such class")
}

async fn enter(socket: SocketRef) {
    if let Some(inside) = OPEN.lock().unwrap().get_mut(socket.ns()) {
        *inside += 1;
    }
    socket.on("say", say);
    socket.on_disconnect(leave);
}

async fn say(io: SocketIo, socket: SocketRef, Data(said): Data<Value>) {
    if let Some(class) = io.of(socket.ns()) {
        class.emit("said", &said).await.ok();
    }
}

async fn leave(io: SocketIo, socket: SocketRef) {
    let class = socket.ns();
    if is_last(class) {
        io.delete_ns(class);
        let name = class.trim_start_matches("/class/");
        io.emit("classOver", &json!({ "name": name })).await.ok();
    }
}

/// One fewer is in this class. If it was the last one, the class is open no more.
fn is_last(class: &str) -> bool {
    let mut open = OPEN.lock().unwrap();
    let Some(inside) = open.get_mut(class) else { return false };
    *inside -= 1;
    if *inside > 0 {
        return false;
    }
    open.remove(class);
    true
}
