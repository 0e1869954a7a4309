//! What every reader of a file can do with a node: note a problem, take a text, a list, a map.
//!
//! Every method that reads a node answers `None` after it has noted a problem, and the reader goes on.
//! Next: the readers in `grader`, `scenario::read` and `quiz::read`.

use super::{
    Place,
    fields::{Field, Fields},
    node::{Node, Quoting, Yaml},
    problem::{Problems, shown},
};

/// A reader of one kind of file.
pub trait Reads {
    /// The problems so far.
    fn problems(&mut self) -> &mut Problems;

    /// Notes a problem.
    fn problem(&mut self, place: Place, message: impl Into<String>) {
        self.problems().add(place, message);
    }

    /// Notes a problem and says what to do.
    fn problem_with_help(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems().add_with_help(place, message, help);
    }

    /// Notes that something else was expected.
    fn expected(&mut self, node: &Node, what: &str, wanted: &str) {
        self.problem(node.place, format!("{what} must be {wanted}, not {}", node.kind()));
    }

    /// Refuses a tag; whether there was none.
    fn untagged(&mut self, node: &Node, what: &str) -> bool {
        if let Some(tag) = &node.tag {
            self.problem(node.tag_place, format!("{what} takes no tag, and `!{}` is one", shown(tag)));
        }
        node.tag.is_none()
    }

    /// The text of a node.
    fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
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
    fn told(&mut self, node: &Node, what: &str) -> Option<String> {
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
    fn list<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
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
    fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
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
    fn id(&mut self, node: &Node, what: &str) -> Option<String> {
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

    /// The entries of a map. `what` is used in messages: `a scenario`.
    fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &'static str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        if !self.untagged(node, what) {
            return None;
        }
        let Yaml::Map(entries) = &node.value else {
            self.expected(node, what, "a map");
            return None;
        };
        let mut fields = Fields::none(node.place, what, known);
        for (key, value) in entries {
            if let Some(word) = self.key(key) {
                fields.push(Field { key: word, place: key.place, value });
            }
        }
        Some(fields)
    }

    /// The text of a key.
    fn key<'n>(&mut self, key: &'n Node) -> Option<&'n str> {
        if !self.untagged(key, "a key") {
            return None;
        }
        if let Yaml::Text(text, _) = &key.value {
            return Some(text);
        }
        self.problem_with_help(
            key.place,
            format!("a key must be a text, not {}", key.kind()),
            "put it in quotes",
        );
        None
    }
}
