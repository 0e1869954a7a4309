use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Extension, SocketRef},
    socket::Sid,
};
use tokio::{sync::Mutex, time::sleep};

/// The room of those who watch all.
const BOARD: &str = "board";

/// By name. Locked until a change has been told: so nobody hears an older one later.
static SENSORS: Mutex<BTreeMap<String, Sensor>> = Mutex::const_new(BTreeMap::new());

#[derive(Default)]
struct Sensor {
    /// Who has never reported has none, and is not on the board.
    value: Option<f64>,
    /// The value that was told last.
    told: Option<f64>,
    /// Something was told a short time ago; until it is over, values only take the place of one another.
    rests: bool,
    is_above: bool,
    /// With which value it rose above its limit, until somebody acknowledges it.
    alarm: Option<f64>,
    /// The ids of its sockets.
    lines: BTreeSet<Sid>,
    /// What the newest of them said.
    every: u64,
    limit: Option<f64>,
}

/// Who this is was said at the door. No payload can change it, and a new line does not, either.
#[derive(Clone, Deserialize)]
struct Who {
    name: String,
    role: String,
    #[serde(default)]
    every: u64,
    limit: Option<f64>,
}

/// Without a list it is the whole board.
#[derive(Deserialize)]
struct Choice {
    sensors: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Acknowledge {
    sensor: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |io: SocketIo, socket: SocketRef, Data::<Who>(who)| {
        socket.extensions.insert(who.clone());
        socket.on("report", report);
        socket.on("watch", watch);
        socket.on("unwatch", unwatch);
        socket.on("acknowledge", acknowledge);
        if who.role == "sensor" {
            socket.on_disconnect(leave);
            let mut sensors = SENSORS.lock().await;
            if !socket.connected() {
                return; // it ended while this waited for the lock, and `leave` may have had it before
            }
            let sensor = sensors.entry(who.name.clone()).or_default();
            (sensor.every, sensor.limit) = (who.every, who.limit);
            sensor.lines.insert(socket.id);
            if sensor.lines.len() == 1 {
                sensor.tell_line(&io, &who.name, true).await;
            }
        }
    });
}

async fn leave(io: SocketIo, socket: SocketRef, Extension(Who { name, .. }): Extension<Who>) {
    let mut sensors = SENSORS.lock().await;
    let sensor = sensors.entry(name.clone()).or_default();
    sensor.lines.remove(&socket.id);
    if sensor.lines.is_empty() {
        sensor.tell_line(&io, &name, false).await;
    }
}

async fn report(io: SocketIo, Extension(who): Extension<Who>, Data(report): Data<Value>, ack: AckSender) {
    if who.role != "sensor" {
        return refuse(ack, "not_a_sensor");
    }
    let text = |value: &Value| value.as_str()?.parse().ok();
    let Some(value) = report["value"].as_f64().or_else(|| text(&report["value"])) else {
        return refuse(ack, "not_a_number");
    };
    let mut sensors = SENSORS.lock().await;
    let sensor = sensors.entry(who.name.clone()).or_default();
    sensor.value = Some(value);
    ack.send(&json!({ "ok": true })).ok();
    if !sensor.rests && sensor.push(&io, &who.name).await && sensor.every > 0 {
        sensor.rests = true;
        tokio::spawn(rest(io.clone(), who.name.clone(), sensor.every));
    }
    sensor.check_limit(&io, &who.name, value).await;
}

/// When the rest is over, the newest value is there. If it is told, the next rest begins.
async fn rest(io: SocketIo, name: String, mut every: u64) {
    while every > 0 {
        sleep(Duration::from_millis(every)).await;
        let mut sensors = SENSORS.lock().await;
        let sensor = sensors.entry(name.clone()).or_default();
        every = if sensor.push(&io, &name).await { sensor.every } else { 0 };
        sensor.rests = every > 0;
    }
}

/// First all that is so, and from then on each change. Under the lock nothing comes in between, so nothing is missed.
async fn watch(socket: SocketRef, Data(choice): Data<Choice>, ack: AckSender) {
    let sensors = SENSORS.lock().await;
    socket.join(choice.rooms());
    let chosen = || sensors.iter().filter(|(name, _)| choice.includes(name));
    let readings: Vec<_> = chosen().filter_map(|(name, sensor)| sensor.reading(name)).collect();
    let alarms: Vec<_> = chosen()
        .filter_map(|(name, sensor)| Some(json!({ "sensor": name, "value": sensor.alarm? })))
        .collect();
    ack.send(&json!({ "ok": true, "readings": readings, "alarms": alarms })).ok();
}

async fn unwatch(socket: SocketRef, Data(choice): Data<Choice>, ack: AckSender) {
    socket.leave(choice.rooms());
    ack.send(&json!({ "ok": true })).ok();
}

async fn acknowledge(
    io: SocketIo,
    Extension(Who { name: by, .. }): Extension<Who>,
    Data(Acknowledge { sensor: name }): Data<Acknowledge>,
    ack: AckSender,
) {
    let mut sensors = SENSORS.lock().await;
    if sensors.get_mut(&name).and_then(|sensor| sensor.alarm.take()).is_none() {
        return refuse(ack, "no_alarm");
    }
    ack.send(&json!({ "ok": true })).ok();
    tell(&io, &name, "acknowledged", json!({ "sensor": name, "by": by })).await;
}

impl Sensor {
    fn reading(&self, name: &str) -> Option<Value> {
        Some(json!({ "sensor": name, "value": self.value?, "online": !self.lines.is_empty() }))
    }

    /// Tells the newest value, if it is another one than the last that was told; says whether it was.
    async fn push(&mut self, io: &SocketIo, name: &str) -> bool {
        if self.told == self.value {
            return false;
        }
        self.told = self.value;
        tell(io, name, "reading", json!({ "sensor": name, "value": self.value })).await;
        true
    }

    /// Each report is looked at, also those that are never told. Only the step over the limit is news.
    async fn check_limit(&mut self, io: &SocketIo, name: &str, value: f64) {
        let was_above = self.is_above;
        self.is_above = self.limit.is_some_and(|limit| value > limit);
        if !self.is_above || was_above || self.alarm.is_some() {
            return;
        }
        self.alarm = Some(value);
        tell(io, name, "alarm", json!({ "sensor": name, "value": value })).await;
    }

    async fn tell_line(&self, io: &SocketIo, name: &str, online: bool) {
        if self.value.is_some() {
            tell(io, name, "line", json!({ "sensor": name, "online": online })).await;
        }
    }
}

/// Both rooms in one emit: who is in both hears it once.
async fn tell(io: &SocketIo, sensor: &str, event: &str, news: Value) {
    io.to([BOARD.to_owned(), room_of(sensor)]).emit(event, &news).await.ok();
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
