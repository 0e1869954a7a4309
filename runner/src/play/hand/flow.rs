//! Values as YAML on one line, as made values and as patterns; and which of them differ in each run.
//! Next: [`super::story`].

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{SystemTime, UNIX_EPOCH},
};

use grader::value::Value;

/// Two days, in seconds: a number so near to now is a time.
const NEAR: f64 = 2.0 * 86_400.0;
/// Names that nothing may have (`grader::scenario::read`, cast), and those of the people of the course.
const RESERVED: [&str; 16] = [
    "server", "page", "user", "learner", "http", "redis", "wait", "together", "repeat", "node", "me", "asha",
    "ravi", "meera", "mallory", "teacher",
];

/// The names of values that differ in each run.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// A value that somebody says.
    pub(super) fn said(&self, value: &Value) -> String {
        self.write(value, &|_| None)
    }

    /// A value that somebody hears.
    pub(super) fn heard(&self, value: &Value) -> String {
        self.write(value, &|value| {
            is_fresh(value).then_some(if matches!(value, Value::Number(_)) { "!number" } else { "!string" })
        })
    }

    fn write(&self, value: &Value, any: &dyn Fn(&Value) -> Option<&'static str>) -> String {
        if let Value::String(text) = value
            && let Some(name) = self.0.get(text)
        {
            return format!("${name}");
        }
        if let Some(pattern) = any(value) {
            return pattern.to_owned();
        }
        match value {
            Value::Null => "null".to_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => scalar(&text.replace('$', "$$")),
            Value::Bytes(bytes) => format!("!bytes {}B", bytes.len()),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.write(item, any)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
            Value::Object(entries) => {
                let entries =
                    entries.iter().map(|(key, value)| format!("{}: {}", scalar(key), self.write(value, any)));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// A text as YAML: plain where that is safe inside `{ }`, else in quotes.
pub(super) fn scalar(text: &str) -> String {
    let plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-' | '/' | '.' | '$' | '!' | '?')
    };
    let begins = text.starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '/' | '$'));
    let word = text.to_ascii_lowercase();
    let special = matches!(
        word.as_str(),
        "null"
            | "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "y"
            | "n"
            | "nan"
            | "inf"
            | "infinity"
            | "nothing"
            | "later"
    );
    if begins && !special && !text.ends_with(' ') && !text.contains("  ") && text.chars().all(plain) {
        return text.to_owned();
    }
    // JSON's strings are YAML's, except for these two line ends, which YAML would fold.
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029").replace('\u{85}', "\\u0085")
}

/// Gives names to the texts that a server made and that come, or are said, again. `values` are all of a session, in
/// order, with whether a client said them.
pub(super) fn fresh_values(values: &[(bool, &Value)], taken: &[&str]) -> Names {
    let mut known = BTreeSet::new();
    let mut heard: Vec<(String, String, usize)> = Vec::new();
    let mut wanted = BTreeSet::new();
    for (said, value) in values {
        let mut texts = Vec::new();
        leaves(value, "value", &mut texts);
        for (key, text) in texts {
            let place = heard.iter().position(|(_, seen, _)| seen == text);
            match (said, place) {
                // What a client says first is the same in each run.
                (true, None) => {
                    known.insert(text.to_owned());
                }
                (true, Some(_)) => {
                    wanted.insert(text.to_owned());
                }
                (false, None) if !known.contains(text) => heard.push((key.to_owned(), text.to_owned(), 1)),
                (false, Some(place)) => heard[place].2 += 1,
                (false, None) => {}
            }
        }
    }
    let mut names = Names::default();
    let mut used: BTreeSet<String> = RESERVED.iter().chain(taken).map(|name| (*name).to_owned()).collect();
    for (key, text, times) in heard {
        // Two equal times may be two times that were the same by chance.
        let again = times > 1 && is_id(&text);
        if (again || wanted.contains(&text)) && text.chars().count() > 1 {
            let name = (1..).map(|number| if number == 1 { key.clone() } else { format!("{key}{number}") });
            if let Some(name) = name.into_iter().find(|name| !used.contains(name)) {
                used.insert(name.clone());
                names.0.insert(text, name);
            }
        }
    }
    names
}

