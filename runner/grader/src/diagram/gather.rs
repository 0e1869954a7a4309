//! From a transcript to the arrows of a diagram: what is hidden, what is merged, where the window lies.
//!
//! Next: `routine`, what is left out; then [`super::columns`], which gives the arrows their places.

use super::{
    Arrow, Detail, Diagram, Label, Saying,
    routine::{self, asks_for_ack},
};
use crate::{
    transcript::{Direction, Entry, Transcript, What},
    value::Value,
    wire::{engine, socket},
};

/// How many arrows a telling diagram has at most.
const WINDOW: usize = 12;
/// How many of them may follow the marked one.
const AFTER_MARK: usize = 3;
/// The actor of the steps over HTTP: nobody in particular.
pub(super) const HTTP: &str = "http";
/// The actor of what the program prints, and of its end.
const OUTPUT: &str = "learner";

pub(super) fn diagram(transcript: &Transcript, program: &str, detail: Detail) -> Diagram {
    let mut diagram = Diagram {
        program: program.to_owned(),
        // What the program prints stands at its own lifeline, so its output is no column beside it.
        actors: transcript.actors.iter().filter(|actor| *actor != OUTPUT).cloned().collect(),
        arrows: Vec::new(),
        earlier: 0,
        later: 0,
    };
    for sketch in chosen(transcript, &mut diagram.actors, detail) {
        merge(&mut diagram.arrows, sketch.arrow);
    }
    for actor in &mut diagram.actors {
        if let Some(nodes) = transcript.nodes.get(actor.as_str()) {
            *actor = on_nodes(actor, nodes);
        }
    }
    if detail == Detail::Telling {
        cut_to_window(&mut diagram);
    }
    diagram
}

/// `asha (node 2)`; whoever went from one to another: `asha (nodes 1, 2)`.
fn on_nodes(actor: &str, nodes: &[u8]) -> String {
    let numbers: Vec<String> = nodes.iter().map(u8::to_string).collect();
    let word = if nodes.len() > 1 { "nodes" } else { "node" };
    format!("{actor} ({word} {})", numbers.join(", "))
}

pub(super) fn told(transcript: &Transcript, detail: Detail) -> Vec<usize> {
    let mut actors = transcript.actors.clone();
    chosen(transcript, &mut actors, detail).iter().map(|sketch| sketch.entry).collect()
}

fn chosen(transcript: &Transcript, actors: &mut Vec<String>, detail: Detail) -> Vec<Sketch> {
    let entries: Vec<_> = transcript
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.quiet || entry.marked || detail == Detail::Housekeeping)
        .collect();
    let mut sketches = sketches(&entries, actors);
    if matches!(detail, Detail::Telling | Detail::Story) {
        let program_is_client = actors.iter().any(|actor| serves(actor));
        routine::leave_out(&mut sketches, program_is_client, detail == Detail::Story);
    }
    sketches
}

/// An arrow, and how ordinary it is.
pub(super) struct Sketch {
    pub(super) arrow: Arrow,
    /// The index of its entry in the transcript.
    entry: usize,
    /// Part of opening a transport: what every connection does.
    pub(super) opening: bool,
}

fn sketches(entries: &[(usize, &Entry)], actors: &mut Vec<String>) -> Vec<Sketch> {
    let mut sketches: Vec<Sketch> = Vec::new();
    let mut headers: Vec<(&str, Direction, String)> = Vec::new();
    for (index, &(place, entry)) in entries.iter().enumerate() {
        let mut frame = None;
        if let What::Packet { direction, packet, socket } = &entry.what {
            let text = frame_text(packet);
            if socket.is_none() && awaits_attachments(entry, &text, &entries[index + 1..]) {
                if text.starts_with('4') {
                    headers.push((&entry.actor, *direction, text));
                }
                continue;
            }
            let header =
                headers.iter().position(|(actor, way, _)| *actor == entry.actor.as_str() && way == direction);
            frame = match (matches!(packet, engine::Packet::Binary(_)), header) {
                (true, Some(position)) => Some(headers.remove(position).2),
                _ => Some(text),
            };
        }
        sketches.push(sketch(place, entry, frame, actors));
    }
    sketches
}

/// Whether an entry is only the beginning of a packet with attachments that a later entry completes.
fn awaits_attachments(entry: &Entry, text: &str, rest: &[(usize, &Entry)]) -> bool {
    let What::Packet { direction, packet, .. } = &entry.what else { return false };
    let begins =
        text.starts_with("45") || text.starts_with("46") || matches!(packet, engine::Packet::Binary(_));
    !entry.marked
        && begins
        && rest.iter().any(|(_, later)| {
            later.actor == entry.actor
                && matches!(&later.what, What::Packet { direction: way, packet: engine::Packet::Binary(_), .. } if way == direction)
        })
}

