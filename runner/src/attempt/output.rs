//! What a program prints: read at full speed, kept within bounds, sent on line by line.
//!
//! A program may print a gigabyte, or a line without an end; neither may cost memory or slow the check.
//! Next: [`super::process`].

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use grader::scenario::play::drive::{Observation, ProgramEnd};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    sync::mpsc,
};

/// The longest line that is kept, in bytes; the rest of a longer one is dropped.
const LINE: usize = 2_000;
/// How much of the end of standard error is kept as a program's last words, in bytes.
const LAST_WORDS: usize = 8_000;
/// As much as a pipe holds: fewer, larger reads drain it fastest.
const CHUNK: usize = 64 * 1024;
/// Said once, in place of everything that came after the limit.
const DROPPED: &str = "… (it printed more; the rest is not kept)";

/// Whoever hears a program: one listener for each scenario that it serves.
#[derive(Default)]
pub(super) struct Audience(Mutex<Vec<Ear>>);

type Ear = (mpsc::UnboundedSender<Observation>, Arc<Mutex<Kept>>);

/// What one scenario has heard so far.
#[derive(Debug)]
pub(super) struct Kept {
    lines: Vec<String>,
    room: usize,
    full: bool,
}

/// One scenario's ear.
pub(super) struct Listener {
    /// `Printed` for each line, then `Ended`.
    pub(super) observations: mpsc::UnboundedReceiver<Observation>,
    /// The same lines.
    pub(super) kept: Arc<Mutex<Kept>>,
    /// For what else the scenario is to hear.
    pub(super) tell: mpsc::UnboundedSender<Observation>,
}

impl Kept {
    /// Takes what was kept.
    pub(super) fn lines(kept: &Mutex<Self>) -> Vec<String> {
        kept.lock().unwrap_or_else(PoisonError::into_inner).lines.clone()
    }

    /// Keeps the line; answers what to send on, if anything.
    fn add(&mut self, line: &str) -> Option<String> {
        if self.full {
            return None;
        }
        // An empty line costs one byte, so a flood of them ends as well.
        let line = if let Some(left) = self.room.checked_sub(line.len() + 1) {
            self.room = left;
            line
        } else {
            self.full = true;
            DROPPED
        };
        self.lines.push(line.to_owned());
        Some(line.to_owned())
    }
}

impl Audience {
    /// Adds a listener for which at most `room` bytes are kept.
    pub(super) fn join(&self, room: usize) -> Listener {
        let (sender, observations) = mpsc::unbounded_channel();
        let kept = Arc::new(Mutex::new(Kept { lines: Vec::new(), room, full: false }));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((sender.clone(), Arc::clone(&kept)));
        Listener { observations, kept, tell: sender }
    }

    /// Tells everyone how the program ended.
    pub(super) fn ended(&self, end: &ProgramEnd) {
        for (sender, _) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            sender.send(Observation::Ended(end.clone())).ok();
        }
    }

    fn printed(&self, line: &str) {
        for (sender, kept) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            if let Some(line) = kept.lock().unwrap_or_else(PoisonError::into_inner).add(line) {
                sender.send(Observation::Printed(line)).ok();
            }
        }
    }

    /// Whether anyone has room for more, and is still there.
    fn listens(&self) -> bool {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|(sender, _)| !sender.is_closed());
        listeners.iter().any(|(_, kept)| !kept.lock().unwrap_or_else(PoisonError::into_inner).full)
    }
}

/// Reads a stream to its end; answers the last lines of it.
pub(super) async fn drain(mut stream: impl AsyncRead + Unpin, audience: Arc<Audience>) -> Vec<String> {
    let mut chunk = vec![0; CHUNK];
    let mut tail = Tail::default();
    let mut lines = Lines::default();
    while let Ok(length @ 1..) = stream.read(&mut chunk).await {
        let bytes = chunk.get(..length).unwrap_or_default();
        tail.add(bytes);
        if audience.listens() {
            lines.split(bytes, |line| audience.printed(line));
        } else {
            lines = Lines::default();
        }
    }
    lines.finish(|line| audience.printed(line));
    tail.lines()
}

/// Cuts bytes into lines.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn split(&mut self, bytes: &[u8], mut each: impl FnMut(&str)) {
        let mut parts = bytes.split(|&byte| byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            let room = (LINE + 1).saturating_sub(self.0.len()).min(part.len());
            self.0.extend_from_slice(part.get(..room).unwrap_or_default());
            if parts.peek().is_some() {
                each(&line(&self.0));
                self.0.clear();
            }
        }
    }

    fn finish(self, mut each: impl FnMut(&str)) {
        if !self.0.is_empty() {
            each(&line(&self.0));
        }
    }
}

/// The end of a stream.
#[derive(Default)]
struct Tail(VecDeque<u8>);

impl Tail {
    fn add(&mut self, bytes: &[u8]) {
        let new = bytes.get(bytes.len().saturating_sub(LAST_WORDS)..).unwrap_or_default();
        let surplus = (self.0.len() + new.len()).saturating_sub(LAST_WORDS).min(self.0.len());
        self.0.drain(..surplus);
        self.0.extend(new);
    }

    fn lines(mut self) -> Vec<String> {
        let mut found = Vec::new();
        let mut lines = Lines::default();
        lines.split(self.0.make_contiguous(), |line| found.push(line.to_owned()));
        lines.finish(|line| found.push(line.to_owned()));
        found
    }
}

fn line(bytes: &[u8]) -> String {
    let kept = bytes.get(..LINE).unwrap_or(bytes);
    let mut text = without_query(String::from_utf8_lossy(kept).trim_end_matches('\r'));
    if bytes.len() > LINE {
        text.push('…');
    }
    text
}

/// The JavaScript host imports `main.js?scenario=7` to get a fresh module; a learner's file has no such name.
pub(super) fn without_query(text: &str) -> String {
    let mut parts = text.split("?scenario=");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[&[u8]], room: usize) -> (Vec<String>, Vec<String>) {
        let audience = Arc::new(Audience::default());
        let listener = audience.join(room);
        let whole = bytes.concat();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let tail = runtime.block_on(drain(whole.as_slice(), audience));
        (Kept::lines(&listener.kept), tail)
    }

    #[test]
    fn lines_are_cut_at_line_ends_of_both_kinds() {
        let (lines, tail) = heard(&[b"one\r\ntwo\n\nthr", b"ee"], 1_000);
        assert_eq!(lines, ["one", "two", "", "three"]);
        assert_eq!(tail, lines);
    }

    #[test]
    fn a_line_without_end_is_cut_and_the_next_one_is_whole() {
        let (lines, _) = heard(&[&vec![b'x'; 300_000], b"\nnext\n"], 10_000);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].chars().count(), LINE + 1);
        assert!(lines[0].ends_with('…'));
        assert_eq!(lines[1], "next");
    }

    #[test]
    fn a_flood_is_bounded_and_its_last_words_survive() {
        let (lines, tail) = heard(&[&vec![b'\n'; 1_000_000], b"the end\n"], 100);
        assert_eq!(lines.len(), 101);
        assert_eq!(lines.last().unwrap(), DROPPED);
        assert_eq!(tail.last().unwrap(), "the end");
        assert!(tail.len() <= LAST_WORDS);
    }

    #[test]
    fn names_of_fresh_modules_are_shown_as_the_learner_knows_them() {
        assert_eq!(without_query("at file:///a b/main.js?scenario=12:3:9"), "at file:///a b/main.js:3:9");
        assert_eq!(without_query("?scenario=x"), "x");
    }
}
