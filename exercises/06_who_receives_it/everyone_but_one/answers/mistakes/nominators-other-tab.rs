use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
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

async fn enter(socket: SocketRef, Data(person): Data<Person>, ack: AckSender) {
    socket.join(persons_room(&person.name));
    socket.extensions.insert(person);
    ack.send(&json!({ "ok": true })).ok();
}

async fn draw(socket: SocketRef, Data(stroke): Data<Value>) {
    socket.broadcast().emit("drawn", &stroke).await.ok();
}

async fn plan_surprise(io: SocketIo, Data(Surprise { name, text }): Data<Surprise>) {
    let secret = json!({ "for": name, "text": text });
    io.except(persons_room(&name)).emit("secret", &secret).await.ok();
}

async fn nominate(io: SocketIo, Extension(sender): Extension<Person>, Data(Person { name }): Data<Person>) {
    io.except([persons_room(&sender.name), persons_room(&name)])
        .emit("vote", &json!({ "name": name }))
        .await
        .ok();
}
