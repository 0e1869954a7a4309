//! Patterns: what an actor expects. Names in them bind at first sight. Next: [`super::pattern_tag`].

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    node::{Node, Yaml},
    reader::{How, Reader},
};
use crate::{
    scenario::model::{Pattern, Piece},
    yaml::Reads,
};

impl Reader {
    /// A pattern.
    pub(crate) fn pattern(&mut self, node: &Node) -> Option<Pattern> {
        if let Some(tag) = &node.tag {
            return self.tagged_pattern(tag, node);
        }
        match &node.value {
            Yaml::Null => Some(Pattern::Null),
            Yaml::Bool(flag) => Some(Pattern::Bool(*flag)),
            Yaml::Number(number) => Some(Pattern::Number(number.clone())),
            Yaml::Text(text, _) => {
                let before = self.mentions.len();
                let text = self.pieces(text, node.place)?;
                if let [Piece::Name(name)] = text.0.as_slice() {
                    self.mentions.truncate(before);
                    self.mention(name, node.place, How::Bind);
                    return Some(Pattern::Name(name.clone()));
                }
                Some(Pattern::Text(text))
            }
            Yaml::List(items) => self.pattern_items(items).map(Pattern::Array),
            Yaml::Map(_) => self.pattern_entries(node, "an object").map(Pattern::Object),
        }
    }

    /// Patterns in a list.
    pub(crate) fn pattern_items(&mut self, items: &[Node]) -> Option<Vec<Pattern>> {
        let items: Vec<Option<Pattern>> = items.iter().map(|item| self.pattern(item)).collect();
        items.into_iter().collect()
    }

    /// Patterns by key.
    pub(crate) fn pattern_entries(&mut self, node: &Node, what: &str) -> Option<IndexMap<String, Pattern>> {
        let Yaml::Map(entries) = &node.value else {
            self.expected(node, what, "a map");
            return None;
        };
        let mut patterns = IndexMap::new();
        let mut whole = true;
        for (key, value) in entries {
            match (self.key(key), self.pattern(value)) {
                (Some(key), Some(value)) => {
                    patterns.insert(key.to_owned(), value);
                }
                _ => whole = false,
            }
        }
        whole.then_some(patterns)
    }

    /// The arguments of an event or acknowledgement: a list of patterns.
    pub(crate) fn arguments(&mut self, node: &Node, what: &str) -> Option<Vec<Pattern>> {
        let items = self.list(node, what)?;
        self.pattern_items(items)
    }

    /// What is read by `read` binds nothing for sure.
    pub(crate) fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.mentions.len();
        let result = read(self);
        for mention in &mut self.mentions[before..] {
            if mention.how == How::Bind {
                mention.how = How::Aside;
            }
        }
        result
    }
}

