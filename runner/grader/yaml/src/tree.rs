//! YAML text → a tree of nodes that keep their tag, their place and how they were quoted.
//!
//! Built from the parser's events, without recursion, because a tag and a place for every node cost some 45 kB of stack a
//! level when they are read through serde (and quoting is lost on that way). Hostile files end here: size, depth and number
//! of nodes are limited; anchors, aliases, merge keys, directives, duplicate keys and foreign tags are refused.
//! Next: [`super::fields`].

use std::{borrow::Cow, collections::BTreeMap};

use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};
use serde_json::Number;

use super::{
    Place,
    node::{Node, Quoting, Yaml},
    problem::{Problem, Problems, shown},
};

const MOST_BYTES: usize = 256 * 1024;
const MOST_NODES: usize = 20_000;
const DEEPEST: usize = 48;

/// The words in which a kind of file is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// What the file is: `an exercise`.
    pub file: &'static str,
    /// What to do instead of an anchor or an alias.
    pub instead_of_anchors: &'static str,
}

/// Reads a file that holds one document.
pub fn parse(text: &str, dialect: Dialect) -> Result<Node, Vec<Problem>> {
    let mut builder =
        Builder { text, dialect, problems: Problems::default(), stack: Vec::new(), root: None, nodes: 0 };
    let start = Place { line: 1, column: 1, len: 1 };
    if text.len() > MOST_BYTES {
        builder.problems.add(start, format!("the file is larger than {} kB", MOST_BYTES / 1024));
        return Err(builder.problems.into_sorted());
    }
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let goes_on = match event {
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => builder.broken(&error),
        };
        if !goes_on {
            break;
        }
    }
    match builder.root {
        Some(root) if builder.problems.is_empty() => Ok(root),
        _ => {
            if builder.problems.is_empty() {
                builder.problems.add(start, "the file is empty");
            }
            Err(builder.problems.into_sorted())
        }
    }
}

/// A list or map whose end has not come.
struct Open {
    node: Node,
    key: Option<Node>,
    lines_of_keys: BTreeMap<String, u32>,
}

struct Builder<'t> {
    text: &'t str,
    dialect: Dialect,
    problems: Problems,
    stack: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

