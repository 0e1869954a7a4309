//! Any text as a polling body: read or refused, and what is read survives being written again.
#![no_main]

use grader::wire::engine::{decode_payload, encode_payload};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &str| {
    if let Ok(packets) = decode_payload(body, body.len()) {
        assert_eq!(decode_payload(&encode_payload(&packets), usize::MAX), Ok(packets));
    }
});
