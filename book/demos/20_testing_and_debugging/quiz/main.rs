use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef, TryData},
};

#[derive(Deserialize)]
#[serde(untagged)]
enum Class {
    Text(String),
    Number(i64),
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("join", join);
        socket.on("say", say);
    });
}

// region: join
async fn join(socket: SocketRef, TryData(class): TryData<Class>, ack: AckSender) {
    let room = match class {
        Ok(Class::Text(name)) => name,
        Ok(Class::Number(number)) => number.to_string(),
        Err(_) => {
            ack.send(&json!({ "ok": false, "error": "bad_class" })).ok();
            return;
        }
    };
    socket.leave_all();
    socket.join(room);
    ack.send(&json!({ "ok": true })).ok();
}
// endregion

// region: say
async fn say(io: SocketIo, socket: SocketRef, Data(text): Data<String>, ack: AckSender) {
    let rooms = socket.rooms();
    if rooms.is_empty() {
        ack.send(&json!({ "ok": false, "error": "in_no_class" })).ok();
        return;
    }
    io.to(rooms).emit("said", &text).await.ok();
    ack.send(&json!({ "ok": true })).ok();
}
// endregion
