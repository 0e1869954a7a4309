use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
    handler::ConnectHandler,
};

const CLUBS: [&str; 2] = ["/club/chess", "/club/music"];

fn main() {
    sandbox::serve(register);
}

// region: clubs
fn register(io: &SocketIo) {
    io.dyn_ns("/club/{name}", enter.with(check)).expect("the pattern is well formed");
}

async fn check(io: SocketIo, socket: SocketRef) -> Result<(), &'static str> {
    if CLUBS.contains(&socket.ns()) {
        return Ok(());
    }
    io.delete_ns(socket.ns()); // it was made for this name before the check
    Err("no such club")
}

async fn enter(socket: SocketRef) {
    socket.on("say", say);
}

async fn say(io: SocketIo, socket: SocketRef, Data(text): Data<String>) {
    if let Some(club) = io.of(socket.ns()) {
        club.emit("said", &text).await.ok();
    }
}
// endregion
