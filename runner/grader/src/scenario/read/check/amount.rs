//! How much a scenario does and says. Much of it waits for nothing, so the play itself cannot be asked to stop.
//! Next: [`super::silence`].

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::{
    scenario::{
        model::{Act, Cast, Exercise, Made, Piece, Place, Step, StepKind, Text},
        read::reader::Reader,
    },
    yaml::Reads,
};

/// One act for each member of a group, each of `times`, and each turn of a `repeat`.
const MOST_ACTS: u64 = 20_000;
/// Bytes of what actors say in them.
const MOST_BYTES: u64 = 64_000_000;
/// What is said of a value whose size cannot be known here: a name that a pattern binds, a token.
const SOME: u64 = 100;

/// The bytes of the values that an exercise names.
pub(crate) struct Sizes(BTreeMap<String, u64>);

impl Sizes {
    /// Those of `env` and `vars`, each of which may use the ones before it.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let mut sizes = Self(BTreeMap::new());
        for (name, made) in exercise.env.iter().chain(&exercise.vars) {
            let size = sizes.made(made);
            sizes.0.insert(name.clone(), size);
        }
        sizes
    }

    fn made(&self, made: &Made) -> u64 {
        match made {
            Made::Null | Made::Bool(_) | Made::Number(_) => 8,
            Made::Text(text) => self.text(text),
            Made::Name(name) => self.name(name),
            Made::Array(items) => self.all(items),
            Made::Object(entries) => self.entries(entries),
            Made::LongText(bytes) | Made::Bytes(bytes) => bytes_of(*bytes),
            Made::Fresh(_) => SOME,
            Made::Jwt(jwt) => SOME.saturating_add(self.entries(&jwt.claims)),
        }
    }

    fn name(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or(SOME)
    }

    fn text(&self, text: &Text) -> u64 {
        let piece = |piece: &Piece| match piece {
            Piece::Literal(literal) => bytes_of(literal.len()),
            Piece::Name(name) => self.name(name),
        };
        text.0.iter().map(piece).fold(0, u64::saturating_add)
    }

    fn all(&self, items: &[Made]) -> u64 {
        items.iter().map(|item| self.made(item)).fold(0, u64::saturating_add)
    }

    fn entries(&self, entries: &IndexMap<String, Made>) -> u64 {
        let entry = |(key, value): (&String, &Made)| bytes_of(key.len()).saturating_add(self.made(value));
        entries.iter().map(entry).fold(0, u64::saturating_add)
    }

    /// How often an act is done by each who does it, and the bytes that are said each time.
    fn act(&self, act: &Act) -> (u64, u64) {
        match act {
            Act::Emit(emit) => (emit.times.into(), self.all(&emit.args)),
            Act::Reply { answer, .. } => (1, self.all(answer)),
            Act::Hear(hear) => (1, self.all(hear.reply.as_deref().unwrap_or_default())),
            Act::Send(text) => (1, self.text(text)),
            Act::Connect(connect) | Act::Open(connect) => {
                (1, connect.auth.as_ref().map_or(0, |auth| self.made(auth)))
            }
            Act::Http(call) => (1, call.send.as_ref().map_or(0, |body| self.made(body))),
            Act::Mount(props) | Act::Props(props) => (1, self.entries(props)),
            _ => (1, 0),
        }
    }
}

fn bytes_of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// What a scenario does up to a step.
#[derive(Default)]
struct Done {
    acts: u64,
    bytes: u64,
}

/// Checks a scenario.
pub(crate) fn check(reader: &mut Reader, sizes: &Sizes, steps: &[Step]) {
    let mut done = Done::default();
    let Some(place) = done.exceeds(sizes, steps, 1) else { return };
    let message = if done.acts > MOST_ACTS {
        "with this step the scenario does more than 20,000 things"
    } else {
        "with this step the scenario says more than 64 MB"
    };
    let help = "the members of a group, `times` and the turns of `repeat` are multiplied";
    reader.problem_with_help(place, message, help);
}

impl Done {
    /// The step at which it becomes too much.
    fn exceeds(&mut self, sizes: &Sizes, steps: &[Step], turns: u64) -> Option<Place> {
        for step in steps {
            match &step.kind {
                StepKind::Each { actors, act, .. } => {
                    for cast in actors {
                        let members = if let Cast::Group { size, .. } = cast { u64::from(*size) } else { 1 };
                        let (times, bytes) = sizes.act(act);
                        let acts = turns.saturating_mul(members).saturating_mul(times);
                        self.acts = self.acts.saturating_add(acts);
                        self.bytes = self.bytes.saturating_add(acts.saturating_mul(bytes));
                    }
                    if self.acts > MOST_ACTS || self.bytes > MOST_BYTES {
                        return Some(step.place);
                    }
                }
                StepKind::Together(branches) => {
                    let mut places = branches.iter().map(|branch| self.exceeds(sizes, branch, turns));
                    if let Some(place) = places.find_map(|place| place) {
                        return Some(place);
                    }
                }
                StepKind::Repeat { from, to, steps, .. } => {
                    let times = u64::try_from(to.saturating_sub(*from).saturating_add(1)).unwrap_or(1);
                    if let Some(place) = self.exceeds(sizes, steps, turns.saturating_mul(times)) {
                        return Some(place);
                    }
                }
                StepKind::Wait(_) | StepKind::Settle => {}
            }
        }
        None
    }
}
