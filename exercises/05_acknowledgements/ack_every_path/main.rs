// Ack every path: answer each question where it was asked. The contract is in exercise.yaml.
//
// A client that wants an answer sends its event with a number, and waits for an acknowledgement that carries
// the same number. A handler gets hold of it by asking for it among its parameters.

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    ParserError, SocketIo,
    extract::{SocketRef, TryData},
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

async fn to_fahrenheit(socket: SocketRef, TryData(question): TryData<Question>) {
    // This is a new event of the server's own. Nobody waits for it.
    socket.emit("temperature", &convert(question)).ok();
}

fn convert(question: Result<Question, ParserError>) -> Value {
    match question {
        Err(_) => json!({ "ok": false, "error": "not_a_number" }),
        Ok(Question { celsius }) if celsius < ABSOLUTE_ZERO => json!({ "ok": false, "error": "too_cold" }),
        Ok(Question { celsius }) => json!({ "ok": true, "fahrenheit": celsius * 9.0 / 5.0 + 32.0 }),
    }
}
