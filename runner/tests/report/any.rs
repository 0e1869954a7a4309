//! Whatever a learner's program says, the report keeps to its width and no terminal is steered.

use grader::{
    diagram::shorten::width,
    scenario::model::Place,
    transcript::{Transcript, What},
    verdict::{Kind, Mismatch, Outcome},
};
use proptest::prelude::*;
use runner::report::style::Style;

use crate::{
    cases::{self, Case},
    diagram_script::Script,
    report,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,200}",
        Just("\u{1b}[2J\u{1b}]0;title\u{7}\r\u{202e}\u{9b}31m".to_owned()),
        Just("你好 👩‍👩‍👧 {\"a\":[1,2,3]}\n\n\tsecond line".to_owned()),
    ]
}

fn transcript() -> impl Strategy<Value = Transcript> {
    prop::collection::vec((text(), text()), 0..20).prop_map(|said| {
        said.into_iter()
            .fold(Script::of(&["asha", "ravi"]), |script, (actor, line)| {
                script.push(&actor, What::Note(line))
            })
            .end()
    })
}

fn failing() -> impl Strategy<Value = Case> {
    let place = (0u32..30, 0u32..90, 0u32..90).prop_map(|(line, column, len)| Place { line, column, len });
    let kind = prop::sample::select(Kind::ALL);
    let texts = prop::collection::vec(text(), 6);
    (kind, place, texts, transcript(), prop::collection::vec(text(), 0..30)).prop_map(
        |(kind, place, texts, transcript, output)| {
            let mismatch = Mismatch {
                place,
                at: Some(texts[0].clone()),
                ..cases::mismatch(kind, &texts[1], &texts[2], &texts[3])
            };
            let mut scenario = cases::scenario(&texts[4], 7, Outcome::Failed(Box::new(mismatch)), transcript);
            scenario.output = output;
            let skipped =
                cases::scenario(&texts[0], 7, Outcome::Skipped(texts[1].clone()), Transcript::default());
            let cause = cases::cause(&texts[1], &texts[5], Some(0));
            let mut view = cases::view();
            view.yaml_source += &texts[5];
            cases::case(view, cases::verdict(vec![scenario, skipped], cause))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_report_keeps_to_its_width(case in failing(), columns in 20usize..130, unicode: bool, plain: bool, verbose: bool) {
        let style = Style { width: columns, unicode, plain, verbose, ..Style::default() };
        let shown = report(&case, style);
        for line in shown.lines().filter(|line| !line.trim_start().starts_with("cargo run")) {
            prop_assert!(width(line) <= columns, "{} columns instead of {columns}: {line:?}", width(line));
        }
        prop_assert!(unicode || shown.is_ascii());
        let steering = shown.chars().find(|symbol| (symbol.is_control() && *symbol != '\n') || *symbol == '\u{202e}');
        prop_assert_eq!(steering, None);
    }
}
