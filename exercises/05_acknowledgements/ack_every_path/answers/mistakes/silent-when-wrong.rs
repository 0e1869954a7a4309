use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
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

async fn to_fahrenheit(Data(Question { celsius }): Data<Question>, ack: AckSender) {
    if celsius >= ABSOLUTE_ZERO {
        ack.send(&json!({ "ok": true, "fahrenheit": celsius * 9.0 / 5.0 + 32.0 })).ok();
    }
}
