//! `emit`, its acknowledgements, groups, `together` and `repeat`.

use std::{cell::RefCell, rc::Rc};

use grader::{
    scenario::play::drive::Conn,
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    both, exercise,
    program::Program,
    says::{Says, ack, event, later, now, welcome},
};

/// Answers every question with the next of these.
fn answers(these: &[&'static str]) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    let these = these.to_vec();
    let mut next = 0;
    move |conn, packet| match (packet.kind, packet.id) {
        (PacketKind::Connect, _) => vec![now(conn, welcome(&packet.namespace))],
        (PacketKind::Event, Some(_)) if next < these.len() => {
            next += 1;
            vec![now(conn, ack(packet, these[next - 1]))]
        }
        _ => Vec::new(),
    }
}

fn asks(these: &[&'static str], steps: &str) -> String {
    both(|| Program::new(answers(these)), &exercise(&format!("- asha: connect\n{steps}")))
}

#[test]
fn one_answer() {
    let steps = "- asha: { emit: [ask], ack: [{ ok: true }] }";
    assert_eq!(asks(&[r#"[{"ok":true}]"#], steps), "passed");
    assert_eq!(asks(&[r#"[{"ok":false}]"#], steps), "wrong_ack ask asha");
    assert_eq!(asks(&[r#"[{"ok":true},1]"#], steps), "wrong_ack ask asha");
    assert_eq!(asks(&[], steps), "no_ack ask asha");
    assert_eq!(asks(&["[1,2]"], "- asha: { emit: [ask], ack: !any }"), "passed");
    assert_eq!(asks(&[], "- asha: { emit: [ask], ack: !any }"), "no_ack ask asha");
}

#[test]
fn answers_are_counted_whatever_fits_where() {
    let steps =
        "- asha: { emit: [bid], times: 3, acks: { 1: [{ ok: true }], 2: [{ ok: true, late: true }] } }";
    let (late, plain) = (r#"[{"ok":true,"late":true}]"#, r#"[{"ok":true}]"#);
    assert_eq!(asks(&[late, late, plain], steps), "passed");
    assert_eq!(asks(&[plain, late, late], steps), "passed");
    assert_eq!(asks(&[plain, plain, late], steps), "wrong_ack bid asha");
    assert_eq!(asks(&[late, late, late], steps), "passed");
    assert_eq!(asks(&[late, plain], steps), "no_ack bid asha");
}

#[test]
fn the_rest_is_judged_with_the_names_of_the_counted() {
    let steps = "- asha: { emit: [bid], times: 3, acks: { 1: [{ ok: true, by: $who }], rest: [{ ok: false, by: $who }] } }";
    let (won, lost) = (r#"[{"ok":true,"by":"a"}]"#, r#"[{"ok":false,"by":"a"}]"#);
    assert_eq!(asks(&[lost, won, lost], steps), "passed");
    assert_eq!(asks(&[lost, won, r#"[{"ok":false,"by":"b"}]"#], steps), "wrong_ack bid asha");
}

#[test]
fn an_answer_that_may_not_come_may_not_come_later_either() {
    let answers = |after: u64| {
        move || {
            Program::new(move |conn: Conn, packet: &Packet| match packet.kind {
                PacketKind::Connect => vec![now(conn, welcome("/"))],
                PacketKind::Event => vec![later(conn, after, ack(packet, "[1]"))],
                _ => Vec::new(),
            })
        }
    };
    let yaml = exercise("- asha: connect\n- asha: { emit: [ask], ack: nothing }\n- wait: 500ms");
    assert_eq!(both(answers(0), &yaml), "wrong_ack ask asha");
    assert_eq!(both(answers(200), &yaml), "wrong_ack ask asha");
    assert_eq!(both(answers(5_000), &yaml), "passed");
}

#[test]
fn later_answers_are_collected_in_order() {
    let steps = "- asha: { emit: [ask, 1], ack: later }\n- asha: { emit: [ask, 2], ack: later }\n\
                 - asha: { acked: [ask, 1] }\n- asha: { acked: [ask, 2] }";
    assert_eq!(asks(&["[1]", "[2]"], steps), "passed");
    assert_eq!(asks(&["[2]", "[1]"], steps), "wrong_ack ask asha");
    assert_eq!(asks(&["[1]"], steps), "no_ack ask asha");
}

#[test]
fn later_answers_belong_to_their_namespace() {
    let steps = "- asha: { connect: { namespace: /staff } }\n\
                 - asha: { emit: [ask], ack: later, in: / }\n- asha: { emit: [ask], ack: later, in: /staff }\n\
                 - asha: { acked: [ask, 2], in: /staff }\n- asha: { acked: [ask, 1], in: / }";
    assert_eq!(asks(&["[1]", "[2]"], steps), "passed");
}

#[test]
fn two_answers_to_one_question_are_one_too_many() {
    let twice = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, welcome("/"))],
            PacketKind::Event => vec![now(conn, ack(packet, "[1]")), now(conn, ack(packet, "[1]"))],
            _ => Vec::new(),
        })
    };
    let yaml = exercise("- asha: connect\n- asha: { emit: [ask], ack: [1] }");
    assert_eq!(both(twice, &yaml), "unexpected frame asha");
}

#[test]
fn each_member_of_a_group_is_somebody() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&seen);
    let make = move || {
        let log = Rc::clone(&log);
        Program::new(move |conn: Conn, packet: &Packet| {
            let name = packet.data.as_ref().and_then(|data| data.get("name")).cloned();
            if packet.kind == PacketKind::Connect {
                log.borrow_mut().extend(name);
                return vec![now(conn, welcome("/"))];
            }
            vec![now(conn, ack(packet, &format!("[{}]", packet.args()[0])))]
        })
    };
    let yaml = exercise(
        "- 3 bidders: { connect: { auth: { name: $me } } }\n- bidders: { emit: [whoami, $me], ack: [$me] }",
    );
    assert_eq!(both(make, &yaml), "passed");
    let names: Vec<String> = seen.borrow().iter().take(3).map(ToString::to_string).collect();
    assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2], "{names:?}");
}

#[test]
fn side_by_side_everybody_stays_who_they_are() {
    let make = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => {
                let name =
                    packet.data.as_ref().and_then(|data| data.get("name")).cloned().unwrap_or_default();
                vec![now(conn, welcome("/")), now(conn, event("you", &format!("[{name}]")))]
            }
            _ => Vec::new(),
        })
    };
    let yaml = exercise(
        "- together:\n    - asha: { connect: { auth: { name: $me } } }\n    - ravi: { connect: { auth: { name: $me } } }\n\
         - asha: { hear: [you, $asha] }\n- ravi: { hear: [you, $ravi] }",
    );
    assert_eq!(both(make, &yaml), "passed");
}

#[test]
fn a_turn_forgets_its_names() {
    let steps = "- repeat: { n: 1..3, steps: [ { asha: { emit: [ask, $n], ack: [$id] } } ] }";
    assert_eq!(asks(&["[1]", "[2]", "[3]"], steps), "passed");
    assert_eq!(asks(&["[1]", "[2]"], steps), "no_ack ask asha");
    let bound = "- asha: { emit: [ask], ack: [$id] }\n- repeat: { n: 1..2, steps: [ { asha: { emit: [ask, $n], ack: [$id] } } ] }";
    assert_eq!(asks(&["[1]", "[1]", "[2]"], bound), "wrong_ack ask asha");
}

#[test]
fn of_two_branches_the_one_that_failed_first_is_told() {
    // Asha's event is wrong at once; Ravi's answer is wrong a little later, while Asha's difference still settles.
    let make = || {
        Program::new(|conn: Conn, packet: &Packet| match (packet.kind, packet.event_name()) {
            (PacketKind::Connect, _) => vec![now(conn, welcome("/"))],
            (_, Some("go")) => vec![now(conn, event("line", "[1]"))],
            (_, Some("ask")) => vec![later(conn, 20, ack(packet, "[1]"))],
            _ => Vec::new(),
        })
    };
    let yaml = exercise(
        "- asha, ravi: connect\n- together:\n    - [ { asha: { emit: [go] } }, { asha: { hear: [line, 2] } } ]\n\
        \x20   - ravi: { emit: [ask], ack: [2] }",
    );
    assert_eq!(both(make, &yaml), "different line asha");
}

#[test]
fn many_with_a_pause_between() {
    let steps = "- asha: { emit: [tick], times: 5, every: 10ms, ack: [!integer] }";
    assert_eq!(asks(&["[1]", "[2]", "[3]", "[4]", "[5]"], steps), "passed");
    assert_eq!(asks(&["[1]", "[2]", "[3]", "[4]", "[0.5]"], steps), "wrong_ack tick asha");
}
