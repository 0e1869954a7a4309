//! Patterns: what an actor expects. Names in them bind at first sight. Next: [`super::step`].
//!
//! YAML allows one tag a value, so a tag inside a tag stands in brackets: `!each [!integer]`, `!not [!absent]`.

use indexmap::IndexMap;

use super::{
    made,
    problem::shown,
    reader::{How, Mention, Reader},
    suggest::{did_you_mean, either},
    tree::{Node, Yaml},
};
use crate::scenario::model::{Pattern, Piece};

/// The tags of patterns.
pub(crate) const TAGS: &[&str] = &[
    "any",
    "absent",
    "string",
    "number",
    "integer",
    "boolean",
    "bytes",
    "matches",
    "one_of",
    "not",
    "exactly",
    "any_order",
    "contains",
    "each",
    "between",
];

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

    fn tagged_pattern(&mut self, tag: &str, node: &Node) -> Option<Pattern> {
        match tag {
            "any" => self.bare(node, Pattern::Any),
            "absent" => self.bare(node, Pattern::Absent),
            "string" => self.bare(node, Pattern::String),
            "number" => self.bare(node, Pattern::AnyNumber),
            "integer" => self.bare(node, Pattern::Integer),
            "boolean" => self.bare(node, Pattern::Boolean),
            "bytes" if matches!(node.value, Yaml::Null) => Some(Pattern::Bytes(None)),
            "bytes" => self.size(node, "`!bytes`").map(|size| Pattern::Bytes(Some(size))),
            "matches" => self.matches(node),
            "one_of" => self.one_of(node),
            "not" => self.aside(|reader| reader.inner(node)).map(|inner| Pattern::Not(Box::new(inner))),
            "each" => self.aside(|reader| reader.inner(node)).map(|inner| Pattern::Each(Box::new(inner))),
            "exactly" => self.pattern_entries(node, "`!exactly`").map(Pattern::Exactly),
            "any_order" => self.tagged_items(node, "`!any_order`").map(Pattern::AnyOrder),
            "contains" => self.tagged_items(node, "`!contains`").map(Pattern::Contains),
            "between" => self.between(node),
            _ => self.unknown_pattern(tag, node),
        }
    }

    fn unknown_pattern(&mut self, tag: &str, node: &Node) -> Option<Pattern> {
        if made::TAGS.contains(&tag) {
            self.problem_with_help(
                node.tag_place,
                format!("`!{tag}` makes a value, and here a pattern is expected"),
                "make the value in `vars` and compare with its `$name`",
            );
        } else {
            let near = did_you_mean(tag, TAGS.iter().copied());
            let message = format!("unknown tag `!{}`{near}", shown(tag));
            if near.is_empty() {
                let known: Vec<String> = TAGS.iter().map(|tag| format!("!{tag}")).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let help = format!("tags of patterns: {}", either(&known));
                self.problem_with_help(node.tag_place, message, help);
            } else {
                self.problem(node.tag_place, message);
            }
        }
        None
    }

    fn bare(&mut self, node: &Node, pattern: Pattern) -> Option<Pattern> {
        if matches!(node.value, Yaml::Null) {
            return Some(pattern);
        }
        let tag = node.tag.as_deref().unwrap_or_default();
        self.problem(node.place, format!("`!{tag}` stands alone, and {} follows it", node.kind()));
        None
    }

    fn tagged_items(&mut self, node: &Node, what: &str) -> Option<Vec<Pattern>> {
        if let Yaml::List(items) = &node.value {
            return self.pattern_items(items);
        }
        self.expected(node, what, "a list");
        None
    }

    /// The pattern inside `!not` and `!each`.
    fn inner(&mut self, node: &Node) -> Option<Pattern> {
        if let Yaml::List(items) = &node.value
            && let [item] = items.as_slice()
            && item.tag.is_some()
        {
            return self.pattern(item);
        }
        if matches!(node.value, Yaml::Null) {
            let tag = node.tag.as_deref().unwrap_or_default();
            self.problem_with_help(
                node.place,
                format!("`!{tag}` needs a pattern"),
                "a tag inside a tag stands in brackets: `!each [!integer]`",
            );
            return None;
        }
        self.pattern(&Node { tag: None, ..node.clone() })
    }

    /// A name is bound only if every alternative binds it.
    fn one_of(&mut self, node: &Node) -> Option<Pattern> {
        let Yaml::List(items) = &node.value else {
            self.expected(node, "`!one_of`", "a list of alternatives");
            return None;
        };
        let start = self.mentions.len();
        let mut alternatives = Vec::new();
        let mut mentioned: Vec<Vec<Mention>> = Vec::new();
        for item in items {
            alternatives.push(self.pattern(item));
            mentioned.push(self.mentions.split_off(start));
        }
        for index in 0..mentioned.len() {
            for mut mention in mentioned[index].clone() {
                let everywhere = mentioned.iter().all(|list| {
                    list.iter().any(|other| other.how == How::Bind && other.name == mention.name)
                });
                if mention.how == How::Bind && !everywhere {
                    mention.how = How::Aside;
                }
                self.mentions.push(mention);
            }
        }
        if alternatives.is_empty() {
            self.problem(node.place, "`!one_of` needs at least one alternative");
            return None;
        }
        alternatives.into_iter().collect::<Option<Vec<_>>>().map(Pattern::OneOf)
    }

    fn matches(&mut self, node: &Node) -> Option<Pattern> {
        let Yaml::Text(expression, _) = &node.value else {
            self.expected(node, "`!matches`", "a regular expression in quotes");
            return None;
        };
        match regex_lite::Regex::new(expression) {
            Ok(_) => Some(Pattern::Matches(expression.clone())),
            Err(error) => {
                let error = error.to_string();
                self.problem(node.place, format!("this regular expression is broken: {error}"));
                None
            }
        }
    }

    fn between(&mut self, node: &Node) -> Option<Pattern> {
        let bounds: Vec<Option<f64>> = match &node.value {
            Yaml::List(items) => items.iter().map(bound).collect(),
            _ => Vec::new(),
        };
        match bounds.as_slice() {
            [Some(low), Some(high)] if low <= high => Some(Pattern::Between(*low, *high)),
            _ => {
                self.problem(node.place, "`!between` needs two numbers, the lower first: `!between [1, 10]`");
                None
            }
        }
    }
}

fn bound(node: &Node) -> Option<f64> {
    match (&node.tag, &node.value) {
        (None, Yaml::Number(number)) => number.as_f64(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read::tree;

    fn read(text: &str) -> (Result<Pattern, String>, Vec<Mention>) {
        let mut reader = Reader::default();
        let pattern = reader.pattern(&tree::parse(text).expect("yaml"));
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
        assert_eq!(how("!not { a: $a }"), [name("a", How::Aside)]);
        assert_eq!(
            how("!one_of [[$a, $b], [$a]]"),
            [name("a", How::Bind), name("b", How::Aside), name("a", How::Bind)]
        );
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
