use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::net::TcpListener;

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

/// Stands for a database: it takes its time, and it can refuse.
static PAGES: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);
const DAYS: [&str; 5] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

async fn write(day: String, text: String) -> Result<(), String> {
    tokio::time::sleep(Duration::from_millis(5)).await;
    if !DAYS.contains(&day.as_str()) {
        return Err(format!("the book has no page for {day}"));
    }
    PAGES.lock().unwrap().insert(day, text);
    Ok(())
}

#[derive(Deserialize)]
struct Homework {
    day: String,
    text: String,
}

#[derive(Deserialize)]
struct Question {
    day: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (layer, io) = SocketIo::new_layer();
    io.ns("/", async |socket: SocketRef| {
        socket.on("sit", sit);
        socket.on("notice", notice);
        socket.on("setHomework", set_homework);
        socket.on("homework", homework);
    });

    let router = Router::new().route("/notice/{room}", post(notice_over_http)).with_state(io);
    let port = std::env::var("PORT").unwrap();
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
    axum::serve(listener, router.layer(layer)).await.unwrap();
}

// region: http
async fn notice_over_http(
    State(io): State<SocketIo>,
    Path(room): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    if headers.get("x-key").is_none_or(|key| key != "blue") {
        return StatusCode::UNAUTHORIZED;
    }
    io.to(room).emit("notice", &NOTHING).await.ok();
    StatusCode::ACCEPTED
}
// endregion

async fn sit(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.join(room);
    ack.send("ok").ok();
}

// region: socket
async fn notice(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.to(room).emit("notice", &NOTHING).await.ok();
    ack.send("ok").ok();
}
// endregion

// region: homework
async fn set_homework(io: SocketIo, Data(Homework { day, text }): Data<Homework>, ack: AckSender) {
    if let Err(error) = write(day.clone(), text).await {
        eprintln!("{error}");
        ack.send(&json!({ "ok": false, "error": "no_such_day" })).ok();
        return;
    }
    io.emit("homeworkSet", &json!({ "day": day })).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}

async fn homework(Data(Question { day }): Data<Question>, ack: AckSender) {
    let text = PAGES.lock().unwrap().get(&day).cloned();
    ack.send(&json!({ "text": text })).ok();
}
// endregion
