use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// The room of those who watch.
const BOARD: &str = "board";

/// From the name of a sensor to its newest value. Locked until the change has been told: so nobody hears an older one later.
static VALUES: Mutex<BTreeMap<String, f64>> = Mutex::const_new(BTreeMap::new());

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
    role: String,
}

#[derive(Deserialize)]
struct Report {
    value: f64,
    sensor: Option<String>,
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
    io: SocketIo,
    Extension(Who { name, role }): Extension<Who>,
    Data(Report { value, sensor }): Data<Report>,
    ack: AckSender,
) {
    if role != "sensor" {
        return refuse(ack, "not_a_sensor");
    }
    let name = sensor.unwrap_or(name);
    let mut values = VALUES.lock().await;
    ack.send(&json!({ "ok": true })).ok();
    if values.insert(name.clone(), value) != Some(value) {
        io.to(BOARD).emit("reading", &json!({ "sensor": name, "value": value })).await.ok();
    }
}

/// First all that is so, and from then on each change. Under the lock nothing comes in between, so nothing is missed.
async fn watch(socket: SocketRef, ack: AckSender) {
    let values = VALUES.lock().await;
    socket.join(BOARD);
    let reading = |(sensor, value)| json!({ "sensor": sensor, "value": value });
    let readings: Vec<_> = values.iter().map(reading).collect();
    ack.send(&json!({ "ok": true, "readings": readings })).ok();
}

fn refuse(ack: AckSender, error: &str) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}
