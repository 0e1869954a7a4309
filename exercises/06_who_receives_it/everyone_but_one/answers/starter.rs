// Everyone but one: three events, and each has somebody who must not hear it. The contract is in exercise.yaml.
//
// A room holds any number of connections: also the two tabs of one person.

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Surprise {
    #[serde(rename = "for")]
    name: String,
    text: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("enter", enter);
        socket.on("draw", draw);
        socket.on("planSurprise", plan_surprise);
        socket.on("nominate", nominate);
    });
}

fn persons_room(name: &str) -> String {
    format!("person:{name}")
}

async fn enter(socket: SocketRef, Data(Person { name }): Data<Person>, ack: AckSender) {
    socket.join(persons_room(&name));
    ack.send(&json!({ "ok": true })).ok();
}

async fn draw(io: SocketIo, Data(stroke): Data<Value>) {
    // Asha's page has drawn the stroke already. Who must hear it?
    io.emit("drawn", &stroke).await.ok();
}

async fn plan_surprise(io: SocketIo, Data(Surprise { name, text }): Data<Surprise>) {
    let secret = json!({ "for": name, "text": text });
    io.emit("secret", &secret).await.ok();
}

async fn nominate(io: SocketIo, Data(Person { name }): Data<Person>) {
    io.emit("vote", &json!({ "name": name })).await.ok();
}
