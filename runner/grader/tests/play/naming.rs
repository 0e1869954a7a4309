//! What a mismatch is called: `also`, and the precedence of causes.

use std::time::Duration;

use grader::{
    cause::{self, Seen},
    scenario::{
        model::{Mistake, Track},
        play::{drive::Conn, names::Names},
        read,
    },
    verdict::{Kind, Mismatch},
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    exercise, exercise_of, mismatch,
    program::Program,
    says::{Says, Speech, event, now, welcome},
    told,
};

#[test]
fn what_else_was_there_is_told_once_each() {
    let mut program = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        PacketKind::Event => vec![
            now(1, event("other", "[1]")),
            now(1, event("other", "[2]")),
            now(2, event("other", "[3]")),
            Says(2, Duration::ZERO, Speech::Close),
        ],
        _ => Vec::new(),
    });
    let finished =
        program.play(&exercise("- asha, ravi: connect\n- asha: { emit: [go] }\n- asha: { hear: [wanted] }"));
    assert_eq!(told(&finished), "missing wanted asha");
    let also: Vec<String> = mismatch(&finished)
        .also
        .iter()
        .map(|also| format!("{} {} {}", also.kind, also.subject, also.actor.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(also, ["unexpected other asha", "unexpected other ravi", "closed ravi ravi"]);
}

#[test]
fn the_guilty_one_is_not_also_there() {
    let mut program = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/")), now(conn, event("other", "[1]"))],
        _ => Vec::new(),
    });
    let finished = program.play(&exercise("- asha: connect"));
    assert_eq!((told(&finished).as_str(), mismatch(&finished).also.len()), ("unexpected other asha", 0));
}

const MISTAKES: &str = "\
mistakes:
  - id: by-place
    when: { different: line, at: /0/from }
    says: \"{actor} heard {subject}.\"
  - id: by-group
    when: { different: line, to: bidders }
    says: \"x\"
  - id: by-look
    when: { different: line, saw: [!absent, !any] }
    says: \"x\"
  - id: in-javascript
    when: { different: line, saw: [{ n: !between [2, 3] }] }
    tracks: [javascript]
    says: \"x\"
  - id: with-more
    when: { missing: line, also: { unexpected: x } }
    says: \"x\"
  - id: in-the-second
    when: { missing: line, in: second }
    says: \"x\"
  - id: falls-over
    when: [{ crashed: program }, { stuck: program }]
    says: \"x\"
";

fn mismatch_of(kind: Kind, subject: &str, actor: Option<&str>) -> Mismatch {
    Mismatch {
        kind,
        subject: subject.to_owned(),
        actor: actor.map(str::to_owned),
        at: None,
        saw: None,
        expected: "this".to_owned(),
        actual: "that".to_owned(),
        place: grader::scenario::model::Place::default(),
        line: None,
        also: Vec::new(),
    }
}

/// The cause of these mismatches, seen in the scenarios `only` and `second`.
fn cause_of(track: Option<Track>, mismatches: &[Mismatch]) -> String {
    let steps = "- 3 bidders: connect\n- asha: connect\n- asha, bidders: { hear: [line, { from: x, n: 1 }] }";
    let yaml = exercise(steps);
    let yaml = format!("{}{MISTAKES}", &yaml[..yaml.find("mistakes:").expect("it has mistakes")]);
    let second = "  - id: second\n    title: the second one\n    why: \"It is a test.\"\n    steps:\n      - asha: connect\n\
                  \x20     - asha: { hear: [line] }\nmistakes:\n";
    let yaml = yaml
        .replacen("mistakes:\n", second, 1)
        .replace("role: server", "role: server\ntracks: [javascript, rust]");
    let exercise = read::exercise(&yaml).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|problem| problem.render("test.yaml", &yaml)).collect::<String>())
    });
    let general: Vec<Mistake> = read::causes(
        "- id: fell-over\n  when: { crashed: \"*\" }\n  says: \"x\"\n- id: not-heard\n  when: { missing: \"*\" }\n  says: \"x\"\n",
    )
    .expect("they can be read");
    let names = Names::default();
    let seen: Vec<Seen<'_>> = mismatches
        .iter()
        .zip(["only", "second"])
        .enumerate()
        .map(|(index, (mismatch, id))| Seen { mismatch, scenario: Some((index, id)), names: &names })
        .collect();
    cause::name(&exercise, &general, "ex", track, &seen).map_or_else(|| "none".to_owned(), |cause| cause.id)
}

