//! Patterns against values: what matches, what does not, what is bound.

use grader::{
    scenario::{
        model::{Act, Pattern, StepKind},
        play::{matching, names::Names},
        read,
    },
    value::Value,
};
use proptest::prelude::*;

use crate::exercise;

/// A pattern as it is written in a file.
fn pattern(text: &str) -> Pattern {
    let yaml = exercise(&format!(
        "- asha: connect\n- asha: {{ emit: [ask], ack: [[$x, $y]] }}\n- asha: {{ hear: [e, {text}] }}"
    ));
    let exercise = read::exercise(&yaml).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|problem| problem.render("test.yaml", &yaml)).collect::<String>())
    });
    match &exercise.scenarios[0].steps[2].kind {
        StepKind::Each { act: Act::Hear(hear), .. } => {
            hear.events[0].args.clone().expect("an argument")[0].clone()
        }
        other => panic!("{other:?}"),
    }
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

/// Where the first difference is; nothing when there is none.
fn differs(text: &str, json: &str) -> Option<String> {
    let mut names = Names::default();
    names.bind("x", 7_i64.into());
    let before = names.clone();
    let result = matching::matches(&pattern(text), &value(json), &mut names);
    if result.is_err() {
        assert_eq!(names, before, "a failed match binds nothing");
    }
    result.err().map(|difference| difference.at)
}

#[track_caller]
fn takes(text: &str, right: &[&str], wrong: &[&str]) {
    for json in right {
        assert_eq!(differs(text, json), None, "{text} takes {json}");
    }
    for json in wrong {
        assert!(differs(text, json).is_some(), "{text} does not take {json}");
    }
}

