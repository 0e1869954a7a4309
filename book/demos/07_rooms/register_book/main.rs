use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("takeSeat", take_seat);
        socket.on("whoIsIn", who_is_in);
        socket.on("myRooms", my_rooms);
        socket.on_disconnect(gone);
    });
}

async fn take_seat(socket: SocketRef, Data(subject): Data<String>, ack: AckSender) {
    socket.join(subject);
    ack.send("seated").ok();
}

async fn gone(socket: SocketRef, Extension(who): Extension<Who>) {
    socket.broadcast().emit("gone", &who.name).await.ok();
}

// region: ask
async fn who_is_in(io: SocketIo, Data(subject): Data<String>, ack: AckSender) {
    let members = io.to(subject).sockets();
    let mut names: Vec<String> =
        members.iter().filter_map(|member| member.extensions.get::<Who>()).map(|who| who.name).collect();
    names.sort();
    ack.send(&names).ok();
}

async fn my_rooms(socket: SocketRef, ack: AckSender) {
    let mut rooms: Vec<String> = socket.rooms().into_iter().map(|room| room.into_owned()).collect();
    rooms.sort();
    ack.send(&rooms).ok();
}
// endregion
