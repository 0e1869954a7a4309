//! Compares what came with what was asked: patterns against values.
//!
//! Objects match partially, arrays exactly, numbers by value. `$x` binds at first sight and compares after; a
//! pattern that does not match binds nothing.

use indexmap::IndexMap;
use serde_json::Number;

use super::{assign::each_its_own, names::Names};
use crate::{scenario::model::Pattern, value::Value};

/// The first difference: where it is, as a JSON pointer into the arguments (`/0/from`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// JSON pointer (RFC 6901); empty for the whole.
    pub at: String,
}

type Verdict = Result<(), Difference>;

/// Matches one value. On success the names it bound are in `names`; on failure `names` is as before.
pub fn matches(pattern: &Pattern, value: &Value, names: &mut Names) -> Verdict {
    transact(names, |names| one(pattern, Some(value), names, ""))
}

/// Matches a list of arguments exactly: their number counts.
pub fn all(patterns: &[Pattern], values: &[Value], names: &mut Names) -> Verdict {
    transact(names, |names| array(patterns, values, names, ""))
}

fn transact(names: &mut Names, attempt: impl FnOnce(&mut Names) -> Verdict) -> Verdict {
    let mut trial = names.clone();
    attempt(&mut trial)?;
    *names = trial;
    Ok(())
}

fn differs(at: &str) -> Verdict {
    Err(Difference { at: at.to_owned() })
}

fn holds(condition: bool, at: &str) -> Verdict {
    if condition { Ok(()) } else { differs(at) }
}

fn one(pattern: &Pattern, value: Option<&Value>, names: &mut Names, at: &str) -> Verdict {
    let Some(value) = value else {
        return holds(may_be_absent(pattern), at);
    };
    match pattern {
        Pattern::Any => Ok(()),
        Pattern::Absent => differs(at),
        Pattern::Null => holds(*value == Value::Null, at),
        Pattern::Bool(flag) => holds(*value == Value::Bool(*flag), at),
        Pattern::Number(number) => holds(*value == Value::Number(number.clone()), at),
        Pattern::Text(text) => holds(value.as_str() == Some(names.render(text).as_str()), at),
        Pattern::Name(name) => named(name, value, names, at),
        Pattern::Array(items) => match value {
            Value::Array(values) => array(items, values, names, at),
            _ => differs(at),
        },
        Pattern::Object(entries) => object(entries, value, names, at),
        Pattern::Exactly(entries) => {
            object(entries, value, names, at)?;
            match value {
                Value::Object(found) => match found.keys().find(|key| !entries.contains_key(*key)) {
                    Some(extra) => differs(&below(at, extra)),
                    None => Ok(()),
                },
                _ => differs(at),
            }
        }
        Pattern::String => holds(matches!(value, Value::String(_)), at),
        Pattern::AnyNumber => holds(matches!(value, Value::Number(_)), at),
        Pattern::Integer => holds(matches!(value, Value::Number(n) if is_whole(n)), at),
        Pattern::Boolean => holds(matches!(value, Value::Bool(_)), at),
        Pattern::Bytes(size) => {
            holds(matches!(value, Value::Bytes(bytes) if size.is_none_or(|size| bytes.len() == size)), at)
        }
        Pattern::Matches(expression) => {
            let found = value.as_str().is_some_and(|text| {
                regex_lite::Regex::new(expression).is_ok_and(|regex| regex.is_match(text))
            });
            holds(found, at)
        }
        Pattern::Between(low, high) => {
            let number = match value {
                Value::Number(number) => number.as_f64(),
                _ => None,
            };
            holds(number.is_some_and(|number| (*low..=*high).contains(&number)), at)
        }
        Pattern::Not(inner) => {
            let found = one(inner, Some(value), &mut names.clone(), at).is_ok();
            holds(!found, at)
        }
        Pattern::OneOf(choices) => {
            for choice in choices {
                if transact(names, |names| one(choice, Some(value), names, at)).is_ok() {
                    return Ok(());
                }
            }
            differs(at)
        }
        Pattern::AnyOrder(patterns) => match value {
            Value::Array(values) if values.len() == patterns.len() => unordered(patterns, values, names, at),
            _ => differs(at),
        },
        Pattern::Contains(patterns) => match value {
            Value::Array(values) => unordered(patterns, values, names, at),
            _ => differs(at),
        },
        Pattern::Each(inner) => match value {
            Value::Array(values) => {
                for (index, item) in values.iter().enumerate() {
                    one(inner, Some(item), names, &below(at, &index.to_string()))?;
                }
                Ok(())
            }
            _ => differs(at),
        },
    }
}

/// Only `!absent`, alone or as an alternative, takes what is not there: `id: !not $first` asks for an id, another one.
fn may_be_absent(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Absent => true,
        Pattern::OneOf(choices) => choices.iter().any(may_be_absent),
        _ => false,
    }
}

fn named(name: &str, value: &Value, names: &mut Names, at: &str) -> Verdict {
    if let Some(known) = names.get(name) {
        return holds(known == value, at);
    }
    names.bind(name, value.clone());
    Ok(())
}

fn array(patterns: &[Pattern], values: &[Value], names: &mut Names, at: &str) -> Verdict {
    for (index, pattern) in patterns.iter().enumerate() {
        let place = below(at, &index.to_string());
        one(pattern, values.get(index), names, &place)?;
    }
    if values.len() > patterns.len() {
        return differs(&below(at, &patterns.len().to_string()));
    }
    Ok(())
}

fn object(entries: &IndexMap<String, Pattern>, value: &Value, names: &mut Names, at: &str) -> Verdict {
    let Value::Object(found) = value else { return differs(at) };
    for (key, pattern) in entries {
        one(pattern, found.get(key), names, &below(at, key))?;
    }
    Ok(())
}

/// Each pattern takes one value of its own.
fn unordered(patterns: &[Pattern], values: &[Value], names: &mut Names, at: &str) -> Verdict {
    let fits = |pattern: usize, value: usize, names: &mut Names| {
        transact(names, |names| one(&patterns[pattern], Some(&values[value]), names, "")).is_ok()
    };
    holds(each_its_own(patterns.len(), values.len(), names, &fits).is_some(), at)
}

fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}
