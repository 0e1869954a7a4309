//! Made values: what an actor says. Their tags are `!fresh !text !bytes !jwt`. Next: [`super::pattern`].

use indexmap::IndexMap;

use super::{
    node::{Node, Yaml},
    pattern_tag,
    problem::shown,
    reader::{How, Reader},
    suggest::{did_you_mean_tag, either},
};
use crate::{
    scenario::model::{Jwt, Made, Piece},
    yaml::Reads,
};

/// The tags of made values.
pub(crate) const TAGS: &[&str] = &["fresh", "text", "bytes", "jwt"];

const ALGORITHMS: &[&str] = &["HS256", "none"];
const TIMES: &[&str] = &["exp", "iat", "nbf"];
/// The entry of `env` that signs tokens.
pub(crate) const SECRET: &str = "JWT_SECRET";

impl Reader {
    /// A made value.
    pub(crate) fn made(&mut self, node: &Node) -> Option<Made> {
        if let Some(tag) = &node.tag {
            return self.tagged_made(tag, node);
        }
        match &node.value {
            Yaml::Null => Some(Made::Null),
            Yaml::Bool(flag) => Some(Made::Bool(*flag)),
            Yaml::Number(number) => Some(Made::Number(number.clone())),
            Yaml::Text(text, _) => {
                let text = self.pieces(text, node.place)?;
                Some(match text.0.as_slice() {
                    [Piece::Name(name)] => Made::Name(name.clone()),
                    _ => Made::Text(text),
                })
            }
            Yaml::List(items) => self.made_items(items).map(Made::Array),
            Yaml::Map(_) => self.made_entries(node, "an object").map(Made::Object),
        }
    }

    /// Made values in a list.
    pub(crate) fn made_items(&mut self, items: &[Node]) -> Option<Vec<Made>> {
        let items: Vec<Option<Made>> = items.iter().map(|item| self.made(item)).collect();
        items.into_iter().collect()
    }

    /// Made values by key.
    pub(crate) fn made_entries(&mut self, node: &Node, what: &str) -> Option<IndexMap<String, Made>> {
        let Yaml::Map(entries) = &node.value else {
            self.expected(node, what, "a map");
            return None;
        };
        let mut made = IndexMap::new();
        let mut whole = true;
        for (key, value) in entries {
            match (self.key(key), self.made(value)) {
                (Some(key), Some(value)) => {
                    made.insert(key.to_owned(), value);
                }
                _ => whole = false,
            }
        }
        whole.then_some(made)
    }

    fn tagged_made(&mut self, tag: &str, node: &Node) -> Option<Made> {
        match tag {
            "fresh" => self.fresh(node),
            "text" => self.size(node, "`!text`").map(Made::LongText),
            "bytes" => self.size(node, "`!bytes`").map(Made::Bytes),
            "jwt" => self.jwt(node),
            _ if pattern_tag::TAGS.contains(&tag) => {
                self.problem(
                    node.tag_place,
                    format!(
                        "`!{tag}` is a pattern, and here a value is made: an actor has to know what it says"
                    ),
                );
                None
            }
            _ => {
                let near = did_you_mean_tag(tag, TAGS);
                let help = format!("tags of made values: {}", either(&["!fresh", "!text", "!bytes", "!jwt"]));
                self.problem_with_help(node.tag_place, format!("unknown tag `!{}`{near}", shown(tag)), help);
                None
            }
        }
    }

    fn fresh(&mut self, node: &Node) -> Option<Made> {
        match &node.value {
            Yaml::Text(word, _)
                if word.starts_with(|c: char| c.is_ascii_alphabetic())
                    && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') =>
            {
                Some(Made::Fresh(word.clone()))
            }
            _ => {
                self.problem(
                    node.place,
                    "`!fresh` needs one word, with which the new name begins: `!fresh room`",
                );
                None
            }
        }
    }

    fn jwt(&mut self, node: &Node) -> Option<Made> {
        let mut claims = IndexMap::new();
        let mut times = IndexMap::new();
        let (mut by, mut alg) = (None, "HS256".to_owned());
        let Yaml::Map(entries) = &node.value else {
            self.expected(node, "`!jwt`", "a map of claims");
            return None;
        };
        for (key, value) in entries {
            let key = self.key(key)?;
            match key {
                "by" => by = Some(self.made(value)?),
                "alg" => {
                    let word = self.text(value, "`alg`")?;
                    if !ALGORITHMS.contains(&word) {
                        let message = format!("unknown `alg` `{}`", shown(word));
                        self.problem_with_help(
                            value.place,
                            message,
                            format!("known: {}", either(ALGORITHMS)),
                        );
                        return None;
                    }
                    word.clone_into(&mut alg);
                }
                time if TIMES.contains(&time) => {
                    let seconds = self.whole(value, "a time of a token", -4_000_000_000, 4_000_000_000)?;
                    times.insert(time.to_owned(), seconds);
                }
                claim => {
                    claims.insert(claim.to_owned(), self.made(value)?);
                }
            }
        }
        if by.is_none() && alg != "none" {
            self.mention(SECRET, node.tag_place, How::Secret);
        }
        Some(Made::Jwt(Box::new(Jwt { claims, times, by, alg })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{
        model::Text,
        read::{EXERCISE, tree},
    };

    fn made(text: &str) -> Result<Made, String> {
        let mut reader = Reader::default();
        let made = reader.made(&tree::parse(text, EXERCISE).expect("yaml"));
        reader.finish(made).map_err(|problems| problems[0].message.clone())
    }
    fn text(word: &str) -> Made {
        Made::Text(Text(vec![Piece::Literal(word.into())]))
    }

    #[test]
    fn plain_values_are_json() {
        let read = made("{ a: [1, -2.5, true, null, yes], b: $room, c: \"$room!\", d: $$5 }").expect("made");
        let Made::Object(read) = read else { panic!("{read:?}") };
        assert_eq!(
            read["a"],
            Made::Array(vec![
                Made::Number(1.into()),
                Made::Number(serde_json::Number::from_f64(-2.5).expect("finite")),
                Made::Bool(true),
                Made::Null,
                text("yes"),
            ])
        );
        assert_eq!(read["b"], Made::Name("room".into()));
        assert_eq!(read["c"], Made::Text(Text(vec![Piece::Name("room".into()), Piece::Literal("!".into())])));
        assert_eq!(read["d"], text("$5"));
    }

    #[test]
    fn tags_make_values() {
        assert_eq!(made("!fresh room"), Ok(Made::Fresh("room".into())));
        assert_eq!(made("!text 100kB"), Ok(Made::LongText(100_000)));
        assert_eq!(made("!bytes 20kB"), Ok(Made::Bytes(20_000)));
        let Ok(Made::Jwt(jwt)) = made("!jwt { sub: $asha, exp: -60, by: \"another secret\", alg: none }")
        else {
            panic!("no token")
        };
        assert_eq!(jwt.claims["sub"], Made::Name("asha".into()));
        assert_eq!(jwt.times["exp"], -60);
        assert_eq!(jwt.by, Some(text("another secret")));
        assert_eq!(jwt.alg, "none");
    }

    #[test]
    fn patterns_and_unknown_tags_are_refused() {
        assert!(made("!any").is_err_and(|message| message.contains("is a pattern")));
        assert!(made("!frsh room").is_err_and(|message| message.ends_with("did you mean `!fresh`?")));
        assert!(made("!fresh two words").is_err());
        assert!(made("!text lots").is_err());
        assert!(made("!jwt { alg: HS512 }").is_err());
    }
}
