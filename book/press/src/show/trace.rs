//! `{{#trace}}` and `{{#frame}}`: packets one by one, each with words.

use std::fmt::Write as _;

use grader::wire::{
    engine::Packet,
    explain::{self, Side},
    socket::{Decoder, Kind},
};

use super::{
    Page,
    ask::Picture,
    html::{escape, inline},
    packets::Packets,
};
use crate::{
    manuscript::directive::Wrong,
    recording::model::{Entry, Way, What},
};

impl Page<'_> {
    /// The figure with all packets.
    pub(super) fn trace(&self, picture: &Picture, column: u32) -> Result<String, Wrong> {
        let packets = self.packets(picture, column)?;
        Ok(figure(&packets, picture.caption.as_deref()))
    }

    /// One packet in words.
    pub(super) fn frame(text: &str, column: u32) -> Result<String, Wrong> {
        let refused = |why: String| Wrong::at(column, format!("`{text}` is no packet: {why}"));
        let packet = Packet::from_text(text).map_err(|error| refused(error.to_string()))?;
        let mut decoder = Decoder::default();
        // Who sends it shows in most packets; of the others a client is the more common sender.
        let sender = match &packet {
            Packet::Open(_) | Packet::Noop(_) => Side::Server,
            Packet::Ping(probe) if probe.is_empty() => Side::Server,
            Packet::Message(message) => match Decoder::default().text(message) {
                Ok(Some(packet)) => side(packet.kind, packet.data.is_some()),
                Ok(None) => Side::Client,
                Err(error) => return Err(refused(error.to_string())),
            },
            _ => Side::Client,
        };
        let words = explain::frame(&packet, &mut decoder, sender);
        Ok(format!(
            "<div class=\"sl-frame-explained\"><code class=\"sl-wire\">{}</code> <span class=\"sl-words\">{}</span></div>",
            escape(text),
            escape(&words)
        ))
    }
}

const fn side(kind: Kind, has_data: bool) -> Side {
    match kind {
        Kind::ConnectError | Kind::Ack | Kind::BinaryAck => Side::Server,
        Kind::Connect if has_data => Side::Server,
        _ => Side::Client,
    }
}

/// The figure of a trace.
pub(super) fn figure(packets: &Packets, caption: Option<&str>) -> String {
    let mut frames = String::new();
    for entry in packets.entries() {
        frame(&mut frames, entry, packets.is_client());
    }
    let caption =
        caption.map_or(String::new(), |caption| format!("<figcaption>{}</figcaption>", inline(caption)));
    format!("<figure class=\"sl-trace\">{caption}<ol class=\"sl-frames\">{frames}</ol></figure>")
}

fn frame(out: &mut String, entry: &Entry, program_is_client: bool) {
    let (way, wire, words) = match &entry.what {
        What::Packet { way, frame, words, .. } => (Some(*way), frame.clone(), words.clone()),
        What::Http { way, line } => {
            let words = if *way == Way::ToProgram { "an HTTP request" } else { "the answer to it" };
            (Some(*way), line.clone(), words.to_owned())
        }
        What::Opened => (None, String::new(), "the transport opens".to_owned()),
        What::Upgraded => (None, String::new(), "the line moves to WebSocket".to_owned()),
        What::Closed { way, how } => {
            let (client, server) = ("the client closes the line", "the server closes the line");
            let by_client = (*way == Way::ToProgram) != program_is_client;
            let words = match how.as_str() {
                "cut by us" => "the line is cut, without a word",
                _ if by_client => client,
                _ => server,
            };
            (None, String::new(), words.to_owned())
        }
        What::Printed { text } => (None, text.clone(), "it prints this line".to_owned()),
        What::Ended { how } => (None, String::new(), how.clone()),
        What::Deed { verb, args } => (None, args.join(", "), verb.clone()),
        What::Shows { lines } => (None, lines.join(" · "), "the page shows this now".to_owned()),
        What::Note { text } => (None, String::new(), text.clone()),
    };
    let to_server = way.map(|way| (way == Way::ToProgram) != program_is_client);
    let (direction, arrow, label) = match to_server {
        Some(true) => ("to-server", "→", "to the server"),
        Some(false) => ("from-server", "←", "from the server"),
        None => ("other", "·", "at"),
    };
    let actor = name(&entry.actor, program_is_client);
    let marked = if entry.marked { " data-marked=\"true\"" } else { "" };
    let _ = write!(
        out,
        "<li class=\"sl-frame\" data-direction=\"{direction}\" data-actor=\"{0}\"{marked}><span class=\"sl-actor\">{0}</span> \
         <span class=\"sl-arrow\" role=\"img\" aria-label=\"{label}\">{arrow}</span> ",
        escape(&actor)
    );
    if !wire.is_empty() {
        let _ = write!(out, "<code class=\"sl-wire\">{}</code> ", escape(&wire));
    }
    let mark = if entry.marked {
        "<span class=\"sl-mark\" role=\"img\" aria-label=\"here it goes wrong:\">✗</span> "
    } else {
        ""
    };
    let _ = write!(out, "{mark}<span class=\"sl-words\">{}</span></li>", escape(&words));
}

/// How an actor is called on the page. When the program is a client, the line is the client's.
pub(super) fn name(actor: &str, program_is_client: bool) -> String {
    match (actor, program_is_client) {
        ("learner" | "server", true) => "client".to_owned(),
        ("learner", false) => "server".to_owned(),
        (actor, true) => {
            actor.strip_prefix("server ").map_or_else(|| actor.to_owned(), |n| format!("client {n}"))
        }
        (actor, false) => actor.to_owned(),
    }
}
