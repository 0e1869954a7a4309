//! What no honest side sends: valid packets with damage, and the grammar's parts put together without care.

use grader::wire::engine::{self, Frame};

use crate::generate;
use crate::random::Random;

/// Small damage: what replaces or is put between characters.
const CRUMBS: [&str; 44] = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "9",
    "-",
    "/",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ":",
    ".",
    "e",
    "E",
    "+",
    "x",
    " ",
    "\t",
    "\n",
    "\r",
    "\u{a0}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{3000}",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "\\ude00",
    "1e400",
    "99999999999999999999",
    "null",
    "true",
    "é",
    "😀",
    "\u{1e}",
    "=",
];
const COUNTS: [&str; 16] = [
    "1-", "2-", "3-", "10-", "11-", "0-", "-", "01-", "1e0-", "+1-", " 1-", "0x1-", "1.0-", "-1-", "1", "1_-",
];
const NAMESPACES: [&str; 8] = ["", "", "/,", "/a,", "/a", "/a,,", "a,", "/é b,"];
const IDS: [&str; 12] =
    ["", "", "", "0", "7", "007", "-1", "1.5", " ", "1 2", "9007199254740993", "18446744073709551616"];
const ITEMS: [&str; 22] = [
    "\"a\"",
    "\"connect\"",
    "\"disconnecting\"",
    "\"__proto__\"",
    "1",
    "-0",
    "1e2",
    "null",
    "[]",
    "{}",
    "{\"a\":{\"b\":[1]}}",
    "{\"_placeholder\":true,\"num\":0}",
    "{\"_placeholder\":true,\"num\":1}",
    "{\"num\":0,\"_placeholder\":true}",
    "{\"_placeholder\":true,\"num\":0.5}",
    "{\"_placeholder\":true,\"num\":-1}",
    "{\"_placeholder\":true,\"num\":\"0\"}",
    "{\"_placeholder\":true}",
    "{\"_placeholder\":1,\"num\":0}",
    "{\"__proto__\":{\"_placeholder\":true,\"num\":0}}",
    "{\"a\":1,\"a\":2}",
    "1e400",
];

/// The frames of one connection, up to the first refusal or the end.
pub(crate) fn frames(random: &mut Random) -> Vec<Frame> {
    let mut frames = if random.one_in(2) { careless(random) } else { damaged(random) };
    if random.one_in(4) {
        let at = random.below(frames.len() + 1);
        match random.below(4) {
            0 => frames.insert(at, Frame::Binary(vec![7])),
            1 => frames.extend(careless(random)),
            2 if at < frames.len() => drop(frames.remove(at)),
            _ => frames.truncate(at),
        }
    }
    frames
}

fn damaged(random: &mut Random) -> Vec<Frame> {
    let packets = generate::packet(random).encode();
    let frame = |packet: &engine::Packet| match packet {
        engine::Packet::Message(message) => {
            let times = 1 + random.below(3);
            Frame::Text((0..times).fold(message.clone(), |message, _| text(random, &message)))
        }
        other => other.to_frame(),
    };
    packets.iter().map(frame).collect()
}

/// One damage to `text`.
pub(crate) fn text(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    // Half of the damage falls on the head of the packet, which is short beside its data.
    let reach = if random.one_in(2) { characters.len().min(6) } else { characters.len() };
    let from = random.below(reach);
    let to = (from + random.below(3)).min(characters.len());
    match random.below(6) {
        0 => characters.truncate(from),
        1 => drop(characters.drain(from..to)),
        2 => {
            let copy: Vec<char> = characters[from..to].to_vec();
            characters.splice(from..from, copy);
        }
        _ => {
            let crumb = random.pick(&CRUMBS).chars();
            characters.splice(from..to, crumb);
        }
    }
    characters.into_iter().collect()
}

fn careless(random: &mut Random) -> Vec<Frame> {
    let kind = if random.one_in(30) {
        *random.pick(&CRUMBS)
    } else {
        *random.pick(&["0", "1", "2", "3", "4", "5", "5", "6"])
    };
    let binary = matches!(kind, "5" | "6") != random.one_in(20);
    let count = if binary { *random.pick(&COUNTS) } else { "" };
    let namespace = *random.pick(&NAMESPACES);
    let id = *random.pick(&IDS);
    let data = data(random);
    let mut frames = vec![Frame::Text(format!("{kind}{count}{namespace}{id}{data}"))];
    if binary {
        frames.extend((1..).map(|number| Frame::Binary(vec![number])).take(1 + random.below(3)));
    }
    frames
}

fn data(random: &mut Random) -> String {
    match random.below(12) {
        0 => String::new(),
        1 => (*random.pick(&ITEMS)).to_owned(),
        2 => format!("{{\"message\":{}}}", random.pick(&ITEMS)),
        3 if random.one_in(10) => {
            let depth = *random.pick(&[50, 90, 127, 128, 129, 300]);
            format!("{}{}", "[".repeat(depth), "]".repeat(depth))
        }
        _ => {
            let name = if random.one_in(5) { *random.pick(&ITEMS) } else { "\"e\"" };
            let items: Vec<&str> = (0..random.below(4)).map(|_| *random.pick(&ITEMS)).collect();
            let comma = if items.is_empty() { "" } else { "," };
            format!("[{name}{comma}{}]", items.join(","))
        }
    }
}

/// A damaged Engine.IO text.
pub(crate) fn engine_text(random: &mut Random) -> String {
    let packet = generate::engine_packet(random).to_text();
    if random.one_in(10) { (*random.pick(&CRUMBS)).to_owned() } else { text(random, &packet) }
}
