//! Values that a person types at a prompt: `{ roomId: physics }, 5, !bytes 3B`. No names are known there.
//! Next: [`super::made`], its neighbour in files.

use indexmap::IndexMap;

use super::{
    node::{Node, Yaml},
    problem::shown,
    reader::Reader,
};
use crate::{value::Value, yaml::Reads as _};

impl Reader {
    /// A list of values.
    pub(crate) fn spoken(&mut self, node: &Node) -> Option<Vec<Value>> {
        let items = self.list(node, "what is said")?;
        let values: Vec<Option<Value>> = items.iter().map(|item| self.spoken_value(item)).collect();
        values.into_iter().collect()
    }

    fn spoken_value(&mut self, node: &Node) -> Option<Value> {
        match node.tag.as_deref() {
            // The same bytes each time: what is typed again is the same again.
            Some("bytes") => {
                let size = self.size(node, "`!bytes`")?;
                return Some(Value::Bytes((0..=u8::MAX).cycle().take(size).collect()));
            }
            Some("text") => {
                let size = self.size(node, "`!text`")?;
                return Some(Value::String("abcdefghij".chars().cycle().take(size).collect()));
            }
            Some(other) => {
                let message = format!("`!{}` cannot be said by hand", shown(other));
                self.problem_with_help(
                    node.tag_place,
                    message,
                    "`!bytes 20B` and `!text 100kB` can; quote a text that begins with `!`",
                );
                return None;
            }
            None => {}
        }
        Some(match &node.value {
            Yaml::Null => Value::Null,
            Yaml::Bool(flag) => Value::Bool(*flag),
            Yaml::Number(number) => Value::Number(number.clone()),
            Yaml::Text(text, _) => Value::String(text.clone()),
            Yaml::List(_) => Value::Array(self.spoken(node)?),
            Yaml::Map(entries) => {
                let mut object = IndexMap::new();
                for (key, value) in entries {
                    object.insert(self.key(key)?.to_owned(), self.spoken_value(value)?);
                }
                Value::Object(object)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{scenario::read, value::Value};

    #[test]
    fn values_are_typed_as_in_a_scenario() {
        for (typed, json) in [
            ("", "[]"),
            ("{roomId: physics}", r#"[{"roomId":"physics"}]"#),
            (
                r#"{"roomId": "physics", "n": [1, 2.5, null, true]}, hi there"#,
                r#"[{"roomId":"physics","n":[1,2.5,null,true]},"hi there"]"#,
            ),
            ("'5', 5, ~, '!x', $a", r#"["5",5,null,"!x","$a"]"#),
        ] {
            let values = read::spoken(typed).expect(typed);
            assert_eq!(Value::Array(values).to_string(), json, "{typed}");
        }
        assert_eq!(read::spoken("!bytes 3B").expect("bytes"), [Value::Bytes(vec![0, 1, 2])]);
        assert_eq!(read::spoken("!text 3B").expect("text"), [Value::from("abc")]);
    }

    #[test]
    fn what_cannot_be_typed_says_why() {
        for (typed, why) in [
            ("{roomId: physics", "this is no YAML"),
            ("[1, 2]]", "this is no YAML"),
            ("!any", "`!any` cannot be said by hand"),
            ("!bytes", "`!bytes` must be a size"),
            ("*a", "aliases"),
        ] {
            let problems = read::spoken(typed).expect_err(typed);
            assert!(problems[0].message.contains(why), "{typed}: {:?}", problems[0].message);
        }
    }
}
