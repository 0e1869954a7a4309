use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Join {
    room_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Typing {
    room_id: String,
    keys: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lines {
    room_id: String,
    lines: Vec<String>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("joinRoom", join_room);
        socket.on("typing", typing);
        socket.on("sendLines", send_lines);
    });
}

async fn join_room(socket: SocketRef, Data(Join { room_id }): Data<Join>, ack: AckSender) {
    socket.join(room_id);
    ack.send(&json!({ "ok": true })).ok();
}

async fn typing(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Typing { room_id, keys }): Data<Typing>,
) {
    let news = json!({ "roomId": room_id, "name": name });
    for _ in 0..keys {
        socket.to(room_id.clone()).emit("typing", &news).await.ok();
    }
}

async fn send_lines(
    socket: SocketRef,
    Extension(Who { name }): Extension<Who>,
    Data(Lines { room_id, lines }): Data<Lines>,
    ack: AckSender,
) {
    for text in lines {
        let message = json!({ "roomId": room_id, "name": name, "text": text });
        socket.within(room_id.clone()).emit("message", &message).await.ok();
    }
    ack.send(&json!({ "ok": true })).ok();
}
