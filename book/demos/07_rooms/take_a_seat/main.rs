use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("takeSeat", take_seat);
        socket.on("standUp", stand_up);
        socket.on("ring", ring);
        socket.on("raiseHand", raise_hand);
    });
}

// region: join
async fn take_seat(socket: SocketRef, Data(subject): Data<String>, ack: AckSender) {
    socket.join(subject);
    ack.send("seated").ok();
}

async fn stand_up(socket: SocketRef, Data(subject): Data<String>, ack: AckSender) {
    socket.leave(subject);
    ack.send("standing").ok();
}
// endregion

// region: bell
async fn ring(io: SocketIo, Data(subject): Data<String>) {
    io.to(subject.clone()).emit("bell", &subject).await.ok();
}
// endregion

// region: hand
async fn raise_hand(socket: SocketRef, Data(subject): Data<String>) {
    socket.to(subject.clone()).emit("hand", &subject).await.ok();
}
// endregion
