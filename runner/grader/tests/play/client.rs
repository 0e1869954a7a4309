//! Role `client`: the program under test connects to us.

use std::time::Duration;

use grader::{
    scenario::play::drive::{Conn, Doing, Fence},
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    exercise_of,
    program::{Answers, Program},
    says::{Says, Speech, ack, event, later, now},
    told,
};

fn says(conn: Conn, millis: u64, speech: Speech) -> Says {
    Says(conn, Duration::from_millis(millis), speech)
}

/// A program that opens this connection after so long, and asks to be let in.
fn comes(conn: Conn, millis: u64) -> Vec<Says> {
    vec![says(conn, millis, Speech::Open), later(conn, millis, Packet::connect("/", None))]
}

/// Plays a client program that begins so and then reacts, one by one and in batches.
fn client<F: FnMut(Conn, &Packet) -> Vec<Says>>(
    beginning: impl Fn() -> Vec<Says>,
    reacts: impl Fn() -> F,
    steps: &str,
) -> String {
    let yaml = exercise_of("role: client", steps);
    let [one_by_one, in_batches] = [false, true].map(|batched| {
        let program = Program::new(reacts()).asked(Fence::Client, Answers::Properly);
        told(&program.in_batches(batched).play_after(&yaml, &beginning()))
    });
    assert_eq!(one_by_one, in_batches, "one by one, and in batches");
    one_by_one
}

fn quiet() -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    |_, _: &Packet| Vec::new()
}

/// Joins when it is let in, and answers `ask`.
fn joins() -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    |conn, packet: &Packet| match (packet.kind, packet.event_name()) {
        (PacketKind::Connect, _) => vec![now(conn, event("join", "[1]"))],
        (_, Some("ask")) => vec![now(conn, ack(packet, "[2]"))],
        _ => Vec::new(),
    }
}

#[test]
fn comes_in_and_answers() {
    let steps = "- server: accept\n- server: { hear: [join, 1] }\n- server: { emit: [ask], ack: [2] }\n- server: { connections: 1 }";
    assert_eq!(client(|| comes(1, 100), joins, steps), "passed");
    assert_eq!(client(|| comes(1, 100), joins, "- server: accept"), "unexpected join server");
    assert_eq!(
        client(|| comes(1, 100), quiet, "- server: accept\n- server: { hear: [join] }"),
        "missing join server"
    );
    assert_eq!(client(Vec::new, quiet, "- server: accept"), "missing connection -");
}

#[test]
fn what_it_shows_at_the_door() {
    let with_name = || {
        let auth = serde_json::from_str(r#"{"name":"Asha"}"#).ok();
        vec![says(1, 0, Speech::Open), later(1, 0, Packet::connect("/", auth))]
    };
    let steps = "- server: { accept: { auth: { name: Asha } } }";
    assert_eq!(client(with_name, quiet, steps), "passed");
    assert_eq!(client(|| comes(1, 0), quiet, steps), "different connection -");
}

#[test]
fn one_connection_too_many() {
    let twice = || [comes(1, 0), comes(2, 5)].concat();
    assert_eq!(client(twice, quiet, "- server: accept\n- wait: 50ms"), "unexpected connection server");
    assert_eq!(
        client(twice, quiet, "- server: accept\n- wait: 50ms\n- server: { connections: 1 }"),
        "unexpected connection server"
    );
    assert_eq!(
        client(|| comes(1, 0), quiet, "- server: accept\n- server: { connections: 2 }"),
        "missing connection server"
    );
    // A transport alone is a connection, too; one that the program closed again is none.
    let bare = || [comes(1, 0), vec![says(2, 5, Speech::Open)]].concat();
    assert_eq!(client(bare, quiet, "- server: accept\n- wait: 50ms"), "unexpected connection server");
    let closed_again = || [comes(1, 0), comes(2, 5), vec![says(2, 20, Speech::Close)]].concat();
    assert_eq!(
        client(closed_again, quiet, "- server: accept\n- wait: 50ms\n- server: { connections: 1 }"),
        "passed"
    );
}

#[test]
fn one_namespace_too_many() {
    let staff = || [comes(1, 0), vec![later(1, 5, Packet::connect("/staff", None))]].concat();
    assert_eq!(client(staff, quiet, "- server: accept\n- wait: 50ms"), "unexpected connection server");
    let both = "- server: accept\n- wait: 50ms\n- server: { accept, in: /staff }";
    assert_eq!(client(staff, quiet, both), "passed");
}

#[test]
fn a_refused_client_may_keep_its_line_and_may_try_again() {
    let refused = "- server: { refuse: { message: \"no\" } }\n- wait: 20ms";
    assert_eq!(client(|| comes(1, 0), quiet, refused), "passed");
    let tries_again = || {
        |conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::ConnectError => vec![later(conn, 5, Packet::connect("/", None))],
            _ => Vec::new(),
        }
    };
    assert_eq!(client(|| comes(1, 0), tries_again, refused), "unexpected connection server");
    assert_eq!(client(|| comes(1, 0), tries_again, &format!("{refused}\n- server: accept")), "passed");
}

