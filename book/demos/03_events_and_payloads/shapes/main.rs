use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

type Seat = (String, u32, bool);

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: none
        socket.on("raiseHand", async |socket: SocketRef| {
            socket.emit("handRaised", &NOTHING).ok();
        });
        // endregion

        // region: three
        socket.on("takeSeat", async |socket: SocketRef, Data::<Seat>((name, row, by_the_window))| {
            socket.emit("seatTaken", &(name, row, by_the_window)).ok();
        });
        // endregion

        // region: list
        socket.on("formTeam", async |socket: SocketRef, Data::<Vec<String>>(names)| {
            let count = names.len();
            socket.emit("teamFormed", &(names, count)).ok();
        });
        // endregion
    });
}