#[test]
fn plain_values() {
    takes("1", &["1", "1.0", "10e-1"], &["2", r#""1""#, "true", "null", "[1]"]);
    takes("null", &["null"], &["0", "false", r#""""#, "[]"]);
    takes("\"1\"", &[r#""1""#], &["1"]);
    takes("{ a: 1 }", &[r#"{"a":1}"#, r#"{"b":2,"a":1.0}"#], &["{}", r#"{"a":2}"#, "[]", "null"]);
    takes("[1, 2]", &["[1,2]"], &["[2,1]", "[1]", "[1,2,3]", "[1,2,null]", r#"{"0":1,"1":2}"#]);
    takes("{}", &["{}", r#"{"a":1}"#], &["[]", "null"]);
}

#[test]
fn kinds_of_values() {
    takes("!any", &["null", "1", "[]"], &[]);
    takes("!string", &[r#""""#], &["1", "null"]);
    takes("!number", &["1", "0.5"], &[r#""1""#, "null"]);
    takes("!integer", &["1", "1.0", "-3"], &["0.5", r#""1""#]);
    takes("!boolean", &["true", "false"], &["0", "null"]);
    takes("!bytes", &[], &[r#""AQID""#, "[1]"]);
    takes("!matches '^a+$'", &[r#""aa""#], &[r#""ab""#, "1"]);
    takes("!between [1, 2]", &["1", "1.5", "2.0"], &["0.99", "2.01", r#""1""#]);
}

#[test]
fn what_is_not_there() {
    takes("{ a: !absent }", &["{}", r#"{"b":1}"#], &[r#"{"a":null}"#]);
    takes("!not { a: !absent }", &[r#"{"a":null}"#, "1"], &["{}"]);
    takes("{ a: !not 1 }", &[r#"{"a":2}"#, r#"{"a":null}"#], &[r#"{"a":1}"#, "{}"]);
    takes("{ a: !one_of [!absent, null] }", &["{}", r#"{"a":null}"#], &[r#"{"a":1}"#]);
    takes("{ a: !one_of [!one_of [!absent, 1], 2] }", &["{}", r#"{"a":1}"#, r#"{"a":2}"#], &[r#"{"a":3}"#]);
    takes("{ a: !any }", &[r#"{"a":null}"#], &["{}"]);
    takes("[1, !any]", &["[1,2]"], &["[1]"]);
    takes("[1, !not 2]", &["[1,3]"], &["[1,2]", "[1]"]);
}

#[test]
fn several() {
    takes("!one_of [1, [2]]", &["1", "[2]"], &["2", "[1]"]);
    takes("!not { a: 1 }", &["{}", "null", r#"{"a":2}"#], &[r#"{"a":1,"b":2}"#]);
    takes("!exactly { a: 1 }", &[r#"{"a":1}"#], &[r#"{"a":1,"b":2}"#, "{}", "[]"]);
    takes("!exactly { a: !exactly { b: 1 } }", &[r#"{"a":{"b":1}}"#], &[r#"{"a":{"b":1,"c":2}}"#]);
    takes("!any_order [1, 2, 2]", &["[2,1,2]"], &["[1,2]", "[1,1,2]", "[1,2,2,3]"]);
    takes("!any_order [!any, 1]", &["[1,2]", "[2,1]"], &["[2,3]"]);
    takes("!contains [2, 2]", &["[2,1,2]", "[2,2]"], &["[2,1]", "2"]);
    takes("!contains [!any, 1]", &["[1,2]", "[3,2,1]"], &["[1]"]);
    takes("!each { a: 1 }", &["[]", r#"[{"a":1},{"a":1,"b":2}]"#], &[r#"[{"a":1},{}]"#, "null"]);
}

#[test]
fn names_bind_at_first_sight_and_compare_after() {
    takes("$x", &["7", "7.0"], &["8", r#""7""#]);
    takes("\"<$x>\"", &[r#""<7>""#], &[r#""<8>""#]);
    takes("[$new, $new]", &["[1,1.0]", "[null,null]"], &["[1,2]"]);
    takes("!any_order [[$new, 1], [$new, 2]]", &["[[5,2],[5,1]]"], &["[[5,2],[6,1]]"]);
    takes("!not $x", &["8", "null"], &["7"]);
    let mut names = Names::default();
    let alternatives = pattern("!one_of [[$new, 1], [2, $new]]");
    assert!(matching::matches(&alternatives, &value("[2,3]"), &mut names).is_ok());
    assert_eq!(names.get("new"), Some(&3_i64.into()), "the alternative that failed bound nothing");
}

#[test]
fn the_first_difference_has_a_place() {
    assert_eq!(differs("{ a: [1, { b: 2 }] }", r#"{"a":[1,{"b":3}]}"#).as_deref(), Some("/a/1/b"));
    assert_eq!(differs("[1]", "[1,2]").as_deref(), Some("/1"));
    assert_eq!(differs("!exactly { a: 1 }", r#"{"a":1,"x/y~z":2}"#).as_deref(), Some("/x~1y~0z"));
    assert_eq!(differs("!each 1", "[1,2]").as_deref(), Some("/1"));
    assert_eq!(differs("1", "2").as_deref(), Some(""));
}

#[test]
fn a_long_list_in_any_order_is_decided_quickly() {
    let many = |item: &Pattern, count: usize| Pattern::AnyOrder(vec![item.clone(); count]);
    let values = |count: i64| Value::Array((0..count).map(Value::from).collect());
    let mut with_text = values(39);
    if let Value::Array(items) = &mut with_text {
        items.push("text".into());
    }
    assert!(matching::matches(&many(&Pattern::AnyNumber, 40), &values(40), &mut Names::default()).is_ok());
    assert!(matching::matches(&many(&Pattern::AnyNumber, 40), &with_text, &mut Names::default()).is_err());
}

/// Any value that a packet can carry.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000.0..1000.0_f64).prop_map(|n| value(&n.to_string())),
        "[a-z$/~ ]{0,6}".prop_map(Value::from),
        proptest::collection::vec(any::<u8>(), 0..4).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec(("[a-z]{0,3}", inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// A pattern made from a value: `choice` decides how much of it is kept as it is.
fn made_from(value: &Value, choice: &mut impl FnMut(usize) -> usize, fresh: &mut usize) -> Pattern {
    use grader::scenario::model::{Piece, Text};
    match choice(8) {
        0 => return Pattern::Any,
        1 => {
            *fresh += 1;
            return Pattern::Name(format!("n{fresh}"));
        }
        2 => return Pattern::OneOf(vec![Pattern::Absent, made_from(value, choice, fresh)]),
        _ => {}
    }
    match value {
        Value::Null => Pattern::Null,
        Value::Bool(flag) => Pattern::Bool(*flag),
        Value::Number(number) => Pattern::Number(number.clone()),
        Value::String(text) => Pattern::Text(Text(vec![Piece::Literal(text.clone())])),
        Value::Bytes(bytes) => Pattern::Bytes((choice(2) == 0).then_some(bytes.len())),
        Value::Array(items) => {
            let mut patterns: Vec<Pattern> =
                items.iter().map(|item| made_from(item, choice, fresh)).collect();
            match choice(3) {
                0 => Pattern::Array(patterns),
                1 => {
                    patterns.reverse();
                    Pattern::AnyOrder(patterns)
                }
                _ => {
                    patterns.truncate(choice(patterns.len() + 1));
                    Pattern::Contains(patterns)
                }
            }
        }
        Value::Object(entries) => {
            let exactly = choice(2) == 0;
            let kept = entries.iter().filter(|_| exactly || choice(3) > 0).collect::<Vec<_>>();
            let patterns =
                kept.into_iter().map(|(key, inner)| (key.clone(), made_from(inner, choice, fresh))).collect();
            if exactly { Pattern::Exactly(patterns) } else { Pattern::Object(patterns) }
        }
    }
}

proptest! {
    #[test]
    fn a_pattern_made_from_a_value_matches_it(value in any_value(), choices in proptest::collection::vec(any::<usize>(), 64)) {
        let mut next = choices.iter().cycle();
        let mut choice = |below: usize| next.next().map_or(0, |number| number % below);
        let pattern = made_from(&value, &mut choice, &mut 0);
        let mut names = Names::default();
        prop_assert!(matching::matches(&pattern, &value, &mut names).is_ok(), "{pattern:?}");
        // Once bound, the names compare: the same value matches again.
        prop_assert!(matching::matches(&pattern, &value, &mut names).is_ok(), "{pattern:?} with {names:?}");
        prop_assert!(matching::matches(&Pattern::Not(Box::new(pattern)), &value, &mut names).is_err());
    }

    #[test]
    fn a_failed_match_binds_nothing(
        value in any_value(),
        other in any_value(),
        choices in proptest::collection::vec(any::<usize>(), 64),
    ) {
        let mut next = choices.iter().cycle();
        let mut choice = |below: usize| next.next().map_or(0, |number| number % below);
        let pattern = made_from(&value, &mut choice, &mut 0);
        // The pattern first binds in its first part and then fails in its second, or fails at once.
        let pattern = Pattern::Array(vec![pattern, Pattern::Absent]);
        let mut names = Names::default();
        let failed = matching::matches(&pattern, &Value::Array(vec![other, Value::Null]), &mut names);
        prop_assert!(failed.is_err());
        prop_assert_eq!(names, Names::default());
    }
}
