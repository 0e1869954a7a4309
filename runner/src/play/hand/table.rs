//! The clients at the table, with their connections: typed deeds in, packets out, and what came to tell.
//! Next: [`super::client`] and [`super::story`].

use std::{collections::BTreeMap, net::SocketAddr};

use grader::{
    scenario::{
        model::Transport,
        play::drive::{Conn, Observation, OpenFailure, OpenRequest},
    },
    transcript::Direction,
    value::Value,
};
use indexmap::IndexMap;
use tokio::sync::mpsc::UnboundedSender;

use super::{
    client::{Client, Door},
    story::{Ack, Step, Story},
    typed::Deed,
};
use crate::{
    carrier::dial::{self, Line, Target},
    report::hand::{HandLog, Passed, Present},
};

/// The clients.
pub(super) struct Table {
    server: SocketAddr,
    tell: UnboundedSender<Observation>,
    log: HandLog,
    /// Whether frames are shown.
    pub(super) frames: bool,
    seats: IndexMap<String, Seat>,
    last: Conn,
    pub(super) story: Story,
}

struct Seat {
    conn: Conn,
    line: Line,
    client: Client,
    /// The step that asked to enter a namespace.
    knocked: BTreeMap<String, usize>,
    /// The steps that wait for an acknowledgement.
    asked: BTreeMap<(String, u64), usize>,
    /// Namespaces out of which the server put the client, and nobody has heard of it.
    put_out: Vec<String>,
    /// The end of the connection was written down.
    end_is_told: bool,
}

/// What has to come before the next line is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wait {
    /// Nothing in particular.
    Calm,
    /// The answer to CONNECT.
    Door(String),
    /// An acknowledgement.
    Answer(String, u64),
    /// Something to hear.
    Event,
    /// The end of the connection.
    End,
}

impl Table {
    pub(super) fn new(server: SocketAddr, tell: UnboundedSender<Observation>, log: HandLog) -> Self {
        Self { server, tell, log, frames: true, seats: IndexMap::new(), last: 0, story: Story::default() }
    }

    /// The program runs at another address now, and knows nobody: so everything begins anew.
    pub(super) fn clear(&mut self, server: SocketAddr) {
        self.server = server;
        self.seats.clear();
        self.story = Story::default();
    }

