//! HTTP long-polling bodies: packets joined by U+001E (Engine.IO protocol v4, "HTTP long-polling", "Packet
//! encoding").
//!
//! Used through [`super::engine`], which re-exports both functions. Next: [`super::socket`].

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::engine::{DecodeError, Packet};

/// The record separator between two packets of a body.
const SEPARATOR: char = '\u{1e}';

/// The standard alphabet; padding may be missing and the last character may have bits too many, because Node
/// takes both.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One body of an HTTP long-polling request or response. Binary packets become `b` + base64, without a type
/// digit.
///
/// As in engine.io-parser nothing escapes U+001E: a packet whose text holds one reads back as two packets.
pub fn encode_payload(packets: &[Packet]) -> String {
    let mut body = String::new();
    for (index, packet) in packets.iter().enumerate() {
        if index > 0 {
            body.push(SEPARATOR);
        }
        body.push_str(&packet.to_text());
    }
    body
}

/// Reads a body of at most `limit_bytes` bytes (UTF-8, as Node counts `maxPayload`); the number of packets
/// has no other limit.
///
/// How tolerant it is:
/// - As engine.io-parser: an empty body, and an empty packet before, between or after separators, is an error.
/// - As engine.io-parser: base64 may lack its padding.
/// - Stricter: one bad packet refuses the whole body; engine.io-parser hands on the packets before it, then
///   the error.
/// - Stricter: characters outside the standard base64 alphabet, and an impossible length, are errors. Node
///   skips such characters and reads `-` and `_` as `+` and `/`, so damaged data would become other data
///   without a word.
pub fn decode_payload(body: &str, limit_bytes: usize) -> Result<Vec<Packet>, DecodeError> {
    if body.len() > limit_bytes {
        return Err(DecodeError::TooLarge(limit_bytes));
    }
    body.split(SEPARATOR).map(Packet::from_text).collect()
}

pub(super) fn to_base64(bytes: &[u8]) -> String {
    format!("b{}", BASE64.encode(bytes))
}

pub(super) fn from_base64(text: &str) -> Result<Vec<u8>, DecodeError> {
    BASE64.decode(text).map_err(|_| DecodeError::Base64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_protocols_own_example() {
        let body = "4hello\u{1e}2\u{1e}4world\u{1e}bAQIDBA==";
        let packets = vec![
            Packet::Message("hello".to_owned()),
            Packet::Ping(String::new()),
            Packet::Message("world".to_owned()),
            Packet::Binary(vec![1, 2, 3, 4]),
        ];
        assert_eq!(decode_payload(body, 100), Ok(packets.clone()));
        assert_eq!(encode_payload(&packets), body);
    }

    #[test]
    fn empty_packets_are_refused() {
        for body in ["", "\u{1e}", "2\u{1e}", "\u{1e}2", "2\u{1e}\u{1e}2"] {
            assert_eq!(decode_payload(body, 100), Err(DecodeError::Empty), "{body:?}");
        }
    }

    #[test]
    fn the_limit_counts_bytes() {
        assert!(decode_payload("4é", 3).is_ok());
        assert_eq!(decode_payload("4éé", 4), Err(DecodeError::TooLarge(4)));
    }

    #[test]
    fn base64_may_lack_padding_but_not_be_damaged() {
        assert_eq!(Packet::from_text("bAQ"), Ok(Packet::Binary(vec![1])));
        assert_eq!(Packet::from_text("bAR=="), Ok(Packet::Binary(vec![1])));
        for damaged in ["bA", "bAQ===", "bA Q=", "b-_-_", "bAQ==AQ=="] {
            assert_eq!(Packet::from_text(damaged), Err(DecodeError::Base64), "{damaged}");
        }
    }
}
