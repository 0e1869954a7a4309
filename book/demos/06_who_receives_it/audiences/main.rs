use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

#[derive(Serialize, Deserialize)]
struct Person {
    name: String,
}

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        // region: one
        socket.on("myMarks", async |socket: SocketRef| {
            socket.emit("marks", &json!({ "physics": 9 })).ok();
        });
        // endregion

        // region: all
        socket.on("beginLesson", async |io: SocketIo| {
            io.emit("lessonBegins", &NOTHING).await.ok();
        });
        // endregion

        // region: others
        socket.on("typing", async |socket: SocketRef, Data::<Person>(person)| {
            socket.broadcast().emit("isTyping", &person).await.ok();
        });
        // endregion
    });
}
