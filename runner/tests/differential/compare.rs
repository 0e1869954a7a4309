//! Our reading beside npm's: the same, a difference that `grader::wire` lists, or an error of ours.
//!
//! Each listed difference asks for evidence in the text or in npm's outcome, so that it excuses nothing else.

use grader::value::Value;
use grader::wire::engine::{self, Frame};
use grader::wire::socket::{DecodeError, Decoder, MAX_NESTING, Packet};
use serde_json::{Number, Value as Json};

use crate::generate::SAFE;
use crate::npm;

/// The same (`None`) or a listed difference; otherwise what differs.
pub(crate) type Outcome = Result<Option<&'static str>, String>;

/// One connection's frames: the same packets at the same frames, and the same frame refused.
pub(crate) fn frames(frames: &[Frame], theirs: &Json) -> Outcome {
    let mut decoder = Decoder::default();
    let mut ours = Vec::new();
    let mut refused = None;
    for (at, frame) in frames.iter().enumerate() {
        let read = match frame {
            Frame::Text(text) => decoder.text(text),
            Frame::Binary(bytes) => decoder.binary(bytes.clone()),
        };
        match read {
            Ok(packet) => ours.extend(packet.map(|packet| (at, packet))),
            Err(problem) => {
                refused = Some((at, problem));
                break;
            }
        }
    }

    let all = theirs["packets"].as_array().expect("packets");
    let place =
        |packet: &Json| packet["at"].as_u64().and_then(|at| usize::try_from(at).ok()).expect("a place");
    let their_refusal = theirs["failed"].as_u64().and_then(|at| usize::try_from(at).ok());
    let (until, mut known) = match (&refused, their_refusal) {
        (None, None) => (frames.len(), None),
        (Some((ours, _)), Some(theirs)) if *ours == theirs => (theirs, None),
        (Some((at, problem)), theirs) if theirs.is_none_or(|theirs| theirs > *at) => {
            let after = all.iter().find(|packet| place(packet) >= *at);
            let excuse = listed(problem, last_text(&frames[..=*at]), after);
            (*at, Some(excuse.ok_or_else(|| format!("we refuse frame {at}: {problem}"))?))
        }
        _ => return Err(format!("npm refuses: {}; we: {refused:?}", theirs["problem"])),
    };

    let before: Vec<&Json> = all.iter().filter(|packet| place(packet) < until).collect();
    if before.len() != ours.len() {
        return Err(format!("we read {} packets: {ours:?}", ours.len()));
    }
    for ((at, ours), theirs) in ours.iter().zip(before) {
        if *at != place(theirs) {
            return Err(format!("we read a packet at frame {at}"));
        }
        known = known.or(packet(ours, theirs)?);
    }
    Ok(known)
}

/// One packet of ours beside what npm read.
pub(crate) fn packet(ours: &Packet, theirs: &Json) -> Outcome {
    let differ = |what: &str| Err(format!("{what}: {ours:?}"));
    if theirs["type"] != (ours.kind as u8) {
        return differ("another type");
    }
    if theirs["nsp"] != ours.namespace.as_str() {
        return differ("another namespace");
    }
    match (&ours.data, theirs.get("data").map(npm::value_from_json)) {
        (None, None) => {}
        (Some(ours), Some(Ok(theirs))) if rounded(ours) == rounded(&theirs) => {}
        (Some(_), Some(Err(odd))) if odd == "deep" => {}
        _ => return differ("other data"),
    }
    match (ours.id, theirs["id"].as_str()) {
        (None, None) => Ok(None),
        (Some(ours), Some(theirs)) if ours.to_string() == theirs => Ok(None),
        (Some(ours), Some(theirs)) if ours > SAFE && ours.to_string().parse::<f64>() == theirs.parse() => {
            Ok(Some("an id over 2^53 is exact"))
        }
        _ => differ("another id"),
    }
}

/// JavaScript's numbers are all floats.
pub(crate) fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(number.as_f64().and_then(Number::from_f64).expect("finite")),
        Value::Array(items) => Value::Array(items.iter().map(rounded).collect()),
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), rounded(value))).collect())
        }
        other => other.clone(),
    }
}

fn last_text(frames: &[Frame]) -> &str {
    let text = frames.iter().rev().find_map(|frame| match frame {
        Frame::Text(text) => Some(text.as_str()),
        Frame::Binary(_) => None,
    });
    text.unwrap_or_default()
}

