//! Several namespaces on one connection, and connection state recovery.

use std::{cell::Cell, rc::Rc, time::Duration};

use grader::{
    scenario::play::drive::Conn,
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    assert_passes, both, exercise, mismatch,
    program::Program,
    says::{Says, Speech, ack, event, event_in, later, now, welcome},
    told,
};

const TWO: &str = "- asha: connect\n- asha: { connect: { namespace: /staff } }\n";

/// Lets everybody in everywhere; `act` is what an event does.
fn server(mut act: impl FnMut(Conn, &Packet) -> Vec<Says>) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    move |conn, packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome(&packet.namespace))],
        PacketKind::Event => act(conn, packet),
        _ => Vec::new(),
    }
}

fn two(act: impl FnMut(Conn, &Packet) -> Vec<Says> + Clone, steps: &str) -> String {
    both(|| Program::new(server(act.clone())), &exercise(&format!("{TWO}{steps}")))
}

#[test]
fn an_event_belongs_to_its_namespace() {
    let echo = |conn, packet: &Packet| vec![now(conn, event_in(&packet.namespace, "echo", "[]"))];
    let wrong = |conn, _: &Packet| vec![now(conn, event("echo", "[]"))];
    let steps = "- asha: { emit: [say], in: /staff }\n- asha: { hear: [echo], in: /staff }";
    assert_eq!(two(echo, steps), "passed");
    assert_eq!(two(wrong, steps), "missing echo asha");
    assert_eq!(
        two(
            wrong,
            "- asha: { emit: [say], in: /staff }\n- asha: { hear: nothing, for: 60ms, in: /staff }\n- asha: { hear: [echo], in: / }"
        ),
        "passed"
    );
}

#[test]
fn who_is_put_out_of_one_namespace_gets_no_answer_there() {
    let kick = |conn, packet: &Packet| vec![now(conn, Packet::disconnect(packet.namespace.clone()))];
    assert_eq!(two(kick, "- asha: { emit: [ask], ack: !any, in: /staff }"), "closed asha asha");
    assert_eq!(two(kick, "- asha: { emit: [ask], ack: !any, in: / }"), "closed asha asha");
    let left = "- asha: { emit: [leave], in: /staff }\n- asha: { closed: io server disconnect, in: /staff }";
    assert_eq!(two(kick, left), "passed");
    assert_eq!(
        two(kick, "- asha: { emit: [leave], in: /staff }\n- asha: { closed, in: / }"),
        "not_closed asha asha"
    );
}

#[test]
fn the_end_of_one_namespace_does_not_excuse_the_end_of_the_line() {
    let both_ends = |conn, packet: &Packet| {
        let hang_up = Says(conn, Duration::from_millis(20), Speech::Close);
        vec![now(conn, Packet::disconnect(packet.namespace.clone())), hang_up]
    };
    let left = "- asha: { emit: [leave], in: /staff }\n- asha: { closed, in: /staff }";
    assert_eq!(two(both_ends, left), "closed asha asha");
    let only =
        exercise("- asha: connect\n- asha: { emit: [leave] }\n- asha: { closed: io server disconnect }");
    assert_eq!(
        both(|| Program::new(server(both_ends)), &only),
        "passed",
        "disconnect(true): 41, then the end"
    );
}

#[test]
fn a_line_that_ends_long_after_a_namespace_is_not_told_as_its_disconnect() {
    let act = |conn, packet: &Packet| match packet.event_name() {
        Some("leave") => vec![now(conn, Packet::disconnect(packet.namespace.clone()))],
        _ => vec![Says(conn, Duration::from_millis(20), Speech::Close)],
    };
    let steps = "- asha: { emit: [leave], in: /staff }\n- asha: { closed: io server disconnect, in: /staff }\n\
                 - asha: { emit: [go], in: / }\n- asha: { hear: [news], in: / }";
    let finished = Program::new(server(act)).play(&exercise(&format!("{TWO}{steps}")));
    assert_eq!(told(&finished), "closed asha asha");
    assert_eq!(mismatch(&finished).actual, "the connection was closed: closed");
}

