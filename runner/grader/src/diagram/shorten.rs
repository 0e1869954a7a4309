//! Text made harmless and short: control characters, widths, `…`.
//!
//! What a learner's program sends or prints ends up in terminals and pages; it must not be able to move a cursor,
//! and it must fit. The same value is always shortened in the same way. Next: [`super::gather`].

use unicode_width::UnicodeWidthStr;

use crate::value::Value;

/// Which characters may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// All of them.
    #[default]
    Unicode,
    /// ASCII alone; other characters of a payload are written `\u{e9}`.
    Ascii,
}

impl Charset {
    /// The sign for what was left out.
    pub const fn ellipsis(self) -> &'static str {
        match self {
            Self::Unicode => "…",
            Self::Ascii => "...",
        }
    }

    /// The sign before a count.
    pub const fn times(self) -> &'static str {
        match self {
            Self::Unicode => "×",
            Self::Ascii => "x",
        }
    }
}

/// How many terminal columns a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text without anything that steers a terminal or turns the reading direction.
pub fn clean(text: &str, charset: Charset) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Our own signs.
            '…' if charset == Charset::Ascii => out.push_str(charset.ellipsis()),
            '→' if charset == Charset::Ascii => out.push_str("->"),
            _ if steers(symbol) || (charset == Charset::Ascii && !symbol.is_ascii()) => {
                out.extend(symbol.escape_unicode());
            }
            _ => out.push(symbol),
        }
    }
    out
}

/// Control characters, and the invisible ones of Unicode that reorder or join their neighbours.
fn steers(symbol: char) -> bool {
    symbol.is_control()
        || matches!(symbol,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// At most `budget` columns of a text, ending in `…` when something was left out.
pub fn clip(text: &str, budget: usize, charset: Charset) -> String {
    if width(text) <= budget {
        return text.to_owned();
    }
    let ellipsis = charset.ellipsis();
    let Some(room) = budget.checked_sub(width(ellipsis)) else {
        return ".".repeat(budget);
    };
    let kept = prefix(text, room).trim_end().trim_end_matches(ellipsis);
    format!("{kept}{ellipsis}")
}

/// The longest beginning of a text that takes at most `room` columns.
pub fn prefix(text: &str, room: usize) -> &str {
    // Marks that take no column of their own could go on for ever.
    let longest = room.saturating_mul(4).saturating_add(64);
    let mut end = 0;
    for (start, symbol) in text.char_indices().take(longest) {
        let next = start + symbol.len_utf8();
        if width(&text[..next]) > room {
            break;
        }
        end = next;
    }
    &text[..end]
}

/// How much of a value is written.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Characters of a string.
    pub text: usize,
    /// Levels of lists and objects that are opened; deeper ones become `{…}`.
    pub depth: usize,
    /// Items of a list or an object.
    pub items: usize,
    /// Leave out what would be cut, and show what is short: `{text:"hi",…}`.
    pub brief: bool,
    /// Whether keys are always quoted, as on the wire.
    pub quoted: bool,
}

/// A value as a learner would write it in code: `{text:"hi"}`.
pub fn value(value: &Value, limits: Limits, charset: Charset) -> String {
    let mut out = String::new();
    write(value, limits, charset, &mut out);
    out
}

fn write(value: &Value, limits: Limits, charset: Charset, out: &mut String) {
    let inner = Limits { depth: limits.depth.saturating_sub(1), ..limits };
    match value {
        Value::String(text) => out.push_str(&quoted(text, limits.text, charset)),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| (None, item)).collect();
            write_items(&items, ("[", "]"), (limits, inner), charset, out);
        }
        Value::Object(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, item)| (Some(key.as_str()), item)).collect();
            write_items(&entries, ("{", "}"), (limits, inner), charset, out);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Bytes(_) => out.push_str(&value.to_string()),
    }
}

fn write_items(
    items: &[(Option<&str>, &Value)],
    (open, close): (&str, &str),
    (limits, inner): (Limits, Limits),
    charset: Charset,
    out: &mut String,
) {
    let most = if limits.depth == 0 { 0 } else { limits.items };
    let shown: Vec<_> =
        items.iter().filter(|(_, item)| !limits.brief || is_short(item, limits.text)).take(most).collect();
    out.push_str(open);
    for (index, (key, item)) in shown.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if let Some(key) = key {
            out.push_str(&if limits.quoted || !is_name(key) {
                quoted(key, limits.text, charset)
            } else {
                clip(key, limits.text.max(12), charset)
            });
            out.push(':');
        }
        write(item, inner, charset, out);
    }
    if items.len() > shown.len() {
        if !shown.is_empty() {
            out.push(',');
        }
        out.push_str(charset.ellipsis());
    }
    out.push_str(close);
}

