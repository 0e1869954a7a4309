use serde::Deserialize;
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
};
use tokio::sync::Mutex;

/// The room of those who watch.
const BOARD: &str = "board";

/// What the sensors have reported. Locked until the change has been told: so nobody hears an older one later.
static REPORTS: Mutex<Vec<(String, f64)>> = Mutex::const_new(Vec::new());

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
    Data(Report { value }): Data<Report>,
    ack: AckSender,
) {
    if role != "sensor" {
        return refuse(ack, "not_a_sensor");
    }
    let mut reports = REPORTS.lock().await;
    ack.send(&json!({ "ok": true })).ok();
    let last = reports.iter().rfind(|(sensor, _)| *sensor == name);
    if last.is_none_or(|(_, last)| *last != value) {
        reports.push((name.clone(), value));
        io.to(BOARD).emit("reading", &json!({ "sensor": name, "value": value })).await.ok();
    }
}

/// First all that is so, and from then on each change. Under the lock nothing comes in between, so nothing is missed.
async fn watch(socket: SocketRef, ack: AckSender) {
    let reports = REPORTS.lock().await;
    socket.join(BOARD);
    let reading = |(sensor, value): &(String, f64)| json!({ "sensor": sensor, "value": value });
    let readings: Vec<_> = reports.iter().map(reading).collect();
    ack.send(&json!({ "ok": true, "readings": readings })).ok();
}

fn refuse(ack: AckSender, error: &str) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}
