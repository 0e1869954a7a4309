//! `hear:`: one event, several in any order, a series, or nothing. Next: [`super::program`].

use super::{
    act::Deed,
    amount,
    node::{Node, Yaml},
    problem::shown,
    reader::{How, Reader},
    suggest::did_you_mean,
};
use crate::{
    scenario::model::{Act, EventPattern, Hear},
    yaml::Reads,
};

/// The name of a series, its first and its last number.
type Series = (String, i64, i64);

impl Reader {
    /// Reads a `hear`.
    pub(crate) fn hear(&mut self, deed: &mut Deed<'_>) -> Option<Act> {
        let silence = deed.value.as_text() == Some("nothing");
        let during = match deed.fields.take("for") {
            Some(field) if !silence => {
                self.problem_with_help(
                    field.place,
                    "`for` belongs to `hear: nothing`",
                    "`within:` raises the patience for what must come",
                );
                return None;
            }
            Some(field) => Some(self.duration(field.value, "`for`")?),
            None => None,
        };
        if silence {
            return Some(Act::HearNothing { during });
        }
        let before = self.mentions.len();
        let events = self.events(deed.value);
        let series = self.series(deed, before).ok()?;
        let reply = match deed.fields.take("reply") {
            Some(field) => {
                let items = self.list(field.value, "`reply`")?;
                Some(self.made_items(items)?)
            }
            None => None,
        };
        let events = events?;
        if events.len() > 1 && (reply.is_some() || series.is_some()) {
            let message = "several events in any order have neither a `reply` nor a series";
            self.problem(deed.value.place, message);
            return None;
        }
        Some(Act::Hear(Hear { events, reply, series }))
    }

    fn events(&mut self, node: &Node) -> Option<Vec<EventPattern>> {
        match (node.tag.as_deref(), &node.value) {
            (Some("any_order"), Yaml::List(items)) if !items.is_empty() => {
                self.in_any_order(items, Self::event_pattern)
            }
            (Some("any_order"), _) => {
                self.problem(node.place, "`!any_order` needs a list of events: `[[event, …], [event, …]]`");
                None
            }
            (None, Yaml::List(items))
                if matches!(items.first().map(|item| &item.value), Some(Yaml::List(_))) =>
            {
                self.problem_with_help(
                    node.place,
                    "`hear` takes one event",
                    "several in any order: `hear: !any_order [[event, …], [event, …]]`",
                );
                None
            }
            (None, Yaml::Text(word, _)) if word != "nothing" => {
                let near = did_you_mean(word, ["nothing"]);
                let message = format!("`hear` takes a list, the event first: `[{}]`{near}", shown(word));
                self.problem(node.place, message);
                None
            }
            _ => self.event_pattern(node).map(|event| vec![event]),
        }
    }

    fn event_pattern(&mut self, node: &Node) -> Option<EventPattern> {
        let (name, rest) = self.event(node, "`hear`")?;
        let args = self.pattern_items(rest)?;
        Some(EventPattern { name, args: (!rest.is_empty()).then_some(args) })
    }

    /// A key that is none of ours and whose value is a range makes a series. An error has been noted.
    fn series(&mut self, deed: &mut Deed<'_>, before: usize) -> Result<Option<Series>, ()> {
        let single =
            deed.fields.left().iter().find(|field| {
                field.key.len() == 1 && matches!(field.value.value, Yaml::Number(_) | Yaml::Null)
            });
        if let Some(field) = single.copied() {
            deed.fields.take(field.key);
            self.range(field.value, "a series").ok_or(())?;
        }
        let found = deed
            .fields
            .left()
            .iter()
            .find(|field| {
                field.key != "reply"
                    && field.value.as_text().is_some_and(|text| amount::range(text).is_some())
            })
            .copied();
        let Some(field) = found else { return Ok(None) };
        deed.fields.take(field.key);
        self.name(field.key, field.place).ok_or(())?;
        let (from, to) = self.range(field.value, "a series").ok_or(())?;
        let own = self.mentions.split_off(before);
        self.mentions.extend(own.into_iter().filter(|mention| mention.name != field.key));
        self.mention(field.key, field.place, How::Declare);
        Ok(Some((field.key.to_owned(), from, to)))
    }
}
