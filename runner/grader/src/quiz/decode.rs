//! A packet → its parts, by the codec: the key of a `decode` question. Next: [`super::judge`].

use indexmap::IndexMap;

use super::model::Part;
use crate::{
    value::Value,
    wire::{
        engine,
        socket::{Decoder, Kind, head},
    },
};

/// What a part is when there is none of it.
pub const NONE: &str = "none";

/// All parts of one Engine.IO text packet, as an answer names them. What is no message has `engine` alone; only events
/// and acknowledgements have `arguments`.
///
/// # Errors
/// Why the text is no packet.
pub fn parts(packet: &str) -> Result<IndexMap<Part, String>, String> {
    let packet = engine::Packet::from_text(packet).map_err(|error| error.to_string())?;
    let mut parts = IndexMap::new();
    let name = match &packet {
        engine::Packet::Open(_) => "open",
        engine::Packet::Close => "close",
        engine::Packet::Ping(_) => "ping",
        engine::Packet::Pong(_) => "pong",
        engine::Packet::Message(_) => "message",
        engine::Packet::Upgrade => "upgrade",
        engine::Packet::Noop(_) => "noop",
        engine::Packet::Binary(_) => return Err("it is an attachment, and has no parts".to_owned()),
    };
    parts.insert(Part::Engine, name.to_owned());
    if let engine::Packet::Message(text) = &packet {
        message(text, &mut parts)?;
    }
    Ok(parts)
}

fn message(text: &str, parts: &mut IndexMap<Part, String>) -> Result<(), String> {
    let (packet, attachments) = head(text).map_err(|error| error.to_string())?;
    complete(text, attachments)?;
    let kind = match packet.kind {
        Kind::Event if attachments > 0 => Kind::BinaryEvent,
        Kind::Ack if attachments > 0 => Kind::BinaryAck,
        kind => kind,
    };
    parts.insert(Part::Type, kind.name().to_owned());
    parts.insert(Part::Attachments, attachments.to_string());
    parts.insert(Part::Namespace, packet.namespace.clone());
    parts.insert(Part::Ack, packet.id.map_or_else(|| NONE.to_owned(), |id| id.to_string()));
    parts.insert(Part::Event, packet.event_name().unwrap_or(NONE).to_owned());
    if matches!(packet.kind, Kind::Event | Kind::Ack) {
        parts.insert(Part::Arguments, Value::Array(packet.args().to_vec()).to_string());
    }
    Ok(())
}

/// Placeholders are looked at only when the attachments are there; which bytes they hold is all the same.
fn complete(text: &str, attachments: usize) -> Result<(), String> {
    let mut decoder = Decoder::default();
    let mut came = decoder.text(text).map_err(|error| error.to_string())?;
    for _ in 0..attachments {
        came = decoder.binary(Vec::new()).map_err(|error| error.to_string())?;
    }
    came.map(drop).ok_or_else(|| "it announces more attachments than it may".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_words(packet: &str) -> String {
        match parts(packet) {
            Ok(parts) => {
                let words: Vec<String> =
                    parts.iter().map(|(part, value)| format!("{}={value}", part.as_str())).collect();
                words.join(" ")
            }
            Err(error) => format!("no packet: {error}"),
        }
    }

    #[test]
    fn packets_are_taken_apart() {
        for (packet, words) in [
            ("2", "engine=ping"),
            ("2probe", "engine=ping"),
            ("5", "engine=upgrade"),
            ("40", "engine=message type=CONNECT attachments=0 namespace=/ ack=none event=none"),
            (
                "42/admin,7[\"x\",1,{\"b\":2,\"a\":null}]",
                "engine=message type=EVENT attachments=0 namespace=/admin ack=7 event=x arguments=[1,{\"b\":2,\"a\":null}]",
            ),
            (
                "451-[\"f\",{\"_placeholder\":true,\"num\":0}]",
                "engine=message type=BINARY_EVENT attachments=1 namespace=/ ack=none event=f \
                 arguments=[{\"_placeholder\":true,\"num\":0}]",
            ),
            ("430[]", "engine=message type=ACK attachments=0 namespace=/ ack=0 event=none arguments=[]"),
        ] {
            assert_eq!(in_words(packet), words);
        }
    }

    #[test]
    fn what_is_no_packet_says_why() {
        for packet in ["", "7", "4", "42{}", "451-[\"f\",{\"_placeholder\":true,\"num\":3}]", "bAA=="] {
            assert!(in_words(packet).starts_with("no packet: "), "{packet}: {}", in_words(packet));
        }
    }
}
