//! Named mistakes: `{ id, tracks, when, says, explain }`. Next: [`super::check`].

use std::str::FromStr;

use super::{
    fields::Fields,
    node::{Node, Quoting, Yaml},
    problem::shown,
    reader::Reader,
    suggest::did_you_mean,
};
use crate::{
    scenario::model::{Also, Mistake, Pattern, Place, Role, When},
    verdict::Kind,
    yaml::Reads,
};

const KEYS: &[&str] = &["id", "tracks", "when", "says", "explain"];
const WHEN_KEYS: &[&str] = &["to", "in", "at", "saw", "also", "line"];

/// Where the parts of a `when` stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WhenPlaces {
    pub(crate) when: Place,
    pub(crate) subject: Place,
    pub(crate) to: Place,
    pub(crate) scenario: Place,
    pub(crate) also: Place,
}

/// A mistake and where its alternatives stand, in the same order.
#[derive(Debug, Clone)]
pub(crate) struct PlacedMistake {
    pub(crate) mistake: Mistake,
    pub(crate) places: Vec<WhenPlaces>,
}

impl Reader {
    /// A list of mistakes. The second value says whether all could be read.
    pub(crate) fn mistakes(&mut self, node: &Node, what: &str) -> (Vec<PlacedMistake>, bool) {
        let Some(items) = self.list(node, what) else { return (Vec::new(), false) };
        let read: Vec<PlacedMistake> = items.iter().filter_map(|item| self.mistake(item)).collect();
        let whole = read.len() == items.len();
        (read, whole)
    }

    fn mistake(&mut self, node: &Node) -> Option<PlacedMistake> {
        let mut fields = self.fields(node, "a mistake", KEYS)?;
        let id = fields.need(self, "id").and_then(|id| self.id(id, "the id"));
        let when = fields.need(self, "when").and_then(|when| self.whens(when));
        let says = fields.need(self, "says").and_then(|says| self.told(says, "`says`"));
        let tracks = match fields.take("tracks") {
            Some(field) => self.tracks(field.value),
            None => Some(Vec::new()),
        };
        let explain = match fields.take("explain") {
            Some(field) => Some(self.told(field.value, "`explain`")?),
            None => None,
        };
        fields.finish(self);
        let (when, places) = when?.into_iter().unzip();
        let mistake = Mistake {
            id: id?,
            place: node.place,
            tracks: tracks?,
            about: Vec::new(),
            when,
            says: says?,
            explain,
        };
        Some(PlacedMistake { mistake, places })
    }

    fn whens(&mut self, node: &Node) -> Option<Vec<(When, WhenPlaces)>> {
        let Yaml::List(items) = &node.value else {
            return self.when(node).map(|when| vec![when]);
        };
        if !self.untagged(node, "`when`") {
            return None;
        }
        if items.is_empty() {
            self.problem(node.place, "`when` needs at least one alternative");
            return None;
        }
        let whens: Vec<Option<_>> = items.iter().map(|item| self.when(item)).collect();
        whens.into_iter().collect()
    }

    fn when(&mut self, node: &Node) -> Option<(When, WhenPlaces)> {
        let mut fields = self.fields(node, "`when`", WHEN_KEYS)?;
        let (kind, subject, subject_place) = self.kind(&mut fields, WHEN_KEYS)?;
        let before = self.problems.len();
        let mut place_of = WhenPlaces {
            when: node.place,
            subject: subject_place,
            to: node.place,
            scenario: node.place,
            also: node.place,
        };
        let mut word = |reader: &mut Self, key: &str, what: &str, place: &mut Place| {
            let field = fields.take(key)?;
            *place = field.value.place;
            reader.text(field.value, what).map(str::to_owned)
        };
        let to = word(self, "to", "`to`", &mut place_of.to);
        let scenario = word(self, "in", "`in`", &mut place_of.scenario);
        let mut at_place = node.place;
        let at = word(self, "at", "`at`", &mut at_place);
        if at.as_ref().is_some_and(|at| !at.starts_with('/')) {
            let help = "the place in the arguments: `/0/from` is `from` in the first";
            self.problem_with_help(at_place, "`at` begins with `/`", help);
        }
        let saw = fields.take("saw").and_then(|field| self.saw(field.value));
        let also = fields.take("also").and_then(|field| {
            place_of.also = field.value.place;
            self.also(field.value)
        });
        let line = fields.take("line").and_then(|field| {
            if self.role.is_some_and(|role| role != Role::Frames) {
                self.problem(field.place, "`line` is a line of `frames.txt`: it belongs to role `frames`");
                return None;
            }
            self.count(field.value, "`line`", 1, 10_000)
        });
        fields.finish(self);
        let whole = self.problems.len() == before;
        whole.then_some((When { kind, subject, to, scenario, at, saw, also, line }, place_of))
    }

    /// The kind and its subject: the one key that is none of the others.
    fn kind(&mut self, fields: &mut Fields<'_>, others: &[&str]) -> Option<(Kind, String, Place)> {
        let kinds: Vec<&str> =
            fields.left().iter().map(|field| field.key).filter(|key| Kind::from_str(key).is_ok()).collect();
        match kinds.as_slice() {
            [key] => {
                let field = fields.take(key)?;
                let kind = Kind::from_str(key).ok()?;
                let is_of_tests = matches!(kind, Kind::Survived | Kind::Rejected);
                if is_of_tests && self.role.is_some_and(|role| role != Role::Tests) {
                    self.problem(
                        field.place,
                        format!("`{key}` is about a server: it belongs to role `tests`"),
                    );
                    return None;
                }
                let subject = self.text(field.value, "the subject")?.to_owned();
                Some((kind, subject, field.value.place))
            }
            [] => {
                let strange = fields.left().iter().find(|field| !others.contains(&field.key)).copied();
                let (place, message) = match strange {
                    Some(field) => {
                        let near = did_you_mean(field.key, Kind::ALL.iter().map(|kind| kind.as_str()));
                        (field.place, format!("unknown kind `{}`{near}", shown(field.key)))
                    }
                    None => {
                        (fields.place, "a kind is missing: `{ unexpected: event, to: actor }`".to_owned())
                    }
                };
                self.problem(place, message);
                None
            }
            [first, second, ..] => {
                let message = format!("one kind only, and here are `{first}` and `{second}`");
                self.problem_with_help(
                    fields.place,
                    message,
                    "a list means any of them: `when: [{ … }, { … }]`",
                );
                None
            }
        }
    }

    fn also(&mut self, node: &Node) -> Option<Also> {
        let mut fields = self.fields(node, "`also`", &[])?;
        let (kind, subject, _) = self.kind(&mut fields, &[])?;
        fields.finish(self);
        Some(Also { kind, subject })
    }

    /// A pattern whose names are those of the run: what is not bound there matches anything.
    fn saw(&mut self, node: &Node) -> Option<Pattern> {
        let outside = self.mentions.len();
        let pattern = self.pattern(node);
        self.mentions.truncate(outside);
        pattern
    }

    /// Whether a title is safe to be plain: nothing was cut off.
    pub(crate) fn title(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "`title`")?;
        if matches!(node.value, Yaml::Text(_, Quoting::Plain { cut: true })) {
            self.problem_with_help(
                node.place,
                "`title` ends before the `#`: it is not quoted",
                "put it in quotes",
            );
            return None;
        }
        Some(text.to_owned())
    }
}
