//! A scripted program for plays: no network, and time that only passes when nothing else happens.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use grader::{
    scenario::{
        model::Transport,
        play::{
            Finished, Play,
            drive::{
                Action, Conn, Doing, Fence, HttpReply, HttpRequest, Observation, OpenFailure, OpenRequest,
                PageReply, PageRequest, Part, ProgramEnd, Start, Trouble, Usage,
            },
        },
        read,
    },
    wire::{
        engine,
        socket::{Decoder, Kind, Packet},
    },
};

use crate::says::{Says, Speech, ack, welcome};

/// How it answers what the play asks in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// As the kind of fence wants it.
    Properly,
    /// A catch-all namespace lets everybody in.
    LetsIn,
    /// Never.
    Never,
    /// So late.
    After(Duration),
    /// Only so often.
    Times(u32),
}

type Door = Box<dyn FnMut(Conn, &OpenRequest) -> Option<OpenFailure>>;
type Switch = Box<dyn FnMut(Part, bool) -> Option<Trouble>>;
type Page = Box<dyn FnMut(&PageRequest) -> (PageReply, Vec<Says>)>;
type Http = Box<dyn FnMut(&HttpRequest) -> Result<HttpReply, String>>;

/// A scripted Socket.IO program: packets in, speeches out. Answers fences by itself.
pub(crate) struct Program<F> {
    handler: F,
    decoders: BTreeMap<Conn, Decoder>,
    queue: VecDeque<(Duration, Observation)>,
    /// Whether it answers nothing at all.
    pub(crate) stuck: bool,
    /// How the play asks.
    pub(crate) fence: Fence,
    /// How it answers that.
    pub(crate) answers: Answers,
    /// Everything of one moment is taken in before the play looks; otherwise the play looks after each.
    pub(crate) batched: bool,
    /// What comes of opening a connection, if not a session.
    pub(crate) door: Door,
    /// What comes of what is done with its page.
    pub(crate) page: Page,
    /// What comes of an HTTP request.
    pub(crate) http: Http,
    /// How long each HTTP request may take.
    pub(crate) http_within: Vec<Duration>,
    /// What comes of stopping or starting a node or Redis.
    pub(crate) switch: Switch,
    /// The lines of `frames.txt`.
    pub(crate) frames: Vec<String>,
    /// What it does when it is looked at, look by look; after that it rests.
    pub(crate) doing: VecDeque<Doing>,
    /// What it has used when that is asked, time by time; after that nobody knows.
    pub(crate) usage: VecDeque<Usage>,
    /// Everything but fences that the play sent.
    pub(crate) heard: Vec<(Conn, engine::Packet)>,
    /// Every connection that the play asked for.
    pub(crate) opened: Vec<OpenRequest>,
}

impl<F: FnMut(Conn, &Packet) -> Vec<Says>> Program<F> {
    pub(crate) fn new(handler: F) -> Self {
        Self {
            handler,
            decoders: BTreeMap::new(),
            queue: VecDeque::new(),
            stuck: false,
            fence: Fence::Hosted,
            answers: Answers::Properly,
            batched: false,
            door: Box::new(|_, _| None),
            page: Box::new(|_| (PageReply::Done, Vec::new())),
            http: Box::new(|_| Err("nobody listens".to_owned())),
            http_within: Vec::new(),
            switch: Box::new(|_, _| None),
            frames: Vec::new(),
            doing: VecDeque::new(),
            usage: VecDeque::new(),
            heard: Vec::new(),
            opened: Vec::new(),
        }
    }

    /// The same, answering what is asked in between like this.
    pub(crate) fn asked(mut self, fence: Fence, answers: Answers) -> Self {
        (self.fence, self.answers) = (fence, answers);
        self
    }

    /// The same, with everything of one moment taken in at once.
    pub(crate) fn in_batches(mut self, batched: bool) -> Self {
        self.batched = batched;
        self
    }

    /// Plays the only scenario of an exercise.
    pub(crate) fn play(&mut self, yaml: &str) -> Finished {
        self.play_number(yaml, 0, &[])
    }

    /// The same for a program that begins by itself.
    pub(crate) fn play_after(&mut self, yaml: &str, beginning: &[Says]) -> Finished {
        self.play_number(yaml, 0, beginning)
    }

