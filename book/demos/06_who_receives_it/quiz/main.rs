use serde::Deserialize;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef, TryData},
};

/// No arguments at all. A `&()` would be one argument: `null`.
const NOTHING: [(); 0] = [];

const TEAMS: [&str; 2] = ["blue", "red"];

#[derive(Deserialize)]
struct Person {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", connected);
}

async fn connected(socket: SocketRef, TryData(person): TryData<Person>) {
    // region: person
    if let Ok(Person { name }) = person {
        socket.join(format!("person:{name}"));
    }
    // endregion

    // region: team
    socket.on("joinTeam", async |socket: SocketRef, Data::<String>(team), ack: AckSender| {
        // Or else a client could name a room such as `person:asha`.
        if !TEAMS.contains(&team.as_str()) {
            ack.send("no_such_team").ok();
            return;
        }
        socket.join(team);
        ack.send("joined").ok();
    });
    // endregion

    // region: cheer
    socket.on("cheer", async |socket: SocketRef, Data::<String>(team)| {
        socket.to(team.clone()).emit("cheered", &team).await.ok();
    });
    // endregion

    // region: both
    socket.on("cheerBoth", async |socket: SocketRef| {
        socket.to("blue").to("red").emit("cheeredBoth", &NOTHING).await.ok();
    });
    // endregion

    // region: draw
    socket.on("draw", async |socket: SocketRef| {
        socket.broadcast().emit("stroke", &NOTHING).await.ok();
    });
    // endregion

    // region: surprise
    socket.on("planSurprise", async |io: SocketIo, Data::<String>(person)| {
        io.except(format!("person:{person}")).emit("surprise", &person).await.ok();
    });
    // endregion
}