#[test]
fn the_precedence_of_causes() {
    let different = |at: &str, saw: &str| Mismatch {
        at: Some(at.to_owned()),
        saw: serde_json::from_str(saw).ok(),
        ..mismatch_of(Kind::Different, "line", Some("bidders #2"))
    };
    let missing = mismatch_of(Kind::Missing, "line", Some("asha"));
    let crashed = mismatch_of(Kind::Crashed, "program", None);
    let js = Some(Track::JavaScript);
    // The order of the file, for each mismatch in the order of the scenarios.
    assert_eq!(cause_of(js, &[different("/0/from/name", "[1]")]), "ex/by-place");
    assert_eq!(cause_of(js, &[different("/0/fromage", "[1]")]), "ex/by-group");
    assert_eq!(cause_of(js, &[missing.clone(), different("/0/from", "[1]")]), "ex/by-place");
    assert_eq!(cause_of(js, &[mismatch_of(Kind::Missing, "x", None), missing.clone()]), "ex/in-the-second");
    // About the program first, wherever it was seen.
    assert_eq!(cause_of(js, &[different("/0/from", "[1]"), crashed.clone()]), "ex/falls-over");
    // A named mistake before a general cause, a general cause before the bare mismatch.
    assert_eq!(cause_of(js, std::slice::from_ref(&missing)), "not-heard");
    assert_eq!(cause_of(js, &[mismatch_of(Kind::Copies, "line", Some("asha"))]), "copies-line");
    assert_eq!(cause_of(js, &[]), "none");
}

#[test]
fn what_a_when_asks_for() {
    let asha = |saw: &str| Mismatch {
        saw: serde_json::from_str(saw).ok(),
        ..mismatch_of(Kind::Different, "line", Some("asha"))
    };
    assert_eq!(cause_of(Some(Track::JavaScript), &[asha(r#"[{"n":2.5}]"#)]), "ex/in-javascript");
    assert_eq!(cause_of(Some(Track::Rust), &[asha(r#"[{"n":2.5}]"#)]), "different-line");
    // A program behind `--` may be Python: it hears nothing about Node.
    assert_eq!(cause_of(None, &[asha(r#"[{"n":2.5}]"#)]), "different-line");
    let mut with_more = mismatch_of(Kind::Missing, "line", Some("asha"));
    with_more.also.push(grader::verdict::Also { kind: Kind::Closed, subject: "asha".into(), actor: None });
    assert_eq!(cause_of(None, &[with_more.clone()]), "not-heard");
    with_more.also.push(grader::verdict::Also { kind: Kind::Unexpected, subject: "x".into(), actor: None });
    assert_eq!(cause_of(None, &[with_more]), "ex/with-more");
    assert_eq!(cause_of(None, &[mismatch_of(Kind::Different, "line", Some("bidders 2"))]), "different-line");
}

/// A pattern with that name would bind anybody else.
#[test]
fn a_person_who_is_only_in_a_token_has_a_name() {
    let yaml = exercise_of(
        "role: server\nenv: { JWT_SECRET: !fresh secret }\nvars: { pass: !jwt { sub: $teacher } }",
        "- asha: { connect: { auth: { token: $pass } } }\n- asha: { hear: [hello, { from: $teacher }] }",
    );
    let mut program = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => {
            vec![now(conn, welcome("/")), now(conn, event("hello", r#"[{"from":"mallory"}]"#))]
        }
        _ => Vec::new(),
    });
    assert_eq!(told(&program.play(&yaml)), "different hello asha");
}
