//! What the decoder of Socket.IO packets accepts, what it refuses, and what it says then.

use grader::value::Value;
use grader::wire::socket::{DecodeError, Decoder, Kind, MAX_NESTING, Packet};

fn decode(text: &str) -> Result<Packet, DecodeError> {
    Decoder::default().text(text).map(|packet| packet.expect("a packet without attachments"))
}

fn refusal(text: &str) -> String {
    decode(text).expect_err(text).to_string()
}

/// The outcome of a packet with its attachments, each one byte: its number.
fn with_attachments(text: &str, count: u8) -> Result<Option<Packet>, DecodeError> {
    let mut decoder = Decoder::default();
    let mut outcome = decoder.text(text);
    for number in 0..count {
        assert_eq!(outcome, Ok(None), "{text}");
        assert!(decoder.is_waiting());
        outcome = decoder.binary(vec![number]);
    }
    assert!(!decoder.is_waiting());
    outcome
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("json")
}

#[test]
fn every_part_is_optional_but_the_type() {
    let packet = |kind, namespace: &str, id, data: Option<&str>| {
        Ok(Packet { kind, namespace: namespace.to_owned(), id, data: data.map(json) })
    };
    assert_eq!(decode("0"), packet(Kind::Connect, "/", None, None));
    assert_eq!(decode(r#"0/admin,{"a":1}"#), packet(Kind::Connect, "/admin", None, Some(r#"{"a":1}"#)));
    assert_eq!(decode("1/admin"), packet(Kind::Disconnect, "/admin", None, None));
    assert_eq!(decode("1/admin,5"), packet(Kind::Disconnect, "/admin", Some(5), None));
    assert_eq!(decode(r#"2["a"]"#), packet(Kind::Event, "/", None, Some(r#"["a"]"#)));
    assert_eq!(
        decode(r#"2/a/b?c=d,007["a",[]]"#),
        packet(Kind::Event, "/a/b?c=d", Some(7), Some(r#"["a",[]]"#))
    );
    assert_eq!(decode("2[0]"), packet(Kind::Event, "/", None, Some("[0]")));
    assert_eq!(decode("2"), packet(Kind::Event, "/", None, None));
    assert_eq!(decode("312[]"), packet(Kind::Ack, "/", Some(12), Some("[]")));
    assert_eq!(decode(r#"4"no""#), packet(Kind::ConnectError, "/", None, Some(r#""no""#)));
    assert_eq!(decode("318446744073709551615[]").map(|ack| ack.id), Ok(Some(u64::MAX)));
}

#[test]
fn attachments_take_the_place_of_their_placeholders() {
    let text = r#"52-/a,7["e",{"_placeholder":true,"num":1},{"deep":[{"_placeholder":true,"num":0}]}]"#;
    let packet = with_attachments(text, 2).expect("valid").expect("complete");
    assert_eq!((packet.kind, packet.namespace.as_str(), packet.id), (Kind::Event, "/a", Some(7)));
    assert_eq!(packet.args()[0], Value::Bytes(vec![1]));
    assert_eq!(packet.args()[1].get("deep"), Some(&Value::Array(vec![Value::Bytes(vec![0])])));

    let ack = with_attachments(r#"61-7[{"num":0.0,"_placeholder":true,"more":1}]"#, 1);
    assert_eq!(ack, Ok(Some(Packet::ack("/", 7, vec![Value::Bytes(vec![0])]))));
    let unused =
        with_attachments(r#"51-["e",{"_placeholder":1,"num":0}]"#, 1).expect("valid").expect("complete");
    assert_eq!(unused.args(), [json(r#"{"_placeholder":1,"num":0}"#)]);
}

#[test]
fn a_placeholder_without_attachments_is_plain_data() {
    let event = decode(r#"2["e",{"_placeholder":true,"num":9}]"#).expect("valid");
    assert!(!event.args()[0].has_bytes());
}

#[test]
fn hostile_placeholders_are_refused() {
    for (number, expected) in [
        (r#","num":1"#, "the `num` of a placeholder is 1, and there is no such attachment"),
        (r#","num":-1"#, "the `num` of a placeholder is -1, and there is no such attachment"),
        (r#","num":0.5"#, "the `num` of a placeholder is 0.5, and there is no such attachment"),
        (r#","num":1e300"#, "the `num` of a placeholder is 1e+300, and there is no such attachment"),
        (r#","num":"0""#, "the `num` of a placeholder is a string, and there is no such attachment"),
        ("", "the `num` of a placeholder is missing, and there is no such attachment"),
    ] {
        let text = format!(r#"51-["e",{{"_placeholder":true{number}}}]"#);
        assert_eq!(with_attachments(&text, 1).expect_err(&text).to_string(), expected);
    }
    let text = r#"52-["e",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]"#;
    let problem = with_attachments(text, 2).expect_err("repeated");
    assert_eq!(problem.to_string(), "two placeholders ask for the same attachment 0");
}

#[test]
fn attachments_are_counted() {
    for text in
        ["5", r#"5["a"]"#, r#"5-["a"]"#, r#"50-["a"]"#, r#"51e0-["a"]"#, r#"5+1-["a"]"#, r#"5 1-["a"]"#]
    {
        assert_eq!(
            refusal(text),
            "a binary packet begins with the number of its attachments, such as `1-`",
            "{text}"
        );
    }
    for text in [r#"511-["a"]"#, r#"599999999999999999999999-["a"]"#] {
        assert_eq!(refusal(text), "more attachments are announced than the 10 allowed", "{text}");
    }
    assert_eq!(Decoder::with_limits(11).text(r#"511-["a"]"#), Ok(None));
    assert!(with_attachments(r#"50010-["a"]"#, 10).is_ok());
}

#[test]
fn attachments_follow_their_packet_at_once() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.binary(vec![]), Err(DecodeError::UnexpectedBinary));
    assert_eq!(decoder.text(r#"52-["a"]"#), Ok(None));
    assert_eq!(decoder.binary(vec![]), Ok(None));
    assert_eq!(decoder.missing(), 1);
    assert_eq!(decoder.text("0"), Err(DecodeError::TextWhileWaiting { missing: 1 }));
    assert_eq!(decoder.text("0"), Ok(Some(Packet::connect("/", None))), "after an error it starts afresh");
}

#[test]
fn data_has_the_shape_of_its_type() {
    for (text, expected) in [
        ("0[]", "CONNECT carries an object or nothing, not an array"),
        ("1{}", "DISCONNECT carries nothing, not an object"),
        ("1null", "DISCONNECT carries nothing, not null"),
        ("2[]", "EVENT carries an array that begins with the event's name, not an empty array"),
        (r#"2{"a":1}"#, "EVENT carries an array that begins with the event's name, not an object"),
        (
            "2[null]",
            "EVENT carries an array that begins with the event's name, not an array that begins with null",
        ),
        (r#"3"a""#, "ACK carries an array, not a string"),
        ("4true", "CONNECT_ERROR carries an object with a message, not a boolean"),
        ("61-{}", "BINARY_ACK carries an array, not an object"),
    ] {
        assert_eq!(refusal(text), format!("a packet of type {expected}"), "{text}");
    }
    assert_eq!(refusal(r#"2["disconnecting"]"#), "the event name `disconnecting` is reserved");
}

#[test]
fn every_refusal_says_what_is_wrong() {
    for (text, expected) in [
        ("", "a Socket.IO packet has at least one character, its type"),
        (" ", "` ` is no Socket.IO packet type (0 to 6)"),
        ("7", "`7` is no Socket.IO packet type (0 to 6)"),
        (r#"2 ["a"]"#, "white space stands where the id or the data should begin"),
        ("2/a,7\u{feff}[\"a\"]", "white space stands where the id or the data should begin"),
        ("318446744073709551616[]", "the id has too many digits"),
        ("2[joinRoom]", "the data is no JSON: `j` does not fit at its character 2"),
        (r#"2["joinRoom""#, "the data is no JSON: it ends too early"),
        (r#"2["\ud800"]"#, "a `\\u` in the data stands for half a character"),
        (r#"2["a",1e400]"#, "a number in the data is too large"),
    ] {
        assert_eq!(refusal(text), expected, "{text}");
    }
    let deep = format!("2{}", "[".repeat(MAX_NESTING + 1));
    assert_eq!(refusal(&deep), "the data is nested more than 128 levels deep");
}
