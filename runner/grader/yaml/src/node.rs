//! A node of a YAML file: its value, its tag, its place, how it was quoted. Next: [`super::tree`], which builds it.

use serde_json::Number;

use super::Place;

/// A YAML node.
#[derive(Debug, Clone)]
pub struct Node {
    /// The name of its tag, without `!`.
    pub tag: Option<String>,
    /// Where the tag stands; the node's place if it has none.
    pub tag_place: Place,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub value: Yaml,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Yaml {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as JSON has it.
    Number(Number),
    /// A text.
    Text(String, Quoting),
    /// A list.
    List(Vec<Node>),
    /// A map: keys and values, in the order of the file.
    Map(Vec<(Node, Node)>),
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Without quotes.
    Plain {
        /// Whether a comment follows on its line: an unquoted ` #` cuts a text.
        cut: bool,
    },
    /// In quotes, or as a block.
    Quoted,
}

impl Node {
    /// A node without a tag.
    pub fn plain(place: Place, value: Yaml) -> Self {
        Self { tag: None, tag_place: place, place, value }
    }

    /// What it is, in a teacher's words.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Yaml::Null => "nothing",
            Yaml::Bool(_) => "a boolean",
            Yaml::Number(_) => "a number",
            Yaml::Text(..) => "a text",
            Yaml::List(_) => "a list",
            Yaml::Map(_) => "a map",
        }
    }

    /// The text of a text without a tag.
    pub fn as_text(&self) -> Option<&str> {
        match (&self.tag, &self.value) {
            (None, Yaml::Text(text, _)) => Some(text),
            _ => None,
        }
    }

    /// Whether it is nothing at all, not even a tag.
    pub fn is_empty(&self) -> bool {
        self.tag.is_none() && matches!(self.value, Yaml::Null)
    }

    /// As JSON, without tags. Keys become text.
    pub fn untagged(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.value {
            Yaml::Null => Value::Null,
            Yaml::Bool(flag) => Value::Bool(*flag),
            Yaml::Number(number) => Value::Number(number.clone()),
            Yaml::Text(text, _) => Value::String(text.clone()),
            Yaml::List(items) => items.iter().map(Self::untagged).collect(),
            Yaml::Map(entries) => entries
                .iter()
                .map(|(key, value)| {
                    let key = match key.untagged() {
                        Value::String(text) => text,
                        other => other.to_string(),
                    };
                    (key, value.untagged())
                })
                .collect(),
        }
    }
}
