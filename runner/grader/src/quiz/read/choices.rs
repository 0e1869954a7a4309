//! `choice` and `choices`: some are right, each wrong one says why. Next: [`super::answers`].

use super::{
    super::{
        model::{Choice, Kind},
        normalise::normalise,
    },
    Reader,
};
use crate::yaml::{Reads, fields::Fields, node::Node, problem::shown};

impl Reader<'_> {
    pub(super) fn choice(&mut self, fields: &mut Fields<'_>) -> Option<Kind> {
        let (node, choices) = self.all_choices(fields, ("a `choice`", 3, 5))?;
        let right = choices.iter().filter(|choice| choice.right).count();
        if right != 1 {
            let message = format!("exactly one choice is right, not {right}");
            let help =
                if right > 1 { "with several the kind is `choices`" } else { "write it as `right: …`" };
            self.problem_with_help(node.place, message, help);
        }
        Some(Kind::Choice { choices })
    }

    pub(super) fn choices(&mut self, fields: &mut Fields<'_>) -> Option<Kind> {
        let (node, choices) = self.all_choices(fields, ("a `choices`", 4, 6))?;
        let right = choices.iter().filter(|choice| choice.right).count();
        if right < 2 {
            let message = format!("at least two choices are right, not {right}");
            self.problem_with_help(node.place, message, "with one the kind is `choice`");
        }
        if right == choices.len() {
            self.problem(node.place, "at least one choice is wrong");
        }
        Some(Kind::Choices { choices })
    }

    fn all_choices<'n>(
        &mut self,
        fields: &mut Fields<'n>,
        (what, from, to): (&str, usize, usize),
    ) -> Option<(&'n Node, Vec<Choice>)> {
        let node = fields.need(self, "choices")?;
        let items = self.list(node, "`choices`")?;
        self.in_range(node.place, (what, "choices"), items.len(), from, to);
        let read: Vec<Option<Choice>> = items.iter().map(|item| self.one_choice(item)).collect();
        let choices: Vec<Choice> = read.into_iter().collect::<Option<_>>()?;
        for (at, choice) in choices.iter().enumerate() {
            let same = |other: &Choice| normalise(&other.text) == normalise(&choice.text);
            if choices[..at].iter().any(same) {
                self.problem(items[at].place, format!("the choice `{}` stands twice", shown(&choice.text)));
            }
        }
        Some((node, choices))
    }

    fn one_choice(&mut self, node: &Node) -> Option<Choice> {
        let mut fields = self.fields(node, "a choice", &["right", "wrong", "why"])?;
        let (text, is_right) = match (fields.take("right"), fields.take("wrong")) {
            (Some(right), None) => (right.value, true),
            (None, Some(wrong)) => (wrong.value, false),
            (Some(_), Some(wrong)) => {
                self.problem(wrong.place, "a choice is `right` or `wrong`, not both");
                return None;
            }
            (None, None) => {
                self.problem(node.place, "a choice needs `right` or `wrong`");
                return None;
            }
        };
        let text = self.prose(text, "a choice");
        let why = if is_right {
            if let Some(why) = fields.take("why") {
                let message = "a right choice has no `why`";
                self.problem_with_help(why.place, message, "`explain` says why it is right");
            }
            None
        } else {
            Some(fields.need(self, "why").and_then(|why| self.prose(why, "`why`")))
        };
        fields.finish(self);
        match why {
            None => Some(Choice { text: text?, right: true, why: None }),
            Some(why) => Some(Choice { text: text?, right: false, why: Some(why?) }),
        }
    }
}