    /// Plays one scenario of an exercise against this program, in time of its own.
    pub(crate) fn play_number(&mut self, yaml: &str, number: usize, beginning: &[Says]) -> Finished {
        let exercise = read::exercise(yaml).unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(|p| p.render("test.yaml", yaml)).collect::<String>())
        });
        let start = Start {
            seed: 1,
            epoch: 1_700_000_000,
            track: None,
            fence: self.fence,
            frames: self.frames.clone(),
            stuck_after: Duration::from_secs(5),
        };
        let mut play = Play::new(&exercise, number, &start);
        let mut clock = Duration::ZERO;
        for says in beginning {
            self.speak(clock, says);
        }
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
                    clock = clock.max(at);
                    while let Some((at, observation)) = self.queue.pop_front() {
                        play.observe(clock.max(at), observation);
                        let more = self.queue.front().is_some_and(|(next, _)| *next <= clock);
                        if !self.batched || !more {
                            break;
                        }
                    }
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
            Action::Open { conn, request } => {
                self.decoders.insert(conn, Decoder::default());
                let why = (self.door)(conn, &request);
                self.opened.push(request);
                let came = why.map_or(Observation::Opened(conn), |why| Observation::NotOpened { conn, why });
                self.queue.push_back((clock, came));
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
            Action::Page { id, request } if !self.stuck => {
                let (reply, says) = (self.page)(&request);
                for says in says {
                    self.speak(clock, &says);
                }
                self.queue.push_back((clock, Observation::PageReply { id, reply }));
            }
            Action::Measure => {
                self.queue.extend(self.usage.pop_front().map(|usage| (clock, Observation::Used(usage))));
            }
            Action::Look => {
                let dies =
                    |(_, observation): &(Duration, Observation)| matches!(observation, Observation::Ended(_));
                let gone = self.queue.iter().any(dies);
                let doing = if gone { Doing::Gone } else { self.doing.pop_front().unwrap_or(Doing::Rests) };
                self.queue.push_back((clock, Observation::Seen(doing)));
            }
            Action::Http { id, request, within } => {
                self.http_within.push(within);
                let reply = (self.http)(&request);
                self.queue.push_back((clock, Observation::HttpReply { id, reply }));
            }
            Action::Switch { part, start } => {
                let trouble = (self.switch)(part, start);
                self.queue.push_back((clock, Observation::Switched { trouble }));
            }
            _ => {}
        }
    }

    fn read(&mut self, clock: Duration, conn: Conn, packet: &engine::Packet) {
        if let engine::Packet::Ping(text) = packet
            && self.fence == Fence::Client
        {
            return self.answer(clock, conn, engine::Packet::Pong(text.clone()));
        }
        let decoder = self.decoders.entry(conn).or_default();
        let whole = match packet {
            engine::Packet::Message(text) => decoder.text(text).ok().flatten(),
            engine::Packet::Binary(bytes) => decoder.binary(bytes.clone()).ok().flatten(),
            _ => None,
        };
        let Some(asked) = whole.as_ref().filter(|packet| packet.namespace.starts_with("/~")) else {
            self.heard.push((conn, packet.clone()));
            if let Some(packet) = whole {
                self.hear(clock, conn, &packet);
            }
            return;
        };
        let answer = match (self.fence, asked.kind) {
            (_, Kind::Disconnect) => return,
            (Fence::Hosted, Kind::Connect) => Packet::connect("/~", None),
            (Fence::Hosted, _) => ack(asked, "[]"),
            _ if self.answers == Answers::LetsIn => welcome(&asked.namespace),
            _ => Packet::connect_error(&asked.namespace, "Invalid namespace", None),
        };
        for part in answer.encode() {
            self.answer(clock, conn, part);
        }
    }

    /// Answers a fence.
    fn answer(&mut self, clock: Duration, conn: Conn, packet: engine::Packet) {
        let late = match self.answers {
            Answers::After(late) => late,
            Answers::Never | Answers::Times(0) => return,
            Answers::Times(left) => {
                self.answers = Answers::Times(left - 1);
                Duration::ZERO
            }
            Answers::Properly | Answers::LetsIn => Duration::ZERO,
        };
        self.queue.push_back((clock + late, Observation::Packet { conn, packet }));
    }

    fn hear(&mut self, clock: Duration, conn: Conn, packet: &Packet) {
        for says in (self.handler)(conn, packet) {
            self.speak(clock, &says);
        }
    }

    fn speak(&mut self, clock: Duration, Says(to, after, speech): &Says) {
        let (conn, at) = (*to, clock + *after);
        let end = |code, last_words| {
            Observation::Ended(ProgramEnd {
                code: Some(code),
                signal: None,
                out_of_memory: false,
                last_words,
            })
        };
        let observation = match speech {
            Speech::Packet(packet) => {
                let parts = packet.encode().into_iter();
                self.queue.extend(parts.map(|packet| (at, Observation::Packet { conn, packet })));
                return;
            }
            Speech::Raw(packet) => Observation::Packet { conn, packet: packet.clone() },
            Speech::Open => {
                Observation::Accepted { conn, transport: Transport::Websocket, query: Vec::new() }
            }
            Speech::Close => Observation::Closed { conn, how: "closed".to_owned() },
            Speech::Shows(lines) => Observation::Shows(lines.iter().map(|line| (*line).to_owned()).collect()),
            Speech::Fall => {
                let last_words = vec!["TypeError: room is undefined".to_owned()];
                let (code, signal, out_of_memory) = (None, None, false);
                Observation::Ended(ProgramEnd { code, signal, out_of_memory, last_words })
            }
            Speech::Print(line) => Observation::Printed((*line).to_owned()),
            Speech::Exit(code) => end(*code, Vec::new()),
            Speech::Burst => {
                let (code, signal, last_words) = (None, Some(9), Vec::new());
                Observation::Ended(ProgramEnd { code, signal, out_of_memory: true, last_words })
            }
            Speech::NodeCrash(node) => {
                let last_words = vec!["Error: connect ECONNREFUSED".to_owned()];
                let end = ProgramEnd { code: Some(1), signal: None, out_of_memory: false, last_words };
                Observation::NodeEnded { node: *node, end }
            }
            Speech::Crash => {
                self.stuck = true;
                end(1, vec!["TypeError: callback is not a function".to_owned()])
            }
        };
        self.queue.push_back((at, observation));
    }
}
