// Find the bugs: five faults are in this file. What it should do stands in exercise.yaml.
//
// Mend one at a time. Let `check` show you the packets of the first failure, and ask which line is behind them.

use std::sync::Mutex;

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

static COUNT: Mutex<u64> = Mutex::new(0);

#[derive(Deserialize, Clone)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Join {
    room: String,
}

#[derive(Deserialize)]
struct Say {
    rooms: Vec<String>,
    #[serde(default)]
    text: Value,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Person>(person)| {
        socket.extensions.insert(person.clone());
        greet(&socket, &person).await;

        socket.on("join", join);
    });
}

async fn greet(socket: &SocketRef, Person { name }: &Person) {
    let Ok(answer) = socket.emit_with_ack::<_, String>("howAreYou", &[(); 0]) else { return };
    if let Ok(mood) = answer.await {
        let text = format!("Hello, {name}. You are {mood}, I hear.");
        socket.emit("greeting", &json!({ "text": text })).ok();
    }
}

async fn join(socket: SocketRef, Data(Join { room }): Data<Join>, ack: AckSender) {
    socket.join(room);
    socket.on("say", say);
    ack.send(&json!({ "ok": true })).ok();
}

async fn say(
    socket: SocketRef,
    Extension(Person { name }): Extension<Person>,
    Data(Say { rooms, text }): Data<Say>,
    ack: AckSender,
) {
    let joined = socket.rooms();
    if !rooms.iter().all(|room| joined.iter().any(|have| have == room)) {
        return;
    }
    let message = number(&name, &text);
    for room in rooms {
        socket.within(room).emit("message", &message).await.ok();
    }
    ack.send(&json!({ "ok": true })).ok();
}

fn number(name: &str, text: &Value) -> Value {
    let mut count = COUNT.lock().unwrap();
    *count += 1;
    json!({ "seq": *count, "from": name, "text": text.as_str().unwrap().trim() })
}
