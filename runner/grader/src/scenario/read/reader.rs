//! What is carried along while a file is read: its problems, and what later checks need to know.
//!
//! Every method of [`Reader`] that reads a node answers `None` after it has noted a problem, and goes on.
//! Next: [`super::exercise`].

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{
    node::{Node, Quoting, Yaml},
    problem::{Problem, Problems, shown},
};
use crate::scenario::model::{Need, Place, Role};

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
    /// Compared; whether it gets bound is not certain (inside `!not`, `!each`, an alternative).
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

    /// Notes a problem.
    pub(crate) fn problem(&mut self, place: Place, message: impl Into<String>) {
        self.problems.add(place, message);
    }

    /// Notes a problem and says what to do.
    pub(crate) fn problem_with_help(
        &mut self,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.add_with_help(place, message, help);
    }

    /// Notes that something else was expected.
    pub(crate) fn expected(&mut self, node: &Node, what: &str, wanted: &str) {
        self.problem(node.place, format!("{what} must be {wanted}, not {}", node.kind()));
    }

    /// Refuses a tag; whether there was none.
    pub(crate) fn untagged(&mut self, node: &Node, what: &str) -> bool {
        if let Some(tag) = &node.tag {
            self.problem(node.tag_place, format!("{what} takes no tag, and `!{}` is one", shown(tag)));
        }
        node.tag.is_none()
    }

    /// The text of a node.
    pub(crate) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        if !self.untagged(node, what) {
            return None;
        }
        match &node.value {
            Yaml::Text(text, _) if !text.trim().is_empty() => Some(text),
            Yaml::Text(..) => {
                self.problem(node.place, format!("{what} is empty"));
                None
            }
            Yaml::Bool(_) | Yaml::Number(_) => {
                let message = format!("{what} must be a text, not {}", node.kind());
                self.problem_with_help(node.place, message, "put it in quotes");
                None
            }
            _ => {
                self.expected(node, what, "a text");
                None
            }
        }
    }

    /// A text that learners read. It must be quoted, because an unquoted ` #` or `: ` changes it silently.
    pub(crate) fn told(&mut self, node: &Node, what: &str) -> Option<String> {
        let text = self.text(node, what)?;
        if let Yaml::Text(_, Quoting::Plain { cut }) = node.value {
            let message = if cut {
                format!("{what} ends before the `#`: it is not quoted")
            } else {
                format!("{what} must be quoted")
            };
            self.problem_with_help(
                node.place,
                message,
                "learners read it: write it in quotes, or as a block after `|`",
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// The items of a list.
    pub(crate) fn list<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        if !self.untagged(node, what) {
            return None;
        }
        if let Yaml::List(items) = &node.value {
            return Some(items);
        }
        let message = format!("{what} must be a list, not {}", node.kind());
        if matches!(node.value, Yaml::Null | Yaml::Map(_)) {
            self.problem(node.place, message);
        } else {
            self.problem_with_help(node.place, message, "put it in brackets: `[ … ]`");
        }
        None
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
        if !self.untagged(node, what) {
            return None;
        }
        if let Yaml::Bool(flag) = node.value {
            return Some(flag);
        }
        self.expected(node, what, "`true` or `false`");
        None
    }

    /// An id: lower-case words joined by `-`.
    pub(crate) fn id(&mut self, node: &Node, what: &str) -> Option<String> {
        let text = self.text(node, what)?;
        let well_made = text.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        if well_made {
            return Some(text.to_owned());
        }
        let message = format!("`{}` is no id", shown(text));
        self.problem_with_help(node.place, message, "an id is lower-case words joined by `-`: `echo-to-all`");
        None
    }
}
