//! What passes through `wire`, as it passes: for people on a terminal, and one line each for pipes and `--plain`.
//!
//! ```text
//!    0.412     1 → 42/chat,0["joinRoom",{"roomId":"physics"}]
//!                  event "joinRoom" with 1 argument, in /chat; the sender wants an answer to number 0
//! ```
//!
//! Next: [`super::style`].

use std::{
    io::{self, Write},
    time::Duration,
};

use anstyle::{AnsiColor, Style as Escape};
use grader::{
    diagram::{
        Charset,
        shorten::{clean, clip},
    },
    transcript::Direction,
};

use super::{
    rows::{LONGEST, head, rows},
    style::Style,
};
use crate::wire::{
    entry::{Carrier, Entry, Rank},
    line,
};

/// Where the frames begin.
const INDENT: usize = 18;

/// How entries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For a person at a terminal.
    Screen,
    /// A line each, in words.
    Lines,
    /// A line each, of JSON.
    Json,
}

/// Writes what passes.
pub struct WireLog<'w> {
    out: &'w mut dyn Write,
    style: Style,
    form: Form,
}

impl<'w> WireLog<'w> {
    /// A log to `out`.
    pub fn new(out: &'w mut dyn Write, style: Style, form: Form) -> Self {
        Self { out, style, form }
    }

    /// Says where to connect.
    pub fn opened(&mut self, url: &str, target: &str, masked: bool) -> io::Result<()> {
        if self.form == Form::Json {
            let line = serde_json::json!({ "listens": url, "target": target });
            writeln!(self.out, "{line}")?;
            return self.out.flush();
        }
        let strong = self.ink(Escape::new().bold());
        writeln!(self.out, "connect to {strong}{url}{strong:#} instead of {target}")?;
        let secrets =
            if masked { "credentials are masked, `--secrets` shows them" } else { "credentials are shown" };
        writeln!(self.out, "Ctrl-C ends it; {secrets}\n")?;
        self.out.flush()
    }

    /// Writes one entry.
    pub fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let text = match self.form {
            Form::Json => line::line(entry) + "\n",
            Form::Lines => self.sentence(entry),
            // The last attachment tells the whole packet.
            Form::Screen if entry.rank == Rank::Part => return Ok(()),
            Form::Screen => self.rows(entry),
        };
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Says what passed in all, and where it was written.
    pub fn ended(
        &mut self,
        clients: u32,
        packets: usize,
        took: Duration,
        files: &[String],
    ) -> io::Result<()> {
        if self.form == Form::Json {
            return Ok(());
        }
        let many = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let clients = many(usize::try_from(clients).unwrap_or(usize::MAX), "client");
        let packets = many(packets, "packet");
        writeln!(self.out, "\n{clients}, {packets} in {:.1} s", took.as_secs_f64())?;
        for file in files {
            writeln!(self.out, "wrote {file}")?;
        }
        self.out.flush()
    }

    fn charset(&self) -> Charset {
        self.style.charset()
    }

    fn ink(&self, escape: Escape) -> Escape {
        if self.style.colour { escape } else { Escape::new() }
    }

    fn rows(&self, entry: &Entry) -> String {
        let charset = self.charset();
        let (sign, colour) = match (entry.rank, entry.direction, charset) {
            (_, Some(Direction::ToProgram), Charset::Unicode) => ("→", AnsiColor::Cyan),
            (_, Some(Direction::ToProgram), Charset::Ascii) => (">", AnsiColor::Cyan),
            (_, Some(Direction::FromProgram), Charset::Unicode) => ("←", AnsiColor::Green),
            (_, Some(Direction::FromProgram), Charset::Ascii) => ("<", AnsiColor::Green),
            (_, None, Charset::Unicode) => ("·", AnsiColor::Yellow),
            (_, None, Charset::Ascii) => ("-", AnsiColor::Yellow),
        };
        let wrong = entry.rank == Rank::Problem;
        let colour = self.ink(if wrong { AnsiColor::Red.on_default().bold() } else { colour.on_default() });
        let who = entry.client.map_or_else(|| "http".to_owned(), |number| number.to_string());
        let mark = if wrong { "!" } else { " " };
        let mut out = format!("{:>9.3}{mark}{who:>5} {colour}{sign}{colour:#} ", entry.at.as_secs_f64());
        let frame = entry.joined.as_ref().or(entry.frame.as_ref()).filter(|frame| !frame.is_empty());
        out.push_str(&rows(self.style, INDENT, frame.map(String::as_str), &entry.words));
        out
    }

