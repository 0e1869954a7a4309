//! Any text as one Engine.IO packet: read or refused, and what is read survives being written again.
#![no_main]

use grader::wire::engine::Packet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(packet) = Packet::from_text(text) {
        assert_eq!(Packet::from_text(&packet.to_text()).as_ref(), Ok(&packet));
        assert_eq!(Packet::from_frame(&packet.to_frame()), Ok(packet));
    }
});
