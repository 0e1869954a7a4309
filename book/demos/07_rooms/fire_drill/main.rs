use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("takeSeats", take_seats);
        socket.on("fireDrill", fire_drill);
    });
}

async fn take_seats(socket: SocketRef, Data(subjects): Data<Vec<String>>, ack: AckSender) {
    socket.join(subjects); // a list: several rooms at once
    ack.send("seated").ok();
}

// region: drill
async fn fire_drill(io: SocketIo) {
    io.to("physics").to("chemistry").except("exam").emit("leaveTheBuilding", &[(); 0]).await.ok();
}
// endregion
