//! A page and the person in front of it: `mount`, `props`, `type`, `sees`. Next: [`super::http`].

use indexmap::IndexMap;

use super::{
    act::{Deed, nothing_follows},
    node::{Node, Yaml},
    reader::Reader,
};
use crate::{
    scenario::model::{Act, Made, Text},
    yaml::Reads,
};

/// The prop that every component gets from the runner.
const URL: &str = "url";

impl Reader {
    /// `mount`, `{ mount: { room: $room } }`.
    pub(crate) fn mount(&mut self, deed: &Deed<'_>) -> Option<Act> {
        if nothing_follows(deed) {
            return Some(Act::Mount(IndexMap::new()));
        }
        self.props(deed.value).map(Act::Mount)
    }

    /// The props of a component, all of them but `url`.
    pub(crate) fn props(&mut self, node: &Node) -> Option<IndexMap<String, Made>> {
        if !self.untagged(node, "the props") {
            return None;
        }
        let props = self.made_entries(node, "the props")?;
        if props.contains_key(URL) {
            let message = "`url` is given to every component: the address of our server";
            self.problem(node.place, message);
            return None;
        }
        Some(props)
    }

    /// `{ Message: hello, Name: $asha }`: labels of fields, and what is typed.
    pub(crate) fn fields_typed(&mut self, node: &Node) -> Option<IndexMap<String, Text>> {
        let Yaml::Map(entries) = &node.value else {
            self.expected(node, "`type`", "a map like `{ Message: hello }`");
            return None;
        };
        if entries.is_empty() {
            self.problem(node.place, "`type` needs a field: `{ Message: hello }`");
            return None;
        }
        let mut typed = IndexMap::new();
        for (label, text) in entries {
            let label = self.key(label)?.to_owned();
            typed.insert(label, self.template(text, "what is typed")?);
        }
        Some(typed)
    }

    /// `{ sees: hello }`, `{ sees: hello, times: 1 }`.
    pub(crate) fn sees(&mut self, deed: &mut Deed<'_>) -> Option<Act> {
        let times = match deed.fields.take("times") {
            Some(field) => Some(self.count(field.value, "`times`", 1, 1000)?),
            None => None,
        };
        let text = self.template(deed.value, "the text")?;
        Some(Act::Sees { text, times })
    }
}
