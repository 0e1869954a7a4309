//! What is told while somebody plays by hand: packets that pass, what clients heard, who is there.
//!
//! Everything is text, because on a terminal it has to go through the line editor. Next: [`super::rows`].

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Escape};
use grader::{
    diagram::{
        Charset,
        shorten::{Limits, clean, value, width},
    },
    transcript::Direction,
    value::Value,
};

use super::{rows::rows, style::Style};

/// What a sentence shows of a payload.
const PAYLOAD: Limits = Limits { text: 400, depth: 8, items: 60, quoted: false, brief: false };

/// A packet that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Which way.
    pub direction: Direction,
    /// As it was on the wire, together with its attachments.
    pub frame: String,
    /// What it means.
    pub words: String,
    /// Whether it is a heartbeat: those are never told.
    pub heartbeat: bool,
}

/// A client, as `who` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Its name.
    pub name: String,
    /// The namespaces that it is in.
    pub inside: Vec<String>,
    /// How its connection ended, if it did.
    pub ended: Option<String>,
    /// Events that nobody has heard yet.
    pub unread: usize,
}

/// Makes the texts.
#[derive(Debug, Clone, Copy)]
pub struct HandLog {
    style: Style,
}

impl HandLog {
    /// In this style.
    pub const fn new(style: Style) -> Self {
        Self { style }
    }

    /// A packet with its explanation.
    pub fn packet(&self, name: &str, passed: &Passed) -> String {
        let lead = self.lead(name, Some(passed.direction));
        let words = &passed.words;
        let indent = 8.max(width(name) + 2) + 3;
        if self.style.plain {
            return format!(
                "{lead}{}. {}\n",
                clean(words, self.style.charset()),
                clean(&passed.frame, self.style.charset())
            );
        }
        lead + &rows(self.style, indent, Some(&passed.frame), words)
    }

    /// An event or an answer, where frames are not shown.
    pub fn said(&self, name: &str, direction: Direction, what: &str, args: &[Value]) -> String {
        format!("{}{}\n", self.lead(name, Some(direction)), self.payload(what, args))
    }

    /// What somebody hears, who asks for it.
    pub fn heard(&self, name: &str, namespace: &str, event: &str, args: &[Value]) -> String {
        let place = if namespace == "/" { String::new() } else { format!(" in {namespace}") };
        format!("{name} hears {}{place}\n", self.payload(event, args))
    }

    /// Nothing came.
    pub fn heard_nothing(&self, name: &str) -> String {
        format!("{name} hears nothing\n")
    }

    /// A line of the program's output.
    pub fn printed(&self, line: &str) -> String {
        let faint = self.ink(Escape::new().dimmed());
        format!("{faint}  your server prints{faint:#} {}\n", clean(line, self.style.charset()))
    }

    /// Something worth knowing.
    pub fn note(&self, text: &str) -> String {
        format!("{text}\n")
    }

    /// Something that is not as it should be.
    pub fn wrong(&self, text: &str) -> String {
        let red = self.ink(AnsiColor::Red.on_default().bold());
        format!("{red}!{red:#} {text}\n")
    }

    /// Who is there.
    pub fn present(&self, all: &[Present]) -> String {
        if all.is_empty() {
            return "nobody is connected; `asha connect` begins\n".to_owned();
        }
        let widest = all.iter().map(|one| width(&one.name)).max().unwrap_or(0);
        let mut out = String::new();
        for Present { name, inside, ended, unread } in all {
            let state = match ended {
                Some(how) => format!("is gone: {}", clean(how, self.style.charset())),
                None if inside.is_empty() => "is connected, and in no namespace".to_owned(),
                None => format!("is in {}", inside.join(", ")),
            };
            let unread = match unread {
                0 => String::new(),
                1 => "; 1 event is not heard yet".to_owned(),
                many => format!("; {many} events are not heard yet"),
            };
            // Writing to a string cannot fail.
            writeln!(out, "{name:widest$}  {state}{unread}").ok();
        }
        out
    }

    fn payload(&self, what: &str, args: &[Value]) -> String {
        let charset = self.style.charset();
        let args: Vec<String> = args.iter().map(|arg| value(arg, PAYLOAD, charset)).collect();
        format!("{} {}", clean(what, charset), args.join(", ")).trim_end().to_owned()
    }

    fn lead(&self, name: &str, direction: Option<Direction>) -> String {
        let ascii = self.style.charset() == Charset::Ascii;
        let (sign, word, colour) = match direction {
            Some(Direction::ToProgram) => (if ascii { ">" } else { "→" }, "sends", AnsiColor::Cyan),
            _ => (if ascii { "<" } else { "←" }, "gets", AnsiColor::Green),
        };
        if self.style.plain {
            return format!("{name} {word}: ");
        }
        let colour = self.ink(colour.on_default());
        format!("{name:>8} {colour}{sign}{colour:#} ")
    }

    fn ink(&self, escape: Escape) -> Escape {
        if self.style.colour { escape } else { Escape::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_is_told_in_columns_or_in_words() {
        let passed = Passed {
            direction: Direction::ToProgram,
            frame: "420[\"joinRoom\",{\"roomId\":\"physics\"}]".to_owned(),
            words: "event \"joinRoom\" with 1 argument; the sender wants an answer to number 0".to_owned(),
            heartbeat: false,
        };
        let style = Style { width: 60, ..Style::default() };
        snapbox::assert_data_eq!(
            HandLog::new(style).packet("asha", &passed),
            snapbox::str![[r#"
    asha → 420["joinRoom",{"roomId":"physics"}]
           event "joinRoom" with 1 argument; the sender
           wants an answer to number 0

"#]]
        );
        assert_eq!(
            HandLog::new(style.plain()).packet("asha", &passed),
            "asha sends: event \"joinRoom\" with 1 argument; the sender wants an answer to number 0. \
             420[\"joinRoom\",{\"roomId\":\"physics\"}]\n"
        );
    }

    #[test]
    fn who_is_there_is_told() {
        let one = |name: &str, inside: &[&str], ended: Option<&str>, unread| Present {
            name: name.to_owned(),
            inside: inside.iter().map(|one| (*one).to_owned()).collect(),
            ended: ended.map(str::to_owned),
            unread,
        };
        let log = HandLog::new(Style::default());
        assert_eq!(log.present(&[]), "nobody is connected; `asha connect` begins\n");
        assert_eq!(
            log.present(&[one("asha", &["/", "/chat"], None, 2), one("ravi 2", &[], Some("cut by us"), 0)]),
            "asha    is in /, /chat; 2 events are not heard yet\nravi 2  is gone: cut by us\n"
        );
    }
}
