//! What a page needs to judge an answer: the question as JSON, without the texts that stand on the page anyway.

use grader::quiz::model::Question;
use serde_json::Value;

/// What only a reader needs.
const READ: [&str; 8] = ["ask", "explain", "model", "packet", "show", "differs", "demo", "scenario"];
/// The same, in the items of a list.
const READ_IN_ITEMS: [(&str, &[&str]); 3] =
    [("choices", &["text", "why"]), ("wrong", &["why"]), ("points", &["point"])];

/// The question as `judge.js` reads it: `judge(key, answer, track)` says what `grader::quiz::judge` says, without the
/// texts that were left out.
pub fn key(question: &Question) -> Value {
    let mut key = serde_json::to_value(question).unwrap_or_default();
    let Some(fields) = key.as_object_mut() else { return key };
    fields.remove("section");
    for name in READ {
        fields.remove(name);
    }
    for (list, names) in READ_IN_ITEMS {
        for item in fields.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            for name in names {
                item.as_object_mut().and_then(|item| item.remove(*name));
            }
        }
    }
    key
}
