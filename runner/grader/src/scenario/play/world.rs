//! All that a play knows: connections, names, output, time.
//!
//! Observations change it in [`World::observe`]; steps read it. Nothing else does either.

use std::{collections::BTreeMap, time::Duration};

use indexmap::IndexMap;

use super::{
    acts::words::{span, with_body},
    drive::{
        Action, Conn, Doing, Fence, HttpReply, Observation, PageReply, PageRequest, ProgramEnd, Start,
        Trouble, Usage,
    },
    end::{ENTRY, Flood, MOST_BYTES, MOST_LINES, MOST_PACKETS, describe_end},
    fences::{Asking, FENCE_NAMESPACE},
    line::{Line, Noticed, Stage},
    making::Maker,
    names::Names,
};
use crate::{
    peer::Chair,
    scenario::model::{Exercise, Place, Role},
    transcript::{Direction, Entry, Transcript, What},
    wire::engine,
};

/// A line that the program printed.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) text: String,
    pub(super) read: bool,
}

/// A question that the program has not answered for a while.
#[derive(Debug)]
pub(super) struct Doubt {
    /// When it was asked.
    pub(super) since: Duration,
    /// When what the program has used was asked last.
    pub(super) asked: Duration,
    /// What it had used soon after the question, and at each look since.
    pub(super) used: Vec<Usage>,
}

/// The learner's page (role `page`).
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What can be read on it now.
    pub(super) lines: Vec<String>,
    pub(super) replies: BTreeMap<u32, PageReply>,
    next: u32,
}

/// All that a play knows.
#[derive(Debug)]
pub(super) struct World {
    pub(super) role: Role,
    /// How many nodes the program runs on.
    pub(super) nodes: u8,
    pub(super) now: Duration,
    /// The step that began last.
    pub(super) place: Place,
    /// The next moment at which something changes by itself.
    pub(super) wake: Option<Duration>,
    pub(super) fence: Fence,
    pub(super) stuck_after: Duration,
    /// What the program did when it was last looked at.
    pub(super) seen: Option<Doing>,
    /// How often it was seen.
    pub(super) looks: u64,
    /// The newest question that is open for long.
    pub(super) doubt: Option<Doubt>,
    pub(super) lines: Vec<Line>,
    /// The newest connection of each actor, by its index in `lines`.
    pub(super) current: IndexMap<String, usize>,
    pub(super) names: Names,
    pub(super) maker: Maker,
    pub(super) transcript: Transcript,
    pub(super) printed: Vec<Printed>,
    pub(super) end: Option<ProgramEnd>,
    /// Which node ended, where there are several.
    pub(super) ended_node: Option<u8>,
    /// What came of the last stop or start, until its step has read it.
    pub(super) switched: Option<Result<(), Trouble>>,
    pub(super) end_is_known: bool,
    /// The HTTP requests that wait for their answer, as they are told: `POST /announce`.
    calls: BTreeMap<u32, String>,
    pub(super) replies: BTreeMap<u32, Result<HttpReply, String>>,
    pub(super) page: Page,
    pub(super) notes: Vec<String>,
    /// Counts what might make the program do something.
    pub(super) stimuli: u64,
    /// The stimulus after which silence was last seen.
    pub(super) settled: Option<u64>,
    /// Whether fences are worth anything.
    pub(super) asking: Asking,
    /// When the program last said anything but an answer to a fence or a heartbeat.
    pub(super) last_word: Duration,
    /// The bytes that were heard so far, and what it takes to keep them.
    heard: usize,
    /// A line on which far too much came, and what.
    pub(super) flooded: Option<(usize, Flood)>,
    /// A step has failed and finds out how to call it: no other branch goes on.
    pub(super) failing: bool,
    /// The slowest fence since it was last set to zero.
    pub(super) slowest_fence: Duration,
    pub(super) states: Vec<String>,
    pub(super) ignores: Vec<String>,
    actions: Vec<Action>,
    next_conn: Conn,
    next_http: u32,
}

