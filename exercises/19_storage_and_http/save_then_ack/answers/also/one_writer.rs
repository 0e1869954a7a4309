//! One task owns the connection; handlers send it their wishes and wait for its answer.

use std::sync::LazyLock;

use rusqlite::{Connection, named_params};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};
use tokio::sync::{mpsc, oneshot};

enum Wish {
    Store(Vec<Value>),
    Find(Value),
}

type Desk = mpsc::UnboundedSender<(Wish, oneshot::Sender<Value>)>;

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let (desk, mut wishes) = mpsc::unbounded_channel::<(Wish, oneshot::Sender<Value>)>();
    std::thread::spawn(move || {
        let path = std::env::var("DATABASE").unwrap_or_else(|_| ":memory:".to_owned());
        let database = Connection::open(path).unwrap();
        database
            .execute_batch("CREATE TABLE IF NOT EXISTS notes (title TEXT PRIMARY KEY, text TEXT CHECK (length(text) > 0))")
            .unwrap();
        while let Some((wish, answer)) = wishes.blocking_recv() {
            let done = match wish {
                Wish::Store(notes) => store(&database, &notes),
                Wish::Find(title) => find(&database, &title),
            };
            answer.send(done).ok();
        }
    });
    desk
});

fn store(database: &Connection, notes: &[Value]) -> Value {
    let all = || {
        database.execute_batch("BEGIN")?;
        for note in notes {
            let values = named_params! { ":title": note["title"].as_str(), ":text": note["text"].as_str() };
            database.execute("INSERT INTO notes VALUES (:title, :text)", values)?;
        }
        database.execute_batch("COMMIT")
    };
    match all() {
        Ok(()) => json!({ "ok": true }),
        Err(_) => {
            database.execute_batch("ROLLBACK").ok();
            json!({ "ok": false, "error": "refused" })
        }
    }
}

fn find(database: &Connection, title: &Value) -> Value {
    let select = "SELECT text FROM notes WHERE title = ?1";
    match database.query_row(select, [title.as_str()], |row| row.get::<_, String>("text")) {
        Ok(text) => json!({ "ok": true, "text": text }),
        Err(_) => json!({ "ok": false, "error": "not_found" }),
    }
}

async fn ask(wish: Wish) -> Value {
    let (answer, done) = oneshot::channel();
    DESK.send((wish, answer)).ok();
    done.await.unwrap_or_default()
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("save", async |Data::<Value>(note), ack: AckSender| {
            ack.send(&ask(Wish::Store(vec![note])).await).ok();
        });
        socket.on("saveAll", async |Data::<Value>(mut list), ack: AckSender| {
            let notes = list["notes"].as_array_mut().map(std::mem::take).unwrap_or_default();
            ack.send(&ask(Wish::Store(notes)).await).ok();
        });
        socket.on("find", async |Data::<Value>(question), ack: AckSender| {
            ack.send(&ask(Wish::Find(question["title"].clone())).await).ok();
        });
    });
}
