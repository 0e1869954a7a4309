//! `short` and `order`. Next: [`super::decode`].

use super::{
    super::{
        model::{Kind, WrongAnswer},
        normalise::normalise,
    },
    Reader,
};
use crate::yaml::{
    Place, Reads,
    fields::Fields,
    node::{Node, Yaml},
    problem::shown,
};

impl Reader<'_> {
    pub(super) fn short(&mut self, fields: &mut Fields<'_>) -> Option<Kind> {
        let node = fields.need(self, "answers");
        let answers = node.and_then(|node| self.proses(node, "`answers`", "an answer"));
        let wrong = match fields.take("wrong") {
            Some(field) => self.wrong_answers(field.value),
            None => Some(Vec::new()),
        };
        let (node, answers, wrong) = (node?, answers?, wrong?);
        if answers.is_empty() {
            self.problem(node.place, "`answers` needs at least one right form");
        }
        for (text, item) in answers.iter().zip(self.list(node, "`answers`")?) {
            if normalise(text).is_empty() {
                self.problem(item.place, format!("nothing is left of `{}` when it is compared", shown(text)));
            }
        }
        for (at, (twin, place)) in wrong.iter().enumerate() {
            let same = |other: &&String| normalise(other) == normalise(&twin.answer);
            let before = wrong[..at].iter().map(|(wrong, _)| &wrong.answer);
            if let Some(other) = answers.iter().chain(before).find(same) {
                let (twin, other) = (shown(&twin.answer), shown(other));
                self.problem(*place, format!("`{twin}` is the same as `{other}` when it is compared"));
            }
        }
        Some(Kind::Short { answers, wrong: wrong.into_iter().map(|(wrong, _)| wrong).collect() })
    }

    fn wrong_answers(&mut self, node: &Node) -> Option<Vec<(WrongAnswer, Place)>> {
        let items = self.list(node, "`wrong`")?;
        let read: Vec<Option<_>> = items.iter().map(|item| self.wrong_answer(item)).collect();
        read.into_iter().collect()
    }

    fn wrong_answer(&mut self, node: &Node) -> Option<(WrongAnswer, Place)> {
        let mut fields = self.fields(node, "a wrong answer", &["answer", "why"])?;
        let answer = fields.need(self, "answer");
        let why = fields.need(self, "why").and_then(|why| self.prose(why, "`why`"));
        fields.finish(self);
        let answer = answer?;
        let text = self.prose(answer, "an answer")?;
        Some((WrongAnswer { answer: text, why: why? }, answer.place))
    }

    pub(super) fn order(&mut self, fields: &mut Fields<'_>) -> Option<Kind> {
        let node = fields.need(self, "steps")?;
        let items = self.list(node, "`steps`")?;
        let read: Vec<Option<Vec<String>>> = items
            .iter()
            .map(|item| match item.value {
                Yaml::List(_) => {
                    let group = self.proses(item, "a group of steps", "a step")?;
                    if group.len() < 2 {
                        self.problem(item.place, "a group holds steps in any order: at least two");
                    }
                    Some(group)
                }
                _ => self.prose(item, "a step").map(|step| vec![step]),
            })
            .collect();
        let steps: Vec<Vec<String>> = read.into_iter().collect::<Option<_>>()?;
        let flat: Vec<&String> = steps.iter().flatten().collect();
        self.in_range(node.place, ("an `order`", "steps"), flat.len(), 3, 8);
        if steps.len() < 2 {
            self.problem(node.place, "steps that may all come in any order have no order");
        }
        if let Some((_, twice)) = flat.iter().enumerate().find(|(at, step)| flat[..*at].contains(step)) {
            self.problem(node.place, format!("the step `{}` stands twice", shown(twice)));
        }
        Some(Kind::Order { steps })
    }
}
