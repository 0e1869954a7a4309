use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// The room of those who watch all.
const BOARD: &str = "board";

/// From the name of a sensor to its newest value. Locked until the change has been told: so nobody hears an older one later.
static VALUES: Mutex<BTreeMap<String, f64>> = Mutex::const_new(BTreeMap::new());

/// Who this is was said at the door. No payload can change it.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
    role: String,
}

#[derive(Deserialize)]
struct Report {
    value: f64,
}

/// Without a list it is the whole board.
#[derive(Deserialize)]
struct Choice {
    sensors: Option<Vec<String>>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who);
        socket.on("report", report);
        socket.on("watch", watch);
        socket.on("unwatch", unwatch);
    });
}

async fn report(
    io: SocketIo,
    Extension(Who { name, role }): Extension<Who>,
    Data(Report { value }): Data<Report>,
    ack: AckSender,
) {
    if role != "sensor" {
        return refuse(ack, "not_a_sensor");
    }
    let mut values = VALUES.lock().await;
    ack.send(&json!({ "ok": true })).ok();
    if values.insert(name.clone(), value) != Some(value) {
        for room in [BOARD.to_owned(), room_of(&name)] {
            io.to(room).emit("reading", &json!({ "sensor": name, "value": value })).await.ok();
        }
    }
}

/// First all that is so, and from then on each change. Under the lock nothing comes in between, so nothing is missed.
async fn watch(socket: SocketRef, Data(choice): Data<Choice>, ack: AckSender) {
    let values = VALUES.lock().await;
    socket.join(choice.rooms());
    let reading = |(sensor, value)| json!({ "sensor": sensor, "value": value });
    let readings: Vec<_> = values.iter().filter(|(name, _)| choice.includes(name)).map(reading).collect();
    ack.send(&json!({ "ok": true, "readings": readings })).ok();
}

async fn unwatch(socket: SocketRef, Data(choice): Data<Choice>, ack: AckSender) {
    socket.leave(choice.rooms());
    ack.send(&json!({ "ok": true })).ok();
}

impl Choice {
    fn rooms(&self) -> Vec<String> {
        match &self.sensors {
            Some(names) => names.iter().map(|name| room_of(name)).collect(),
            None => vec![BOARD.to_owned()],
        }
    }

    fn includes(&self, sensor: &String) -> bool {
        self.sensors.as_ref().is_none_or(|names| names.contains(sensor))
    }
}

/// The prefix keeps a sensor from being named like another room, such as the whole board.
fn room_of(sensor: &str) -> String {
    format!("sensor:{sensor}")
}

fn refuse(ack: AckSender, error: &str) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}
