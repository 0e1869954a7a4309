//! How expected and actual are written in a mismatch.

use std::time::Duration;

use crate::{
    scenario::{
        model::{EventPattern, FramePattern, Pattern},
        play::names::Names,
    },
    value::Value,
};

/// The most of an HTTP body that is told.
const BODY: usize = 240;
/// The most characters of a text inside a value.
const TEXT: usize = 120;
/// A list of more numbers than this is told by its first ones.
const ITEMS: usize = 20;
/// So is a list of more of anything else.
const MANY: usize = 100;
const BEGIN: usize = 8;
/// The bytes by which binary data are told.
const BYTES: usize = 4;

/// Who hears what, as it should be: `asha hears receiveMessage {"text":"hi"}`.
pub(super) fn hears(actor: &str, what: &str) -> String {
    format!("{} hears {what}", who(actor))
}

/// Who heard what, as it was.
pub(super) fn heard(actor: &str, what: &str) -> String {
    format!("{} heard {what}", who(actor))
}

fn who(actor: &str) -> &str {
    if actor == "server" { "the server" } else { actor }
}

/// A request or an answer with the beginning of its body; of one that is no text only how much it is.
pub(in super::super) fn with_body(head: &str, body: &[u8]) -> String {
    let body = body_in_words(body);
    if body.is_empty() { head.to_owned() } else { format!("{head} {body}") }
}

/// The beginning of a body, in one line.
pub(super) fn body_in_words(body: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(body) else { return format!("<{} bytes>", body.len()) };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(BODY) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// `300 ms`, `2.1 s`
pub(in super::super) fn span(time: Duration) -> String {
    match time.as_millis() {
        millis @ 0..=999 => format!("{millis} ms"),
        millis if millis % 1000 == 0 => format!("{} s", millis / 1000),
        millis => {
            format!("{}.{:02}", millis / 1000, millis % 1000 / 10).trim_end_matches('0').to_owned() + " s"
        }
    }
}

/// A pattern as a reader would write it, with bound names filled in.
pub(super) fn pattern(pattern: &Pattern, names: &Names) -> String {
    match pattern {
        Pattern::Null => "null".to_owned(),
        Pattern::Bool(flag) => flag.to_string(),
        Pattern::Number(number) => number.to_string(),
        Pattern::Text(text) => value(&Value::String(names.render(text))),
        Pattern::Name(name) => names.get(name).map_or_else(|| "anything".to_owned(), value),
        Pattern::Array(items) => format!("[{}]", list(items, names)),
        Pattern::Object(entries) => format!("{{{}}}", object(entries, names)),
        Pattern::Any => "anything".to_owned(),
        Pattern::Absent => "(not there)".to_owned(),
        Pattern::String => "a string".to_owned(),
        Pattern::AnyNumber => "a number".to_owned(),
        Pattern::Integer => "a whole number".to_owned(),
        Pattern::Boolean => "true or false".to_owned(),
        Pattern::Bytes(None) => "bytes".to_owned(),
        Pattern::Bytes(Some(size)) => format!("{size} bytes"),
        Pattern::Matches(expression) => format!("text like /{expression}/"),
        Pattern::OneOf(choices) => {
            choices.iter().map(|choice| self::pattern(choice, names)).collect::<Vec<_>>().join(" or ")
        }
        Pattern::Not(inner) => format!("not {}", self::pattern(inner, names)),
        Pattern::Exactly(entries) => format!("exactly {{{}}}", object(entries, names)),
        Pattern::AnyOrder(items) => format!("[{}] in any order", list(items, names)),
        Pattern::Contains(items) => format!("a list with {}", list(items, names)),
        Pattern::Each(inner) => format!("a list of {}", self::pattern(inner, names)),
        Pattern::Between(low, high) => format!("{low} to {high}"),
    }
}

fn object(entries: &indexmap::IndexMap<String, Pattern>, names: &Names) -> String {
    let entry = |(key, inner): (&String, &Pattern)| {
        format!("{}:{}", Value::from(key.as_str()), pattern(inner, names))
    };
    entries.iter().map(entry).collect::<Vec<_>>().join(",")
}

fn list(items: &[Pattern], names: &Names) -> String {
    items.iter().map(|item| pattern(item, names)).collect::<Vec<_>>().join(",")
}

/// Arguments side by side.
pub(super) fn patterns(items: &[Pattern], names: &Names) -> String {
    if items.is_empty() {
        return "(no arguments)".to_owned();
    }
    items.iter().map(|item| pattern(item, names)).collect::<Vec<_>>().join(" ")
}

/// `receiveMessage {"text":"hi"}`.
pub(super) fn event_pattern(event: &EventPattern, names: &Names) -> String {
    let name = names.render(&event.name);
    match event.args.as_deref() {
        None => name,
        Some([]) => format!("{name} (no arguments)"),
        Some(args) => format!("{name} {}", patterns(args, names)),
    }
}

/// A frame pattern with its names filled in.
pub(super) fn frame_pattern(frame: &FramePattern, names: &Names) -> String {
    format!("{}{}", names.render(&frame.frame), if frame.open_end { "…" } else { "" })
}

/// `receiveMessage {"text":"hi"}`.
pub(super) fn event(name: &str, args: &[Value]) -> String {
    if args.is_empty() { format!("{name} (no arguments)") } else { format!("{name} {}", values(args)) }
}

/// Values side by side.
pub(super) fn values(values: &[Value]) -> String {
    if values.is_empty() {
        return "(no arguments)".to_owned();
    }
    values.iter().map(value).collect::<Vec<_>>().join(" ")
}

/// A value as JSON, with what is too long to be read cut: texts, lists, bytes.
fn value(value: &Value) -> String {
    match value {
        Value::String(text) => match text.char_indices().nth(TEXT) {
            Some((end, _)) => {
                let begins = Value::from(&text[..end]).to_string();
                format!(
                    "{}…\" ({} characters)",
                    begins.strip_suffix('"').unwrap_or(&begins),
                    text.chars().count()
                )
            }
            None => value.to_string(),
        },
        Value::Array(items) if items.len() > ITEMS && items.iter().all(is_number) => {
            let begins: Vec<String> = items.iter().take(BEGIN).map(Value::to_string).collect();
            format!("[{},…] ({} numbers)", begins.join(","), items.len())
        }
        Value::Array(items) if items.len() > MANY => {
            let begins: Vec<String> = items.iter().take(BEGIN).map(self::value).collect();
            format!("[{},…] ({} items)", begins.join(","), items.len())
        }
        Value::Array(items) => format!("[{}]", items.iter().map(self::value).collect::<Vec<_>>().join(",")),
        Value::Object(entries) => {
            let entry = |(key, item): (&String, &Value)| {
                format!("{}:{}", Value::from(key.as_str()), self::value(item))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
        // Two pictures of one size are told apart by how they begin.
        Value::Bytes(bytes) if !bytes.is_empty() => {
            let begins: Vec<String> = bytes.iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect();
            let more = if bytes.len() > BYTES { " …" } else { "" };
            format!("<{} bytes: {}{more}>", bytes.len(), begins.join(" "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Bytes(_) => value.to_string(),
    }
}

const fn is_number(value: &Value) -> bool {
    matches!(value, Value::Number(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_anything_is_told_by_its_first_items() {
        let messages = |count| Value::Array(vec![Value::from("hi"); count]);
        assert_eq!(value(&messages(2)), r#"["hi","hi"]"#);
        assert!(value(&messages(100)).ends_with(r#""hi"]"#));
        assert!(value(&messages(10_000)).ends_with(r#""hi",…] (10000 items)"#));
    }
}
