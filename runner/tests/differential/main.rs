//! Our parsers beside npm's, over random packets: ours read by npm, npm's read by us, and damaged ones read by both.
//!
//! It needs Node and `npm ci` in `exercises/`; without them it is skipped, unless `REQUIRE_ALL=1`. A failure prints the seed;
//! `DIFFERENTIAL_SEED` repeats it and `DIFFERENTIAL_CASES` makes a run longer. `SOCKETLINGS_NODE_MODULES` names another folder
//! with `socket.io` installed. The differences that are allowed are listed in `grader::wire` and named in `compare`.

mod compare;
mod damage;
mod generate;
mod npm;
mod random;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;

use grader::value::Value;
use grader::wire::engine::{self, Frame};
use grader::wire::socket::{Decoder, Packet};
use serde_json::{Value as Json, json};

use compare::Outcome;
use npm::Npm;
use random::Random;

#[derive(Default)]
struct Tally {
    compared: usize,
    listed: BTreeMap<&'static str, usize>,
    differences: Vec<String>,
}

impl Tally {
    fn count(&mut self, outcome: Outcome, case: impl FnOnce() -> String) {
        self.compared += 1;
        match outcome {
            Ok(None) => {}
            Ok(Some(name)) => *self.listed.entry(name).or_default() += 1,
            Err(what) => self.differences.push(format!("{what}\n    in {}", case())),
        }
    }
}

/// Seen even when the test passes: a skip must not look like a pass.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn npm() -> Option<Npm> {
    match Npm::start() {
        Ok(npm) => Some(npm),
        Err(missing) if std::env::var("REQUIRE_ALL").is_ok_and(|value| value == "1") => {
            panic!("needs Node and npm ci in exercises/: {missing}")
        }
        Err(_) => {
            say("skipped: needs Node and npm ci in exercises/");
            None
        }
    }
}

fn number_from(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("`{variable}` is a number, not `{value}`")))
}

#[test]
fn both_parsers_agree() {
    let Some(mut npm) = npm() else { return };
    let seed = number_from("DIFFERENTIAL_SEED").unwrap_or_else(|| RandomState::new().hash_one(0));
    let cases =
        number_from("DIFFERENTIAL_CASES").map_or(20_000, |cases| usize::try_from(cases).expect("a count"));
    let mut random = Random::new(seed);
    let mut tally = Tally::default();

    ours_read_by_npm(&mut npm, &mut random, cases, &mut tally);
    npms_read_by_us(&mut npm, &mut random, cases, &mut tally);
    damaged_frames(&mut npm, &mut random, 3 * cases, &mut tally);
    engine_packets(&mut npm, &mut random, cases, &mut tally);
    payloads(&mut npm, &mut random, cases / 4, &mut tally);

    let Tally { compared, listed, differences } = tally;
    say(&format!(
        "{compared} packets compared with {}, seed {seed}; listed differences: {listed:?}",
        npm.versions
    ));
    let shown: Vec<&String> = differences.iter().take(10).collect();
    assert!(shown.is_empty(), "{} differences, DIFFERENTIAL_SEED={seed}: {shown:#?}", differences.len());
}

fn many<T>(random: &mut Random, cases: usize, make: fn(&mut Random) -> T) -> Vec<T> {
    std::iter::repeat_with(|| make(random)).take(cases).collect()
}

/// The frames that a Socket.IO decoder gets: messages without Engine.IO's `4`.
fn frames(packet: &Packet) -> Vec<Frame> {
    let frame = |packet: &engine::Packet| match packet {
        engine::Packet::Message(text) => Frame::Text(text.clone()),
        other => other.to_frame(),
    };
    packet.encode().iter().map(frame).collect()
}

fn to_json(frames: &[Frame]) -> Json {
    frames.iter().map(npm::frame_to_json).collect()
}

fn ours_read_by_npm(npm: &mut Npm, random: &mut Random, cases: usize, tally: &mut Tally) {
    let mut packets = many(random, cases, generate::packet);
    for packet in packets.iter_mut().step_by(20) {
        packet.id = packet.id.map(|_| random.next());
    }
    let requests: Vec<Json> = packets.iter().map(|packet| to_json(&frames(packet))).collect();
    for ((packet, request), theirs) in packets.iter().zip(&requests).zip(npm.ask("decode", &requests)) {
        let outcome = match theirs["packets"].as_array().map(Vec::as_slice) {
            Some([only]) => compare::packet(packet, only),
            _ => Err(format!("npm reads {theirs}")),
        };
        tally.count(outcome, || format!("{request}, npm reads {theirs}"));
    }
}