impl World {
    pub(super) fn new(exercise: &Exercise, start: &Start) -> Self {
        Self {
            role: exercise.role,
            nodes: exercise.nodes,
            now: Duration::ZERO,
            place: Place::default(),
            wake: None,
            fence: start.fence,
            stuck_after: start.stuck_after,
            doubt: None,
            seen: None,
            looks: 0,
            lines: Vec::new(),
            current: IndexMap::new(),
            names: Names::default(),
            maker: Maker::new(start.seed, start.epoch),
            transcript: Transcript::default(),
            printed: Vec::new(),
            end: None,
            ended_node: None,
            switched: None,
            end_is_known: false,
            calls: BTreeMap::new(),
            replies: BTreeMap::new(),
            page: Page::default(),
            notes: Vec::new(),
            stimuli: 0,
            settled: None,
            asking: Asking::Untried,
            last_word: Duration::ZERO,
            heard: 0,
            flooded: None,
            failing: false,
            slowest_fence: Duration::ZERO,
            states: exercise.states.clone(),
            ignores: exercise.ignores.clone(),
            actions: Vec::new(),
            next_conn: 1,
            next_http: 1,
        }
    }

    /// Takes an observation in.
    pub(super) fn observe(&mut self, at: Duration, observation: Observation) {
        self.now = self.now.max(at);
        match observation {
            Observation::Tick => {}
            Observation::Used(usage) => {
                if let Some(doubt) = &mut self.doubt {
                    doubt.used.push(usage);
                }
            }
            Observation::Seen(doing) => {
                self.seen = Some(doing);
                self.looks += 1;
            }
            Observation::Opened(conn) => {
                if let Some(index) = self.find(conn) {
                    self.lines[index].stage = Stage::Open;
                    let actor = self.lines[index].actor.clone();
                    self.write(&actor, What::Opened, false);
                }
            }
            Observation::NotOpened { conn, why } => {
                if let Some(index) = self.find(conn) {
                    self.lines[index].stage = Stage::Failed(why);
                }
            }
            Observation::Accepted { conn, .. } => {
                let mut line = Line::new(conn, "server".to_owned(), Chair::Server);
                line.stage = Stage::Open;
                self.lines.push(line);
                self.write("server", What::Opened, false);
                let newest = self.lines.len() - 1;
                if newest >= MOST_LINES {
                    self.flooded.get_or_insert((newest, Flood::Connections));
                }
            }
            Observation::Packet { conn, packet } => self.packet(conn, packet),
            Observation::Aside { conn, direction, packet } => {
                if let Some(index) = self.find(conn) {
                    self.weigh(index, &packet);
                }
                self.write_aside(conn, What::Packet { direction, packet, socket: None });
            }
            Observation::Upgraded(conn) => {
                if let Some(index) = self.find(conn) {
                    self.lines[index].moved = Some(self.now);
                }
                self.write_aside(conn, What::Upgraded);
            }
            Observation::Closed { conn, how } => self.closed(conn, how),
            Observation::Printed(text) => {
                self.write("learner", What::Printed(text.clone()), false);
                self.printed.push(Printed { text, read: false });
            }
            Observation::Ended(end) => {
                self.write("learner", What::Ended(describe_end(&end)), false);
                self.end = Some(end);
            }
            Observation::NodeEnded { node, end } => {
                let how = format!("node {node} {}", describe_end(&end));
                self.write("learner", What::Ended(how), false);
                // The first one says why; others may only follow it.
                if self.end.is_none() {
                    (self.end, self.ended_node) = (Some(end), Some(node));
                }
            }
            Observation::Switched { trouble } => self.switched = Some(trouble.map_or(Ok(()), Err)),
            Observation::PageReply { id, reply } => {
                self.page.replies.insert(id, reply);
            }
            Observation::Shows(lines) => self.shows(lines),
            Observation::HttpReply { id, reply } => {
                let request = self.calls.remove(&id).unwrap_or_default();
                let line = match &reply {
                    Ok(reply) => with_body(&format!("{request} → {}", reply.status), &reply.body),
                    Err(why) => format!("{request} → {why}"),
                };
                self.write("http", What::Http { direction: Direction::FromProgram, line }, false);
                self.replies.insert(id, reply);
            }
        }
    }

