//! What is carried along while a file is read: its problems, and what later checks need to know.
//!
//! Every method of [`Reader`] that reads a node, those of [`Reads`] included, answers `None` after it has noted a problem, and goes on.
//! Next: [`super::exercise`].

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::problem::{Problem, Problems};
use crate::{
    scenario::model::{Need, Place, Role},
    yaml::Reads,
};

/// A `$name` in a value or pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The name without `$`.
    pub(crate) name: String,
    /// Where.
    pub(crate) place: Place,
    /// What is done with it.
    pub(crate) how: How,
}

/// What is done with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Its value is needed.
    Use,
    /// Bound at first sight, compared after.
    Bind,
    /// Compared; whether it gets bound is not certain (inside `!each`, an alternative, twice inside `!not`).
    Aside,
    /// A new name for a number: of `repeat` or of a series.
    Declare,
    /// The secret that signs a token.
    Secret,
}

/// Line and column of a step: the key under which its mentions are kept.
pub(crate) type Spot = (u32, u32);

/// The key of a place.
pub(crate) fn spot(place: Place) -> Spot {
    (place.line, place.column)
}

/// The state of reading one file.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// The problems so far.
    pub(crate) problems: Problems,
    /// The exercise's role, once read.
    pub(crate) role: Option<Role>,
    /// Whether a learner writes it: then a scenario needs no `why`.
    pub(crate) by_learner: bool,
    /// Whether the learner's program listens by itself, once read.
    pub(crate) program: bool,
    /// How many nodes the exercise has; 0 until that was read.
    pub(crate) nodes: u8,
    /// What the exercise needs, once read.
    pub(crate) needs: Vec<Need>,
    /// Groups of the scenario, declared so far: name → size.
    pub(crate) groups: IndexMap<String, u32>,
    /// Every person and group of the exercise: `true` for a group.
    pub(crate) actors: BTreeMap<String, bool>,
    /// The names in what is being read, in the order in which they are used or bound.
    pub(crate) mentions: Vec<Mention>,
    /// The names of each step.
    pub(crate) of_step: BTreeMap<Spot, Vec<Mention>>,
}

impl Reader {
    /// The result, or the problems.
    pub(crate) fn finish<T>(self, result: Option<T>) -> Result<T, Vec<Problem>> {
        match result {
            Some(result) if self.problems.is_empty() => Ok(result),
            _ => Err(self.problems.into_sorted()),
        }
    }
}

impl Reads for Reader {
    fn problems(&mut self) -> &mut Problems {
        &mut self.problems
    }
}
