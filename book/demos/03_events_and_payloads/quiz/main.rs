use socketioxide::{
    SocketIo,
    extract::{SocketRef, TryData},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: seat
        socket.on("takeSeat", async |socket: SocketRef, TryData::<(String, i64)>(seat)| {
            match seat {
                Ok((name, row)) => socket.emit("seatTaken", &(name, row)).ok(),
                Err(_) => socket.emit("whichRow", &NOTHING).ok(),
            };
        });
        // endregion

        // region: hand
        socket.on("raiseHand", async |io: SocketIo| {
            io.emit("handRaised", &NOTHING).await.ok();
        });
        // endregion
    });
}
