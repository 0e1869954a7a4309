use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use socketioxide::{
    SocketIo,
    extract::{Extension, SocketRef},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    ASKED_BY_ALL.store(0, SeqCst);
    io.ns("/", connected);
}

// region: counters
static ASKED_BY_ALL: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Default)]
struct Asked(Arc<AtomicU32>);

async fn connected(socket: SocketRef) {
    socket.extensions.insert(Asked::default());
    socket.on("ask", ask);
    bells(&socket);
}

async fn ask(socket: SocketRef, Extension(Asked(asked)): Extension<Asked>) {
    let asked = asked.fetch_add(1, SeqCst) + 1;
    let asked_by_all = ASKED_BY_ALL.fetch_add(1, SeqCst) + 1;
    socket.emit("noted", &NOTHING).ok();
    if asked == 2 {
        socket.emit("yourSecond", &NOTHING).ok();
    }
    if asked_by_all == 3 {
        socket.emit("thirdOfTheClass", &NOTHING).ok();
    }
}
// endregion

fn bells(socket: &SocketRef) {
    // region: bells
    socket.on("ring", async |socket: SocketRef| {
        socket.emit("firstBell", &NOTHING).ok();
    });

    socket.on("ring", async |socket: SocketRef| {
        socket.emit("secondBell", &NOTHING).ok();
    });
    // endregion
}
