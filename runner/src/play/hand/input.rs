//! Where lines come from: a terminal, with history and completion, or a pipe. Each on a thread of its own.
//! Next: [`super::session`].

use std::{
    borrow::Cow,
    collections::BTreeSet,
    io::{self, BufRead, IsTerminal},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use rustyline::{
    Config, Editor, ExternalPrinter, Helper, completion::Completer, error::ReadlineError,
    highlight::Highlighter, hint::Hinter, history::MemHistory, validate::Validator,
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::typed::{VERBS, WORDS};

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// A line.
    Line(String),
    /// Ctrl-D, or the end of the pipe.
    End,
    /// Ctrl-C.
    Interrupted,
}

/// What completion knows.
#[derive(Debug, Default)]
pub struct Known {
    /// Clients.
    pub names: BTreeSet<String>,
    /// Events.
    pub events: BTreeSet<String>,
}

/// The lines that somebody types.
pub(super) struct Input {
    lines: UnboundedReceiver<Heard>,
    ready: mpsc::Sender<()>,
    printer: Option<Box<dyn ExternalPrinter + Send>>,
    /// Set back at the end, if the thread is still editing then.
    terminal: Option<Termios>,
}

impl Drop for Input {
    fn drop(&mut self) {
        if let Some(before) = &self.terminal {
            // If this cannot be done, nothing better can.
            tcsetattr(io::stdin(), OptionalActions::Now, before).ok();
        }
    }
}

impl Input {
    /// Begins to listen. A terminal is edited on unless `plain`.
    pub(super) fn open(known: Arc<Mutex<Known>>, plain: bool) -> Self {
        let (told, lines) = unbounded_channel();
        let (ready, wanted) = mpsc::channel();
        let at_terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && !plain;
        let editor = at_terminal.then(|| editor(known)).flatten();
        let Some((mut editor, printer)) = editor else {
            thread::spawn(move || {
                let mut lines = io::stdin().lock().lines();
                while wanted.recv().is_ok() {
                    let heard = match lines.next() {
                        Some(Ok(line)) => Heard::Line(line),
                        // What is no text ends it like a pipe that is closed.
                        Some(Err(_)) | None => Heard::End,
                    };
                    let ends = heard == Heard::End;
                    if told.send(heard).is_err() || ends {
                        return;
                    }
                }
            });
            return Self { lines, ready, printer: None, terminal: None };
        };
        let terminal = tcgetattr(io::stdin()).ok();
        thread::spawn(move || {
            while wanted.recv().is_ok() {
                let heard = match editor.readline("> ") {
                    Ok(line) => {
                        // A history that is full forgets by itself.
                        editor.add_history_entry(line.as_str()).ok();
                        Heard::Line(line)
                    }
                    Err(ReadlineError::Interrupted) => Heard::Interrupted,
                    Err(_) => Heard::End,
                };
                let ends = heard == Heard::End;
                if told.send(heard).is_err() || ends {
                    return;
                }
            }
        });
        Self { lines, ready, printer: Some(printer), terminal }
    }

    /// The next line may be typed.
    pub(super) fn ready(&self) {
        // After the end nobody types any more.
        self.ready.send(()).ok();
    }

    /// What was typed; the end again and again after the end.
    pub(super) async fn next(&mut self) -> Heard {
        self.lines.recv().await.unwrap_or(Heard::End)
    }

    /// Whether a line is being edited, so that texts have to go through [`Self::print`].
    pub(super) const fn is_edited(&self) -> bool {
        self.printer.is_some()
    }

    /// Prints above the line that is being edited.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        match &mut self.printer {
            Some(printer) => printer.print(text.to_owned()).map_err(io::Error::other),
            None => Ok(()),
        }
    }
}

type Edited = Editor<Completion, MemHistory>;

fn editor(known: Arc<Mutex<Known>>) -> Option<(Edited, Box<dyn ExternalPrinter + Send>)> {
    let mut editor = Editor::with_history(Config::default(), MemHistory::new()).ok()?;
    editor.set_helper(Some(Completion(known)));
    let printer = editor.create_external_printer().ok()?;
    Some((editor, Box::new(printer)))
}

/// Completes names, verbs and events.
struct Completion(Arc<Mutex<Known>>);

impl Completer for Completion {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(complete(line.get(..at).unwrap_or(line), &known))
    }
}

/// Where the last word begins, and what it may become.
fn complete(line: &str, known: &Known) -> (usize, Vec<String>) {
    let start = line.rfind([' ', ',']).map_or(0, |space| space + 1);
    let (before, word) = line.split_at(start);
    let before: Vec<&str> = before.split([' ', ',', ':']).filter(|word| !word.is_empty()).collect();
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let candidates: Vec<String> = match before.last().copied() {
        None => known.names.iter().cloned().chain(strings(&WORDS)).collect(),
        Some("emit" | "reply") => known.events.iter().cloned().collect(),
        Some("frames") => strings(&["on", "off"]),
        Some("over") => strings(&["polling", "websocket", "upgrade"]),
        Some(_) if line[..start].trim_end().ends_with(',') => known.names.iter().cloned().collect(),
        Some(_) if before.contains(&"connect") => strings(&["auth", "over"]),
        Some(_) if !before.iter().any(|word| VERBS.contains(word) || WORDS.contains(word)) => strings(&VERBS),
        Some(_) => Vec::new(),
    };
    (start, candidates.into_iter().filter(|candidate| candidate.starts_with(word)).collect())
}

impl Hinter for Completion {
    type Hint = String;
}

impl Highlighter for Completion {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Borrowed(prompt)
    }
}

impl Validator for Completion {}
impl Helper for Completion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_verbs_and_events_are_completed() {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let known = Known { names: set(&["asha", "ravi"]), events: set(&["joinRoom", "joinTeam", "say"]) };
        for (line, start, words) in [
            ("", 0, ["asha", "ravi", "who", "frames", "save", "restart", "help", "quit"].as_slice()),
            ("a", 0, &["asha"]),
            ("asha c", 5, &["connect"]),
            ("asha, r", 6, &["ravi"]),
            ("asha emit jo", 10, &["joinRoom", "joinTeam"]),
            ("asha connect a", 13, &["auth"]),
            ("asha connect over p", 18, &["polling"]),
            ("frames o", 7, &["on", "off"]),
            ("asha emit joinRoom {ro", 19, &[]),
        ] {
            assert_eq!(
                complete(line, &known),
                (start, words.iter().map(|word| (*word).to_owned()).collect()),
                "{line}"
            );
        }
    }
}