#[test]
fn what_was_on_its_way_when_a_namespace_was_left_does_not_count() {
    let slow = |conn, packet: &Packet| {
        let late = event_in(&packet.namespace, "news", "[]");
        let answer = Packet::ack(packet.namespace.clone(), packet.id.unwrap_or_default(), Vec::new());
        vec![now(conn, answer), later(conn, 4, late)]
    };
    let steps = "- asha: { emit: [ask], ack: !any, in: /staff }\n- asha: { disconnect, in: /staff }\n\
                 - asha: { emit: [ask], ack: !any, in: / }\n- asha: { hear: [news], in: / }";
    assert_eq!(two(slow, steps), "passed");
}

#[test]
fn who_left_one_namespace_comes_in_again_on_the_same_line() {
    let echo = |conn, packet: &Packet| vec![now(conn, event_in(&packet.namespace, "echo", "[]"))];
    let steps = "- asha: { disconnect, in: /staff }\n- asha: { connect: { namespace: /staff } }\n\
                 - asha: { emit: [say], in: /staff }\n- asha: { hear: [echo], in: /staff }\n\
                 - asha: { emit: [say], in: / }\n- asha: { hear: [echo], in: / }";
    let mut program = Program::new(server(echo));
    assert_passes(&program.play(&exercise(&format!("{TWO}{steps}"))));
    assert_eq!(program.opened.len(), 1);
    // Who was alone in a namespace gives the line up, as the official client does.
    let mut program = Program::new(server(echo));
    assert_passes(&program.play(&exercise("- asha: connect\n- asha: disconnect\n- asha: connect")));
    assert_eq!(program.opened.len(), 2);
}

/// A server with recovery: each event carries an offset; a session is resumed when pid and offset are known.
fn recovering(log: Rc<Cell<usize>>) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    move |conn, packet| {
        let data = packet.data.clone().unwrap_or_default();
        let text = |key: &str| data.get(key).and_then(|value| value.as_str().map(str::to_owned));
        let pid = format!("pid{}", packet.namespace.len());
        let hello = |sid: &str| {
            let reply = serde_json::from_str(&format!(r#"{{"sid":"{sid}","pid":"{pid}"}}"#)).ok();
            Packet::connect(packet.namespace.clone(), reply)
        };
        match packet.kind {
            PacketKind::Connect if text("pid").as_ref() == Some(&pid) && text("offset").is_some() => {
                let offset = text("offset").unwrap_or_default();
                let missed = event_in(&packet.namespace, "line", &format!(r#"["after {offset}","o9"]"#));
                log.set(log.get() + 1);
                vec![now(conn, missed), now(conn, hello("old"))]
            }
            PacketKind::Connect => vec![
                now(conn, hello("new")),
                now(conn, event_in(&packet.namespace, "line", r#"["first","o1"]"#)),
            ],
            _ => Vec::new(),
        }
    }
}

#[test]
fn a_session_is_resumed_again_and_again() {
    let resumed = Rc::new(Cell::new(0));
    let mut program = Program::new(recovering(Rc::clone(&resumed)));
    let steps = "- asha: connect\n- asha: { hear: [line, first] }\n- asha: drop\n\
                 - asha: { connect: { resume: true } }\n- asha: { hear: [line, \"after o1\"] }\n- asha: drop\n\
                 - asha: { connect: { resume: true } }\n- asha: { hear: [line, \"after o9\"] }";
    assert_passes(&program.play(&exercise(steps)));
    assert_eq!(resumed.get(), 2);
}

#[test]
fn each_namespace_has_a_session_of_its_own() {
    let resumed = Rc::new(Cell::new(0));
    let mut program = Program::new(recovering(Rc::clone(&resumed)));
    let steps = "- asha: { hear: [line, first], in: / }\n- asha: { hear: [line, first], in: /staff }\n- asha: drop\n\
                 - asha: { connect: { resume: true } }\n- asha: { hear: [line, \"after o1\"] }";
    assert_passes(&program.play(&exercise(&format!("{TWO}{steps}"))));
    assert_eq!(resumed.get(), 1);
}

#[test]
fn without_pid_a_last_text_is_an_argument() {
    let make = |act| Program::new(server(act));
    let says =
        |conn, packet: &Packet| vec![now(conn, ack(packet, "[]")), now(conn, event("line", r#"["a","b"]"#))];
    let steps = "- asha: connect\n- asha: { emit: [ask], ack: [] }\n- asha: { hear: [line, a] }";
    assert_eq!(told(&make(says).play(&exercise(steps))), "different line asha");
}
