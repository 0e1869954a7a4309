use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef, TryData},
    handler::ConnectHandler,
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", enter.with(check));
    io.ns("/staff", enter_staff);
}

// region: door
async fn check(TryData(auth): TryData<Value>) -> Result<(), &'static str> {
    match auth {
        Ok(auth) if auth["name"] == "mallory" => Err("not_you"),
        _ => Ok(()),
    }
}
// endregion

async fn enter(socket: SocketRef) {
    socket.on("sit", sit);
}

async fn enter_staff(socket: SocketRef) {
    socket.on("sit", sit);

    // region: remind
    socket.on("remind", async |io: SocketIo| {
        let Some(staff) = io.of("/staff") else { return };
        staff.to("physics").emit("marksDue", &NOTHING).await.ok();
    });
    // endregion

    // region: announce
    socket.on("announce", async |io: SocketIo| {
        io.emit("holiday", &NOTHING).await.ok();
    });
    // endregion

    // region: write
    socket.on("write", async |socket: SocketRef| {
        socket.broadcast().emit("note", &NOTHING).await.ok();
    });
    // endregion
}

async fn sit(socket: SocketRef, Data(room): Data<String>, ack: AckSender) {
    socket.join(room);
    ack.send("seated").ok();
}
