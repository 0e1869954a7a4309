//! `emit:` with its acknowledgements, `acked:` and `reply:`. Next: [`super::hear`].

use super::{
    act::Deed,
    node::{Node, Yaml},
    problem::shown,
    reader::Reader,
    suggest::did_you_mean,
};
use crate::{
    scenario::model::{AckWish, Act, Emit, Made, Pattern, Text},
    yaml::Reads,
};

const MOST_TIMES: u32 = 10_000;

impl Reader {
    /// Reads an `emit`.
    pub(crate) fn emit(&mut self, deed: &mut Deed<'_>) -> Option<Emit> {
        let said = self.said(deed.value, "`emit`");
        let times = match deed.fields.take("times") {
            Some(field) => Some(self.count(field.value, "`times`", 1, MOST_TIMES)?),
            None => None,
        };
        let every = match deed.fields.take("every") {
            Some(field) if times.is_none() => {
                self.problem(field.place, "`every` is the pause between several: it needs `times`");
                return None;
            }
            Some(field) => Some(self.duration(field.value, "`every`")?),
            None => None,
        };
        let ack = match (deed.fields.take("ack"), deed.fields.take("acks")) {
            (Some(_), Some(acks)) => {
                self.problem(acks.place, "`ack` and `acks` do not go together");
                return None;
            }
            (Some(ack), None) => self.ack(ack.value)?,
            (None, Some(acks)) => self.acks(acks.value)?,
            (None, None) => AckWish::NotAsked,
        };
        let (event, args) = said?;
        Some(Emit { event, args, ack, times: times.unwrap_or(1), every })
    }

    /// `acked: [event, …]`.
    pub(crate) fn acked(&mut self, node: &Node) -> Option<Act> {
        let (event, rest) = self.event(node, "`acked`")?;
        let answer = self.pattern_items(rest)?;
        Some(Act::Acked { event, answer })
    }

    /// `reply: [event, …]` as a step of its own.
    pub(crate) fn reply(&mut self, node: &Node) -> Option<Act> {
        let (event, answer) = self.said(node, "`reply`")?;
        Some(Act::Reply { event, answer })
    }

    fn said(&mut self, node: &Node, what: &str) -> Option<(Text, Vec<Made>)> {
        let (event, rest) = self.event(node, what)?;
        let args = self.made_items(rest)?;
        Some((event, args))
    }

    /// The event's name, and the nodes after it.
    pub(crate) fn event<'n>(&mut self, node: &'n Node, what: &str) -> Option<(Text, &'n [Node])> {
        if let Some(word) = node.as_text() {
            let word = shown(word);
            self.problem(node.place, format!("{what} takes a list, the event first: `[{word}]`"));
            return None;
        }
        let items = self.list(node, what)?;
        let Some((first, rest)) = items.split_first() else {
            self.problem(node.place, format!("{what} needs an event: `[event, argument, …]`"));
            return None;
        };
        Some((self.template(first, "an event's name")?, rest))
    }

    fn ack(&mut self, node: &Node) -> Option<AckWish> {
        match (node.tag.as_deref(), &node.value) {
            (Some("any"), Yaml::Null) => Some(AckWish::Any),
            (None, Yaml::List(items)) => self.pattern_items(items).map(AckWish::Like),
            (None, Yaml::Text(word, _)) if word == "nothing" => Some(AckWish::Nothing),
            (None, Yaml::Text(word, _)) if word == "later" => Some(AckWish::Later),
            (None, Yaml::Text(word, _)) => {
                let near = did_you_mean(word, ["nothing", "later"]);
                self.problem_with_help(node.place, format!("unknown `ack` `{}`{near}", shown(word)), ACK);
                None
            }
            _ => {
                self.problem_with_help(node.place, "`ack` must be the list of the answer's arguments", ACK);
                None
            }
        }
    }

    fn acks(&mut self, node: &Node) -> Option<AckWish> {
        if !self.untagged(node, "`acks`") {
            return None;
        }
        let Yaml::Map(entries) = &node.value else {
            self.problem_with_help(node.place, "`acks` must be a map", ACKS);
            return None;
        };
        let mut counted: Vec<(u32, Vec<Pattern>)> = Vec::new();
        let mut rest = None;
        for (key, value) in entries {
            let patterns = self.aside(|reader| reader.arguments(value, "an entry of `acks`"))?;
            if key.as_text() == Some("rest") {
                rest = Some(patterns);
            } else if matches!(key.value, Yaml::Number(_)) {
                counted.push((self.count(key, "a key of `acks`", 1, MOST_TIMES)?, patterns));
            } else {
                self.problem_with_help(key.place, "a key of `acks` is a number or `rest`", ACKS);
                return None;
            }
        }
        Some(AckWish::Counts { counted, rest })
    }
}

const ACK: &str = "`ack: [{ ok: true }]`, `ack: !any`, `ack: nothing` or `ack: later`";
const ACKS: &str = "so many of each: `acks: { 1: [{ ok: true }], rest: [{ ok: false }] }`";
