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

async fn enter(io: SocketIo, socket: SocketRef, Data(Person { name }): Data<Person>, ack: AckSender) {
    if io.to(persons_room(&name)).sockets().is_empty() {
        socket.join(format!("first tab of {name}"));
    }
    socket.join(persons_room(&name));
    ack.send(&json!({ "ok": true })).ok();
}

async fn draw(socket: SocketRef, Data(stroke): Data<Value>) {
    socket.broadcast().emit("drawn", &stroke).await.ok();
}

async fn plan_surprise(io: SocketIo, Data(Surprise { name, text }): Data<Surprise>) {
    let secret = json!({ "for": name, "text": text });
    io.except(persons_room(&name)).emit("secret", &secret).await.ok();
}

async fn nominate(socket: SocketRef, Data(Person { name }): Data<Person>) {
    socket.except(format!("first tab of {name}")).emit("vote", &json!({ "name": name })).await.ok();
}
