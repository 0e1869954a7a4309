//! Mistakes: their ids, their twins, and whom they name. The last check.

use std::collections::{BTreeMap, BTreeSet};

use super::every_act;
use crate::{
    scenario::{
        model::{Act, Cast, Exercise, Mistake, Place, Text, When},
        read::{
            cast::label,
            mistake::{PlacedMistake, WhenPlaces},
            problem::shown,
            reader::Reader,
            scenario::slug,
            suggest::{did_you_mean, either, nearest},
            text::{fixed, written},
        },
    },
    verdict::Kind,
    yaml::Reads,
};

/// The subject that stands for any, in the general causes.
const ANY: &str = "*";

/// Ids are unique.
pub(crate) fn ids(reader: &mut Reader, mistakes: &[PlacedMistake]) {
    let mut lines = BTreeMap::new();
    for Mistake { id, place, .. } in mistakes.iter().map(|placed| &placed.mistake) {
        if let Some(line) = lines.insert(id, place.line) {
            reader.problem(*place, format!("two mistakes have the id `{id}` (before: line {line})"));
        }
    }
}

/// Of two mistakes that say the same `when`, the second is never reached.
pub(crate) fn twins(reader: &mut Reader, mistakes: &[PlacedMistake]) {
    let mut bare: BTreeMap<&str, &str> = BTreeMap::new();
    for (index, later) in mistakes.iter().enumerate() {
        for (when, places) in later.mistake.when.iter().zip(&later.places) {
            let twin = mistakes[..index]
                .iter()
                .filter(|earlier| meet(&earlier.mistake, &later.mistake))
                .find(|earlier| earlier.mistake.when.contains(when));
            if let Some(earlier) = twin {
                let message = format!(
                    "`{}` says the same, so `{}` is never named",
                    earlier.mistake.id, later.mistake.id
                );
                reader.problem_with_help(
                    places.when,
                    message,
                    "the first mistake that fits wins: say more here",
                );
            } else if is_bare_missing(when)
                && let Some(earlier) = bare.insert(&when.subject, &later.mistake.id)
            {
                reader.problem_with_help(
                    places.when,
                    format!("`missing: {}` alone stands in `{earlier}` too", shown(&when.subject)),
                    "say to whom, or in which scenario",
                );
            }
        }
    }
}

fn meet(one: &Mistake, other: &Mistake) -> bool {
    one.tracks.is_empty()
        || other.tracks.is_empty()
        || one.tracks.iter().any(|track| other.tracks.contains(track))
}

fn is_bare_missing(when: &When) -> bool {
    let When { kind, subject: _, to, scenario, at, saw, also, line } = when;
    *kind == Kind::Missing
        && to.is_none()
        && scenario.is_none()
        && at.is_none()
        && saw.is_none()
        && also.is_none()
        && line.is_none()
}

/// General causes know no scenario.
pub(crate) fn general(reader: &mut Reader, causes: &[PlacedMistake]) {
    for placed in causes {
        for (when, places) in placed.mistake.when.iter().zip(&placed.places) {
            if when.scenario.is_some() {
                reader.problem(
                    places.scenario,
                    "a general cause knows no scenario: `in` belongs to an exercise",
                );
            }
        }
    }
}

/// What the scenarios of an exercise have: the words that a `when` may name.
struct Words {
    actors: BTreeSet<String>,
    groups: BTreeSet<String>,
    /// `None` when an event's name is made at run time.
    events: Option<BTreeSet<String>>,
    /// How many nodes there are.
    nodes: u8,
    /// What is read, clicked and filled in on a page, as written.
    texts: BTreeSet<String>,
}

impl Words {
    fn of(exercise: &Exercise) -> Self {
        let mut words = Self {
            actors: BTreeSet::new(),
            groups: BTreeSet::new(),
            events: Some(BTreeSet::new()),
            nodes: exercise.nodes,
            texts: BTreeSet::new(),
        };
        for scenario in &exercise.scenarios {
            every_act(&scenario.steps, &mut |casts, act| {
                for cast in casts {
                    if let Cast::Group { name, .. } = cast {
                        words.groups.insert(name.clone());
                    }
                    words.actors.insert(label(cast));
                }
                words.note_events(act);
            });
        }
        words
    }

    fn note_events(&mut self, act: &Act) {
        match act {
            Act::Emit(emit) => self.note(&emit.event),
            Act::Hear(hear) => hear.events.iter().for_each(|event| self.note(&event.name)),
            Act::Sees { text, .. } | Act::Misses(text) | Act::Click(text) => {
                self.texts.insert(written(text));
            }
            Act::Type(fields) => self.texts.extend(fields.keys().cloned()),
            Act::Http(call) => self.events.iter_mut().for_each(|events| {
                events.insert(call.method.clone());
            }),
            _ => {}
        }
    }

