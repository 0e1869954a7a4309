use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

/// Stands for a database: it takes its time, and it can refuse.
static PAGES: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);
const DAYS: [&str; 5] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

async fn write(day: String, text: String) -> Result<(), String> {
    tokio::time::sleep(Duration::from_millis(20)).await;
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

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("setHomework", set_homework);
        socket.on("homework", homework);
    });
}

// region: set
async fn set_homework(Data(Homework { day, text }): Data<Homework>, ack: AckSender) {
    let answer = match write(day, text).await {
        Ok(()) => json!({ "ok": true }),
        Err(error) => {
            eprintln!("{error}"); // for us
            json!({ "ok": false, "error": "no_such_day" }) // for the one who asked
        }
    };
    ack.send(&answer).ok();
}
// endregion

async fn homework(Data(Question { day }): Data<Question>, ack: AckSender) {
    let text = PAGES.lock().unwrap().get(&day).cloned();
    let answer = match text {
        Some(text) => json!({ "ok": true, "text": text }),
        None => json!({ "ok": false, "error": "nothing_set" }),
    };
    ack.send(&answer).ok();
}
