// A live dashboard, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal live_dashboard
//
// The sensors report, the board on the wall shows. Nobody asks again and again: what is new is pushed.

use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
    role: String,
}

#[derive(Deserialize)]
struct Report {
    value: f64,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("report", report);
        socket.on("watch", watch);
    });
}

async fn report(
    Extension(Who { name, role }): Extension<Who>,
    Data(Report { value }): Data<Report>,
    _ack: AckSender,
) {
    // Who reports? Where is the value kept, and who has to hear of it?
    let _reported = (name, role, value);
}

async fn watch(_socket: SocketRef, _ack: AckSender) {
    // What does somebody need who comes in the middle?
}
