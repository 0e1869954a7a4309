use std::env;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Claims {
    sub: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("readMarks", read_marks);
    });
}

// region: verify
/// The claims of a token, if its signature and its date are good.
fn claims_in(token: &str) -> Option<Claims> {
    let key = DecodingKey::from_secret(env::var("JWT_SECRET").ok()?.as_bytes());
    decode(token, &key, &Validation::new(Algorithm::HS256)).ok().map(|token| token.claims)
}
// endregion

// region: use
async fn read_marks(Data(token): Data<String>, ack: AckSender) {
    let answer = match claims_in(&token) {
        Some(claims) => json!({ "marksOf": claims.sub }),
        None => json!({ "error": "not_allowed" }),
    };
    ack.send(&answer).ok();
}
// endregion
