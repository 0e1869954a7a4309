use std::time::Duration;

use socketioxide::{SocketIo, extract::SocketRef};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("handIn", hand_in);
    });
}

// region: ask
async fn hand_in(socket: SocketRef) {
    let patient = socket.timeout(Duration::from_secs(2));
    let Ok(answer) = patient.emit_with_ack::<_, bool>("areYouSure", &NOTHING) else { return };

    match answer.await {
        Ok(true) => socket.emit("handedIn", &NOTHING).ok(),
        _ => socket.emit("notHandedIn", &NOTHING).ok(), // a no, or no answer within two seconds
    };
}
// endregion