    fn sentence(&self, entry: &Entry) -> String {
        let charset = self.charset();
        let at = entry.at.as_secs_f64();
        let who = entry.actor();
        let way = match entry.direction {
            Some(Direction::ToProgram) => format!("{who} to server"),
            Some(Direction::FromProgram) => format!("server to {who}"),
            None => who,
        };
        let carrier = match entry.carrier {
            Some(Carrier::Polling) => ", polling",
            Some(Carrier::WebSocket) => ", websocket",
            None => "",
        };
        let words = clean(&entry.words, charset);
        let frame = entry.joined.as_ref().or(entry.frame.as_ref()).filter(|frame| !frame.is_empty());
        let frame = frame.map_or_else(String::new, |frame| {
            format!(" | {}", clip(&clean(head(frame), charset), LONGEST, charset))
        });
        format!("{at:.3} s, {way}{carrier}: {words}{frame}\n")
    }
}

#[cfg(test)]
mod tests {
    use grader::{diagram::shorten::width, transcript::What};

    use super::*;

    fn entry(frame: Option<&str>, words: &str, rank: Rank) -> Entry {
        Entry {
            at: Duration::from_millis(1_412),
            client: Some(12),
            carrier: Some(Carrier::WebSocket),
            direction: Some(Direction::ToProgram),
            what: What::Note(String::new()),
            frame: frame.map(str::to_owned),
            joined: None,
            words: words.to_owned(),
            namespace: None,
            event: None,
            rank,
        }
    }

    fn shown(form: Form, style: Style, entry: &Entry) -> String {
        let mut out = Vec::new();
        WireLog::new(&mut out, style, form).entry(entry).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn an_entry_fits_its_terminal() {
        let style = Style { width: 60, ..Style::default() };
        let long = format!("42[\"note\",\"{}\"]", "é".repeat(200));
        let entry = entry(
            Some(&long),
            "event \"note\" with 1 argument; the sender wants an answer to number 7",
            Rank::Packet,
        );
        let text = shown(Form::Screen, style, &entry);
        snapbox::assert_data_eq!(
            text.clone(),
            snapbox::str![[r#"
    1.412    12 → 42["note","ééééééééééééééééééééééééééééééé
                  éééééééééééééééééééééééééééééééééééééééééé
                  ééééééééééééééééééééééééééééééééééééééééé…
                  event "note" with 1 argument; the sender
                  wants an answer to number 7

"#]]
        );
        assert!(text.lines().all(|line| width(line) <= 60));
        assert!(!shown(Form::Screen, Style { unicode: false, ..style }, &entry).contains('é'));
    }

    #[test]
    fn a_terminal_cannot_be_steered_and_a_problem_is_marked() {
        let entry = entry(Some("\u{1b}[2J"), "what is no Engine.IO packet", Rank::Problem);
        let text = shown(Form::Screen, Style::default(), &entry);
        assert_eq!(text, "    1.412!   12 → \\u{1b}[2J\n                  what is no Engine.IO packet\n");
    }

    #[test]
    fn a_pipe_gets_a_line_each() {
        let entry = entry(Some("3"), "pong: I am here", Rank::Heartbeat);
        let text = shown(Form::Lines, Style::default(), &entry);
        assert_eq!(text, "1.412 s, client 12 to server, websocket: pong: I am here | 3\n");
        let json = shown(Form::Json, Style::default(), &entry);
        assert_eq!(
            json,
            "{\"at_ms\":1412,\"actor\":\"client 12\",\"direction\":\"to_program\",\"frame\":\"3\",\
             \"says\":\"pong: I am here\",\"transport\":\"websocket\",\"quiet\":true}\n"
        );
    }
}