fn npms_read_by_us(npm: &mut Npm, random: &mut Random, cases: usize, tally: &mut Tally) {
    let packets = many(random, cases, generate::packet);
    let request = |packet: &Packet| {
        let mut request = json!({ "type": packet.kind as u8, "nsp": packet.namespace });
        if let Some(id) = packet.id {
            request["id"] = json!(id);
        }
        if let Some(data) = &packet.data {
            request["data"] = npm::value_to_json(data);
        }
        request
    };
    let requests: Vec<Json> = packets.iter().map(request).collect();
    for (packet, written) in packets.iter().zip(npm.ask("encode", &requests)) {
        tally.count(as_written_by_npm(packet, &written), || written.to_string());
    }
}

fn as_written_by_npm(packet: &Packet, written: &Json) -> Outcome {
    let mut decoder = Decoder::default();
    let mut read = Vec::new();
    for frame in written.as_array().expect("frames") {
        let packet = match npm::frame_from_json(frame) {
            Frame::Text(text) => decoder.text(&text),
            Frame::Binary(bytes) => decoder.binary(bytes),
        };
        read.extend(packet.map_err(|problem| problem.to_string())?);
    }
    let [read] = read.as_slice() else { return Err(format!("we read {read:?}")) };
    let numbers =
        |packet: &Packet| Packet { data: packet.data.as_ref().map(compare::rounded), ..packet.clone() };
    let (expected, read) = (numbers(packet), numbers(read));
    if read == expected {
        return Ok(None);
    }
    let lossy = Packet { data: expected.data.as_ref().map(without_proto), ..expected.clone() };
    let has_bytes = packet.data.as_ref().is_some_and(Value::has_bytes);
    if has_bytes && read == lossy {
        Ok(Some("npm loses __proto__"))
    } else {
        Err(format!("we read {read:?}"))
    }
}

fn without_proto(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(without_proto).collect()),
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(key, _)| *key != "__proto__");
            Value::Object(kept.map(|(key, value)| (key.clone(), without_proto(value))).collect())
        }
        other => other.clone(),
    }
}

fn damaged_frames(npm: &mut Npm, random: &mut Random, cases: usize, tally: &mut Tally) {
    let connections = many(random, cases, damage::frames);
    let requests: Vec<Json> = connections.iter().map(|frames| to_json(frames)).collect();
    for (frames, theirs) in connections.iter().zip(npm.ask("decode", &requests)) {
        tally.count(compare::frames(frames, &theirs), || format!("{frames:?}, npm reads {theirs}"));
    }
}

fn engine_request(packet: &engine::Packet) -> Json {
    let text = packet.to_text();
    let names = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];
    match packet.to_frame() {
        Frame::Binary(_) => json!({ "type": "message", "data": npm::frame_to_json(&packet.to_frame()) }),
        Frame::Text(_) => {
            let kind = text[..1].parse::<usize>().expect("a digit");
            json!({ "type": names[kind], "data": text[1..] })
        }
    }
}

fn engine_packets(npm: &mut Npm, random: &mut Random, cases: usize, tally: &mut Tally) {
    let packets = many(random, cases, generate::engine_packet);
    let ours: Vec<Json> = packets.iter().map(|packet| npm::frame_to_json(&packet.to_frame())).collect();
    for (packet, theirs) in packets.iter().zip(npm.ask("decodeEngine", &ours)) {
        tally.count(compare::engine_packet(packet, &theirs), || theirs.to_string());
    }
    let requests: Vec<Json> = packets.iter().map(engine_request).collect();
    for (packet, written) in packets.iter().zip(npm.ask("encodeEngine", &requests)) {
        let read = engine::Packet::from_frame(&npm::frame_from_json(&written));
        let outcome = if read.as_ref() == Ok(packet) { Ok(None) } else { Err(format!("we read {read:?}")) };
        tally.count(outcome, || written.to_string());
    }
    let damaged = many(random, cases, damage::engine_text);
    let requests: Vec<Json> = damaged.iter().map(|text| json!(text)).collect();
    for (text, theirs) in damaged.iter().zip(npm.ask("decodeEngine", &requests)) {
        tally.count(compare::engine_text(text, &theirs), || theirs.to_string());
    }
}

