// Save, then ack: a note is acknowledged when it is stored, and not before. The contract is in exercise.yaml.
//
// `execute` writes, `query_row` reads. A connection has a method `transaction`; what it gives you is undone when it is
// dropped, and kept when you `commit` it.

use std::{
    sync::{LazyLock, Mutex},
    thread,
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension, Result};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

static DATABASE: LazyLock<Mutex<Connection>> = LazyLock::new(|| {
    let path = std::env::var("DATABASE").unwrap_or_else(|_| ":memory:".to_owned());
    let database = Connection::open(path).expect("the database can be opened");
    let table = "CREATE TABLE IF NOT EXISTS notes (
        title TEXT PRIMARY KEY,
        text TEXT NOT NULL CHECK (text <> '')
    )";
    database.execute_batch(table).expect("the table can be made");
    Mutex::new(database)
});

/// Given: writing takes a while, on a thread of its own. The result is that of `work`.
async fn write<F>(work: F) -> Result<()>
where
    F: FnOnce(&mut Connection) -> Result<()> + Send + 'static,
{
    let written = tokio::task::spawn_blocking(|| {
        thread::sleep(Duration::from_millis(100));
        work(&mut DATABASE.lock().unwrap())
    });
    written.await.expect("the write did not panic")
}

#[derive(Deserialize)]
struct Note {
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Notes {
    notes: Vec<Note>,
}

#[derive(Deserialize)]
struct Question {
    title: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("find", find);
        socket.on("save", save);
        socket.on("saveAll", save_all);
    });
}

async fn find(Data(Question { title }): Data<Question>, ack: AckSender) {
    let database = DATABASE.lock().unwrap();
    let select = "SELECT text FROM notes WHERE title = ?";
    let text = database.query_row(select, [title], |row| row.get::<_, String>(0)).optional();
    let answer = match text.expect("reading works") {
        Some(text) => json!({ "ok": true, "text": text }),
        None => json!({ "ok": false, "error": "not_found" }),
    };
    ack.send(&answer).ok();
}

async fn save(Data(note): Data<Note>, ack: AckSender) {
    // Who learns how this ends?
    tokio::spawn(write(|database| insert(database, note)));
    ack.send(&json!({ "ok": true })).ok();
}

async fn save_all(Data(Notes { notes }): Data<Notes>, ack: AckSender) {
    for note in notes {
        tokio::spawn(write(|database| insert(database, note)));
    }
    ack.send(&json!({ "ok": true })).ok();
}

fn insert(database: &Connection, Note { title, text }: Note) -> Result<()> {
    database.execute("INSERT INTO notes (title, text) VALUES (?, ?)", [title, text])?;
    Ok(())
}
