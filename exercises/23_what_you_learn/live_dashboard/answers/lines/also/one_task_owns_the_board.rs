// Another style: one task owns the whole board, so there is nothing to lock. Handlers post to it. It knows what each socket
// wishes to see, uses no rooms of the library, and sleeps until the next value may be told.

use std::{collections::BTreeMap, sync::OnceLock, time::Duration};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef},
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

static POST: OnceLock<mpsc::UnboundedSender<Letter>> = OnceLock::new();

enum Letter {
    Came(SocketRef, Value),
    Gone(SocketRef, Value),
    Request { from: SocketRef, who: Value, event: String, body: Value, ack: AckSender },
}

/// `None` is the whole board.
type Wish = Option<String>;

struct Sensor {
    value: Option<f64>,
    told: Option<f64>,
    due: Instant,
    is_above: bool,
    alarm: Option<f64>,
    lines: usize,
    every: Duration,
    limit: f64,
}

#[derive(Default)]
struct Board {
    sensors: BTreeMap<String, Sensor>,
    viewers: Vec<(SocketRef, Vec<Wish>)>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef, Data::<Value>(who)| {
        for event in ["report", "watch", "unwatch", "acknowledge"] {
            let who = who.clone();
            socket.on(
                event,
                async move |from: SocketRef, Event(event), Data::<Value>(body), ack: AckSender| {
                    post(Letter::Request { from, who, event, body, ack });
                },
            );
        }
        let same = who.clone();
        socket.on_disconnect(async move |socket: SocketRef| post(Letter::Gone(socket, same)));
        post(Letter::Came(socket, who));
    });
}

fn post(letter: Letter) {
    let office = POST.get_or_init(|| {
        let (post, letters) = mpsc::unbounded_channel();
        tokio::spawn(live(letters));
        post
    });
    office.send(letter).ok();
}

async fn live(mut letters: mpsc::UnboundedReceiver<Letter>) {
    let mut board = Board::default();
    loop {
        let waiting = board.sensors.values().filter(|sensor| sensor.value != sensor.told);
        let next = waiting.map(|sensor| sensor.due).min();
        let far = Instant::now() + Duration::from_secs(3600);
        tokio::select! {
            letter = letters.recv() => match letter {
                Some(Letter::Came(socket, who)) => board.let_in(socket, &who),
                Some(Letter::Gone(socket, who)) => {
                    board.viewers.retain(|(viewer, _)| viewer.id != socket.id);
                    board.count(&who, -1);
                }
                Some(Letter::Request { from, who, event, body, ack }) => {
                    let answer = board.answer(&from, &who, &event, &body);
                    let refused = |error| json!({ "ok": false, "error": error });
                    ack.send(&answer.unwrap_or_else(refused)).ok();
                }
                None => return,
            },
            () = sleep_until(next.unwrap_or(far)) => {
                let names: Vec<_> = board.sensors.keys().cloned().collect();
                names.iter().for_each(|name| board.flush(name));
            }
        }
    }
}

impl Board {
    fn let_in(&mut self, socket: SocketRef, who: &Value) {
        self.viewers.push((socket, Vec::new()));
        if who["role"] == "sensor" {
            let fresh = || Sensor {
                value: None,
                told: None,
                due: Instant::now(),
                is_above: false,
                alarm: None,
                lines: 0,
                every: Duration::ZERO,
                limit: f64::INFINITY,
            };
            let sensor = self.sensors.entry(text(&who["name"])).or_insert_with(fresh);
            sensor.every = Duration::from_millis(who["every"].as_u64().unwrap_or_default());
            sensor.limit = who["limit"].as_f64().unwrap_or(f64::INFINITY);
            self.count(who, 1);
        }
    }

    fn count(&mut self, who: &Value, step: isize) {
        let name = text(&who["name"]);
        let sensor = self.sensors.get_mut(&name).filter(|_| who["role"] == "sensor");
        let Some(sensor) = sensor else { return };
        let before = sensor.lines > 0;
        sensor.lines = sensor.lines.saturating_add_signed(step);
        let online = sensor.lines > 0;
        if online != before && sensor.value.is_some() {
            self.tell(&name, "line", &json!({ "sensor": name, "online": online }));
        }
    }

    fn answer(
        &mut self,
        from: &SocketRef,
        who: &Value,
        event: &str,
        body: &Value,
    ) -> Result<Value, &'static str> {
        let wishes: Vec<Wish> = match body["sensors"].as_array() {
            Some(names) => names.iter().map(|name| Some(text(name))).collect(),
            None => vec![None],
        };
        let mine = self.viewers.iter_mut().find(|(viewer, _)| viewer.id == from.id);
        match (event, mine) {
            ("watch", Some((_, mine))) => {
                mine.extend(wishes.iter().cloned());
                return Ok(self.show(&wishes));
            }
            ("unwatch", Some((_, mine))) => mine.retain(|wish| !wishes.contains(wish)),
            ("report", _) if who["role"] != "sensor" => return Err("not_a_sensor"),
            ("report", _) => {
                let value = body["value"].as_f64().ok_or("not_a_number")?;
                self.report(&text(&who["name"]), value);
            }
            _ => {
                let name = text(&body["sensor"]);
                let alarm = self.sensors.get_mut(&name).and_then(|sensor| sensor.alarm.take());
                alarm.ok_or("no_alarm")?;
                self.tell(&name, "acknowledged", &json!({ "sensor": name, "by": who["name"] }));
            }
        }
        Ok(json!({ "ok": true }))
    }

    fn report(&mut self, name: &str, value: f64) {
        let Some(sensor) = self.sensors.get_mut(name) else { return };
        sensor.value = Some(value);
        let was_above = std::mem::replace(&mut sensor.is_above, value > sensor.limit);
        if sensor.is_above && !was_above && sensor.alarm.is_none() {
            sensor.alarm = Some(value);
            self.tell(name, "alarm", &json!({ "sensor": name, "value": value }));
        }
        self.flush(name);
    }

    fn flush(&mut self, name: &str) {
        let Some(sensor) = self.sensors.get_mut(name) else { return };
        let now = Instant::now();
        if sensor.value == sensor.told || now < sensor.due {
            return;
        }
        (sensor.told, sensor.due) = (sensor.value, now + sensor.every);
        let news = json!({ "sensor": name, "value": sensor.value });
        self.tell(name, "reading", &news);
    }

    fn show(&self, wishes: &[Wish]) -> Value {
        let is_wished = |name: &String| wishes.iter().flatten().any(|wish| wish == name);
        let chosen = || self.sensors.iter().filter(|(name, _)| wishes.contains(&None) || is_wished(name));
        let reading = |(name, sensor): (&String, &Sensor)| {
            Some(json!({ "sensor": name, "value": sensor.value?, "online": sensor.lines > 0 }))
        };
        let alarm =
            |(name, sensor): (&String, &Sensor)| Some(json!({ "sensor": name, "value": sensor.alarm? }));
        let readings: Vec<_> = chosen().filter_map(reading).collect();
        let alarms: Vec<_> = chosen().filter_map(alarm).collect();
        json!({ "ok": true, "readings": readings, "alarms": alarms })
    }

    fn tell(&self, name: &str, event: &str, news: &Value) {
        let is_meant = |wish: &Wish| wish.as_deref().is_none_or(|wish| wish == name);
        for (viewer, wishes) in &self.viewers {
            if wishes.iter().any(is_meant) {
                viewer.emit(event, news).ok();
            }
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
