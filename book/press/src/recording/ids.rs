//! What differs from run to run by its nature, made the same: ids of sessions, offsets, tokens, times, ports.
//!
//! Each becomes a made-up value of the same look, numbered in the order in which it first stands in the recording.

use std::{collections::BTreeMap, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use grader::{
    transcript::{Direction, Entry, What},
    value::Value,
    wire::{engine::Packet, socket::Kind},
};
use regex_lite::{Captures, Regex};
use sha2::{Digest, Sha256};

/// The time at which all recordings are made: Monday, 5 January 2026, nine o'clock.
const NINE: u64 = 1_767_603_600;
/// The same as a date.
const NINE_AS_DATE: &str = "2026-01-05T09:00:00.000Z";
const DAY: u64 = 86_400;
/// What is called "now" in a packet: an hour around the time of the run. A number or a date that a program has fixed stays, unless the
/// program is run in that very hour.
const NOW: u64 = 3_600;
/// The length of an id of Node's.
const ID: usize = 20;
/// The length of an offset of Node's.
const OFFSET: usize = 9;

/// The values of one run, and what stands for them.
pub(super) struct Ids {
    known: BTreeMap<String, String>,
    epoch: u64,
    root: String,
    node: Regex,
    uuid: Regex,
    token: Regex,
    number: Regex,
    date: Regex,
    port: Regex,
}

impl Ids {
    /// Looks for ids in the entries of a run, which began at `epoch` (seconds since 1970) in the course in `root`.
    pub(super) fn find(entries: &[Entry], epoch: u64, root: &Path) -> Self {
        let mut ids = Self {
            known: BTreeMap::new(),
            epoch,
            root: format!("{}/", root.display()),
            node: regex(r"\bNode\.js v[0-9.]+"),
            uuid: regex(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
            token: regex(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"),
            number: regex(r"\b1[0-9]{9}(?:[0-9]{3})?\b"),
            date: regex(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?Z"),
            port: regex(r"\b(127\.0\.0\.1|localhost):[0-9]{4,5}\b"),
        };
        let mut recovers: Vec<(&str, String)> = Vec::new();
        for entry in entries {
            let What::Packet { packet, socket, direction } = &entry.what else { continue };
            if let Packet::Open(handshake) = packet {
                ids.know(&handshake.sid, "line", &entry.actor, ID);
            }
            let Some(socket) = socket else { continue };
            let namespace = &socket.namespace;
            if socket.kind == Kind::Connect
                && let Some(data) = &socket.data
            {
                for key in ["sid", "pid"] {
                    if let Some(id) = data.get(key).and_then(Value::as_str) {
                        ids.know(id, &format!("{key} {namespace}"), &entry.actor, ID);
                    }
                }
                if data.get("pid").is_some() {
                    recovers.push((&entry.actor, namespace.clone()));
                }
            }
            // With connection state recovery each event ends in an offset. The play has taken it out of the packet that
            // it read, but not out of the frame.
            let recovers = recovers.iter().any(|(actor, space)| *actor == entry.actor && space == namespace);
            if recovers
                && *direction == Direction::FromProgram
                && matches!(socket.kind, Kind::Event | Kind::BinaryEvent)
                && socket.id.is_none()
                && let Packet::Message(text) = packet
                && let Some(offset) = last_text(text)
                // A volatile event has none: its last text is its own.
                && offset_time(offset).is_some_and(|time| time.abs_diff(epoch) <= NOW)
            {
                ids.know(offset, "offset", "", OFFSET);
            }
        }
        ids
    }

    fn know(&mut self, id: &str, kind: &str, actor: &str, length: usize) {
        if id.len() < 6 || self.known.contains_key(id) {
            return;
        }
        let number = self.known.len();
        let made = made_up(&format!("{kind} of {actor}, number {number}"), length);
        self.known.insert(id.to_owned(), made);
    }

    /// A text with all that differs made the same.
    pub(super) fn normal(&mut self, text: &str) -> String {
        let mut text = text.replace(&format!("file://{}", self.root), "").replace(&self.root, "");
        // Backwards: two offsets of one millisecond are `Q8SRN3J` and `Q8SRN3J.0`, and the longer one has to go first.
        for (id, made) in self.known.iter().rev() {
            if text.contains(id.as_str()) {
                text = text.replace(id.as_str(), made);
            }
        }
        let text = self.token.replace_all(&text, |found: &Captures<'_>| token(&found[0], self.epoch));
        let text = self.node.replace_all(&text, "Node.js v20");
        let text = self.date.replace_all(&text, |found: &Captures<'_>| date(&found[0], self.epoch));
        let text = self.port.replace_all(&text, "$1:3000");
        let epoch = self.epoch;
        let text = self.number.replace_all(&text, |found: &Captures<'_>| moment(&found[0], epoch));
        let mut uuids: Vec<String> = Vec::new();
        for found in self.uuid.find_iter(&text) {
            uuids.push(found.as_str().to_owned());
        }
        let mut text = text.into_owned();
        for uuid in uuids {
            if self.known.values().any(|made| *made == uuid) {
                continue;
            }
            let number = self.known.len();
            let made = self.known.entry(uuid.clone()).or_insert_with(|| made_uuid(number));
            text = text.replace(&uuid, made);
        }
        text
    }
}

/// The text in quotes at the end of a packet: `2["said","hi","Q8SRN3J"]` → `Q8SRN3J`
fn last_text(packet: &str) -> Option<&str> {
    let text = packet.strip_suffix("\"]")?;
    let (before, last) = text.rsplit_once('"')?;
    before.ends_with(',').then_some(last)
}

/// A pattern of this file; each of them is tried by a test.
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("`{pattern}`: {error}"))
}

fn made_up(label: &str, length: usize) -> String {
    let hash = Sha256::digest(label.as_bytes());
    URL_SAFE_NO_PAD.encode(hash).chars().take(length).collect()
}

fn made_uuid(number: usize) -> String {
    let hash = Sha256::digest(format!("uuid {number}").as_bytes());
    let hex = crate::hash::hex(&hash[..16]);
    format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// When an offset was made, in seconds: Node counts milliseconds in digits of its own, and a second one of the same millisecond
/// has a number behind a dot.
fn offset_time(offset: &str) -> Option<u64> {
    const DIGITS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    let (time, _) = offset.split_once('.').unwrap_or((offset, ""));
    let add =
        |sum: u64, digit: char| sum.checked_mul(64)?.checked_add(u64::try_from(DIGITS.find(digit)?).ok()?);
    time.chars().try_fold(0, add).map(|time| time / 1000)
}

/// A date that is the time of the run becomes that of all recordings; others stay.
fn date(text: &str, epoch: u64) -> String {
    let is_now = seconds(text).is_some_and(|seconds| seconds.abs_diff(epoch) <= NOW);
    if is_now { NINE_AS_DATE.to_owned() } else { text.to_owned() }
}

/// `2026-01-05T09:00:00Z` in seconds since 1970. A year is counted from March, so that the odd day is the last one.
fn seconds(date: &str) -> Option<u64> {
    let part = |from: usize, to: usize| date.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    // 719,469 days lie between the first of March of the year 0, less one, and 1970.
    let days = (year * 365 + leap_days + (153 * month + 2) / 5 + day).checked_sub(719_469)?;
    Some(days * DAY + hour * 3_600 + minute * 60 + second)
}

/// A number that is the time of the run becomes the time of all recordings; others stay.
fn moment(digits: &str, epoch: u64) -> String {
    let Ok(number) = digits.parse::<u64>() else { return digits.to_owned() };
    let (seconds, unit) = if digits.len() == 13 { (number / 1000, 1000) } else { (number, 1) };
    if seconds.abs_diff(epoch) > NOW { digits.to_owned() } else { (NINE * unit).to_string() }
}

/// A token with the times in it moved, and a made-up signature: nobody can use it.
fn token(token: &str, epoch: u64) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let [head, payload, signature] = parts[..] else { return token.to_owned() };
    let payload = URL_SAFE_NO_PAD.decode(payload).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(payload) = payload else { return token.to_owned() };
    let mut moved = String::new();
    let mut digits = String::new();
    for symbol in payload.chars().chain(['\0']) {
        if symbol.is_ascii_digit() {
            digits.push(symbol);
            continue;
        }
        match digits.parse::<u64>() {
            Ok(number) if digits.len() == 10 && number.abs_diff(epoch) < 400 * DAY => {
                moved.push_str(&(NINE + number).saturating_sub(epoch).to_string());
            }
            _ => moved.push_str(&digits),
        }
        digits.clear();
        moved.push(symbol);
    }
    let moved = moved.trim_end_matches('\0');
    let signature =
        if signature.is_empty() { String::new() } else { made_up(moved, signature.len().min(43)) };
    format!("{head}.{}.{signature}", URL_SAFE_NO_PAD.encode(moved))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn entry(actor: &str, text: &str) -> Entry {
        let packet = Packet::from_text(text).expect("a packet");
        let mut decoder = grader::wire::socket::Decoder::default();
        let socket = match &packet {
            Packet::Message(text) => decoder.text(text).expect("readable"),
            _ => None,
        };
        let what = What::Packet { direction: Direction::FromProgram, packet, socket };
        Entry { at: Duration::ZERO, actor: actor.to_owned(), what, quiet: false, marked: false }
    }

    #[test]
    fn the_same_run_twice_is_the_same_text() {
        let run = |sid: &str, pid: &str, uuid: &str, offset: &str, epoch: u64| {
            let texts = [
                format!(r#"40{{"sid":"{sid}","pid":"{pid}"}}"#),
                format!(
                    r#"42["hello","{sid}","{uuid}",{},"at 127.0.0.1:{}","{offset}"]"#,
                    epoch * 1000 + 7,
                    40_000 + epoch % 7
                ),
            ];
            let entries: Vec<Entry> = texts.iter().map(|text| entry("asha", text)).collect();
            let mut ids = Ids::find(&entries, epoch, Path::new("/course"));
            texts.map(|text| ids.normal(&text)).join("\n")
        };
        let one = run(
            "oSO0OpakMV_3jnilAAAA",
            "pid_one_pid",
            "2f1c0000-1111-4222-8333-444455556666",
            "QCON507.0",
            1_800_000_000,
        );
        let two = run(
            "XXXXOpakMV_3jnilAAAB",
            "pid_two_pid",
            "9f1c0000-1111-4222-8333-444455556666",
            "QCOcLa7",
            1_800_004_000,
        );
        assert_eq!(one, two);
        assert!(!one.contains("oSO0Op") && !one.contains("180000"), "{one}");
        assert!(one.contains("127.0.0.1:3000"), "{one}");
    }

    #[test]
    fn an_offset_that_begins_like_another_one_is_its_own() {
        let run = |first: &str, second: &str| {
            let said = |offset: &str| format!(r#"42["said","{offset}"]"#);
            let texts =
                [r#"40{"sid":"oSO0OpakMV_3jnilAAAA","pid":"pid_one_pid"}"#, &said(first), &said(second)];
            let entries: Vec<Entry> = texts.iter().map(|text| entry("asha", text)).collect();
            let epoch = offset_time(first).expect("an offset");
            let mut ids = Ids::find(&entries, epoch, Path::new("/course"));
            texts.map(|text| ids.normal(text)).join("\n")
        };
        assert_eq!(run("Q8SRN3J", "Q8SRN3J.0"), run("Q8SRN3J", "Q8SRN3K"));
        // The last text of a volatile event is its own.
        assert!(run("Q8SRN3J", "ravi is typing").ends_with(r#"42["said","ravi is typing"]"#));
        assert!(run("Q8SRN3J", "goodbye").ends_with(r#"42["said","goodbye"]"#));
    }

    #[test]
    fn a_date_that_is_not_now_stays() {
        assert_eq!(seconds("2026-01-05T09:00:00.000Z"), Some(NINE));
        assert_eq!(seconds("2024-02-29T23:59:59Z"), Some(1_709_251_199));
        assert_eq!(seconds("2000-03-01T00:00:00Z"), Some(951_868_800));
        assert_eq!(date("2026-09-21T14:13:20.500Z", 1_790_000_000), NINE_AS_DATE);
        for fixed in ["2026-09-21T14:13:20.500Z", "2026-09-21T16:13:21.000Z"] {
            assert_eq!(date(fixed, 1_790_020_000), fixed);
        }
        let mut ids = Ids::find(&[], 1_800_000_000, Path::new("/course"));
        let text = r#"42["plan","2026-09-21T14:13:20.500Z",1790000000500]"#;
        assert_eq!(ids.normal(text), text);
    }

    #[test]
    fn a_token_cannot_be_used_any_more() {
        let epoch = 1_800_000_000;
        let made = |exp: u64, signature: &str| {
            let payload = URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"asha","exp":{exp}}}"#));
            token(&format!("eyJhbGciOiJIUzI1NiJ9.{payload}.{signature}"), exp - 60)
        };
        let one = made(epoch + 60, &"a".repeat(43));
        assert_eq!(one, made(epoch + 1000, &"b".repeat(43)));
        assert!(one.starts_with("eyJhbGciOiJIUzI1NiJ9.") && !one.contains("aaaa"));
    }

    #[test]
    fn numbers_that_are_no_time_stay() {
        assert_eq!(moment("1234567890", 1_800_000_000), "1234567890");
        assert_eq!(moment("1800000001", 1_800_000_000), "1767603600");
        assert_eq!(moment("1800007201", 1_800_000_000), "1800007201");
    }
}
