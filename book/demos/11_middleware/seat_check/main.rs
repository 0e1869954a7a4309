use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{Extension, SocketRef, TryData},
    handler::ConnectHandler,
};

const SEATS: u64 = 30;

fn main() {
    sandbox::serve(register);
}

// region: checks
#[derive(Clone)]
struct Seat(u64);

fn register(io: &SocketIo) {
    io.ns("/", seated.with(seat_exists).with(has_seat)); // the last one is asked first
}

async fn has_seat(socket: SocketRef, TryData(auth): TryData<Value>) -> Result<(), &'static str> {
    let seat = auth.ok().and_then(|auth| auth["seat"].as_u64()).ok_or("seat_required")?;
    socket.extensions.insert(Seat(seat));
    Ok(())
}

async fn seat_exists(Extension(Seat(seat)): Extension<Seat>) -> Result<(), &'static str> {
    if seat > SEATS { Err("no_such_seat") } else { Ok(()) }
}

async fn seated(socket: SocketRef, Extension(Seat(seat)): Extension<Seat>) {
    socket.emit("seated", &seat).ok();
}
// endregion