fn sketch(place: usize, entry: &Entry, frame: Option<String>, actors: &mut Vec<String>) -> Sketch {
    let by_server = serves(&entry.actor);
    let mut opening = false;
    let (saying, direction, label) = match &entry.what {
        What::Packet { direction, packet, socket } => {
            let asks = (*direction == Direction::ToProgram) != by_server;
            let (saying, label) = match socket {
                Some(packet) => of_socket(packet, asks),
                None => of_engine(packet),
            };
            opening = matches!(packet, engine::Packet::Open(_) | engine::Packet::Upgrade);
            (saying, Some(*direction), label)
        }
        What::Opened => {
            opening = true;
            (Saying::Transport, None, Label::new("transport opens"))
        }
        What::Upgraded => {
            opening = true;
            (Saying::Transport, None, Label::new("moves to WebSocket"))
        }
        What::Closed { direction, how } => (Saying::Close, Some(*direction), Label::new(closing(how))),
        What::Printed(line) => {
            let label = Label { head: "prints".to_owned(), args: vec![Value::from(line.as_str())] };
            (Saying::Print, None, label)
        }
        What::Deed { verb, args } => {
            let direction = (entry.actor != OUTPUT).then_some(Direction::ToProgram);
            (Saying::Deed, direction, Label { head: verb.clone(), args: args.clone() })
        }
        What::Shows(lines) => {
            let args = lines.iter().map(|line| Value::from(line.as_str())).collect();
            (Saying::Print, None, Label { head: "shows".to_owned(), args })
        }
        What::Ended(how) if how.starts_with("ended") || how.starts_with("node ") => {
            (Saying::End, None, Label::new(how.clone()))
        }
        What::Ended(how) => (Saying::End, None, Label::new(format!("ends: {how}"))),
        What::Http { direction, line } if entry.actor == HTTP => {
            (Saying::Http, Some(*direction), of_http(line))
        }
        What::Http { direction, line } => (Saying::Http, Some(*direction), Label::new(line.clone())),
        What::Note(text) => (Saying::Note, None, Label::new(text.clone())),
    };
    let alone =
        matches!(saying, Saying::Print | Saying::End) || (direction.is_none() && entry.actor == OUTPUT);
    let actors = if alone { Vec::new() } else { vec![column(&entry.actor, actors)] };
    let arrow = Arrow { saying, actors, direction, label, frame, times: 1, marked: entry.marked };
    Sketch { arrow, entry: place, opening }
}

/// Our own ends and those that keep to the protocol need no detail; all others are told as the carrier tells them.
fn closing(how: &str) -> String {
    match how {
        "closed by us" | "close frame 1000" | "close frame 1005" | "Engine.IO close packet `1`" => {
            "closes the line".to_owned()
        }
        "cut by us" => "cuts the line".to_owned(),
        _ => format!("closes: {how}"),
    }
}

/// Whether an actor is our side of a client program's connection.
fn serves(actor: &str) -> bool {
    actor == "server" || actor.starts_with("server ")
}

fn column(actor: &str, actors: &mut Vec<String>) -> usize {
    actors.iter().position(|known| known == actor).unwrap_or_else(|| {
        actors.push(actor.to_owned());
        actors.len() - 1
    })
}

fn of_socket(packet: &socket::Packet, asks: bool) -> (Saying, Label) {
    let within = if packet.namespace == "/" { String::new() } else { format!(" ({})", packet.namespace) };
    let mut args = match (packet.kind, &packet.data) {
        (_, None) => Vec::new(),
        (
            socket::Kind::Event | socket::Kind::Ack | socket::Kind::BinaryEvent | socket::Kind::BinaryAck,
            Some(data),
        ) => data.as_array().map_or_else(|| vec![data.clone()], <[Value]>::to_vec),
        (_, Some(data)) => vec![data.clone()],
    };
    match packet.kind {
        socket::Kind::Event | socket::Kind::BinaryEvent => {
            let name = if args.is_empty() { Value::from("") } else { args.remove(0) };
            let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
            (Saying::Event, Label { head: format!("{name}{within}"), args })
        }
        socket::Kind::Ack | socket::Kind::BinaryAck => {
            (Saying::Ack, Label { head: format!("ack{within}"), args })
        }
        socket::Kind::Connect if asks => (Saying::Connect, Label { head: format!("CONNECT{within}"), args }),
        socket::Kind::Connect => (Saying::Welcome, Label { head: format!("CONNECT{within}"), args }),
        socket::Kind::ConnectError => {
            (Saying::Refusal, Label { head: format!("CONNECT_ERROR{within}"), args })
        }
        socket::Kind::Disconnect => (Saying::Leave, Label { head: format!("DISCONNECT{within}"), args }),
    }
}

