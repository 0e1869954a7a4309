use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    ParserError, SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

const ABSOLUTE_ZERO: f64 = -273.15;

#[derive(Deserialize)]
struct Question {
    celsius: f64,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("toFahrenheit", to_fahrenheit);
    });
}

async fn to_fahrenheit(TryData(question): TryData<Question>, ack: AckSender) {
    let answer = convert(question);
    ack.send(&[&Value::Null, &answer]).ok();
}

fn convert(question: Result<Question, ParserError>) -> Value {
    match question {
        Err(_) => json!({ "ok": false, "error": "not_a_number" }),
        Ok(Question { celsius }) if celsius < ABSOLUTE_ZERO => json!({ "ok": false, "error": "too_cold" }),
        Ok(Question { celsius }) => json!({ "ok": true, "fahrenheit": celsius * 9.0 / 5.0 + 32.0 }),
    }
}
