//! Any frames of one connection as Socket.IO packets. In the input U+001E stands between frames; a frame that
//! begins with `b` is an attachment. They are read or refused, and what is read survives being written again.
#![no_main]

use grader::wire::engine;
use grader::wire::socket::{Decoder, Packet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|frames: &str| {
    let mut decoder = Decoder::default();
    for frame in frames.split('\u{1e}') {
        let read = match frame.strip_prefix('b') {
            Some(bytes) => decoder.binary(bytes.as_bytes().to_vec()),
            None => decoder.text(frame),
        };
        if let Ok(Some(packet)) = read {
            assert_eq!(again(&packet), Some(packet));
        }
    }
});

fn again(packet: &Packet) -> Option<Packet> {
    let mut decoder = Decoder::default();
    let mut last = None;
    for packet in packet.encode() {
        last = match packet {
            engine::Packet::Message(text) => decoder.text(&text).expect("our own text"),
            engine::Packet::Binary(bytes) => decoder.binary(bytes).expect("our own attachment"),
            other => panic!("{other:?} carries no Socket.IO packet"),
        };
    }
    last
}