#[test]
fn comes_back_after_a_cut_and_not_after_a_word() {
    // The handler hears DISCONNECT for both; a second connection follows after a second.
    let back = || {
        let mut next = 2;
        move |conn: Conn, packet: &Packet| {
            let comes_back = packet.kind == PacketKind::Disconnect && next == 2 && conn == 1;
            next += u32::from(comes_back);
            if comes_back { comes(2, 1_200) } else { Vec::new() }
        }
    };
    assert_eq!(client(|| comes(1, 0), back, "- server: accept\n- server: drop\n- server: accept"), "passed");
    assert_eq!(
        client(|| comes(1, 0), quiet, "- server: accept\n- server: drop\n- server: accept"),
        "missing connection -"
    );
    let put_out = "- server: accept\n- server: disconnect\n- wait: 2s";
    assert_eq!(client(|| comes(1, 0), back, put_out), "unexpected connection server");
    assert_eq!(client(|| comes(1, 0), quiet, put_out), "passed");
}

#[test]
fn leaves_by_itself() {
    let leaves = || {
        |conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => {
                vec![later(conn, 5, Packet::disconnect("/")), says(conn, 60, Speech::Close)]
            }
            _ => Vec::new(),
        }
    };
    let word = "- server: accept\n- server: { closed: client namespace disconnect }";
    assert_eq!(client(|| comes(1, 0), leaves, word), "passed");
    assert_eq!(
        client(|| comes(1, 0), leaves, "- server: accept\n- server: { hear: [x] }"),
        "closed server server"
    );
    assert_eq!(client(|| comes(1, 0), quiet, word), "not_closed server server");
}

#[test]
fn prints_and_ends() {
    let ends = |code: i32| {
        move || {
            move |conn: Conn, packet: &Packet| match packet.kind {
                PacketKind::Disconnect => vec![
                    says(conn, 1, Speech::Print("a warning")),
                    says(conn, 2, Speech::Print("put out")),
                    says(conn, 3, Speech::Exit(code)),
                ],
                _ => Vec::new(),
            }
        }
    };
    let steps =
        "- server: accept\n- server: disconnect\n- learner: { prints: \"put out\" }\n- learner: { exits: 0 }";
    assert_eq!(client(|| comes(1, 0), ends(0), steps), "passed");
    assert_eq!(client(|| comes(1, 0), ends(3), steps), "crashed program -");
    let other = "- server: accept\n- server: disconnect\n- learner: { prints: \"thrown out\" }";
    assert_eq!(client(|| comes(1, 0), ends(0), other), "missing line -");
    assert_eq!(client(|| comes(1, 0), quiet, "- server: accept\n- learner: { exits: 0 }"), "missing exit -");
    assert_eq!(
        client(|| comes(1, 0), ends(0), "- server: accept\n- server: disconnect\n- learner: { exits: 3 }"),
        "exited program -"
    );
}

