//! Role `frames`: the learner's lines against what is asked.

use std::time::Duration;

use grader::{
    scenario::play::drive::Conn,
    wire::{engine, socket::Packet},
};

use crate::{
    exercise_of, mismatch,
    program::Program,
    says::{Says, Speech},
    told,
};

const STEPS: &str = "- server: { send: '0{\"sid\":\"s\"}' }\n- server: { receive: '40' }\n- server: { send: '40{\"sid\":\"a\"}' }\n\
                     - server: { receive: '421[\"hello\",{\"name\":\"Asha\"}]' }";

fn frames_against(steps: &str, lines: &[&str]) -> (String, Option<u32>) {
    let mut program = Program::new(|_: Conn, _: &Packet| Vec::<Says>::new());
    program.frames = lines.iter().map(|line| (*line).to_owned()).collect();
    let finished = program.play(&exercise_of("role: frames", steps));
    let told = told(&finished);
    let line = if told == "passed" { None } else { mismatch(&finished).line };
    (told, line)
}

fn frames(lines: &[&str]) -> (String, Option<u32>) {
    frames_against(STEPS, lines)
}

#[test]
fn right_lines_however_they_are_written() {
    let passed = ("passed".to_owned(), None);
    assert_eq!(frames(&["40", r#"421["hello",{"name":"Asha"}]"#]), passed);
    assert_eq!(frames(&["# a note", "", "40", "  421[ \"hello\", { \"name\": \"Asha\" } ]  "]), passed);
    assert_eq!(frames(&["\u{feff}40", "> 421[\"hello\",{\"name\":\"Asha\"}]", "< 430[]"]), passed);
}

#[test]
fn wrong_lines() {
    assert_eq!(frames(&["0", r#"421["hello",{"name":"Asha"}]"#]), ("different frame -".to_owned(), Some(1)));
    assert_eq!(frames(&["40", r#"422["hello",{"name":"Asha"}]"#]), ("different frame -".to_owned(), Some(2)));
    assert_eq!(
        frames(&["40", r#"42/x,1["hello",{"name":"Asha"}]"#]),
        ("different frame -".to_owned(), Some(2))
    );
    assert_eq!(
        frames(&["40", r#"421["hello",{"name":"Asha","more":1}]"#]),
        ("different frame -".to_owned(), Some(2))
    );
    assert_eq!(frames(&["40"]), ("missing frame -".to_owned(), Some(2)));
    assert_eq!(frames(&[]), ("missing frame -".to_owned(), Some(1)));
    let more = frames(&["40", r#"421["hello",{"name":"Asha"}]"#, "41"]);
    assert_eq!(more, ("unexpected frame -".to_owned(), Some(3)));
}

#[test]
fn frames_with_attachments_are_packets_too() {
    let steps = "- server: { receive: '451-[\"picture\",{\"_placeholder\":true,\"num\":0}]' }\n- server: { receive: 'bAQID' }";
    let spaced = r#"451-["picture", {"num": 0, "_placeholder": true}]"#;
    assert_eq!(frames_against(steps, &[spaced, "bAQID"]).0, "passed");
    assert_eq!(
        frames_against(steps, &[r#"452-["picture",{"_placeholder":true,"num":0}]"#, "bAQID"]).0,
        "different frame -"
    );
    assert_eq!(frames_against(steps, &[spaced, "bAQIE"]).0, "different frame -");
}

#[test]
fn a_polling_body_holds_several() {
    let steps = "- server: { receive: \"40\\u001e42[\\\"a\\\"]\" }";
    assert_eq!(frames_against(steps, &["40␞42[ \"a\" ]"]).0, "passed");
    assert_eq!(frames_against(steps, &["40"]).0, "different frame -");
    assert_eq!(frames_against(steps, &["42[\"a\"]␞40"]).0, "different frame -");
}

#[test]
fn an_open_end_lets_anything_follow() {
    let steps = "- server: { receive: '42[\"hello\",…' }";
    assert_eq!(frames_against(steps, &[r#"42["hello", 1, 2]"#]).0, "passed");
    assert_eq!(frames_against(steps, &[r#"42["hell o",1]"#]).0, "different frame -");
}

#[test]
fn an_open_end_excuses_no_space_before_the_json() {
    let said = |message: &'static str| {
        let says = move |conn, _: &Packet| {
            vec![Says(conn, Duration::ZERO, Speech::Raw(engine::Packet::Message(message.to_owned())))]
        };
        let steps = "- lena: { open: }\n- lena: { send: '40' }\n- lena: { receive: '427[\"hello\"…' }";
        told(&Program::new(says).play(&exercise_of("role: server", steps)))
    };
    assert_eq!(said(r#"27["hello"]"#), "passed");
    assert_eq!(said(r#"27[ "hello", 1 ]"#), "passed");
    for wrong in [r#" 27["hello"]"#, r#"2 7["hello"]"#, r#"27 ["hello"]"#] {
        assert_eq!(said(wrong), "different frame lena", "{wrong}");
    }
}
