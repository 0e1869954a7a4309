use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

const SEATS: u64 = 30;

#[derive(Clone, Deserialize)]
struct Place {
    seat: u64,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", enter.with(check));
    io.ns("/late", enter_late);
}

// region: door
async fn check(socket: SocketRef, TryData(place): TryData<Place>) -> Result<(), &'static str> {
    let place = place.map_err(|_| "no_such_seat")?;
    if place.seat > SEATS {
        return Err("no_such_seat");
    }
    socket.extensions.insert(place);
    Ok(())
}

async fn enter(socket: SocketRef, Extension(place): Extension<Place>) {
    socket.on("ring", ring);
    socket.on("write", write);
    socket.broadcast().emit("cameIn", &place.seat).await.ok();
}
// endregion

// region: bell
async fn ring(io: SocketIo) {
    io.emit("bell", &[(); 0]).await.ok();
}
// endregion

// region: write
async fn write(socket: SocketRef, Data(text): Data<String>, ack: AckSender) {
    if text.len() > 20 {
        return; // there is no `socket.use`: the handler itself looks first
    }
    socket.broadcast().emit("wrote", &text).await.ok();
    ack.send("written").ok();
}
// endregion

// region: late
async fn enter_late(socket: SocketRef, Data(place): Data<Place>) {
    socket.emit("exam", "page 12").ok();
    if place.seat > SEATS {
        socket.disconnect().ok();
    }
}
// endregion