    fn shows(&mut self, lines: Vec<String>) {
        let before = std::mem::replace(&mut self.page.lines, lines);
        let new = self.page.lines.iter().filter(|line| !before.contains(line)).cloned().collect::<Vec<_>>();
        if !new.is_empty() {
            self.write("learner", What::Shows(new), false);
        }
    }

    fn write_aside(&mut self, conn: Conn, what: What) {
        let Some(index) = self.find(conn) else { return };
        let actor = self.lines[index].actor.clone();
        self.write(&actor, what, true);
    }

    fn packet(&mut self, conn: Conn, packet: engine::Packet) {
        let Some(index) = self.find(conn) else { return };
        let (now, fence, entry) = (self.now, self.fence, self.transcript.entries.len());
        self.weigh(index, &packet);
        let line = &mut self.lines[index];
        let (noticed, socket) = line.take(&packet, now, entry, fence);
        let actor = line.actor.clone();
        if let Noticed::FenceAnswered { took } = noticed {
            self.asking = Asking::Answered;
            self.slowest_fence = self.slowest_fence.max(took);
        }
        let quiet = noticed != Noticed::Shown;
        if !quiet {
            self.last_word = now;
            if self.lines[index].arrivals.len() > MOST_PACKETS {
                self.flooded.get_or_insert((index, Flood::Packets));
            }
        }
        self.write(&actor, What::Packet { direction: Direction::FromProgram, packet, socket }, quiet);
    }

    /// Counts what is kept of a packet, whether a step can read it or not.
    fn weigh(&mut self, index: usize, packet: &engine::Packet) {
        let bytes = match packet {
            engine::Packet::Open(_) | engine::Packet::Close | engine::Packet::Upgrade => 0,
            engine::Packet::Ping(text)
            | engine::Packet::Pong(text)
            | engine::Packet::Message(text)
            | engine::Packet::Noop(text) => text.len(),
            engine::Packet::Binary(bytes) => bytes.len(),
        };
        self.heard = self.heard.saturating_add(bytes + ENTRY);
        if self.heard > MOST_BYTES {
            self.flooded.get_or_insert((index, Flood::Bytes));
        }
    }

    fn closed(&mut self, conn: Conn, how: String) {
        let Some(index) = self.find(conn) else { return };
        let line = &mut self.lines[index];
        if line.stage == Stage::Closed {
            return;
        }
        line.stage = Stage::Closed;
        line.fences.since = None;
        line.how = Some(how.clone());
        let direction = if line.ended_by_us { Direction::ToProgram } else { Direction::FromProgram };
        let actor = line.actor.clone();
        self.write(&actor, What::Closed { direction, how }, false);
    }

    /// The line of a connection.
    pub(super) fn find(&self, conn: Conn) -> Option<usize> {
        self.lines.iter().position(|line| line.conn == conn)
    }

    /// The program as a mismatch calls it: by its node where there are several.
    pub(super) fn program_name(&self, node: Option<u8>) -> String {
        match node.filter(|_| self.nodes > 1) {
            Some(node) => format!("node {node}"),
            None => "program".to_owned(),
        }
    }

    /// The actor's newest line.
    pub(super) fn line_of(&mut self, actor: &str) -> Option<&mut Line> {
        let index = *self.current.get(actor)?;
        self.lines.get_mut(index)
    }

    /// Begins a connection of an actor; the carrier opens it.
    pub(super) fn open(&mut self, actor: &str, request: super::drive::OpenRequest) -> usize {
        let conn = self.next_conn;
        self.next_conn += 1;
        let mut line = Line::new(conn, actor.to_owned(), Chair::Client);
        line.node = request.node;
        self.lines.push(line);
        if self.nodes > 1 {
            let nodes = self.transcript.nodes.entry(actor.to_owned()).or_default();
            if nodes.last() != Some(&request.node) {
                nodes.push(request.node);
            }
            let said = format!("{actor} connects to node {}", request.node);
            self.write("learner", What::Note(said), false);
        }
        let index = self.lines.len() - 1;
        self.current.insert(actor.to_owned(), index);
        self.act(Action::Open { conn, request });
        index
    }

