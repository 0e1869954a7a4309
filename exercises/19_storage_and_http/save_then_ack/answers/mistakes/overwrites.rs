use std::{
    sync::{LazyLock, Mutex},
    thread,
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension, Result};
use serde::Deserialize;
use serde_json::{Value, json};
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
    ack.send(&store(vec![note]).await).ok();
}

async fn save_all(Data(Notes { notes }): Data<Notes>, ack: AckSender) {
    ack.send(&store(notes).await).ok();
}

async fn store(notes: Vec<Note>) -> Value {
    match write(|database| insert_all(database, notes)).await {
        Ok(()) => json!({ "ok": true }),
        Err(error) => {
            eprintln!("{error}");
            json!({ "ok": false, "error": "refused" })
        }
    }
}

fn insert_all(database: &mut Connection, notes: Vec<Note>) -> Result<()> {
    let transaction = database.transaction()?;
    for Note { title, text } in notes {
        transaction.execute("INSERT OR REPLACE INTO notes (title, text) VALUES (?, ?)", [title, text])?;
    }
    transaction.commit()
}
