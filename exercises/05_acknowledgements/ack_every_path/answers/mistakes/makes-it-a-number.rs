use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

const ABSOLUTE_ZERO: f64 = -273.15;

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("toFahrenheit", to_fahrenheit);
    });
}

async fn to_fahrenheit(TryData(question): TryData<Value>, ack: AckSender) {
    ack.send(&convert(&question.unwrap_or_default())).ok();
}

fn convert(question: &Value) -> Value {
    let celsius = &question["celsius"];
    match celsius.to_string().trim_matches('"').parse::<f64>() {
        Err(_) => json!({ "ok": false, "error": "not_a_number" }),
        Ok(celsius) if celsius < ABSOLUTE_ZERO => json!({ "ok": false, "error": "too_cold" }),
        Ok(celsius) => json!({ "ok": true, "fahrenheit": celsius * 9.0 / 5.0 + 32.0 }),
    }
}
