use std::{sync::Mutex, time::Duration};

use futures_util::StreamExt;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
    socket::Sid,
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];
const PATIENCE: Duration = Duration::from_secs(2);

static REMEMBERED: Mutex<Option<Sid>> = Mutex::new(None);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/staff", async || {});

    io.ns("/", async |socket: SocketRef| {
        socket.on("sit", async |socket: SocketRef, Data::<Vec<String>>(rooms), ack: AckSender| {
            socket.join(rooms);
            ack.send("ok").ok();
        });

        socket.on("rememberMe", async |socket: SocketRef, ack: AckSender| {
            *REMEMBERED.lock().unwrap() = Some(socket.id);
            ack.send("ok").ok();
        });

        // region: without-rooms
        socket.on("one", async |socket: SocketRef| {
            socket.emit("toSender", &NOTHING).ok();
        });
        socket.on("all", async |io: SocketIo| {
            io.emit("toAll", &NOTHING).await.ok();
        });
        socket.on("others", async |socket: SocketRef| {
            socket.broadcast().emit("toOthers", &NOTHING).await.ok();
        });
        // endregion

        // region: rooms
        socket.on("room", async |io: SocketIo| {
            io.to("physics").emit("toRoom", &NOTHING).await.ok();
        });
        socket.on("roomOthers", async |socket: SocketRef| {
            socket.to("physics").emit("toRoomOthers", &NOTHING).await.ok();
        });
        socket.on("twoRooms", async |io: SocketIo| {
            io.to("physics").to("chemistry").emit("toTwoRooms", &NOTHING).await.ok();
        });
        // endregion

        // region: except
        socket.on("allBut", async |io: SocketIo| {
            io.except("physics").emit("toAllBut", &NOTHING).await.ok();
        });
        socket.on("roomBut", async |io: SocketIo| {
            io.to("physics").except("chemistry").emit("toRoomBut", &NOTHING).await.ok();
        });
        socket.on("othersBut", async |socket: SocketRef| {
            socket.broadcast().except("chemistry").emit("toOthersBut", &NOTHING).await.ok();
        });
        // endregion

        // region: elsewhere
        socket.on("byId", async |io: SocketIo| {
            let id = *REMEMBERED.lock().unwrap();
            if let Some(other) = id.and_then(|id| io.get_socket(id)) {
                other.emit("toId", &NOTHING).ok();
            }
        });
        socket.on("staff", async |io: SocketIo| {
            if let Some(staff) = io.of("/staff") {
                staff.emit("toStaff", &NOTHING).await.ok();
            }
        });
        socket.on("node", async |io: SocketIo| {
            io.local().emit("toNode", &NOTHING).await.ok();
        });
        // endregion

        // region: may-be-lost
        socket.on("fleeting", async |socket: SocketRef| {
            socket.volatile().emit("maybeOne", &NOTHING).ok();
        });
        socket.on("fleetingRoom", async |io: SocketIo| {
            io.volatile().to("physics").emit("maybeRoom", &NOTHING).await.ok();
        });
        // endregion

        socket.on("askOne", ask_one);
        socket.on("askRoom", ask_room);
    });
}

// region: answers
async fn ask_one(socket: SocketRef) {
    let patient = socket.timeout(PATIENCE);
    let Ok(answer) = patient.emit_with_ack::<_, String>("askedOne", &NOTHING) else { return };
    socket.emit("answer", &answer.await.ok()).ok(); // null: no answer within two seconds
}

async fn ask_room(io: SocketIo, socket: SocketRef) {
    let patient = io.timeout(PATIENCE).to("physics");
    let Ok(answers) = patient.emit_with_ack::<_, String>("askedRoom", &NOTHING).await else { return };

    // One result for each socket; an error is one that did not answer.
    let mut answers: Vec<String> = answers.filter_map(async |(_id, answer)| answer.ok()).collect().await;
    answers.sort();
    socket.emit("answers", &answers).ok();
}
// endregion
