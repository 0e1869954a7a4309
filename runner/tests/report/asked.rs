//! Verdicts in which readers of the report alone have missed something: the track of a command, a step in several
//! lines, what was said over HTTP, a pause, a node. Next: `main.rs`.

use grader::{
    scenario::model::{Place, Track},
    transcript::{Direction, Transcript, What},
    value::Value,
    verdict::{Kind, Mismatch, Outcome},
};
use runner::report::ExerciseView;

use crate::{
    cases::{Case, case, cause, mismatch, scenario, verdict, view},
    diagram_script::Script,
};

const YAML: &str = include_str!("announce.yaml");

/// Checked in another track than the learner's own: each command has to be told it.
pub(crate) fn in_the_other_track(case: Case) -> Case {
    Case { view: ExerciseView { track: Some(Track::JavaScript), ..case.view }, ..case }
}

/// One failed scenario of `announce.yaml`, whose step stands in this line and column.
fn announced((line, column): (u32, u32), mismatch: Mismatch, transcript: Transcript) -> Case {
    let mismatch = Mismatch { place: Place { line, column, len: 4 }, ..mismatch };
    let failed = scenario("all nodes hear it", 58, Outcome::Failed(Box::new(mismatch)), transcript);
    let verdict =
        verdict(vec![failed], cause("announce/one-node", "Only one node told its clients.", Some(0)));
    case(ExerciseView { yaml_source: YAML.to_owned(), ..view() }, verdict)
}

/// The step fills more lines than are shown, and what differs lies deep in an acknowledgement.
pub(crate) fn long_step() -> Case {
    let answer = r#"[{"ok":true,"bids":[{"by":"ravi","price":5},{"by":"meera"}]}]"#;
    let transcript = Script::of(&["asha"])
        .says("asha", r#"20["history",{"auction":"clock"}]"#)
        .hears("asha", &format!("30{answer}"))
        .marked()
        .end();
    let wrong = Mismatch {
        actor: Some("asha".to_owned()),
        at: Some("/0/bids/1/price".to_owned()),
        saw: Some(serde_json::from_str(answer).expect("JSON")),
        ..mismatch(
            Kind::WrongAck,
            "history",
            r#"history is acknowledged with {"ok":true,"bids":[{"by":"ravi","price":5},{"by":"meera","price":7}]}"#,
            answer.trim_matches(['[', ']']),
        )
    };
    announced((6, 9), wrong, transcript)
}

/// Requests and answers with their bodies, and a pause between them.
pub(crate) fn over_http() -> Case {
    let http = |direction, line: &str| What::Http { direction, line: line.to_owned() };
    let (asks, answers) = (Direction::ToProgram, Direction::FromProgram);
    let transcript = Script::of(&["asha", "http"])
        .push("http", http(asks, r#"POST /announce {"text":"no lesson today"}"#))
        .push("http", http(answers, r#"POST /announce → 201 {"ok":true,"id":1}"#))
        .hears("asha", r#"2["announced",{"id":1,"text":"no lesson today"}]"#)
        .push("learner", What::Note("300 ms later".to_owned()))
        .push("http", http(asks, "GET /announcements"))
        .push("http", http(answers, "GET /announcements → 404 Cannot GET /announcements"))
        .end();
    let body = Value::from("Cannot GET /announcements");
    let wrong = Mismatch {
        actor: Some("http".to_owned()),
        saw: Some(Value::Array(vec![Value::from(404_i64), body])),
        ..mismatch(Kind::WrongAck, "GET", "status 200", "status 404, body Cannot GET /announcements")
    };
    announced((19, 9), wrong, transcript)
}

/// Who is on which node, and who went from one to another.
pub(crate) fn two_nodes() -> Case {
    let mut transcript = Script::of(&["asha", "ravi"])
        .push("learner", What::Note("asha connects to node 1".to_owned()))
        .connects("asha")
        .push("learner", What::Note("ravi connects to node 2".to_owned()))
        .connects("ravi")
        .push("learner", What::Note("ravi connects to node 1".to_owned()))
        .connects("ravi")
        .says("asha", r#"2["say",{"text":"hi"}]"#)
        .end();
    transcript.nodes.insert("asha".to_owned(), vec![1]);
    transcript.nodes.insert("ravi".to_owned(), vec![2, 1]);
    let missing = Mismatch {
        actor: Some("ravi".to_owned()),
        ..mismatch(Kind::Missing, "said", r#"ravi hears said {"text":"hi"}"#, "ravi heard no said")
    };
    announced((18, 13), missing, transcript)
}