fn is_short(value: &Value, text: usize) -> bool {
    match value {
        Value::String(string) => string.chars().nth(text).is_none(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Bytes(_) => true,
    }
}

fn quoted(text: &str, limit: usize, charset: Charset) -> String {
    let cut = text.char_indices().nth(limit.saturating_add(1)).map_or(text, |_| {
        let end = text.char_indices().nth(limit).map_or(text.len(), |(end, _)| end);
        &text[..end]
    });
    let json = serde_json::Value::from(cut).to_string();
    if cut.len() == text.len() {
        return clean(&json, charset);
    }
    // Only the last quote is ours; one before it may be the text's.
    format!("{}{}\"", clean(json.strip_suffix('"').unwrap_or(&json), charset), charset.ellipsis())
}

/// Whether a key needs no quotes in JavaScript.
fn is_name(key: &str) -> bool {
    let mut symbols = key.chars();
    symbols.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_' || first == '$')
        && symbols.all(|symbol| symbol.is_ascii_alphanumeric() || symbol == '_' || symbol == '$')
}

/// The columns that a frame is given at most.
pub const WIDEST_FRAME: usize = 36;

/// A frame with its objects folded, in at most `budget` columns: `42["sendMessage",{…}]`.
pub fn frame(text: &str, budget: usize, charset: Charset) -> String {
    let budget = budget.min(WIDEST_FRAME);
    let folded = text.find(['[', '{', '"']).and_then(|start| {
        let (head, json) = text.split_at(start);
        let value: Value = serde_json::from_str(json).ok()?;
        let depth = usize::from(matches!(value, Value::Array(_)));
        let fold = |items| Limits { text: 20, depth, items, quoted: true, brief: false };
        let head = clean(head, charset);
        (1..=3)
            .rev()
            .map(|items| head.clone() + &self::value(&value, fold(items), charset))
            .find(|folded| width(folded) <= budget)
            .or_else(|| Some(head.clone() + &self::value(&value, fold(1), charset)))
    });
    clip(&folded.unwrap_or_else(|| clean(prefix_chars(text, 4 * WIDEST_FRAME), charset)), budget, charset)
}

fn prefix_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        serde_json::from_str(text).expect("json")
    }

    #[test]
    fn a_terminal_cannot_be_steered() {
        assert_eq!(clean("a\u{1b}[31mb\r\n", Charset::Unicode), "a\\u{1b}[31mb\\r\\n");
        assert_eq!(clean("safe\u{202e}txt", Charset::Unicode), "safe\\u{202e}txt");
        assert_eq!(clean("né", Charset::Ascii), "n\\u{e9}");
    }

    #[test]
    fn clipping_counts_columns() {
        assert_eq!(clip("你好吗", 5, Charset::Unicode), "你好…");
        assert_eq!(clip("hello there", 8, Charset::Ascii), "hello...");
        assert_eq!(clip("hello", 2, Charset::Ascii), "..");
    }

    #[test]
    fn values_fold_by_depth_items_and_length() {
        let limits = Limits { text: 4, depth: 1, items: 2, quoted: false, brief: false };
        let shown = value(&json(r#"{"room id":"abcdefgh","b":{"c":1},"d":1}"#), limits, Charset::Unicode);
        assert_eq!(shown, r#"{"room…":"abcd…",b:{…},…}"#);
        assert_eq!(value(&json(r#"["abcde"]"#), limits, Charset::Unicode), r#"["abcde"]"#);
    }

    #[test]
    fn a_quote_at_the_cut_stays_the_texts_own() {
        let limits = Limits { text: 4, depth: 1, items: 2, quoted: false, brief: false };
        let text = Value::from("say\"hello");
        assert_eq!(value(&text, limits, Charset::Unicode), r#""say\"…""#);
    }

    #[test]
    fn marks_without_a_column_of_their_own_are_cut_too() {
        let text = "\u{301}".repeat(200_000) + &"x".repeat(200);
        assert!(clip(&text, 36, Charset::Unicode).len() < 1_000);
    }

    #[test]
    fn frames_keep_their_digits_and_names() {
        assert_eq!(
            frame(r#"42/staff,7["note",{"text":"hi"}]"#, 36, Charset::Unicode),
            r#"42/staff,7["note",{…}]"#
        );
        assert_eq!(frame(r#"40{"sid":"x"}"#, 36, Charset::Unicode), "40{…}");
        assert_eq!(frame("42[\"half", 36, Charset::Unicode), "42[\"half");
        assert_eq!(frame(r#"42["note",{"text":"hi"}]"#, 12, Charset::Unicode), r#"42["note",…]"#);
    }

    #[test]
    fn brief_values_keep_what_is_short() {
        let limits = Limits { text: 4, depth: 1, items: 2, quoted: false, brief: true };
        let shown = value(&json(r#"{"roomId":"room-k3x9","text":"hi"}"#), limits, Charset::Unicode);
        assert_eq!(shown, r#"{text:"hi",…}"#);
    }
}