/// The texts in a value, with the key under which each stands, as a name.
fn leaves<'v>(value: &'v Value, key: &'v str, into: &mut Vec<(&'v str, &'v str)>) {
    match value {
        Value::String(text) => into.push((key, text)),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, key, into)),
        Value::Object(entries) => {
            for (key, value) in entries {
                leaves(value, if is_name(key) { key } else { "value" }, into);
            }
        }
        _ => {}
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Whether a value looks as if it were another one in the next run: an id, a time.
fn is_fresh(value: &Value) -> bool {
    match value {
        Value::String(text) => is_id(text) || is_date(text),
        Value::Number(number) => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
            number
                .as_f64()
                .is_some_and(|number| (number - now).abs() < NEAR || (number / 1000.0 - now).abs() < NEAR)
        }
        _ => false,
    }
}

/// A word that no person would write: eight letters and digits or more, which change often between small, large and digits.
fn is_id(text: &str) -> bool {
    let kind = |letter: char| match letter {
        'a'..='z' => 1,
        'A'..='Z' => 2,
        '0'..='9' => 3,
        _ => 4,
    };
    let word = text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    let kinds: Vec<i32> = text.chars().map(kind).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1] && pair[0] != 4 && pair[1] != 4).count();
    word && (8..=200).contains(&text.len()) && kinds.contains(&3) && changes >= 4
}

/// `2026-11-27T12:00:00.000Z` and the like.
fn is_date(text: &str) -> bool {
    let shape: String =
        text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    shape.starts_with("0000-00-00T00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_yaml_asks_for_it() {
        for (text, yaml) in [
            ("physics", "physics"),
            ("not for you", "not for you"),
            ("/chat", "/chat"),
            ("été", "été"),
            ("a: b", "\"a: b\""),
            ("a, b", "\"a, b\""),
            ("#1", "\"#1\""),
            ("5", "\"5\""),
            ("No", "\"No\""),
            ("", "\"\""),
            ("x ", "\"x \""),
            ("a\nb", "\"a\\nb\""),
            ("a\u{2028}b", "\"a\\u2028b\""),
            ("nothing", "\"nothing\""),
        ] {
            assert_eq!(scalar(text), yaml, "{text:?}");
        }
    }

    #[test]
    fn ids_and_times_are_told_from_words() {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        for fresh in [
            Value::from("0d5e8d7e-8d0e-4d4e-9a5f-1b2c3d4e5f60"),
            Value::from("ba2wyABZFeA6t0mVAAAA"),
            Value::from("V1StGXR8_Z"),
            Value::from("2026-11-27T12:00:00.000Z"),
            Value::from(i64::try_from(now).expect("small")),
            Value::from(i64::try_from(now * 1000).expect("small")),
        ] {
            assert!(is_fresh(&fresh), "{fresh}");
        }
        for same in [
            "physics",
            "receiveMessage",
            "room-1",
            "not_a_member",
            "HelloWorld",
            "receiveMessage2",
            "1234567890123",
            "two words 1a2b3c4d",
        ] {
            assert!(!is_fresh(&Value::from(same)), "{same}");
        }
        assert!(!is_fresh(&Value::from(42)));
    }

    #[test]
    fn what_is_said_again_after_it_was_heard_gets_a_name() {
        let (code, mine) = (Value::from("K7X2"), Value::from("physics"));
        let names = fresh_values(&[(true, &mine), (false, &mine), (false, &code), (true, &code)], &["value"]);
        assert_eq!(names.said(&code), "$value2");
        assert_eq!(names.heard(&mine), "physics");
    }
}