    fn note(&mut self, event: &Text) {
        match (fixed(event), &mut self.events) {
            (Some(name), Some(events)) => {
                events.insert(name);
            }
            (None, events) => *events = None,
            _ => {}
        }
    }

    fn has_actor(&self, word: &str) -> bool {
        let member = word.split_once(" #").is_some_and(|(group, number)| {
            self.groups.contains(group) && number.chars().all(|c| c.is_ascii_digit())
        });
        self.actors.contains(word) || member
    }
}

/// Every actor, scenario and subject that a mistake names exists.
pub(crate) fn targets(reader: &mut Reader, exercise: &Exercise, mistakes: &[PlacedMistake]) {
    let words = Words::of(exercise);
    for placed in mistakes {
        for (when, places) in placed.mistake.when.iter().zip(&placed.places) {
            subject(reader, &words, when.kind, &when.subject, places.subject);
            if let Some(also) = &when.also {
                subject(reader, &words, also.kind, &also.subject, places.also);
            }
            if let Some(to) = &when.to {
                actor(reader, &words, to, places.to);
            }
            scenario(reader, exercise, when, places);
        }
    }
}

fn actor(reader: &mut Reader, words: &Words, word: &str, place: Place) {
    if !words.has_actor(word) {
        let near = did_you_mean(word, words.actors.iter().map(String::as_str));
        let actors: Vec<&str> = words.actors.iter().map(String::as_str).collect();
        let message = format!("no scenario has an actor `{}`{near}", shown(word));
        reader.problem_with_help(place, message, format!("actors here: {}", either(&actors)));
    }
}

fn scenario(reader: &mut Reader, exercise: &Exercise, when: &When, places: &WhenPlaces) {
    let Some(word) = &when.scenario else { return };
    if exercise.scenarios.iter().any(|scenario| scenario.id == *word) {
        return;
    }
    let titled =
        exercise.scenarios.iter().find(|scenario| scenario.title == *word || scenario.id == slug(word));
    if let Some(scenario) = titled {
        reader.problem(places.scenario, format!("`in` takes the id of the scenario: `{}`", scenario.id));
        return;
    }
    let ids: Vec<&str> = exercise.scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    let near = did_you_mean(word, ids.iter().copied());
    let message = format!("no scenario has the id `{}`{near}", shown(word));
    reader.problem_with_help(places.scenario, message, format!("ids here: {}", either(&ids)));
}

fn subject(reader: &mut Reader, words: &Words, kind: Kind, word: &str, place: Place) {
    if word == ANY {
        let message = "`*` stands for any subject in the general causes only";
        reader.problem_with_help(place, message, "name the event or the actor");
        return;
    }
    match kind {
        _ if kind.is_program_level() => program(reader, words, word, place),
        Kind::Refused
        | Kind::NotRefused
        | Kind::Unanswered
        | Kind::WrongRefusal
        | Kind::Closed
        | Kind::NotClosed => {
            actor(reader, words, word, place);
        }
        Kind::NotShown | Kind::StillShown => text(reader, words, word, place),
        Kind::Copies if words.texts.contains(word) => {}
        _ => event(reader, words, word, place),
    }
}

/// What runs on several nodes is `program` until all of them listen; from then on each is called by its number.
fn program(reader: &mut Reader, words: &Words, word: &str, place: Place) {
    let mut known = vec!["program".to_owned()];
    if words.nodes > 1 {
        known.extend((1..=words.nodes).map(|node| format!("node {node}")));
    }
    if !known.iter().any(|known| known == word) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let message = format!("the subject of this kind is {}, not `{}`", either(&known), shown(word));
        reader.problem(place, message);
    }
}

fn text(reader: &mut Reader, words: &Words, word: &str, place: Place) {
    if !words.texts.contains(word) {
        let near = did_you_mean(word, words.texts.iter().map(String::as_str));
        let message = format!("no step looks for `{}` on the page{near}", shown(word));
        reader.problem_with_help(place, message, "the subject is the text as it is written in the step");
    }
}

/// An event that no step names may still come unexpectedly; only a likely slip is refused.
fn event(reader: &mut Reader, words: &Words, word: &str, place: Place) {
    const OTHERS: &[&str] = &["connection", "frame", "line"];
    let Some(events) = &words.events else { return };
    if events.contains(word) || OTHERS.contains(&word) {
        return;
    }
    let known = events.iter().map(String::as_str).chain(OTHERS.iter().copied());
    if let Some(near) = nearest(word, known) {
        reader.problem(place, format!("no step has an event `{}`; did you mean `{near}`?", shown(word)));
    }
}