    /// Asks for an HTTP request; the number comes back with its reply.
    pub(super) fn call(&mut self, request: super::drive::HttpRequest, within: Duration) -> u32 {
        let id = self.next_http;
        self.next_http += 1;
        let head = format!("{} {}", request.method, request.path);
        let line = with_body(&head, &request.body);
        self.write("http", What::Http { direction: Direction::ToProgram, line }, false);
        self.calls.insert(id, head);
        self.act(Action::Http { id, request, within });
        id
    }

    /// Has something done with the page; the number comes back with the answer.
    pub(super) fn ask_page(&mut self, request: PageRequest) -> u32 {
        let id = self.page.next;
        self.page.next += 1;
        if request == PageRequest::Rest {
            // No stimulus: the page does not notice.
            self.actions.push(Action::Page { id, request });
        } else {
            self.act(Action::Page { id, request });
        }
        id
    }

    /// Asks what the program in doubt has used. No stimulus: the program does not notice.
    pub(super) fn measure(&mut self) {
        if let Some(doubt) = &mut self.doubt {
            doubt.asked = self.now;
            self.actions.push(Action::Measure);
        }
    }

    /// Asks what the program does. No stimulus: it does not notice.
    pub(super) fn look(&mut self) {
        self.actions.push(Action::Look);
    }

    /// Hands an action out.
    pub(super) fn act(&mut self, action: Action) {
        self.stimuli += 1;
        self.flush();
        self.actions.push(action);
    }

    /// Something was said on this line: silence is to be waited for anew.
    pub(super) fn spoke(&mut self, index: usize) {
        self.stimuli += 1;
        self.lines[index].spoke = true;
    }

    /// Moves what the peers want to send into the actions, and writes it down.
    pub(super) fn flush(&mut self) {
        for index in 0..self.lines.len() {
            let packets = self.lines[index].peer.take_outbox();
            if packets.is_empty() || self.lines[index].stage != Stage::Open {
                continue;
            }
            for packet in &packets {
                self.write_outgoing(index, packet);
            }
            self.actions.push(Action::Send { conn: self.lines[index].conn, packets });
        }
    }

    fn write_outgoing(&mut self, index: usize, packet: &engine::Packet) {
        let line = &mut self.lines[index];
        let socket = match packet {
            engine::Packet::Message(text) => line.outgoing.text(text).ok().flatten(),
            engine::Packet::Binary(bytes) => line.outgoing.binary(bytes.clone()).ok().flatten(),
            _ => None,
        };
        let quiet = match packet {
            engine::Packet::Message(text) => {
                text.get(1..).is_some_and(|rest| rest.starts_with(FENCE_NAMESPACE))
            }
            engine::Packet::Ping(_) => !line.newest_ping_is_of_a_step(),
            engine::Packet::Pong(_) => true,
            _ => false,
        };
        let actor = line.actor.clone();
        let what = What::Packet { direction: Direction::ToProgram, packet: packet.clone(), socket };
        self.write(&actor, what, quiet);
    }

    /// Everything that is to be done now, in order.
    pub(super) fn take_actions(&mut self) -> Vec<Action> {
        self.flush();
        std::mem::take(&mut self.actions)
    }

    /// Asks to be looked at again at that time.
    pub(super) fn wake_at(&mut self, at: Duration) {
        self.wake = Some(self.wake.map_or(at, |wake| wake.min(at)));
    }

    /// Writes a transcript entry.
    pub(super) fn write(&mut self, actor: &str, what: What, quiet: bool) {
        if !self.transcript.actors.iter().any(|known| known == actor) {
            self.transcript.actors.push(actor.to_owned());
        }
        let entry = Entry { at: self.now, actor: actor.to_owned(), what, quiet, marked: false };
        self.transcript.entries.push(entry);
    }

    /// Tells that time passed in which nobody acted: what comes next may be explained by it.
    pub(super) fn write_pause(&mut self, time: Duration) {
        self.write("learner", What::Note(format!("{} later", span(time))), false);
    }

    /// Writes a remark that decides nothing, once.
    pub(super) fn note(&mut self, text: &str) {
        if !self.notes.iter().any(|note| note == text) {
            self.notes.push(text.to_owned());
        }
    }
}
