//! Properties: what is encoded decodes to the same; nothing that arrives can make a decoder panic; and what
//! decodes can be encoded and decoded again to the same.

use grader::value::Value;
use grader::wire::engine::{self, Frame, Handshake, decode_payload, encode_payload};
use grader::wire::socket::{Decoder, Packet};
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;

/// Any text: no control over it at all.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~]{0,12}"]
}

/// Keys never look like a placeholder's: the protocol cannot tell such an object from a real placeholder.
fn value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(serde_json::Number::from),
        any::<u64>().prop_map(serde_json::Number::from),
        any::<f64>().prop_filter_map("finite", serde_json::Number::from_f64),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number.prop_map(Value::Number),
        text().prop_map(Value::String),
        vec(any::<u8>(), 0..8).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            hash_map("[^_]{0,4}|__proto__", inner, 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn without_bytes() -> impl Strategy<Value = Value> {
    value().prop_filter("no bytes", |value| !value.has_bytes())
}

fn packet() -> impl Strategy<Value = Packet> {
    let namespace = "/[^,]{0,6}";
    let auth = hash_map("[a-z]{1,4}", without_bytes(), 0..3)
        .prop_map(|entries| Value::Object(entries.into_iter().collect()));
    // Every reserved name has one of the letters c, d, n and r.
    let event_name = "[^cdnr]{0,6}";
    prop_oneof![
        (namespace, proptest::option::of(auth))
            .prop_map(|(namespace, auth)| Packet::connect(namespace, auth)),
        namespace.prop_map(Packet::disconnect),
        (namespace, any::<Option<u64>>(), event_name, vec(value(), 0..3)).prop_map(
            |(namespace, id, name, mut args)| {
                args.insert(0, Value::String(name));
                Packet::event(namespace, id, args)
            }
        ),
        (namespace, any::<u64>(), vec(value(), 0..3))
            .prop_map(|(namespace, id, args)| Packet::ack(namespace, id, args)),
        (namespace, text(), proptest::option::of(without_bytes()))
            .prop_map(|(namespace, message, data)| Packet::connect_error(namespace, &message, data)),
    ]
}

fn engine_packet() -> impl Strategy<Value = engine::Packet> {
    let handshake =
        (text(), vec(text(), 0..3), any::<[u64; 3]>()).prop_map(|(sid, upgrades, numbers)| Handshake {
            sid,
            upgrades,
            ping_interval: numbers[0],
            ping_timeout: numbers[1],
            max_payload: numbers[2].is_multiple_of(2).then_some(numbers[2]),
        });
    prop_oneof![
        handshake.prop_map(engine::Packet::Open),
        Just(engine::Packet::Close),
        text().prop_map(engine::Packet::Ping),
        text().prop_map(engine::Packet::Pong),
        text().prop_map(engine::Packet::Message),
        vec(any::<u8>(), 0..40).prop_map(engine::Packet::Binary),
        Just(engine::Packet::Upgrade),
        text().prop_map(engine::Packet::Noop),
    ]
}

/// What comes out of a decoder that is given these packets, whatever it refuses on the way. It allows more
/// attachments than the generators make.
fn decode_all(packets: &[engine::Packet]) -> Vec<Packet> {
    let mut decoder = Decoder::with_limits(1000);
    let read = packets.iter().filter_map(|packet| match packet {
        engine::Packet::Message(text) => decoder.text(text).ok().flatten(),
        engine::Packet::Binary(bytes) => decoder.binary(bytes.clone()).ok().flatten(),
        _ => None,
    });
    read.collect()
}

/// Frames that are almost right: the parts of the grammar, put together without care.
fn almost() -> impl Strategy<Value = engine::Packet> {
    let data = prop_oneof![
        "",
        r#"\["[a-z]{0,3}"(,[0-9]{1,3}|,\{"_placeholder":true,"num":[0-3]\}){0,3}\]"#,
        r#"[\[\]{}",:0-9a-z.+\\ -]{0,12}"#,
    ];
    let message = ("[0-6 a]?", "([0-9e ]{0,2}-)?", "(/[a-z/\"]{0,3},?)?", "[0-9 ]{0,3}", data).prop_map(
        |(kind, count, namespace, id, data)| {
            engine::Packet::Message(format!("{kind}{count}{namespace}{id}{data}"))
        },
    );
    prop_oneof![3 => message, 2 => vec(any::<u8>(), 0..3).prop_map(engine::Packet::Binary)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_socket_packet_survives_the_wire(packet in packet()) {
        prop_assert_eq!(decode_all(&packet.encode()), vec![packet]);
    }

    #[test]
    fn an_engine_packet_survives_the_wire(packet in engine_packet()) {
        prop_assert_eq!(engine::Packet::from_frame(&packet.to_frame()), Ok(packet.clone()));
        prop_assert_eq!(engine::Packet::from_text(&packet.to_text()), Ok(packet));
    }

    #[test]
    fn a_payload_survives_the_wire(packets in vec(engine_packet(), 1..6)) {
        let packets: Vec<_> = packets.into_iter().filter(|packet| !packet.to_text().contains('\u{1e}')).collect();
        prop_assume!(!packets.is_empty());
        let body = encode_payload(&packets);
        prop_assert_eq!(decode_payload(&body, body.len()), Ok(packets));
        prop_assert!(decode_payload(&body, body.len() - 1).is_err());
    }

    #[test]
    fn any_engine_text_is_read_or_refused(text in prop_oneof![text(), "[0-6b].{0,8}"]) {
        if let Ok(packet) = engine::Packet::from_text(&text) {
            prop_assert_eq!(engine::Packet::from_text(&packet.to_text()), Ok(packet));
        }
    }

    #[test]
    fn any_payload_is_read_or_refused(body in prop_oneof![text(), "([1-6b][a-zA-Z0-9+/=]{0,4}\u{1e}?){0,4}"]) {
        if let Ok(packets) = decode_payload(&body, 1000) {
            prop_assert_eq!(decode_payload(&encode_payload(&packets), 2000), Ok(packets));
        }
    }

    #[test]
    fn any_frames_are_read_or_refused(packets in vec(almost(), 1..5), other in text()) {
        let mut packets = packets;
        packets.push(engine::Packet::Message(other));
        for packet in decode_all(&packets) {
            prop_assert_eq!(decode_all(&packet.encode()), vec![packet]);
        }
    }

    #[test]
    fn any_damage_is_read_or_refused(packet in packet(), at in any::<prop::sample::Index>(), put in "[ -~]{0,2}") {
        let mut packets = packet.encode();
        if let engine::Packet::Message(text) = &mut packets[0] {
            let mut characters: Vec<char> = text.chars().collect();
            let at = at.index(characters.len());
            characters.splice(at..=at, put.chars());
            *text = characters.into_iter().collect();
        }
        for packet in decode_all(&packets) {
            prop_assert_eq!(decode_all(&packet.encode()), vec![packet]);
        }
    }

    #[test]
    fn a_binary_frame_is_its_bytes(bytes in vec(any::<u8>(), 0..40)) {
        let frame = Frame::Binary(bytes.clone());
        prop_assert_eq!(engine::Packet::from_frame(&frame), Ok(engine::Packet::Binary(bytes)));
    }
}