impl Reader {
    /// What is read by `read` stands inside `!not` and binds nothing, so a name there must be known. One that stands there
    /// twice need not be: it says that two values are not the same.
    pub(crate) fn denied<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.mentions.len();
        let result = read(self);
        let names: Vec<String> = self.mentions[before..].iter().map(|mention| mention.name.clone()).collect();
        for mention in &mut self.mentions[before..] {
            if mention.how == How::Bind {
                let once = names.iter().filter(|name| **name == mention.name).count() == 1;
                mention.how = if once { How::Use } else { How::Aside };
            }
        }
        result
    }

    /// Reads items that may come in any order. What one of them binds is not known in another, which may come first.
    pub(crate) fn in_any_order<T>(
        &mut self,
        items: &[Node],
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let start = self.mentions.len();
        let (mut read_items, mut needed, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            read_items.push(read(self, item));
            let mut bound = BTreeSet::new();
            for mention in self.mentions.split_off(start) {
                if mention.how == How::Bind {
                    bound.insert(mention.name.clone());
                }
                let is_needed = mention.how == How::Use && !bound.contains(&mention.name);
                if is_needed { &mut needed } else { &mut others }.push(mention);
            }
        }
        self.mentions.extend(needed.into_iter().chain(others));
        read_items.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read::{EXERCISE, reader::Mention, tree};

    fn read(text: &str) -> (Result<Pattern, String>, Vec<Mention>) {
        let mut reader = Reader::default();
        let pattern = reader.pattern(&tree::parse(text, EXERCISE).expect("yaml"));
        let mentions = reader.mentions.clone();
        (reader.finish(pattern).map_err(|problems| problems[0].message.clone()), mentions)
    }
    fn pattern(text: &str) -> Pattern {
        read(text).0.expect(text)
    }
    fn how(text: &str) -> Vec<(String, How)> {
        read(text).1.into_iter().map(|mention| (mention.name, mention.how)).collect()
    }

    #[test]
    fn every_tag_is_read() {
        let one = || Pattern::Number(1.into());
        for (text, expected) in [
            ("!any", Pattern::Any),
            ("!absent", Pattern::Absent),
            ("!string", Pattern::String),
            ("!number", Pattern::AnyNumber),
            ("!integer", Pattern::Integer),
            ("!boolean", Pattern::Boolean),
            ("!bytes", Pattern::Bytes(None)),
            ("!bytes 20kB", Pattern::Bytes(Some(20_000))),
            ("!matches \"^a$\"", Pattern::Matches("^a$".into())),
            ("!one_of [1, !any]", Pattern::OneOf(vec![one(), Pattern::Any])),
            ("!not 1", Pattern::Not(Box::new(one()))),
            ("!not [!absent]", Pattern::Not(Box::new(Pattern::Absent))),
            ("!not [1]", Pattern::Not(Box::new(Pattern::Array(vec![one()])))),
            ("!each [!integer]", Pattern::Each(Box::new(Pattern::Integer))),
            ("!exactly { a: 1 }", Pattern::Exactly(IndexMap::from([("a".into(), one())]))),
            ("!any_order [1]", Pattern::AnyOrder(vec![one()])),
            ("!contains [1]", Pattern::Contains(vec![one()])),
            ("!between [1, 2.5]", Pattern::Between(1.0, 2.5)),
            ("$id", Pattern::Name("id".into())),
        ] {
            assert_eq!(pattern(text), expected, "{text}");
        }
    }

    #[test]
    fn names_bind_alone_and_are_used_inside_a_text() {
        let name = |name: &str, how| (name.to_owned(), how);
        assert_eq!(how("[$a, \"x $b\"]"), [name("a", How::Bind), name("b", How::Use)]);
        assert_eq!(how("!not { a: $a }"), [name("a", How::Use)]);
        assert_eq!(how("!not { a: $a, b: $a }"), [name("a", How::Aside), name("a", How::Aside)]);
        assert_eq!(how("!not [!each $a]"), [name("a", How::Aside)]);
        assert_eq!(
            how("!one_of [[$a, $b], [$a]]"),
            [name("a", How::Bind), name("b", How::Aside), name("a", How::Bind)]
        );
    }

    #[test]
    fn of_what_comes_in_any_order_nothing_is_known_in_another_part() {
        let name = |name: &str, how| (name.to_owned(), how);
        for tag in ["any_order", "contains"] {
            assert_eq!(
                how(&format!("!{tag} [{{ a: $a, b: \"x $a\" }}, {{ a: !not $a }}, \"y $a\"]")),
                [name("a", How::Use), name("a", How::Use), name("a", How::Bind), name("a", How::Use)]
            );
        }
    }

    #[test]
    fn broken_patterns_are_refused() {
        for text in [
            "!matches \"(\"",
            "!between [2, 1]",
            "!between 3",
            "!any 5",
            "!fresh room",
            "!strng",
            "!not",
            "!one_of []",
            "!each",
            "!exactly [1]",
            "{ 1: 2 }",
        ] {
            assert!(read(text).0.is_err(), "{text}");
        }
    }
}
