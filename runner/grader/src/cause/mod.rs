//! Names the cause of a failed check, in plain words.
//!
//! The rule: a named mistake of the exercise goes before the course's general causes, those before the bare
//! mismatch. Mismatches about the whole program are looked at before all others, then the failing scenarios in
//! file order; for each, the mistakes in file order; the first match wins. Next: [`crate::diagram`].

use crate::{
    scenario::{
        model::{Exercise, Mistake, Pattern, Piece, Text, Track, When},
        play::{matching, names::Names},
        read::template,
    },
    value::Value,
    verdict::{Cause, Mismatch},
};

/// A mismatch and where it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The mismatch.
    pub mismatch: &'a Mismatch,
    /// The scenario: its number in the verdict and its id; `None` when the program never got so far.
    pub scenario: Option<(usize, &'a str)>,
    /// The names of that run.
    pub names: &'a Names,
}

/// Names the cause. `general` are the course's general causes, `name` is the exercise's own name
/// (`members_only`), `seen` are the mismatches in file order. Without a `track` nothing is known of the language: a
/// mistake that names tracks is none of this program's. `None` when there is none to explain.
pub fn name(
    exercise: &Exercise,
    general: &[Mistake],
    name: &str,
    track: Option<Track>,
    seen: &[Seen<'_>],
) -> Option<Cause> {
    let mut ordered: Vec<&Seen<'_>> = seen.iter().collect();
    // A stable sort: file order stays within each of the two groups.
    ordered.sort_by_key(|seen| !seen.mismatch.kind.is_program_level());
    let own = |seen: &&Seen<'_>| {
        let mistake = exercise.mistakes.iter().find(|mistake| applies(mistake, track, seen))?;
        Some(cause(format!("{name}/{}", mistake.id), mistake, seen, true))
    };
    let common = |seen: &&Seen<'_>| {
        let mistake = general.iter().find(|mistake| applies(mistake, track, seen))?;
        Some(cause(mistake.id.clone(), mistake, seen, false))
    };
    let bare = |seen: &&Seen<'_>| Cause {
        id: format!("{}-{}", seen.mismatch.kind.as_str().replace('_', "-"), seen.mismatch.subject),
        says: format!("Expected: {}. Seen: {}.", seen.mismatch.expected, seen.mismatch.actual),
        scenario: seen.scenario.map(|(index, _)| index),
        named: false,
    };
    ordered
        .iter()
        .copied()
        .find_map(|seen| own(&seen))
        .or_else(|| ordered.iter().copied().find_map(|seen| common(&seen)))
        .or_else(|| ordered.first().map(bare))
}

fn cause(id: String, mistake: &Mistake, seen: &Seen<'_>, named: bool) -> Cause {
    Cause {
        id,
        says: fill(&mistake.says, seen.mismatch),
        scenario: seen.scenario.map(|(index, _)| index),
        named,
    }
}

/// General causes speak of `{subject}`, `{actor}`, `{expected}` and `{actual}`.
fn fill(says: &str, mismatch: &Mismatch) -> String {
    let actor = mismatch.actor.as_deref().unwrap_or("the program");
    says.replace("{subject}", &mismatch.subject)
        .replace("{actor}", &capitalised(actor))
        .replace("{expected}", &mismatch.expected)
        .replace("{actual}", mismatch.actual.lines().next().unwrap_or_default())
}

/// `asha 2` is a person's connection and begins with a capital in a sentence.
fn capitalised(actor: &str) -> String {
    let mut letters = actor.chars();
    match letters.next() {
        Some(first) if actor != "the program" => first.to_uppercase().chain(letters).collect(),
        _ => actor.to_owned(),
    }
}

fn applies(mistake: &Mistake, track: Option<Track>, seen: &Seen<'_>) -> bool {
    let in_track = mistake.tracks.is_empty() || track.is_some_and(|track| mistake.tracks.contains(&track));
    let is_about = seen
        .scenario
        .is_none_or(|(_, id)| mistake.about.is_empty() || mistake.about.iter().any(|about| about == id));
    in_track && mistake.when.iter().any(|when| (is_about || when.scenario.is_some()) && fits(when, seen))
}

/// Whether a mismatch is what a `when` describes.
pub fn fits(when: &When, seen: &Seen<'_>) -> bool {
    let mismatch = seen.mismatch;
    when.kind == mismatch.kind
        && is_about(&when.subject, &mismatch.subject, seen.names)
        && when
            .to
            .as_deref()
            .is_none_or(|to| mismatch.actor.as_deref().is_some_and(|actor| names_it(to, actor)))
        && when.scenario.as_deref().is_none_or(|id| seen.scenario.is_some_and(|(_, scenario)| scenario == id))
        && when.at.as_deref().is_none_or(|at| mismatch.at.as_deref().is_some_and(|found| lies_in(found, at)))
        && when.line.is_none_or(|line| mismatch.line == Some(line))
        && when.saw.as_ref().is_none_or(|pattern| saw(pattern, mismatch.saw.as_ref(), seen.names))
        && when.also.as_ref().is_none_or(|also| {
            mismatch
                .also
                .iter()
                .any(|found| found.kind == also.kind && names_it(&also.subject, &found.subject))
        })
}

/// A text on a page may be one of this run: `$hello`.
fn is_about(wanted: &str, found: &str, names: &Names) -> bool {
    names_it(wanted, found)
        || (wanted.contains('$')
            && template(wanted).is_ok_and(|wanted| names_it(&names.render(&wanted), found)))
}

/// `*` is anything; a group's name stands for each of its members.
fn names_it(wanted: &str, found: &str) -> bool {
    wanted == "*" || wanted == found || is_member(wanted, found)
}

/// `bidders #7` is one of the bidders; `mallory 2` is a connection of her own.
fn is_member(group: &str, actor: &str) -> bool {
    actor.strip_prefix(group).is_some_and(|rest| rest.starts_with(" #"))
}

fn lies_in(found: &str, wanted: &str) -> bool {
    found == wanted || found.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
}

/// A text that ends in `…` says how a text (a frame, an error message) begins.
fn saw(pattern: &Pattern, value: Option<&Value>, names: &Names) -> bool {
    let Some(value) = value else { return *pattern == Pattern::Absent };
    if let Pattern::Text(Text(pieces)) = pattern
        && let Some(Piece::Literal(last)) = pieces.last()
        && last.ends_with('…')
    {
        let whole = names.render(&Text(pieces.clone()));
        return value.as_str().is_some_and(|text| text.starts_with(whole.trim_end_matches('…')));
    }
    matching::matches(pattern, value, &mut names.clone()).is_ok()
}
