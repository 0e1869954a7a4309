//! Role `frames`: the learner's lines are what one side sends; no network is needed.
//!
//! The scenario's k-th `receive` takes the learner's k-th line. Lines with `<` come from the other side and are
//! given; `#` begins a comment line; `␞` stands for the record separator (U+001E) of a polling body.

use std::time::Duration;

use super::{acts::frames::frame_matches, names::Names};
use crate::{
    scenario::model::{Act, FramePattern, Place, Scenario, Step, StepKind},
    transcript::{Direction, Entry, Transcript, What},
    value::Value,
    verdict::{Kind, Mismatch},
    wire::{engine, socket::Decoder},
};

/// A line that the learner wrote: its number in the file, from 1, and the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) file_line: usize,
    pub(super) frame: String,
}

/// The learner's frames of a file.
pub(super) fn written(lines: &[String]) -> Vec<Written> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        // Some editors begin a file with a byte order mark.
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with('<') {
            continue;
        }
        let frame = line.strip_prefix('>').unwrap_or(line).trim_start();
        found.push(Written { file_line: index + 1, frame: frame.replace('␞', "\u{1e}") });
    }
    found
}

/// How many lines of the learner's a scenario reads.
pub(super) fn reads(scenario: &Scenario) -> usize {
    let receives = |step: &&Step| matches!(&step.kind, StepKind::Each { act: Act::Receive(_), .. });
    scenario.steps.iter().filter(receives).count()
}

/// Plays a scenario of role `frames` against the learner's lines. `to_the_end`: no line may be left over.
pub(super) fn play(
    scenario: &Scenario,
    (lines, to_the_end): (&[String], bool),
    names: &mut Names,
    transcript: &mut Transcript,
) -> Result<(), Box<Mismatch>> {
    let written = written(lines);
    let mut next = 0;
    transcript.actors.push("server".to_owned());
    for step in &scenario.steps {
        let StepKind::Each { act, .. } = &step.kind else { continue };
        match act {
            Act::Send(text) => note(transcript, Direction::ToProgram, &names.render(text)),
            Act::Receive(wanted) => {
                take(step, wanted, written.get(next), (next, lines.len()), names, transcript)?;
                next += 1;
            }
            _ => {}
        }
    }
    match written.get(next).filter(|_| to_the_end) {
        None => Ok(()),
        Some(extra) => {
            let place = scenario.steps.last().map(|step| step.place).unwrap_or_default();
            let base = mismatch(Kind::Unexpected, place, next + 1);
            Err(Box::new(Mismatch {
                expected: "no further frame".to_owned(),
                actual: shown(extra),
                saw: Some(Value::from(extra.frame.as_str())),
                ..base
            }))
        }
    }
}

fn take(
    step: &Step,
    wanted: &FramePattern,
    line: Option<&Written>,
    (index, file_lines): (usize, usize),
    names: &Names,
    transcript: &mut Transcript,
) -> Result<(), Box<Mismatch>> {
    let end = if wanted.open_end { "…" } else { "" };
    let expected = format!("{}{end}", names.render(&wanted.frame)).replace('\u{1e}', "␞");
    let Some(line) = line else {
        return Err(Box::new(Mismatch {
            expected,
            actual: format!("nothing: frames.txt ends at line {file_lines}"),
            ..mismatch(Kind::Missing, step.place, index + 1)
        }));
    };
    note(transcript, Direction::FromProgram, &line.frame);
    if frame_matches(wanted, &line.frame, names) {
        return Ok(());
    }
    if let Some(entry) = transcript.entries.last_mut() {
        entry.marked = true;
    }
    Err(Box::new(Mismatch {
        expected,
        actual: shown(line),
        saw: Some(Value::from(line.frame.as_str())),
        ..mismatch(Kind::Different, step.place, index + 1)
    }))
}

fn shown(line: &Written) -> String {
    format!("{}   (frames.txt:{})", line.frame.replace('\u{1e}', "␞"), line.file_line)
}

fn mismatch(kind: Kind, place: Place, line: usize) -> Mismatch {
    Mismatch {
        kind,
        subject: "frame".to_owned(),
        actor: None,
        at: None,
        saw: None,
        expected: String::new(),
        actual: String::new(),
        place,
        line: u32::try_from(line).ok(),
        also: Vec::new(),
    }
}

fn note(transcript: &mut Transcript, direction: Direction, frame: &str) {
    for part in frame.split('\u{1e}') {
        let what = match engine::Packet::from_text(part) {
            Ok(packet) => {
                let socket = match &packet {
                    engine::Packet::Message(text) => Decoder::default().text(text).ok().flatten(),
                    _ => None,
                };
                What::Packet { direction, packet, socket }
            }
            Err(error) => What::Note(format!("{part}: {error}")),
        };
        let actor = "server".to_owned();
        transcript.entries.push(Entry { at: Duration::ZERO, actor, what, quiet: false, marked: false });
    }
}
