//! A scripted program for plays: no network, and time that only passes when nothing else happens.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use grader::{
    scenario::{
        play::{
            Finished, Play,
            drive::{Action, Conn, Fence, Observation, ProgramEnd, Start},
        },
        read,
    },
    value::Value,
    wire::{
        engine,
        socket::{Decoder, Kind, Packet},
    },
};

/// What the scripted program says: to whom, after how long, what.
pub(crate) struct Says(pub(crate) Conn, pub(crate) Duration, pub(crate) Speech);

/// One thing it can do.
pub(crate) enum Speech {
    /// Send a packet.
    Packet(Packet),
    /// End the connection.
    Close,
    /// Fall over.
    Crash,
}

/// A scripted Socket.IO server: packets in, speeches out. Welcomes, and answers fences, by itself.
pub(crate) struct Program<F> {
    handler: F,
    decoders: BTreeMap<Conn, Decoder>,
    queue: VecDeque<(Duration, Observation)>,
    /// Whether it answers anything at all.
    pub(crate) stuck: bool,
}

/// Says something at once.
pub(crate) fn now(conn: Conn, packet: Packet) -> Says {
    Says(conn, Duration::ZERO, Speech::Packet(packet))
}

/// An event of the main namespace.
pub(crate) fn event(name: &str, json: &str) -> Packet {
    let mut args = vec![Value::from(name)];
    args.extend(serde_json::from_str::<Vec<Value>>(json).expect("a JSON array of arguments"));
    Packet::event("/", None, args)
}

/// The answer to an event.
pub(crate) fn ack(question: &Packet, json: &str) -> Packet {
    let args = serde_json::from_str(json).expect("a JSON array of arguments");
    Packet::ack(&question.namespace, question.id.expect("an ack is asked for"), args)
}

impl<F: FnMut(Conn, &Packet) -> Vec<Says>> Program<F> {
    pub(crate) fn new(handler: F) -> Self {
        Self { handler, decoders: BTreeMap::new(), queue: VecDeque::new(), stuck: false }
    }

    /// Plays the only scenario of an exercise.
    pub(crate) fn play(&mut self, yaml: &str) -> Finished {
        self.play_number(yaml, 0)
    }

    /// Plays one scenario of an exercise against this program, in time of its own.
    pub(crate) fn play_number(&mut self, yaml: &str, number: usize) -> Finished {
        let exercise = read::exercise(yaml).unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(|p| p.render("test.yaml", yaml)).collect::<String>())
        });
        let start = Start {
            seed: 1,
            epoch: 1_700_000_000,
            track: None,
            fence: Fence::Hosted,
            frames: Vec::new(),
            stuck_after: Duration::from_secs(5),
        };
        let mut play = Play::new(&exercise, number, &start);
        let mut clock = Duration::ZERO;
        for _ in 0..1_000_000 {
            for action in play.actions() {
                self.take(clock, action);
            }
            if play.is_over() {
                return play.finish();
            }
            self.queue.make_contiguous().sort_by_key(|(at, _)| *at);
            let next = self.queue.front().map(|(at, _)| *at);
            match (next, play.wake()) {
                (Some(at), wake) if wake.is_none_or(|wake| at <= wake) => {
                    let (at, observation) = self.queue.pop_front().expect("there is one");
                    clock = clock.max(at);
                    play.observe(clock, observation);
                }
                (_, Some(wake)) => {
                    clock = clock.max(wake);
                    play.observe(clock, Observation::Tick);
                }
                (_, None) => panic!("the play waits for nothing and is not over"),
            }
        }
        panic!("the play never ends")
    }

    fn take(&mut self, clock: Duration, action: Action) {
        match action {
            Action::Open { conn, .. } => {
                self.decoders.insert(conn, Decoder::default());
                self.queue.push_back((clock, Observation::Opened(conn)));
            }
            Action::Send { conn, packets } if !self.stuck => {
                for packet in packets {
                    self.read(clock, conn, &packet);
                }
            }
            Action::Close(conn) | Action::Cut(conn) => {
                self.queue.push_back((clock, Observation::Closed { conn, how: "ended".to_owned() }));
                self.hear(clock, conn, &Packet::disconnect("/"));
            }
            _ => {}
        }
    }

    fn read(&mut self, clock: Duration, conn: Conn, packet: &engine::Packet) {
        let decoder = self.decoders.entry(conn).or_default();
        let packet = match packet {
            engine::Packet::Message(text) => decoder.text(text).expect("the play speaks the protocol"),
            engine::Packet::Binary(bytes) => {
                decoder.binary(bytes.clone()).expect("the play speaks the protocol")
            }
            _ => None,
        };
        let Some(packet) = packet else { return };
        if packet.namespace == "/~" {
            let answer = match packet.kind {
                Kind::Connect => Packet::connect("/~", None),
                _ => ack(&packet, "[]"),
            };
            self.say(clock, conn, &answer);
        } else {
            self.hear(clock, conn, &packet);
        }
    }

    fn hear(&mut self, clock: Duration, conn: Conn, packet: &Packet) {
        for Says(to, after, speech) in (self.handler)(conn, packet) {
            let at = clock + after;
            match speech {
                Speech::Packet(packet) => self.say(at, to, &packet),
                Speech::Close => {
                    self.queue.push_back((at, Observation::Closed { conn: to, how: "closed".to_owned() }));
                }
                Speech::Crash => {
                    let last_words = vec!["TypeError: callback is not a function".to_owned()];
                    let end = ProgramEnd { code: Some(1), signal: None, out_of_memory: false, last_words };
                    self.stuck = true;
                    self.queue.push_back((at, Observation::Ended(end)));
                }
            }
        }
    }

    fn say(&mut self, at: Duration, conn: Conn, packet: &Packet) {
        for packet in packet.encode() {
            self.queue.push_back((at, Observation::Packet { conn, packet }));
        }
    }
}

/// The answer to CONNECT.
pub(crate) fn welcome(namespace: &str) -> Packet {
    Packet::connect(namespace, serde_json::from_str(r#"{"sid":"s"}"#).ok())
}
