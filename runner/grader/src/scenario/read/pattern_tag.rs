//! The tags of patterns: `!any`, `!one_of […]`, … Next: [`super::step`].
//!
//! YAML allows one tag a value, so a tag inside a tag stands in brackets: `!each [!integer]`, `!not [!absent]`.

use super::{
    made,
    node::{Node, Yaml},
    problem::shown,
    reader::{How, Mention, Reader},
    suggest::{did_you_mean_tag, either},
};
use crate::{scenario::model::Pattern, yaml::Reads};

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
    /// A pattern with a tag.
    pub(crate) fn tagged_pattern(&mut self, tag: &str, node: &Node) -> Option<Pattern> {
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
            "not" => self.denied(|reader| reader.inner(node)).map(|inner| Pattern::Not(Box::new(inner))),
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
            let near = did_you_mean_tag(tag, TAGS);
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
            return self.in_any_order(items, Self::pattern);
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
