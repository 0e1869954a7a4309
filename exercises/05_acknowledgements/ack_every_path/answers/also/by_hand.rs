//! Takes whatever comes as JSON and looks at it by hand; the answers are typed.

use serde::Serialize;
use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef, TryData},
};

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Right { ok: bool, fahrenheit: f64 },
    Wrong { ok: bool, error: &'static str },
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("toFahrenheit", async |TryData(question): TryData<Value>, ack: AckSender| {
            let celsius = question.ok().and_then(|question| question["celsius"].as_f64());
            let answer = match celsius {
                None => Answer::Wrong { ok: false, error: "not_a_number" },
                Some(celsius) if celsius < -273.15 => Answer::Wrong { ok: false, error: "too_cold" },
                Some(celsius) => Answer::Right { ok: true, fahrenheit: celsius.mul_add(1.8, 32.0) },
            };
            ack.send(&answer).ok();
        });
    });
}
