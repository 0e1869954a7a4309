//! One scenario: `{ id, title, why, tracks, steps }`. Next: [`super::step`].

use super::{node::Node, reader::Reader};
use crate::{
    scenario::model::{Place, Scenario},
    yaml::Reads,
};

const KEYS: &[&str] = &["id", "title", "why", "tracks", "steps"];

/// A scenario as far as it could be read.
#[derive(Debug)]
pub(crate) struct PlacedScenario {
    pub(crate) scenario: Scenario,
    /// Where its id stands, or its title.
    pub(crate) id_place: Place,
    /// Whether nothing is missing.
    pub(crate) whole: bool,
}

impl Reader {
    /// Reads a scenario. What cannot be read is left empty, so that its id is known to the mistakes.
    pub(crate) fn scenario(&mut self, node: &Node) -> Option<PlacedScenario> {
        let mut fields = self.fields(node, "a scenario", KEYS)?;
        let before = self.problems.len();
        self.groups.clear();
        let id_field = fields.take("id");
        let title_node = fields.need(self, "title");
        let title = title_node.and_then(|title| self.title(title)).unwrap_or_default();
        let id_place = id_field.map(|field| field.value.place).or(title_node.map(|title| title.place));
        let id = match id_field {
            Some(field) => self.id(field.value, "the id"),
            None => self.id_of_title(&title, id_place),
        };
        let why = if self.by_learner {
            fields.take("why").and_then(|field| self.text(field.value, "`why`").map(str::to_owned))
        } else {
            fields.need(self, "why").and_then(|why| self.told(why, "`why`"))
        };
        let tracks = match fields.take("tracks") {
            Some(field) => self.tracks(field.value).unwrap_or_default(),
            None => Vec::new(),
        };
        let steps = fields.need(self, "steps").and_then(|steps| self.steps(steps, "`steps`"));
        fields.finish(self);
        Some(PlacedScenario {
            scenario: Scenario {
                id: id.unwrap_or_default(),
                title,
                why: why.unwrap_or_default(),
                tracks,
                steps: steps.unwrap_or_default(),
                stage: None,
                place: node.place,
            },
            id_place: id_place.unwrap_or(node.place),
            whole: self.problems.len() == before,
        })
    }

    fn id_of_title(&mut self, title: &str, place: Option<Place>) -> Option<String> {
        let id = slug(title);
        if id.is_empty() && !title.is_empty() {
            self.problem(place.unwrap_or_default(), "no id can be made from this title: add `id:`");
        }
        (!id.is_empty()).then_some(id)
    }
}

/// The id that a title has by itself: `a message reaches its room` → `a-message-reaches-its-room`.
pub(crate) fn slug(title: &str) -> String {
    let lower = title.to_lowercase().replace('\'', "");
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_from_the_words_of_a_title() {
        assert_eq!(
            slug("a message reaches its room, and nobody else"),
            "a-message-reaches-its-room-and-nobody-else"
        );
        assert_eq!(slug("Who's there?"), "whos-there");
        assert_eq!(slug("日本"), "");
    }
}
