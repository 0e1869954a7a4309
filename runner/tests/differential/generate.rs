//! Valid packets of every kind, with the values that parsers get wrong.

use std::iter::repeat_with;

use grader::value::Value;
use grader::wire::engine;
use grader::wire::socket::{Kind, Packet};
use serde_json::Number;

use crate::random::Random;

const WORDS: [&str; 16] = [
    "",
    "a",
    "joinRoom",
    "é",
    "😀",
    "\"",
    "\\",
    "/",
    "\u{7f}",
    "\u{2028}",
    "\n",
    "\u{0}",
    "x,y",
    "[1]",
    "0",
    "connection",
];
const KEYS: [&str; 10] = ["a", "b", "num", "__proto__", "toJSON", "constructor", "length", "0", "", "é"];
const NAMESPACES: [&str; 7] = ["/", "/", "/admin", "/a/b", "/a?b=c", "/é😀", "/["];

/// 2^53: above it, JavaScript has not every whole number.
pub(crate) const SAFE: u64 = 1 << 53;

/// A packet that both sides can write. Its id is at most 2^53, because npm is handed it as a number.
pub(crate) fn packet(random: &mut Random) -> Packet {
    let namespace = *random.pick(&NAMESPACES);
    let id = if random.one_in(2) { None } else { Some(id(random)) };
    match random.below(8) {
        0 => Packet::connect(namespace, if random.one_in(3) { None } else { Some(object(random, 3, false)) }),
        1 => Packet::disconnect(namespace),
        2 => {
            Packet::connect_error(namespace, &text(random), random.one_in(2).then(|| value(random, 2, false)))
        }
        3 | 4 => {
            let args = arguments(random);
            Packet { kind: Kind::Ack, id, ..Packet::ack(namespace, 0, args) }
        }
        _ => {
            let mut args = arguments(random);
            let name = if random.one_in(20) { number(random) } else { Value::String(text(random)) };
            args.insert(0, name);
            Packet::event(namespace, id, args)
        }
    }
}

fn id(random: &mut Random) -> u64 {
    match random.below(4) {
        0 => SAFE - random.next() % 3,
        1 => random.next() % SAFE,
        _ => random.next() % 100,
    }
}

fn arguments(random: &mut Random) -> Vec<Value> {
    let bytes = random.one_in(3);
    let count = random.below(4);
    repeat_with(|| value(random, 3, bytes)).take(count).collect()
}

/// A value at most `depth` deep, with bytes in it if they are allowed.
fn value(random: &mut Random, depth: usize, bytes: bool) -> Value {
    match random.below(if depth == 0 { 5 } else { 8 }) {
        0 => Value::Null,
        1 => Value::Bool(random.one_in(2)),
        2 => number(random),
        3 => Value::String(text(random)),
        4 if bytes => Value::Bytes(self::bytes(random)),
        4 => Value::from("no bytes"),
        5 | 6 => {
            let count = random.below(4);
            Value::Array(repeat_with(|| value(random, depth - 1, bytes)).take(count).collect())
        }
        _ => object(random, depth - 1, bytes),
    }
}

fn object(random: &mut Random, depth: usize, bytes: bool) -> Value {
    let count = random.below(4);
    let entry = || ((*random.pick(&KEYS)).to_owned(), value(random, depth, bytes));
    Value::Object(repeat_with(entry).take(count).collect())
}

fn number(random: &mut Random) -> Value {
    let any = random.next();
    Value::Number(match random.below(6) {
        0 => Number::from(any),
        1 => Number::from(any.cast_signed()),
        2 => Number::from(any.cast_signed() >> 50),
        3 => Number::from_f64(f64::from_bits(any)).unwrap_or_else(|| 0.into()),
        // A price: few digits after the point.
        4 => {
            format!("{}.{}", any % 10_000, any % 97).parse().ok().and_then(Number::from_f64).expect("finite")
        }
        _ => Number::from(any % 10),
    })
}

fn text(random: &mut Random) -> String {
    let count = random.below(4);
    repeat_with(|| *random.pick(&WORDS)).take(count).collect()
}

fn bytes(random: &mut Random) -> Vec<u8> {
    let count = random.below(6);
    repeat_with(|| random.next().to_le_bytes()[0]).take(count).collect()
}

/// An Engine.IO packet; its text never holds the separator of polling bodies.
pub(crate) fn engine_packet(random: &mut Random) -> engine::Packet {
    let probe = |random: &mut Random| if random.one_in(2) { String::new() } else { text(random) };
    match random.below(9) {
        0 => engine::Packet::Open(engine::Handshake {
            sid: text(random),
            upgrades: vec![text(random)],
            ping_interval: random.next() % SAFE,
            ping_timeout: 20_000,
            max_payload: (!random.one_in(3)).then(|| random.next()),
        }),
        1 => engine::Packet::Close,
        2 => engine::Packet::Ping(probe(random)),
        3 => engine::Packet::Pong(probe(random)),
        4 | 5 => packet(random).encode().swap_remove(0),
        6 => engine::Packet::Binary(bytes(random)),
        7 => engine::Packet::Upgrade,
        _ => engine::Packet::Noop(probe(random)),
    }
}
