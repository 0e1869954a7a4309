//! Steps: `{ asha, ravi: … }`, `together`, `repeat`, `wait`. One key a step. Next: [`super::cast`] and [`super::act`].

use super::{
    cast::RESERVED,
    node::{Node, Yaml},
    problem::shown,
    reader::{How, Mention, Reader, spot},
    suggest::nearest,
    text::is_name,
};
use crate::{
    scenario::model::{Place, Role, Step, StepKind},
    yaml::Reads,
};

/// More at once are a group.
const MOST_BRANCHES: usize = 50;

impl Reader {
    /// A list of steps. Steps with a problem are left out.
    pub(crate) fn steps(&mut self, node: &Node, what: &str) -> Option<Vec<Step>> {
        let items = self.list(node, what)?;
        if items.is_empty() {
            self.problem(node.place, format!("{what} has no steps"));
            return None;
        }
        let steps: Vec<Option<Step>> = items.iter().map(|item| self.step(item)).collect();
        steps.into_iter().collect()
    }

    fn step(&mut self, node: &Node) -> Option<Step> {
        let (key_node, value) = self.single(node)?;
        let key = self.key(key_node)?;
        let place = key_node.place;
        if self.role == Some(Role::Frames) && matches!(key, "together" | "repeat" | "wait") {
            self.problem(place, format!("role `frames` has no `{key}`: its steps are `send` and `receive`"));
            return None;
        }
        let outside = std::mem::take(&mut self.mentions);
        let kind = match key {
            "together" => self.together(value).map(StepKind::Together),
            "repeat" => self.repeat(value),
            "wait" => self.duration(value, "`wait`").map(StepKind::Wait),
            _ => self.each(key, place, value),
        };
        let mentions: Vec<Mention> = std::mem::replace(&mut self.mentions, outside);
        self.of_step.insert(spot(place), mentions);
        kind.map(|kind| Step { place, kind })
    }

    /// The one entry of a step.
    fn single<'n>(&mut self, node: &'n Node) -> Option<(&'n Node, &'n Node)> {
        if !self.untagged(node, "a step") {
            return None;
        }
        match &node.value {
            Yaml::Map(entries) if entries.len() == 1 => entries.first().map(|(key, value)| (key, value)),
            Yaml::Map(entries) if entries.is_empty() => {
                self.problem(node.place, "this step is empty");
                None
            }
            Yaml::Map(entries) => {
                let names: Vec<&str> = entries.iter().filter_map(|(key, _)| key.as_text()).collect();
                let comma = entries.iter().any(|(_, value)| value.is_empty()) && !names.is_empty();
                let help = if comma {
                    format!("inside braces a comma separates: write `\"{}\": …`", shown(&names.join(", ")))
                } else {
                    "the key is the actor; write two steps as two list items".to_owned()
                };
                self.problem_with_help(
                    node.place,
                    format!("a step has one key, not {}", entries.len()),
                    help,
                );
                None
            }
            _ => {
                self.expected(node, "a step", "a map with one key, like `asha: connect`");
                None
            }
        }
    }

    fn each(&mut self, key: &str, place: Place, value: &Node) -> Option<StepKind> {
        if !matches!(value.value, Yaml::Text(..) | Yaml::Map(_))
            && let Some(near) = nearest(key, RESERVED.iter().copied())
            && near != key
        {
            self.problem(place, format!("unknown step `{}`; did you mean `{near}`?", shown(key)));
            return None;
        }
        let who = self.who(key, place)?;
        let done = self.act(&who, value)?;
        Some(StepKind::Each {
            actors: who.casts(),
            act: done.act,
            namespace: done.namespace,
            within: done.within,
        })
    }

    fn together(&mut self, node: &Node) -> Option<Vec<Vec<Step>>> {
        let items = self.list(node, "`together`")?;
        if !(2..=MOST_BRANCHES).contains(&items.len()) {
            self.problem(node.place, format!("`together` needs 2 to {MOST_BRANCHES} branches"));
            return None;
        }
        let branches: Vec<Option<Vec<Step>>> = items
            .iter()
            .map(|item| match &item.value {
                Yaml::List(_) => self.steps(item, "a branch"),
                _ => self.step(item).map(|step| vec![step]),
            })
            .collect();
        branches.into_iter().collect()
    }

    fn repeat(&mut self, node: &Node) -> Option<StepKind> {
        let mut fields = self.fields(node, "`repeat`", &["steps"])?;
        let steps = fields.need(self, "steps").and_then(|steps| self.steps(steps, "`repeat`"));
        let Some(counter) = fields.left().first().copied() else {
            self.problem_with_help(node.place, "`repeat` needs a range", "`repeat: { n: 1..10, steps: … }`");
            return None;
        };
        self.name(counter.key, counter.place)?;
        let range = self.range(counter.value, "the numbers of `repeat`");
        fields.take(counter.key);
        fields.finish(self);
        self.mention(counter.key, counter.place, How::Declare);
        let (from, to) = range?;
        Some(StepKind::Repeat { name: counter.key.to_owned(), from, to, steps: steps? })
    }

    /// A word that shall be a name.
    pub(crate) fn name(&mut self, word: &str, place: Place) -> Option<()> {
        if is_name(word) {
            return Some(());
        }
        self.problem_with_help(
            place,
            format!("`{}` cannot be a name", shown(word)),
            "a name is a letter, then letters, digits and `_`",
        );
        None
    }
}