fn payloads(npm: &mut Npm, random: &mut Random, cases: usize, tally: &mut Tally) {
    let payload = |random: &mut Random| {
        let count = 1 + random.below(4);
        many(random, count, generate::engine_packet)
    };
    let valid = many(random, cases, payload);
    let bodies: Vec<String> = valid.iter().map(|packets| engine::encode_payload(packets)).collect();

    let requests: Vec<Json> =
        valid.iter().map(|packets| packets.iter().map(engine_request).collect()).collect();
    for ((packets, ours), written) in valid.iter().zip(&bodies).zip(npm.ask("encodePayload", &requests)) {
        let written = written.as_str().expect("a body");
        let read = engine::decode_payload(written, written.len());
        let same = read.as_ref() == Ok(packets) && written == ours;
        let outcome = if same { Ok(None) } else { Err(format!("we read {read:?}")) };
        tally.count(outcome, || written.to_owned());
    }
    let damaged = bodies.iter().map(|body| damage::text(random, body)).collect();
    for bodies in [bodies, damaged] {
        let requests: Vec<Json> = bodies.iter().map(|body| json!(body)).collect();
        for (body, theirs) in bodies.iter().zip(npm.ask("decodePayload", &requests)) {
            let outcome = compare::payload(body, theirs.as_array().expect("packets"));
            tally.count(outcome, || theirs.to_string());
        }
    }
}

/// The list in `grader::wire`, one example each: a difference that is gone must leave the list.
#[test]
fn listed_differences_are_still_there() {
    let Some(mut npm) = npm() else { return };
    let deep = format!("3{}{}", "[".repeat(129), "]".repeat(129));
    let bytes = Frame::Binary(vec![1]);
    let text = |text: &str| Frame::Text(text.to_owned());
    let twice = r#"51-["e",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]"#;
    let half = r#"51-["e",{"_placeholder":true,"num":0.5}]"#;
    for (name, frames) in [
        ("an empty message", vec![text("")]),
        ("white space for the type", vec![text("\u{feff}")]),
        ("white space around the id", vec![text(r#"2 ["e"]"#)]),
        ("white space around the id", vec![text(r#"21 2["e"]"#)]),
        ("an odd count of attachments", vec![text(r#"51e0-["e"]"#), bytes.clone()]),
        ("an odd count of attachments", vec![text(r#"50x1-["e"]"#), bytes.clone()]),
        ("an id over 64 bits", vec![text("318446744073709551616[]")]),
        ("an id over 2^53 is exact", vec![text("39007199254740993[]")]),
        ("half a character", vec![text(r#"2["\ud800"]"#)]),
        ("a number too large", vec![text("2[1e400]")]),
        ("nesting", vec![text(&deep)]),
        ("a repeated placeholder", vec![text(twice), bytes.clone()]),
        ("a placeholder with a fraction", vec![text(half), bytes]),
    ] {
        let theirs = npm.ask("decode", &[to_json(&frames)]);
        assert_eq!(compare::frames(&frames, &theirs[0]), Ok(Some(name)), "{frames:?}");
    }
    for (name, text) in [
        ("an open packet without a whole handshake", "0"),
        ("text after close or upgrade", "1bye"),
        ("text after close or upgrade", "5now"),
        ("odd base64", "b-_-_"),
        ("odd base64", "bA"),
        ("odd base64", "bAQ==="),
    ] {
        let theirs = npm.ask("decodeEngine", &[json!(text)]);
        assert_eq!(compare::engine_text(text, &theirs[0]), Ok(Some(name)), "{text}");
    }
    let theirs = npm.ask("decodePayload", &[json!("2\u{1e}x")]);
    assert_eq!(theirs[0].as_array().map(Vec::len), Some(2), "npm hands on the packets before a bad one");
    assert!(engine::decode_payload("2\u{1e}x", 100).is_err());
}