    /// The names of all who ever came.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.seats.keys().map(String::as_str)
    }

    pub(super) fn present(&self) -> Vec<Present> {
        let one = |(name, seat): (&String, &Seat)| Present {
            name: name.clone(),
            inside: seat.client.inside().map(str::to_owned).collect(),
            ended: seat.client.ended.clone(),
            unread: seat.client.unread.len(),
        };
        self.seats.iter().map(one).collect()
    }

    /// Does what was typed. The error says why it cannot be done, and what can.
    pub(super) fn act(&mut self, name: &str, deed: &Deed) -> Result<(Wait, String), String> {
        match deed {
            Deed::Connect { namespace, auth, transport } => {
                self.connect(name, namespace, auth.clone(), *transport)
            }
            Deed::Emit { event, args, ack, namespace } => {
                let namespace = self.inside(name, namespace.as_deref())?;
                let seat = self.seat(name)?;
                let id = seat.client.emit(&namespace, event, args, *ack);
                let wish = if *ack { Ack::Awaited } else { Ack::NotAsked };
                let step = Step::Emit {
                    namespace: namespace.clone(),
                    event: event.clone(),
                    args: args.clone(),
                    ack: wish,
                };
                let number = self.story.add(name, step);
                let wait = match id {
                    Some(id) => {
                        self.seat(name)?.asked.insert((namespace.clone(), id), number);
                        Wait::Answer(namespace, id)
                    }
                    None => Wait::Calm,
                };
                Ok((wait, self.flush(name)))
            }
            Deed::Reply { event, args, namespace } => {
                let namespace = self.inside(name, namespace.as_deref())?;
                if !self.seat(name)?.client.reply(&namespace, event, args.clone()) {
                    return Err(format!("no `{event}` that asked for an answer came to {name}"));
                }
                // In a scenario nobody answers what nobody has heard.
                self.read(name);
                let step = Step::Reply { namespace, event: event.clone(), args: args.clone() };
                self.story.add(name, step);
                Ok((Wait::Calm, self.flush(name)))
            }
            Deed::Hear => {
                if !self.seats.contains_key(name) {
                    return Err(nobody(name));
                }
                Ok((Wait::Event, String::new()))
            }
            Deed::Disconnect(asked) => {
                let namespaces = match asked.as_deref() {
                    Some(_) => vec![self.inside(name, asked.as_deref())?],
                    None => self.open_seat(name)?.client.inside().map(str::to_owned).collect(),
                };
                self.read(name);
                self.story.add(name, Step::Disconnect(asked.clone()));
                let seat = self.seat(name)?;
                for namespace in namespaces {
                    seat.client.leave(&namespace);
                }
                let told = self.flush(name);
                let seat = self.seat(name)?;
                if asked.is_some() && seat.client.inside().next().is_some() {
                    return Ok((Wait::Calm, told));
                }
                seat.client.ended_by_us = true;
                seat.line.close();
                Ok((Wait::End, told))
            }
            Deed::Drop => {
                self.open_seat(name)?;
                self.read(name);
                self.story.add(name, Step::Drop);
                let seat = self.seat(name)?;
                seat.client.ended_by_us = true;
                seat.line.cut();
                Ok((Wait::End, String::new()))
            }
        }
    }

    fn connect(
        &mut self,
        name: &str,
        namespace: &str,
        auth: Option<Value>,
        transport: Option<Transport>,
    ) -> Result<(Wait, String), String> {
        let is_open = self.seats.get(name).is_some_and(|seat| seat.client.is_open());
        let state = match self.seats.get(name).and_then(|seat| seat.client.doors.get(namespace)) {
            Some(Door::In) if is_open => Some("is in"),
            Some(Door::Asked) if is_open => Some("has knocked at"),
            _ => None,
        };
        if let Some(state) = state {
            return Err(format!("{name} {state} {namespace} already; another tab is `{name} 2`"));
        }
        if is_open && transport.is_some() {
            return Err(format!("{name} has a connection already; `{name} drop` ends it"));
        }
        if !is_open {
            self.read(name);
            self.last += 1;
            let request = OpenRequest {
                transport: transport.unwrap_or(Transport::Websocket),
                query: Vec::new(),
                headers: Vec::new(),
                node: 1,
            };
            let target =
                Target { addr: self.server, host: self.server.to_string(), path: "/socket.io/".to_owned() };
            let line = dial::open(self.last, target, request, self.tell.clone());
            let seat = Seat {
                conn: self.last,
                line,
                client: Client::new(),
                knocked: BTreeMap::new(),
                asked: BTreeMap::new(),
                put_out: Vec::new(),
                end_is_told: false,
            };
            self.seats.insert(name.to_owned(), seat);
        }
        let step =
            Step::Connect { namespace: namespace.to_owned(), auth: auth.clone(), transport, refused: None };
        let number = self.story.add(name, step);
        let seat = self.seat(name)?;
        seat.knocked.insert(namespace.to_owned(), number);
        seat.client.enter(namespace, auth);
        Ok((Wait::Door(namespace.to_owned()), self.flush(name)))
    }

    /// Takes what happened on a connection; what is to be told of it.
    pub(super) fn observe(&mut self, observation: &Observation) -> String {
        match observation {
            Observation::Packet { conn, packet } => {
                let Some(name) = self.name_of(*conn) else { return String::new() };
                let (log, frames) = (self.log, self.frames);
                let Some(seat) = self.seats.get_mut(&name) else { return String::new() };
                let before = (seat.client.doors.clone(), seat.client.arrived);
                let passed = seat.client.take(packet);
                let mut told = match passed {
                    Some(passed) if frames && !passed.heartbeat => log.packet(&name, &passed),
                    _ => String::new(),
                };
                if !frames {
                    let news = seat.client.arrived - before.1;
                    for arrival in seat.client.unread.iter().rev().take(news).rev() {
                        told += &log.said(&name, Direction::FromProgram, &arrival.event, &arrival.args);
                    }
                    for answer in &seat.client.answers {
                        told += &log.said(&name, Direction::FromProgram, "answer", &answer.args);
                    }
                }
                self.notice(&name, &before.0);
                told + &self.flush(&name)
            }
            Observation::Aside { conn, direction, packet } => {
                let Some(name) = self.name_of(*conn).filter(|_| self.frames) else { return String::new() };
                let words = grader::wire::explain::engine(packet);
                let passed =
                    Passed { direction: *direction, frame: packet.to_text(), words, heartbeat: false };
                self.log.packet(&name, &passed)
            }
            Observation::Upgraded(conn) => self
                .name_of(*conn)
                .map_or_else(String::new, |name| self.log.note(&format!("{name} has moved to WebSocket"))),
            Observation::Closed { conn, how } => self.closed(*conn, how),
            Observation::NotOpened { conn, why } => {
                let how = match why {
                    OpenFailure::Refused(how) | OpenFailure::NotEngineIo(how) => how.clone(),
                    OpenFailure::Http { status, body } => format!("HTTP {status} {body}"),
                    OpenFailure::NoAnswer => "no answer".to_owned(),
                };
                self.closed(*conn, &how)
            }
            _ => String::new(),
        }
    }

    /// Writes down what a packet changed.
    fn notice(&mut self, name: &str, before: &IndexMap<String, Door>) {
        let Some(seat) = self.seats.get_mut(name) else { return };
        for answer in std::mem::take(&mut seat.client.answers) {
            if let Some(number) = seat.asked.remove(&(answer.namespace, answer.id)) {
                self.story.answer(number, answer.args);
            }
        }
        for (namespace, door) in &seat.client.doors {
            if before.get(namespace) == Some(door) {
                continue;
            }
            match door {
                Door::Refused(data) => {
                    if let Some(number) = seat.knocked.remove(namespace) {
                        self.story.refuse(number, data.clone());
                    }
                }
                Door::PutOut => seat.put_out.push(namespace.clone()),
                Door::In | Door::Asked | Door::Left => {}
            }
        }
        let lives = seat.client.doors.values().any(|door| matches!(door, Door::In | Door::Asked));
        let refused = seat.client.doors.values().any(|door| matches!(door, Door::Refused(_)));
        if refused && !lives && seat.client.is_open() {
            // As the official client does: nobody keeps a connection that leads nowhere.
            seat.client.ended_by_us = true;
            seat.line.close();
        }
    }

    fn closed(&mut self, conn: Conn, how: &str) -> String {
        let Some(name) = self.name_of(conn) else { return String::new() };
        let Some(seat) = self.seats.get_mut(&name) else { return String::new() };
        seat.client.ended = Some(how.to_owned());
        if seat.client.ended_by_us {
            return self.log.note(&format!("{name} is gone ({how})"));
        }
        self.log.wrong(&format!("{name} lost the connection: {how}"))
    }

    /// What came to a client and was not heard yet; it is heard now. Nothing written down if nothing came.
    pub(super) fn hear(&mut self, name: &str) -> String {
        let log = self.log;
        let told: String = self.seats.get(name).map_or_else(String::new, |seat| {
            seat.client
                .unread
                .iter()
                .map(|arrival| log.heard(name, &arrival.namespace, &arrival.event, &arrival.args))
                .collect()
        });
        let heard = self.read(name);
        if heard == 0 {
            if self.seats.get(name).is_some_and(|seat| seat.client.is_open()) {
                self.story.add(name, Step::HearNothing);
            }
            return log.heard_nothing(name);
        }
        told
    }

    /// Writes down as heard what came to a client; how many steps that were.
    fn read(&mut self, name: &str) -> usize {
        let Some(seat) = self.seats.get_mut(name) else { return 0 };
        let mut steps: Vec<Step> = std::mem::take(&mut seat.client.unread)
            .into_iter()
            .map(|arrival| Step::Hear {
                namespace: arrival.namespace,
                event: arrival.event,
                args: arrival.args,
            })
            .collect();
        let put_out = std::mem::take(&mut seat.put_out);
        let by_packet = !put_out.is_empty();
        steps.extend(put_out.into_iter().map(|name| Step::Closed { namespace: Some(name), by_packet: true }));
        let ended = seat.client.ended.is_some() && !seat.client.ended_by_us;
        if ended && !std::mem::replace(&mut seat.end_is_told, true) && !by_packet {
            steps.push(Step::Closed { namespace: None, by_packet: false });
        }
        let count = steps.len();
        for step in steps {
            self.story.add(name, step);
        }
        count
    }

    /// All that came and was not heard: a scenario passes over nothing.
    pub(super) fn read_all(&mut self) {
        for name in self.seats.keys().cloned().collect::<Vec<_>>() {
            self.read(&name);
        }
    }

    /// Whether what a deed waits for has come.
    pub(super) fn has_come(&self, name: &str, wait: &Wait) -> bool {
        let Some(seat) = self.seats.get(name) else { return true };
        let over = seat.client.ended.is_some();
        match wait {
            Wait::Calm => true,
            Wait::Door(namespace) => over || seat.client.doors.get(namespace) != Some(&Door::Asked),
            Wait::Answer(namespace, id) => over || !seat.asked.contains_key(&(namespace.clone(), *id)),
            Wait::Event => over || !seat.client.unread.is_empty() || !seat.put_out.is_empty(),
            Wait::End => over,
        }
    }

    /// The namespace that is meant: the one that was named, or the only one that the client is in.
    fn inside(&mut self, name: &str, asked: Option<&str>) -> Result<String, String> {
        let seat = self.open_seat(name)?;
        let inside: Vec<&str> = seat.client.inside().collect();
        match (asked, inside.as_slice()) {
            (Some(asked), inside) if inside.contains(&asked) => Ok(asked.to_owned()),
            (Some(asked), _) => Err(format!("{name} is not in {asked}; `{name} connect {asked}` enters it")),
            (None, [only]) => Ok((*only).to_owned()),
            (None, []) => Err(format!("{name} is in no namespace; `{name} connect` enters one")),
            (None, several) => Err(format!(
                "{name} is in {}; say in which one: `… in {}`",
                several.join(" and "),
                several[0]
            )),
        }
    }

    fn open_seat(&mut self, name: &str) -> Result<&mut Seat, String> {
        let seat = self.seat(name)?;
        if seat.client.is_open() {
            return Ok(seat);
        }
        Err(format!("{name} is not connected any more; `{name} connect` connects again"))
    }

    fn seat(&mut self, name: &str) -> Result<&mut Seat, String> {
        self.seats.get_mut(name).ok_or_else(|| nobody(name))
    }

    /// Sends what a client has to say; what is to be told of it.
    fn flush(&mut self, name: &str) -> String {
        let Some(seat) = self.seats.get_mut(name) else { return String::new() };
        let (packets, passed) = seat.client.take_outbox();
        if !packets.is_empty() {
            seat.line.send(packets);
        }
        let shown = passed.iter().filter(|passed| self.frames && !passed.heartbeat);
        shown.map(|passed| self.log.packet(name, passed)).collect()
    }

    fn name_of(&self, conn: Conn) -> Option<String> {
        self.seats.iter().find(|(_, seat)| seat.conn == conn).map(|(name, _)| name.clone())
    }
}

fn nobody(name: &str) -> String {
    format!("{name} is not connected; `{name} connect` begins")
}