#[test]
fn a_client_that_falls_over_is_told_so() {
    let crashes = || {
        |conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![says(conn, 1, Speech::Close), says(conn, 2, Speech::Crash)],
            _ => Vec::new(),
        }
    };
    assert_eq!(
        client(|| comes(1, 0), crashes, "- server: accept\n- server: { hear: [join] }"),
        "crashed program -"
    );
    assert_eq!(client(|| comes(1, 0), crashes, "- server: accept"), "crashed program -");
    let gives_up = || {
        |conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Disconnect => vec![says(conn, 5, Speech::Exit(0))],
            _ => Vec::new(),
        }
    };
    assert_eq!(
        client(|| comes(1, 0), gives_up, "- server: accept\n- server: drop\n- server: accept"),
        "missing connection -"
    );
}

#[test]
fn nobody_there_to_hear() {
    // The reader lets it pass; a play must not fall over it.
    assert_eq!(
        client(Vec::new, quiet, "- server: { connections: 0 }\n- server: { hear: [x] }"),
        "missing connection -"
    );
    assert_eq!(
        client(Vec::new, quiet, "- server: { connections: 0 }\n- server: { receive: '40' }"),
        "missing connection -"
    );
    assert_eq!(
        client(Vec::new, quiet, "- server: { connections: 0 }\n- server: closed"),
        "missing connection -"
    );
}

#[test]
fn a_ping_of_a_step_is_answered_by_a_frame_and_is_no_fence() {
    let asked = "- server: accept\n- server: { hear: [join, 1] }\n- server: { send: '2' }";
    let steps = format!("{asked}\n- server: {{ receive: '3' }}\n- server: {{ emit: [ask], ack: [2] }}");
    assert_eq!(client(|| comes(1, 100), joins, &steps), "passed");
    assert_eq!(client(|| comes(1, 100), joins, asked), "unexpected frame server");
    let yaml = exercise_of("role: client", &steps);
    let mut program = Program::new(joins()).asked(Fence::Client, Answers::Never);
    assert_eq!(told(&program.play_after(&yaml, &comes(1, 100))), "missing frame server");
}

#[test]
fn a_client_that_answers_no_ping_is_given_wall_time() {
    let yaml = exercise_of("role: client", "- server: accept\n- server: { hear: [join, 1] }");
    let mut program = Program::new(joins()).asked(Fence::Client, Answers::Never);
    let finished = program.play_after(&yaml, &comes(1, 0));
    assert_eq!(told(&finished), "passed");
    assert_eq!(finished.result.notes.len(), 1);
}

#[test]
fn only_time_in_which_it_could_act_counts_before_it_is_connected() {
    let comes_late = |used: fn(u64) -> Duration| {
        let mut program = Program::new(quiet()).asked(Fence::Client, Answers::Properly);
        program.doing = (0..80).map(|look| Doing::Works(used(look))).collect();
        told(&program.play_after(&exercise_of("role: client", "- server: accept"), &comes(1, 15_000)))
    };
    // It waits for a processor, and gets next to nothing of it.
    assert_eq!(comes_late(Duration::from_millis), "passed");
    // It has the processor for itself, and does not come all the same.
    assert_eq!(comes_late(|look| Duration::from_millis(200 * look)), "missing connection -");
    let rests = Program::new(quiet()).asked(Fence::Client, Answers::Properly);
    let late = |mut rests: Program<_>, millis| {
        told(&rests.play_after(&exercise_of("role: client", "- server: accept"), &comes(1, millis)))
    };
    assert_eq!(late(rests, 7_000), "passed");
    let rests = Program::new(quiet()).asked(Fence::Client, Answers::Properly);
    assert_eq!(late(rests, 15_000), "missing connection -");
}
