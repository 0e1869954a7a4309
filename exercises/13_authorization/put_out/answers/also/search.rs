//! No rooms: all sockets are searched for those of one person. The claims are plain JSON.

use std::sync::Mutex;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

static OUT: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[derive(Clone)]
struct Claims(Value);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", listen.with(let_in));
}

async fn let_in(socket: SocketRef, TryData(auth): TryData<Value>) -> Result<(), String> {
    let claims = auth.ok().and_then(|auth| read(auth["token"].as_str()?)).ok_or("unauthorized")?;
    if OUT.lock().unwrap().iter().any(|name| *name == claims["sub"]) {
        return Err("put_out".to_owned());
    }
    socket.extensions.insert(Claims(claims));
    Ok(())
}

fn read(token: &str) -> Option<Value> {
    let key = DecodingKey::from_secret(std::env::var("JWT_SECRET").ok()?.as_bytes());
    decode(token, &key, &Validation::new(Algorithm::HS256)).ok().map(|token| token.claims)
}

async fn listen(socket: SocketRef, Extension(Claims(claims)): Extension<Claims>) {
    let name = claims["sub"].clone();
    // Once more: between the door and here the search could not find this socket.
    if OUT.lock().unwrap().iter().any(|out| *out == name) {
        socket.disconnect().ok();
        return;
    }
    let me = name.clone();
    socket.on("say", async move |socket: SocketRef, Data::<Value>(said), ack: AckSender| {
        let said = json!({ "from": me, "text": said["text"] });
        socket.emit("said", &said).ok();
        socket.broadcast().emit("said", &said).await.ok();
        ack.send(&json!({ "ok": true })).ok();
    });
    if claims["role"] == "teacher" {
        socket.on("putOut", async move |io: SocketIo, Data::<Value>(request), ack: AckSender| {
            OUT.lock().unwrap().extend(request["name"].as_str().map(str::to_owned));
            let is_meant = |socket: &SocketRef| {
                socket
                    .extensions
                    .get::<Claims>()
                    .is_some_and(|Claims(claims)| claims["sub"] == request["name"])
            };
            for socket in io.sockets().into_iter().filter(is_meant) {
                socket.emit("putOut", &json!({ "by": name })).ok();
                socket.disconnect().ok();
            }
            ack.send(&json!({ "ok": true })).ok();
        });
    } else {
        socket.on("putOut", async |ack: AckSender| {
            ack.send(&json!({ "ok": false, "error": "forbidden" })).ok();
        });
    }
}
