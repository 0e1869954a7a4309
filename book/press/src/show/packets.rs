//! The packets that a picture shows: of which run, of which actors, and in how much detail.

use std::sync::Arc;

use grader::{
    diagram::{Detail, Diagram},
    scenario::model::Role,
};

use super::{Page, ask::Picture};
use crate::{
    manuscript::directive::{Wrong, suggestion},
    recording::{
        self, Program, Recording,
        model::{Entry, Run},
    },
};

/// The program's own column in a transcript.
const OUTPUT: &str = "learner";

/// A run, ready to be shown.
pub(super) struct Packets {
    /// The recording that it is of.
    pub(super) recording: Arc<Recording>,
    /// The run, with the actors that are asked for.
    pub(super) run: Run,
    /// How much of it.
    pub(super) detail: Detail,
}

impl Page<'_> {
    /// The packets of a picture.
    pub(super) fn packets(&self, picture: &Picture, column: u32) -> Result<Packets, Wrong> {
        let recording = self.recording(&picture.program, column)?;
        let wrong = |message: String| Wrong::at(column, message);
        let played = match &picture.scenario {
            Some(id) => recording.scenario(id),
            None => {
                recording.scenarios.iter().find(|played| played.runs.iter().any(|run| run.failed.is_some()))
            }
        };
        let again = || format!("; run `cargo run -p press -- record {}`", picture.program.lesson());
        let played = played.ok_or_else(|| {
            let scenario = picture.scenario.as_deref().unwrap_or("its cause");
            wrong(format!("`{scenario}` of `{}` was not recorded{}", picture.program, again()))
        })?;
        let run = played.run(picture.track).ok_or_else(|| {
            let track = picture.track.map_or("any language", |track| track.as_str());
            wrong(format!("`{}` of `{}` has no recording in {track}", played.id, picture.program))
        })?;
        let mut run = run.clone();
        if !picture.actors.is_empty() {
            if let Some(unknown) = picture.actors.iter().find(|actor| !run.actors.contains(actor)) {
                let names: Vec<&str> = run.actors.iter().map(String::as_str).collect();
                let near = suggestion(unknown, &names);
                return Err(wrong(format!("nobody is called `{unknown}` in `{}`{near}", played.id)));
            }
            let is_asked = |actor: &String| actor == OUTPUT || picture.actors.contains(actor);
            run.actors.retain(is_asked);
            run.entries.retain(|entry| is_asked(&entry.actor));
        }
        let detail = if picture.whole { Detail::Housekeeping } else { Detail::Story };
        Ok(Packets { recording, run, detail })
    }

    /// The recording of a program. Whether it is older than the program is for `check` to say, and `publish` asks that.
    pub(super) fn recording(&self, program: &Program, column: u32) -> Result<Arc<Recording>, Wrong> {
        self.material.recording(program).map_err(|lacks| Wrong::at(column, format!("`{program}`: {lacks}")))
    }
}

impl Packets {
    /// The entries to show, in order. Of a packet with attachments all its parts are shown.
    pub(super) fn entries(&self) -> Vec<&Entry> {
        let transcript = recording::transcript(&self.run);
        let told = Diagram::told(&transcript, self.detail);
        let mut shown: Vec<usize> = Vec::new();
        for index in told {
            shown.extend(parts_before(&self.run.entries, index));
            shown.push(index);
        }
        shown.sort_unstable();
        shown.dedup();
        shown.into_iter().filter_map(|index| self.run.entries.get(index)).collect()
    }

    /// The diagram of it.
    pub(super) fn diagram(&self, program: &Program) -> Diagram {
        let transcript = recording::transcript(&self.run);
        let side = match self.recording.role {
            Role::Client | Role::Frames => "client",
            Role::Page => "page",
            Role::Server | Role::Tests => "server",
        };
        let name = match program {
            Program::Demo(_) => side.to_owned(),
            Program::Answer { .. } => format!("your {side}"),
        };
        Diagram::in_detail(&transcript, &name, self.detail)
    }

    /// Whether the program is a client: then its actor is our server.
    pub(super) fn is_client(&self) -> bool {
        matches!(self.recording.role, Role::Client | Role::Page | Role::Frames)
    }
}

/// The earlier parts of the packet that is complete at an entry: its header and the attachments before.
fn parts_before(entries: &[Entry], index: usize) -> Vec<usize> {
    use crate::recording::model::What;
    let line = |entry: &Entry| match &entry.what {
        What::Packet { way, bytes, .. } => Some((entry.actor.clone(), *way, bytes.is_some())),
        _ => None,
    };
    let Some((actor, way, true)) = entries.get(index).and_then(line) else { return Vec::new() };
    let mut parts = Vec::new();
    for (at, entry) in entries.iter().enumerate().take(index).rev() {
        match line(entry) {
            Some((who, which, binary)) if who == actor && which == way => {
                parts.push(at);
                if !binary {
                    break;
                }
            }
            _ => {}
        }
    }
    parts
}
