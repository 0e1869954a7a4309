//! A map whose keys are known: taken one by one, and what is left over is a problem with a suggestion.
//! Next: [`super::reads`], which makes it.

use super::{
    Place, Reads,
    node::Node,
    problem::shown,
    suggest::{did_you_mean, either, nearest},
};

/// One entry of a map.
#[derive(Debug, Clone, Copy)]
pub struct Field<'n> {
    /// The key.
    pub key: &'n str,
    /// Where the key stands.
    pub place: Place,
    /// The value.
    pub value: &'n Node,
}

/// The entries of a map that have not been taken.
#[derive(Debug, Clone)]
pub struct Fields<'n> {
    /// Where the map begins.
    pub place: Place,
    what: &'static str,
    known: &'static [&'static str],
    left: Vec<Field<'n>>,
}

impl<'n> Fields<'n> {
    /// One more entry.
    pub(crate) fn push(&mut self, field: Field<'n>) {
        self.left.push(field);
    }

    /// No entries.
    pub fn none(place: Place, what: &'static str, known: &'static [&'static str]) -> Self {
        Self { place, what, known, left: Vec::new() }
    }

    /// Says which keys are known, once that is clear.
    pub fn know(&mut self, known: &'static [&'static str]) {
        self.known = known;
    }

    /// Takes the entry `key`.
    pub fn take(&mut self, key: &str) -> Option<Field<'n>> {
        let index = self.left.iter().position(|field| field.key == key)?;
        Some(self.left.remove(index))
    }

    /// Takes the entry `key` where it is known; elsewhere it stays, to be reported.
    pub fn take_known(&mut self, key: &str) -> Option<Field<'n>> {
        if self.known.contains(&key) { self.take(key) } else { None }
    }

    /// Takes an entry that must be there.
    pub fn need(&mut self, reader: &mut impl Reads, key: &str) -> Option<&'n Node> {
        let field = self.take(key);
        if field.is_none() {
            let unknown = self.left.iter().map(|field| field.key).filter(|key| !self.known.contains(key));
            // A misspelt key is reported once, as unknown.
            if nearest(key, unknown).is_none() {
                reader.problem(self.place, format!("{} needs `{key}`", self.what));
            }
        }
        field.map(|field| field.value)
    }

    /// The entries that are left.
    pub fn left(&self) -> &[Field<'n>] {
        &self.left
    }

    /// Reports what is left: no other keys are known here.
    pub fn finish(self, reader: &mut impl Reads) {
        for field in &self.left {
            let message = format!("{} has no key `{}`", self.what, shown(field.key));
            let near = did_you_mean(field.key, self.known.iter().copied());
            if !near.is_empty() || self.known.is_empty() {
                reader.problem(field.place, message + &near);
            } else {
                reader.problem_with_help(field.place, message, format!("known here: {}", either(self.known)));
            }
        }
    }
}