impl Builder<'_> {
    /// Takes one event; whether to go on.
    fn event(&mut self, event: Event<'_>, span: &Span) -> bool {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.problems.add(self.place(span), "a second document begins here; a file holds one");
                return false;
            }
            Event::Anchor(_, name) => self.refuse_anchor(span, '&', &name),
            Event::Alias(_) => {
                let place = self.place(span);
                self.problems.add_with_help(
                    place,
                    "aliases are not part of the language",
                    self.dialect.instead_of_anchors,
                );
                self.complete(Node::plain(place, Yaml::Null));
            }
            Event::UnresolvedAlias(name) => {
                self.refuse_anchor(span, '*', &name);
                self.complete(Node::plain(self.place(span), Yaml::Null));
            }
            Event::Scalar(text, style, ..) => {
                let value = self.scalar(text, style, span);
                let node = self.node(value, span);
                self.complete(node);
            }
            Event::SequenceStart(..) => self.open(Yaml::List(Vec::new()), span),
            Event::MappingStart(..) => self.open(Yaml::Map(Vec::new()), span),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.stack.pop() {
                    self.complete(open.node);
                }
            }
            _ => {}
        }
        self.nodes += 1;
        if self.nodes > MOST_NODES || self.stack.len() > DEEPEST {
            let what = if self.nodes > MOST_NODES { "too many nodes" } else { "nested too deeply" };
            self.problems.add(self.place(span), format!("{what} for {}", self.dialect.file));
            return false;
        }
        true
    }

    fn broken(&mut self, error: &ScanError) -> bool {
        let place = self.place(&Span::empty(*error.marker()));
        let message = format!("this is no YAML: {}", shown_long(&error.info()));
        if self.has_two_tags(place.line) {
            self.problems.add_with_help(
                place,
                message,
                "YAML allows one tag a value: write `!each [!string]`",
            );
        } else {
            self.problems.add(place, message);
        }
        false
    }

    fn has_two_tags(&self, line: u32) -> bool {
        let line = self.text.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        words.windows(2).any(|pair| {
            pair.iter().all(|word| word.starts_with('!') && word.len() > 1 && !word.ends_with(['"', '\'']))
        })
    }

    fn refuse_anchor(&mut self, span: &Span, mark: char, name: &str) {
        let what = if mark == '&' { "anchors" } else { "aliases" };
        self.problems.add_with_help(
            self.place(span),
            format!("{what} (`{mark}{}`) are not part of the language", shown(name)),
            self.dialect.instead_of_anchors,
        );
    }

    fn open(&mut self, value: Yaml, span: &Span) {
        let node = self.node(value, span);
        self.stack.push(Open { node, key: None, lines_of_keys: BTreeMap::new() });
    }

    fn node(&mut self, value: Yaml, span: &Span) -> Node {
        let mut made = Node::plain(self.place(span), value);
        if let Some(tag_span) = span.tag_span() {
            made.tag_place = self.place(&tag_span);
            let raw = tag_span.slice(self.text).unwrap_or_default();
            let name = raw.strip_prefix('!').unwrap_or_default();
            if name.is_empty() || name.contains(['!', '<', ':']) {
                self.problems.add_with_help(
                    made.tag_place,
                    format!("the tag `{}` is not part of the language", shown(raw)),
                    "quote a text that looks like a number; the language's own tags begin with one `!`",
                );
            }
            if matches!(made.value, Yaml::Null) {
                made.place = made.tag_place;
            }
            made.tag = Some(name.to_owned());
        }
        made
    }

    fn complete(&mut self, mut node: Node) {
        let Some(parent) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut parent.node.value {
            Yaml::List(items) => items.push(node),
            Yaml::Map(entries) => {
                if let Some(key) = parent.key.take() {
                    if node.is_empty() {
                        node.place = key.place;
                    }
                    entries.push((key, node));
                } else {
                    refuse_key(&node, self.dialect, &mut parent.lines_of_keys, &mut self.problems);
                    parent.key = Some(node);
                }
            }
            _ => {}
        }
    }

    fn scalar(&self, text: Cow<'_, str>, style: ScalarStyle, span: &Span) -> Yaml {
        if style != ScalarStyle::Plain {
            return Yaml::Text(text.into_owned(), Quoting::Quoted);
        }
        match text.as_ref() {
            "" | "~" | "null" | "Null" | "NULL" => Yaml::Null,
            "true" | "True" | "TRUE" => Yaml::Bool(true),
            "false" | "False" | "FALSE" => Yaml::Bool(false),
            other => match number(other) {
                Some(number) => Yaml::Number(number),
                None => Yaml::Text(text.into_owned(), Quoting::Plain { cut: self.comment_follows(span) }),
            },
        }
    }

    fn comment_follows(&self, span: &Span) -> bool {
        let rest = span.end.byte_offset().and_then(|end| self.text.get(end..)).unwrap_or_default();
        rest.bytes().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(b'#')
    }

    fn place(&self, span: &Span) -> Place {
        let text = span.slice(self.text).unwrap_or_default();
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        let len = text.get(..end).unwrap_or_default().chars().count();
        let Marked { line, column } = marked(span.start);
        Place { line, column, len: small(len).max(1) }
    }
}

/// A number as JSON has it. Most texts are none, and that is seen at once.
fn number(text: &str) -> Option<Number> {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit()).then(|| text.parse().ok())?
}

struct Marked {
    line: u32,
    column: u32,
}

fn marked(marker: Marker) -> Marked {
    Marked { line: small(marker.line()).max(1), column: small(marker.col()).saturating_add(1) }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn shown_long(message: &str) -> String {
    message.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn refuse_key(key: &Node, dialect: Dialect, lines: &mut BTreeMap<String, u32>, problems: &mut Problems) {
    let word = match &key.value {
        Yaml::Text(text, _) => text.clone(),
        Yaml::List(_) | Yaml::Map(_) => return,
        other => Node::plain(key.place, other.clone()).untagged().to_string(),
    };
    if matches!(&key.value, Yaml::Text(text, Quoting::Plain { .. }) if text == "<<") {
        problems.add_with_help(
            key.place,
            "merge keys (`<<`) are not part of the language",
            dialect.instead_of_anchors,
        );
    }
    if let Some(line) = lines.get(&word) {
        problems
            .add(key.place, format!("the key `{}` stands here twice (before: line {line})", shown(&word)));
    } else {
        lines.insert(word, key.place.line);
    }
}
