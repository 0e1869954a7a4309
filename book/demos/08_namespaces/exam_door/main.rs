use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{SocketRef, TryData},
    handler::ConnectHandler,
};

fn main() {
    sandbox::serve(register);
}

// region: door
fn register(io: &SocketIo) {
    io.ns("/", async || {});
    io.ns("/exam", enter.with(check));
}

async fn check(TryData(auth): TryData<Value>) -> Result<(), &'static str> {
    match auth {
        Ok(auth) if auth["ticket"] == "blue" => Ok(()),
        _ => Err("no_ticket"),
    }
}

async fn enter(socket: SocketRef) {
    socket.emit("questions", &3).ok();
}
// endregion
