use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Deserialize)]
struct Factors {
    a: i64,
    b: i64,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("multiply", multiply);
    });
}

async fn multiply(socket: SocketRef, Data(Factors { a, b }): Data<Factors>) {
    socket.emit("product", &json!({ "a": a, "b": b, "product": a * b })).ok();
}
