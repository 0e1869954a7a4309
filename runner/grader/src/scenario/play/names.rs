//! The names of one run (`$room`, `$id`, `$asha`) and what they stand for.

use indexmap::IndexMap;

use crate::{
    scenario::model::{Piece, Text},
    value::Value,
};

/// Names and their values. A name is bound once and compared afterwards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names(IndexMap<String, Value>);

impl Names {
    /// The value of a name, if it is bound.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Binds a name.
    pub fn bind(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Forgets a name.
    pub fn forget(&mut self, name: &str) {
        self.0.shift_remove(name);
    }

    /// All names with their values, in the order in which they were bound.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// A text with its names replaced. An unbound name stays as it is written; the reader refuses files in
    /// which that can happen.
    pub fn render(&self, text: &Text) -> String {
        let mut rendered = String::new();
        for piece in &text.0 {
            match piece {
                Piece::Literal(part) => rendered.push_str(part),
                Piece::Name(name) => match self.get(name) {
                    Some(Value::String(value)) => rendered.push_str(value),
                    Some(value) => rendered.push_str(&value.to_string()),
                    None => {
                        rendered.push('$');
                        rendered.push_str(name);
                    }
                },
            }
        }
        rendered
    }
}
