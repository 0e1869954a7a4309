//! `http` and `learner` beside a server.

use std::time::Duration;

use grader::scenario::play::drive::{Conn, HttpReply, HttpRequest};
use grader::wire::socket::{Kind as PacketKind, Packet};

use crate::{
    exercise, exercise_of, mismatch,
    program::Program,
    says::{Says, Speech, now, welcome},
    told,
};

fn welcomes(conn: Conn, packet: &Packet) -> Vec<Says> {
    match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        PacketKind::Event => vec![Says(conn, Duration::ZERO, Speech::Print("heard it"))],
        _ => Vec::new(),
    }
}

fn replies(status: u16, body: &'static str, steps: &str) -> (String, Vec<HttpRequest>) {
    let asked = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let log = std::rc::Rc::clone(&asked);
    let mut program = Program::new(welcomes);
    program.http = Box::new(move |request| {
        log.borrow_mut().push(request.clone());
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Ok(HttpReply { status, headers, body: body.into() })
    });
    let told = told(&program.play(&exercise(steps)));
    let asked = asked.borrow().clone();
    (told, asked)
}

#[test]
fn an_answer_is_judged_by_status_headers_and_body() {
    let post = |rest: &str| format!("- http: {{ post: /announce, send: {{ text: hi }}, {rest} }}");
    let all = post("status: 201, body: { ok: true }");
    let (told, asked) = replies(201, r#"{"ok":true,"more":1}"#, &all);
    assert_eq!(told, "passed");
    assert_eq!((asked[0].method.as_str(), asked[0].path.as_str()), ("POST", "/announce"));
    assert_eq!(asked[0].body, br#"{"text":"hi"}"#);
    assert!(asked[0].headers.contains(&("content-type".to_owned(), "application/json".to_owned())));
    assert_eq!(replies(404, "{}", &all).0, "wrong_ack POST http");
    assert_eq!(replies(201, r#"{"ok":false}"#, &all).0, "wrong_ack POST http");
    assert_eq!(replies(201, "no JSON", &all).0, "wrong_ack POST http");
    assert_eq!(replies(201, "no JSON", &post("body: no JSON")).0, "passed");
}

#[test]
fn a_wrong_header_is_seen_as_its_value() {
    let saw = |steps: &str| {
        let mut program = Program::new(welcomes);
        program.http = Box::new(|_| {
            let headers = vec![("vary".to_owned(), "Origin".to_owned())];
            Ok(HttpReply { status: 200, headers, body: "{}".into() })
        });
        mismatch(&program.play(&exercise(steps))).saw.clone()
    };
    assert_eq!(saw("- http: { get: /x, expect_headers: { vary: Accept } }"), Some("Origin".into()));
    assert_eq!(saw("- http: { get: /x, expect_headers: { etag: !string } }"), None);
}

#[test]
fn of_several_headers_of_one_name_each_is_looked_at() {
    let told = |pattern: &str| {
        let mut program = Program::new(welcomes);
        program.http = Box::new(|_| {
            let cookie = |text: &str| ("set-cookie".to_owned(), text.to_owned());
            let headers = vec![cookie("theme=dark"), cookie("session=k3f9; HttpOnly")];
            Ok(HttpReply { status: 200, headers, body: "".into() })
        });
        let steps = format!("- http: {{ get: /x, expect_headers: {{ set-cookie: {pattern} }} }}");
        told(&program.play(&exercise(&steps)))
    };
    assert_eq!(told("!matches \"^session=.*; HttpOnly\""), "passed");
    assert_eq!(told("!matches \"^theme=.*; HttpOnly\""), "wrong_ack GET http");
    assert_eq!(told("!absent"), "wrong_ack GET http");
    assert_eq!(told("!not [!matches \"^token=\"]"), "passed");
    assert_eq!(told("!not [!matches \"^session=\"]"), "wrong_ack GET http");
    assert_eq!(told("!one_of [!absent, !matches \"^session=\"]"), "passed");
}

#[test]
fn a_bound_cookie_is_what_a_browser_sends_back() {
    let asked = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let log = std::rc::Rc::clone(&asked);
    let mut program = Program::new(welcomes);
    program.http = Box::new(move |request| {
        log.borrow_mut().extend(request.headers.clone());
        let cookie = |text: &str| ("set-cookie".to_owned(), text.to_owned());
        let headers = vec![cookie("session=k3f9; Path=/; HttpOnly"), cookie("theme=dark")];
        Ok(HttpReply { status: 200, headers, body: "".into() })
    });
    let steps = "- http: { post: /login, expect_headers: { set-cookie: !matches HttpOnly } }\n\
                 - http: { post: /login, expect_headers: { set-cookie: $cookie } }\n\
                 - http: { get: /x, headers: { cookie: $cookie } }";
    assert_eq!(told(&program.play(&exercise(steps))), "passed");
    assert_eq!(*asked.borrow(), [("cookie".to_owned(), "session=k3f9; theme=dark".to_owned())]);
}

#[test]
fn no_answer_over_http() {
    let mut program = Program::new(welcomes);
    assert_eq!(told(&program.play(&exercise("- http: { get: /x, status: 200 }"))), "no_ack GET http");
    let mut program = Program::new(welcomes);
    let crash = [Says(0, Duration::from_millis(200), Speech::Crash)];
    let finished = program.play_after(&exercise("- http: { get: /x, status: 200 }"), &crash);
    assert_eq!(told(&finished), "crashed program -", "why nobody answers is seen a moment later");
}

#[test]
fn an_answer_may_take_longer_than_usual_and_never_less() {
    let within = |key: &str| {
        let mut program = Program::new(welcomes);
        program.play(&exercise(&format!("- http: {{ get: /x{key} }}")));
        program.http_within
    };
    assert_eq!(within(""), [Duration::from_secs(10)]);
    assert_eq!(within(", within: 20s"), [Duration::from_secs(20)]);
    assert_eq!(within(", within: 1s"), [Duration::from_secs(10)]);
}

#[test]
fn lines_of_a_server() {
    let play =
        |steps: &str| told(&Program::new(welcomes).play(&exercise_of("role: server\nprogram: true", steps)));
    assert_eq!(
        play("- asha: connect\n- asha: { emit: [say] }\n- learner: { prints: !matches \"^heard\" }"),
        "passed"
    );
    assert_eq!(play("- asha: connect\n- learner: { prints: !matches \"^heard\" }"), "missing line -");
}
