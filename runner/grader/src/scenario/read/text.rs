//! Texts with names in them: `line $n`, `$$5`. Next: [`super::made`] and [`super::pattern`].

use super::{
    node::Node,
    problem::shown,
    reader::{How, Mention, Reader},
};
use crate::{
    scenario::model::{Piece, Place, Text},
    yaml::Reads,
};

/// Splits a text at its `$name`s; `$$` is a dollar. The error is what follows a stray `$`.
pub(crate) fn split(text: &str) -> Result<Text, String> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        literal.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            literal.push('$');
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let name = &rest[..end];
        if !is_name(name) {
            return Err(rest.chars().take(1).collect());
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.push(Piece::Name(name.to_owned()));
        rest = &rest[end..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(Text(pieces))
}

/// Whether a word can be a name: a letter, then letters, digits and `_`.
pub(crate) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A text as it was written, for messages and for comparing: `/room-$room`.
pub(crate) fn written(text: &Text) -> String {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Literal(literal) => literal.replace('$', "$$"),
            Piece::Name(name) => format!("${name}"),
        })
        .collect()
}

/// The text, if no name is in it.
pub(crate) fn fixed(text: &Text) -> Option<String> {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Literal(literal) => Some(literal.as_str()),
            Piece::Name(_) => None,
        })
        .collect()
}

impl Reader {
    /// Notes that a name is used.
    pub(crate) fn mention(&mut self, name: &str, place: Place, how: How) {
        self.mentions.push(Mention { name: name.to_owned(), place, how });
    }

    /// A text with names in it; the names must be known.
    pub(crate) fn template(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = self.text(node, what)?;
        self.pieces(text, node.place)
    }

    /// The same, of a text at hand.
    pub(crate) fn pieces(&mut self, text: &str, place: Place) -> Option<Text> {
        match split(text) {
            Ok(text) => {
                for piece in &text.0 {
                    if let Piece::Name(name) = piece {
                        self.mention(name, place, How::Use);
                    }
                }
                Some(text)
            }
            Err(after) => {
                let message = if after.is_empty() {
                    "a `$` must be followed by a name, and nothing follows".to_owned()
                } else {
                    format!("a `$` must be followed by a name, not by `{}`", shown(&after))
                };
                self.problem_with_help(place, message, "write `$$` for a dollar");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(word: &str) -> Piece {
        Piece::Name(word.into())
    }
    fn literal(word: &str) -> Piece {
        Piece::Literal(word.into())
    }

    #[test]
    fn names_and_dollars() {
        assert_eq!(split("line $n!"), Ok(Text(vec![literal("line "), name("n"), literal("!")])));
        assert_eq!(split("$a$b"), Ok(Text(vec![name("a"), name("b")])));
        assert_eq!(split("$$5 and $$x"), Ok(Text(vec![literal("$5 and $x")])));
        assert_eq!(
            split("42[\"x\",\"$name\"]"),
            Ok(Text(vec![literal("42[\"x\",\""), name("name"), literal("\"]")]))
        );
        assert_eq!(split(""), Ok(Text(vec![])));
    }

    #[test]
    fn a_stray_dollar_is_refused() {
        assert_eq!(split("cost: $5"), Err("5".into()));
        assert_eq!(split("end $"), Err(String::new()));
        assert_eq!(split("${x}"), Err("{".into()));
    }

    #[test]
    fn written_is_what_split_reads() {
        for text in ["/room-$room", "$$a $b", "plain"] {
            assert_eq!(split(text).map(|text| written(&text)).as_deref(), Ok(text));
        }
    }
}
