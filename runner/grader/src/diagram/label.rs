//! What one arrow says, in as many columns as there are.
//!
//! Next: [`super::shorten`], which makes values short.

use super::shorten::{self, Charset, Limits, clip, width};
use crate::value::Value;

/// A name and what goes with it: `sendMessage` and its arguments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Label {
    /// What is never left out: the event's name, `CONNECT`, a printed line.
    pub head: String,
    /// What may be shortened: the arguments.
    pub args: Vec<Value>,
}

/// From generous to terse. The first that fits is taken, so that equal payloads always look alike.
const LADDER: &[Limits] = &[
    Limits { text: 120, depth: 6, items: 24, quoted: false, brief: false },
    Limits { text: 40, depth: 4, items: 8, quoted: false, brief: false },
    Limits { text: 24, depth: 3, items: 6, quoted: false, brief: false },
    Limits { text: 16, depth: 2, items: 4, quoted: false, brief: false },
    Limits { text: 8, depth: 1, items: 4, quoted: false, brief: false },
    Limits { text: 12, depth: 1, items: 3, quoted: false, brief: true },
    Limits { text: 8, depth: 1, items: 2, quoted: false, brief: true },
    Limits { text: 8, depth: 1, items: 1, quoted: false, brief: true },
];

/// What a sentence shows of a payload.
const IN_WORDS: Limits = Limits { text: 60, depth: 4, items: 8, quoted: false, brief: false };

impl Label {
    /// A label without arguments.
    pub fn new(head: impl Into<String>) -> Self {
        Self { head: head.into(), args: Vec::new() }
    }

    /// The label in at most `budget` columns, with ` ×n` when several packets are one arrow.
    pub fn fit(&self, times: usize, budget: usize, charset: Charset) -> String {
        let count = if times > 1 { format!(" {}{times}", charset.times()) } else { String::new() };
        let head = shorten::clean(&self.head, charset);
        let room = budget.saturating_sub(width(&head) + width(&count) + 1);
        if !self.args.is_empty() {
            for limits in LADDER {
                let args = self.args(*limits, charset);
                if width(&args) <= room && (!limits.brief || args.chars().any(char::is_alphanumeric)) {
                    return format!("{head} {args}{count}");
                }
            }
        }
        if width(&head) + width(&count) <= budget {
            return head + &count;
        }
        match budget.checked_sub(width(&count)) {
            Some(room) if room > 3 => clip(&head, room, charset) + &count,
            _ => clip(&head, budget, charset),
        }
    }

    /// The columns that the label takes when nothing but long payloads is shortened.
    pub fn natural_width(&self, times: usize, charset: Charset) -> usize {
        width(&self.fit(times, 48, charset))
    }

    /// The columns below which even the name is cut.
    pub fn least_width(&self, times: usize, charset: Charset) -> usize {
        let count = if times > 1 { 1 + width(charset.times()) + times.to_string().len() } else { 0 };
        width(&shorten::clean(&self.head, charset)) + count
    }

    /// The arguments as words in a sentence, or nothing.
    pub fn args_in_words(&self) -> Option<String> {
        (!self.args.is_empty()).then(|| self.args(IN_WORDS, Charset::Unicode))
    }

    fn args(&self, limits: Limits, charset: Charset) -> String {
        let shown: Vec<_> = self
            .args
            .iter()
            .take(limits.items.max(2))
            .map(|value| shorten::value(value, limits, charset))
            .chain((self.args.len() > limits.items.max(2)).then(|| charset.ellipsis().to_owned()))
            .collect();
        shown.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label() -> Label {
        let args: Value = serde_json::from_str(r#"[{"roomId":"room-k3x9","text":"hello"}]"#).expect("json");
        Label { head: "sendMessage".to_owned(), args: args.as_array().expect("a list").to_vec() }
    }

    #[test]
    fn less_room_shows_less() {
        let label = label();
        let shown: Vec<_> =
            [60, 44, 20, 12, 6].map(|budget| label.fit(1, budget, Charset::Unicode)).into_iter().collect();
        assert_eq!(
            shown,
            [
                r#"sendMessage {roomId:"room-k3x9",text:"hello"}"#,
                r#"sendMessage {text:"hello",…}"#,
                "sendMessage",
                "sendMessage",
                "sendM…",
            ]
        );
    }

    #[test]
    fn the_count_survives_shortening() {
        assert_eq!(label().fit(20, 18, Charset::Unicode), "sendMessage ×20");
        assert_eq!(label().fit(20, 12, Charset::Ascii), "sendM... x20");
    }
}