/// The listed difference that explains why we refuse what npm accepts; `after` is what npm made of it, if it came so far.
fn listed(problem: &DecodeError, text: &str, after: Option<&Json>) -> Option<&'static str> {
    let evidence = |is: fn(&Json) -> bool| after.is_none_or(is);
    let (holds, name) = match problem {
        DecodeError::Empty => (text.is_empty() && evidence(|npm| npm["type"] == 0), "an empty message"),
        DecodeError::UnknownType(c) => {
            (is_space(*c) && evidence(|npm| npm["type"] == 0), "white space for the type")
        }
        DecodeError::Space => {
            (text.contains(is_space) && evidence(|npm| npm["id"].is_string()), "white space around the id")
        }
        DecodeError::AttachmentCount => {
            let count = text.get(1..).and_then(|rest| rest.split_once('-')).map_or("", |(count, _)| count);
            (count.chars().any(|c| !c.is_ascii_digit()), "an odd count of attachments")
        }
        DecodeError::IdTooLarge => {
            let large = |npm: &Json| {
                npm["id"].as_str().and_then(|id| id.parse::<f64>().ok()).is_some_and(|id| id > 1.8e19)
            };
            (evidence(large), "an id over 64 bits")
        }
        DecodeError::HalfCharacter => (text.to_lowercase().contains("\\ud"), "half a character"),
        DecodeError::NumberTooLarge => (text.contains(['e', 'E']) || text.len() > 300, "a number too large"),
        DecodeError::TooDeep(_) => (text.matches(['[', '{']).count() > MAX_NESTING, "nesting"),
        DecodeError::RepeatedPlaceholder(_) => {
            (text.matches("_placeholder").count() > 1, "a repeated placeholder")
        }
        DecodeError::NoSuchAttachment(_) => (
            evidence(|npm| npm["data"].to_string().contains(r#"["undefined"]"#)),
            "a placeholder with a fraction",
        ),
        _ => return None,
    };
    holds.then_some(name)
}

/// White space for JavaScript's `Number`.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// One Engine.IO text.
pub(crate) fn engine_text(text: &str, theirs: &Json) -> Outcome {
    use engine::DecodeError;
    let ours = engine::Packet::from_text(text);
    match (&ours, theirs["type"].as_str().expect("a type")) {
        (Err(DecodeError::Empty | DecodeError::UnknownType(_)), "error") => Ok(None),
        (Err(DecodeError::Handshake(_)), "open") => Ok(Some("an open packet without a whole handshake")),
        (Err(DecodeError::Base64), "message") if odd_base64(&text[1..]) => Ok(Some("odd base64")),
        (Ok(ours), kind) if kind != "error" => engine_packet(ours, theirs),
        _ => Err(format!("{text:?}: we read {ours:?}")),
    }
}

/// One Engine.IO packet of ours beside what npm read.
pub(crate) fn engine_packet(ours: &engine::Packet, theirs: &Json) -> Outcome {
    let kind = theirs["type"].as_str().expect("a type");
    let data = theirs.get("data").map(npm::frame_from_json);
    let text = match &data {
        None => Some(""),
        Some(Frame::Text(text)) => Some(text.as_str()),
        Some(Frame::Binary(_)) => None,
    };
    let same = match ours {
        engine::Packet::Open(handshake) => {
            kind == "open"
                && text.and_then(|text| serde_json::from_str(text).ok()).as_ref() == Some(handshake)
        }
        engine::Packet::Close | engine::Packet::Upgrade if data.is_some() => {
            let expected = if *ours == engine::Packet::Close { "close" } else { "upgrade" };
            return if kind == expected {
                Ok(Some("text after close or upgrade"))
            } else {
                Err(format!("{ours:?}"))
            };
        }
        engine::Packet::Close => kind == "close",
        engine::Packet::Upgrade => kind == "upgrade",
        engine::Packet::Ping(ours) => kind == "ping" && text == Some(ours),
        engine::Packet::Pong(ours) => kind == "pong" && text == Some(ours),
        engine::Packet::Noop(ours) => kind == "noop" && text == Some(ours),
        engine::Packet::Message(ours) => kind == "message" && text == Some(ours),
        engine::Packet::Binary(ours) => kind == "message" && data == Some(Frame::Binary(ours.clone())),
    };
    if same { Ok(None) } else { Err(format!("another packet: {ours:?}")) }
}

/// Base64 that Node reads by skipping or guessing.
fn odd_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let padding = text.len() - data.len();
    let standard = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    !data.chars().all(standard) || data.len() % 4 == 1 || padding > (4 - data.len() % 4) % 4
}

/// A polling body: the same packets, or refused by both. npm hands on what stands before the bad packet.
pub(crate) fn payload(body: &str, theirs: &[Json]) -> Outcome {
    let mut known = None;
    for (part, theirs) in body.split('\u{1e}').zip(theirs) {
        known = known.or(engine_text(part, theirs)?);
    }
    let ours = engine::decode_payload(body, body.len());
    let refused = theirs.last().is_some_and(|last| last["type"] == "error");
    match ours {
        Ok(ours) if !refused && ours.len() == theirs.len() => Ok(known),
        Err(_) if refused || known.is_some() => Ok(known),
        ours => Err(format!("{body:?}: we read {ours:?}")),
    }
}
