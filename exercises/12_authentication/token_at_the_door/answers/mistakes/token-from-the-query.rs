use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Extension, SocketRef},
    handler::ConnectHandler,
};

const LESSONS: [&str; 2] = ["physics", "chemistry"];

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

async fn check_token(socket: SocketRef) -> Result<(), &'static str> {
    let query = socket.req_parts().uri.query().unwrap_or_default();
    let token = query.split('&').find_map(|pair| pair.strip_prefix("token=")).ok_or("unauthorized")?;
    let claims = verify(token).map_err(|_| "unauthorized")?;
    socket.extensions.insert(Name(claims.sub));
    Ok(())
}

fn verify(token: &str) -> jsonwebtoken::errors::Result<Claims> {
    let secret = std::env::var("JWT_SECRET").expect("JWT_SECRET is set");
    let key = DecodingKey::from_secret(secret.as_bytes());
    let token = decode(token, &key, &Validation::new(Algorithm::HS256))?;
    Ok(token.claims)
}

async fn welcome(socket: SocketRef) {
    socket.on("whoAmI", async |Extension(Name(name)): Extension<Name>, ack: AckSender| {
        ack.send(&json!({ "name": name })).ok();
    });
    socket.emit("timetable", &json!({ "lessons": LESSONS })).ok();
}