fn of_engine(packet: &engine::Packet) -> (Saying, Label) {
    let head = match packet {
        engine::Packet::Open(_) => "OPEN".to_owned(),
        engine::Packet::Close => "CLOSE".to_owned(),
        engine::Packet::Ping(text) => with_text("PING", text),
        engine::Packet::Pong(text) => with_text("PONG", text),
        engine::Packet::Message(text) => format!("frame 4{text}"),
        engine::Packet::Binary(bytes) => format!("<{} bytes>", bytes.len()),
        engine::Packet::Upgrade => "UPGRADE".to_owned(),
        engine::Packet::Noop(text) => with_text("NOOP", text),
    };
    (Saying::Frame, Label::new(head))
}

/// `POST /announce {"text":"hi"}` and `POST /announce → 201 {"ok":true}`: what was asked for, and the body.
fn of_http(line: &str) -> Label {
    let asked = line.find(" → ").map_or(0, |arrow| arrow + " → ".len());
    let words = if asked == 0 { 2 } else { 1 };
    let head = line[asked..].match_indices(' ').nth(words - 1).map_or(line.len(), |(end, _)| asked + end);
    let (head, body) = line.split_at(head);
    match body.trim_start() {
        "" => Label::new(head),
        body => match serde_json::from_str(body) {
            Ok(body @ (Value::Object(_) | Value::Array(_))) => {
                Label { head: head.to_owned(), args: vec![body] }
            }
            _ => Label::new(line),
        },
    }
}

fn with_text(name: &str, text: &str) -> String {
    if text.is_empty() { name.to_owned() } else { format!("{name} {text}") }
}

/// The frame as text; the bytes of a binary one as their number.
fn frame_text(packet: &engine::Packet) -> String {
    match packet {
        engine::Packet::Binary(bytes) => format!("<{} bytes>", bytes.len()),
        _ => packet.to_text(),
    }
}

/// Adds an arrow, or counts it to an equal one. The order that one connection saw is never changed.
fn merge(arrows: &mut Vec<Arrow>, arrow: Arrow) {
    let mergeable = !arrow.marked && arrow.direction.is_some() && arrow.saying != Saying::Close;
    let same = |earlier: &Arrow| {
        !earlier.marked
            && earlier.saying == arrow.saying
            && earlier.direction == arrow.direction
            && earlier.label == arrow.label
            // With and without a number are two kinds of event, and the difference is often the point.
            && (earlier.frame.is_none() || asks_for_ack(earlier) == asks_for_ack(&arrow))
    };
    let passable = |earlier: &Arrow| {
        earlier.saying == Saying::Ack
            && !earlier.marked
            && earlier.actors.iter().all(|a| !arrow.actors.contains(a))
    };
    let found = mergeable
        .then(|| {
            let passed =
                arrows.iter().rev().take_while(|earlier| !same(earlier) && passable(earlier)).count();
            arrows.len().checked_sub(passed + 1).filter(|&index| same(&arrows[index]))
        })
        .flatten();
    let Some(index) = found else {
        arrows.push(arrow);
        return;
    };
    let into = &mut arrows[index];
    into.times += arrow.times;
    for actor in arrow.actors {
        if let Err(place) = into.actors.binary_search(&actor) {
            into.actors.insert(place, actor);
        }
    }
    if into.frame != arrow.frame {
        into.frame = None;
    }
}

/// Keeps the last arrows, or those around the marked one when much followed it.
fn cut_to_window(diagram: &mut Diagram) {
    let total = diagram.arrows.len();
    if total <= WINDOW {
        return;
    }
    let end = diagram
        .arrows
        .iter()
        .position(|arrow| arrow.marked)
        .map_or(total, |mark| (mark + 1 + AFTER_MARK).clamp(WINDOW, total));
    let count = |arrows: &[Arrow]| arrows.iter().map(|arrow| arrow.times).sum();
    diagram.later = count(&diagram.arrows[end..]);
    diagram.earlier = count(&diagram.arrows[..end - WINDOW]);
    diagram.arrows = diagram.arrows.drain(end - WINDOW..end).collect();
}
