//! The course's first server, a chat, and what is told of its faults.

use std::{cell::RefCell, collections::BTreeSet, time::Duration};

use grader::{
    scenario::play::drive::Conn,
    verdict::Kind,
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    assert_passes, exercise, mismatch,
    program::Program,
    says::{Says, Speech, ack, event, now, welcome},
};

const CHAT: &str = "\
- asha, ravi, meera: connect
- asha, ravi: { emit: [joinRoom, { roomId: $room }], ack: [{ ok: true }] }
- ravi: { emit: [sendMessage, { roomId: $room, text: hi }], ack: [{ ok: true, id: $id }] }
- asha, ravi: { hear: [receiveMessage, { id: $id, text: hi }] }
- meera: { hear: nothing }";

/// A chat server: who hears a message is decided by `hears(member, sender)`.
fn chat(hears: impl Fn(bool, bool) -> bool) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    let everyone = RefCell::new(BTreeSet::new());
    let members = RefCell::new(BTreeSet::new());
    move |conn, packet| match (packet.kind, packet.event_name()) {
        (PacketKind::Connect, _) => {
            everyone.borrow_mut().insert(conn);
            vec![now(conn, welcome("/"))]
        }
        (_, Some("joinRoom")) => {
            members.borrow_mut().insert(conn);
            vec![now(conn, ack(packet, r#"[{"ok":true}]"#))]
        }
        (_, Some("sendMessage")) => {
            let mut says = vec![now(conn, ack(packet, r#"[{"ok":true,"id":7}]"#))];
            for &other in everyone.borrow().iter() {
                if hears(members.borrow().contains(&other), other == conn) {
                    says.push(now(other, event("receiveMessage", r#"[{"id":7,"text":"hi","extra":1}]"#)));
                }
            }
            says
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_right_server_passes_and_quickly() {
    let finished = Program::new(chat(|member, _| member)).play(&exercise(CHAT));
    assert_passes(&finished);
    assert!(
        finished.result.took <= Duration::from_millis(50),
        "one window is enough: {:?}",
        finished.result.took
    );
}

#[test]
fn what_only_the_room_should_hear_is_unexpected_elsewhere() {
    let finished = Program::new(chat(|_, _| true)).play(&exercise(CHAT));
    let mismatch = mismatch(&finished);
    assert_eq!((mismatch.kind, mismatch.subject.as_str()), (Kind::Unexpected, "receiveMessage"));
    assert_eq!(mismatch.actor.as_deref(), Some("meera"));
    assert!(finished.result.transcript.entries.iter().any(|entry| entry.marked));
}

#[test]
fn what_never_comes_is_missing_after_a_second_of_answered_time() {
    let finished = Program::new(chat(|member, sender| member && !sender)).play(&exercise(CHAT));
    let mismatch = mismatch(&finished);
    assert_eq!((mismatch.kind, mismatch.actor.as_deref()), (Kind::Missing, Some("ravi")));
    let took = finished.result.took;
    assert!((Duration::from_secs(1)..Duration::from_millis(1500)).contains(&took), "{took:?}");
}

#[test]
fn a_slow_machine_gets_more_time() {
    // Everything comes 700 ms late, fences too: in wall time the answer is far behind the patience of one second.
    let mut program =
        Program::new(move |conn: Conn, packet: &Packet| match (packet.kind, packet.event_name()) {
            (PacketKind::Connect, _) => vec![now(conn, welcome("/"))],
            (_, Some("ask")) => {
                vec![Says(conn, Duration::from_millis(900), Speech::Packet(ack(packet, r#"["late"]"#)))]
            }
            _ => Vec::new(),
        });
    assert_passes(&program.play(&exercise("- asha: connect\n- asha: { emit: [ask], ack: [late] }")));
}

#[test]
fn a_crash_is_told_and_not_the_silence_after_it() {
    let finished = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        _ => vec![
            Says(conn, Duration::ZERO, Speech::Close),
            Says(conn, Duration::from_millis(3), Speech::Crash),
        ],
    })
    .play(&exercise("- asha: connect\n- asha: { emit: [ask], ack: !any }"));
    let mismatch = mismatch(&finished);
    assert_eq!((mismatch.kind, mismatch.subject.as_str()), (Kind::Crashed, "program"));
    assert!(mismatch.actual.contains("callback is not a function"), "{}", mismatch.actual);
}

#[test]
fn a_program_that_answers_nothing_any_more_is_stuck() {
    let mut connected = false;
    let mut program = Program::new(|conn: Conn, packet: &Packet| {
        if packet.kind == PacketKind::Connect && !connected {
            connected = true;
            return vec![now(conn, welcome("/"))];
        }
        Vec::new()
    });
    // The scripted program answers fences by itself; a handler that loops for ever does not.
    let yaml = exercise("- asha: connect\n- wait: 10ms\n- asha: { emit: [ask], ack: !any }");
    let finished = {
        program.stuck = false;
        let finished = program.play(&yaml);
        assert_eq!(mismatch(&finished).kind, Kind::NoAck);
        program.stuck = true;
        program.play(&yaml)
    };
    assert!(matches!(mismatch(&finished).kind, Kind::Unanswered | Kind::Stuck), "{:?}", mismatch(&finished));
}

/// A server that emits these on connect.
fn emits(speeches: &'static [(&'static str, &'static str)]) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    move |conn, packet| match packet.kind {
        PacketKind::Connect => {
            let mut says = vec![now(conn, welcome("/"))];
            says.extend(speeches.iter().map(|(name, args)| now(conn, event(name, args))));
            says
        }
        _ => Vec::new(),
    }
}

fn kind_of(speeches: &'static [(&'static str, &'static str)], steps: &str) -> Kind {
    mismatch(&Program::new(emits(speeches)).play(&exercise(steps))).kind
}

const THREE: &str = "- asha: connect\n- repeat: { n: 1..3, steps: [ { asha: { hear: [line, $n] } } ] }";

#[test]
fn mismatches_are_named_after_they_have_settled() {
    let right: &[(&str, &str)] = &[("line", "[1]"), ("line", "[2]"), ("line", "[3]")];
    assert_passes(&Program::new(emits(right)).play(&exercise(THREE)));
    assert_eq!(
        kind_of(&[("line", "[1]"), ("line", "[1]"), ("line", "[2]"), ("line", "[3]")], THREE),
        Kind::Copies
    );
    assert_eq!(kind_of(&[("line", "[1]"), ("line", "[3]"), ("line", "[2]")], THREE), Kind::OutOfOrder);
    assert_eq!(kind_of(&[("line", "[1]"), ("line", "[4]"), ("line", "[3]")], THREE), Kind::Different);
    assert_eq!(kind_of(&[("line", "[1]"), ("line", "[2]")], THREE), Kind::Missing);
    let four: &[(&str, &str)] = &[("line", "[1]"), ("line", "[2]"), ("line", "[3]"), ("line", "[4]")];
    assert_eq!(kind_of(four, THREE), Kind::Unexpected);
}

const SERIES: &str = "- asha: connect\n- asha: { hear: [line, { n: $n }], n: 1..3 }";

#[test]
fn a_series_is_judged_as_a_whole() {
    let right: &[(&str, &str)] =
        &[("line", r#"[{"n":1}]"#), ("line", r#"[{"n":2}]"#), ("line", r#"[{"n":3}]"#)];
    assert_passes(&Program::new(emits(right)).play(&exercise(SERIES)));
    let copy: &[(&str, &str)] =
        &[("line", r#"[{"n":1}]"#), ("line", r#"[{"n":1}]"#), ("line", r#"[{"n":3}]"#)];
    assert_eq!(kind_of(copy, SERIES), Kind::Copies);
    let gap: &[(&str, &str)] = &[("line", r#"[{"n":3}]"#), ("line", r#"[{"n":1}]"#)];
    assert_eq!(kind_of(gap, SERIES), Kind::Missing);
    let mixed: &[(&str, &str)] =
        &[("line", r#"[{"n":2}]"#), ("line", r#"[{"n":1}]"#), ("line", r#"[{"n":3}]"#)];
    assert_eq!(kind_of(mixed, SERIES), Kind::OutOfOrder);
}

#[test]
fn the_number_of_arguments_counts_unless_only_the_name_is_written() {
    let two: &[(&str, &str)] = &[("line", "[1,2]")];
    assert_eq!(kind_of(two, "- asha: connect\n- asha: { hear: [line, 1] }"), Kind::Different);
    assert_passes(&Program::new(emits(two)).play(&exercise("- asha: connect\n- asha: { hear: [line] }")));
}

#[test]
fn events_in_any_order() {
    let both: &[(&str, &str)] = &[("b", "[2]"), ("a", "[1]")];
    let steps = "- asha: connect\n- asha: { hear: !any_order [[a, 1], [b, 2]] }";
    assert_passes(&Program::new(emits(both)).play(&exercise(steps)));
    assert_eq!(kind_of(&[("b", "[2]")], steps), Kind::Missing);
}

#[test]
fn an_event_that_does_not_ask_cannot_be_answered() {
    let steps = "- asha: connect\n- asha: { hear: [ask], reply: [yes] }";
    assert_eq!(kind_of(&[("ask", "[]")], steps), Kind::NotAsked);
}

fn refuses(conn: Conn, packet: &Packet) -> Vec<Says> {
    match packet.kind {
        PacketKind::Connect => vec![now(conn, Packet::connect_error("/", "unauthorized", None))],
        _ => Vec::new(),
    }
}

#[test]
fn the_door() {
    let wanted = "- mallory: { connect: {}, refused: { message: unauthorized } }";
    assert_passes(&Program::new(refuses).play(&exercise(wanted)));
    let other = "- mallory: { connect: {}, refused: { message: \"go away\" } }";
    assert_eq!(mismatch(&Program::new(refuses).play(&exercise(other))).kind, Kind::WrongRefusal);
    assert_eq!(mismatch(&Program::new(refuses).play(&exercise("- asha: connect"))).kind, Kind::Refused);
    assert_eq!(kind_of(&[], wanted), Kind::NotRefused);
    let silent = |_: Conn, _: &Packet| Vec::new();
    assert_eq!(mismatch(&Program::new(silent).play(&exercise("- asha: connect"))).kind, Kind::Unanswered);
}

#[test]
fn being_put_out_after_the_welcome_is_seen_beside_the_welcome() {
    let finished = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/")), now(conn, Packet::disconnect("/"))],
        _ => Vec::new(),
    })
    .play(&exercise("- mallory: { connect: {}, refused: {} }"));
    let mismatch = mismatch(&finished);
    // Welcome and DISCONNECT may arrive together; both orders of looking at them say that she was let in first.
    assert!(matches!(mismatch.kind, Kind::NotRefused), "{mismatch:?}");
    assert!(mismatch.also.iter().any(|also| also.kind == Kind::Closed), "{mismatch:?}");
}

#[test]
fn a_connection_that_ends_by_itself_does_not_go_unnoticed() {
    let finished = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => {
            vec![now(conn, welcome("/")), Says(conn, Duration::from_millis(5), Speech::Close)]
        }
        _ => Vec::new(),
    })
    .play(&exercise("- asha: connect\n- wait: 10ms"));
    assert_eq!(mismatch(&finished).kind, Kind::Closed);
}

#[test]
fn a_group_acts_at_once_and_its_answers_are_counted() {
    let winners = |count: usize| {
        let mut left = count;
        move |conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, welcome("/"))],
            PacketKind::Event => {
                let ok = left > 0;
                left = left.saturating_sub(1);
                vec![now(conn, ack(packet, &format!(r#"[{{"ok":{ok}}}]"#)))]
            }
            _ => Vec::new(),
        }
    };
    let steps = "- 20 bidders: connect\n\
                 - bidders: { emit: [bid, 5], acks: { 1: [{ ok: true }], rest: [{ ok: false }] } }";
    assert_passes(&Program::new(winners(1)).play(&exercise(steps)));
    let finished = Program::new(winners(2)).play(&exercise(steps));
    let mismatch = mismatch(&finished);
    assert_eq!((mismatch.kind, mismatch.subject.as_str()), (Kind::WrongAck, "bid"));
    assert_eq!(mismatch.actual, "2 × {\"ok\":true}, 18 × {\"ok\":false}");
}

#[test]
fn an_answer_that_may_not_come() {
    let steps = "- asha: connect\n- asha: { emit: [ask], ack: nothing }";
    let answers = |conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        PacketKind::Event => vec![now(conn, ack(packet, "[1]"))],
        _ => Vec::new(),
    };
    assert_eq!(mismatch(&Program::new(answers).play(&exercise(steps))).kind, Kind::WrongAck);
    assert_passes(&Program::new(emits(&[])).play(&exercise(steps)));
}
