// A token at the door: only who brings a good token gets in. The contract is in exercise.yaml.
//
// A middleware of a namespace runs for each CONNECT, before the handler. It lets in with `Ok(())`.

use jsonwebtoken::dangerous::insecure_decode;
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

const LESSONS: [&str; 2] = ["physics", "chemistry"];

#[derive(Deserialize)]
struct Auth {
    token: String,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

#[derive(Clone)]
struct Name(String);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", welcome.with(check_token));
    io.ns("/homework", welcome.with(check_token));
}

async fn check_token(socket: SocketRef, TryData(auth): TryData<Auth>) -> Result<(), &'static str> {
    if let Ok(Auth { token }) = auth
        // The secret of the signatures is in the environment, as JWT_SECRET. Does this line use it?
        && let Ok(token) = insecure_decode::<Claims>(&token)
    {
        socket.extensions.insert(Name(token.claims.sub));
    }
    Ok(())
}

async fn welcome(socket: SocketRef) {
    socket.on("whoAmI", async |Extension(Name(name)): Extension<Name>, ack: AckSender| {
        ack.send(&json!({ "name": name })).ok();
    });
    socket.emit("timetable", &json!({ "lessons": LESSONS })).ok();
}
