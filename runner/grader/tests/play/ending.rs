//! How connections and programs end, and what goes unnoticed: nothing.

use std::time::Duration;

use grader::{
    scenario::{
        play::{
            Play,
            drive::{Conn, Fence, Observation, OpenFailure, Start},
        },
        read,
    },
    wire::{
        engine,
        socket::{Kind as PacketKind, Packet},
    },
};

use crate::{
    both, exercise, exercise_of, mismatch,
    program::{Answers, Program},
    says::{Says, Speech, ack, event, later, now, welcome},
    told,
};

fn close(conn: Conn, millis: u64) -> Says {
    Says(conn, Duration::from_millis(millis), Speech::Close)
}

/// Lets everybody in; `act` is what an event does.
fn server(mut act: impl FnMut(Conn, &Packet) -> Vec<Says>) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    move |conn, packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        PacketKind::Event => act(conn, packet),
        _ => Vec::new(),
    }
}

fn after(act: impl FnMut(Conn, &Packet) -> Vec<Says> + Clone, steps: &str) -> String {
    both(|| Program::new(server(act.clone())), &exercise(&format!("- asha: connect\n{steps}")))
}

#[test]
fn the_ways_a_connection_ends() {
    let kick = |conn, _: &Packet| vec![now(conn, Packet::disconnect("/"))];
    let hang_up = |conn, _: &Packet| vec![close(conn, 0)];
    let nothing = |_, _: &Packet| Vec::new();
    let any = "- asha: { emit: [go] }\n- asha: closed";
    let put_out = "- asha: { emit: [go] }\n- asha: { closed: io server disconnect }";
    let cut = "- asha: { emit: [go] }\n- asha: { closed: transport close }";
    assert_eq!([after(kick, any), after(kick, put_out)], ["passed", "passed"]);
    assert_eq!([after(hang_up, any), after(hang_up, cut)], ["passed", "passed"]);
    assert_eq!(after(kick, cut), "not_closed asha asha");
    assert_eq!(after(hang_up, put_out), "not_closed asha asha");
    assert_eq!(after(nothing, any), "not_closed asha asha");
    assert_eq!(after(hang_up, "- asha: { emit: [go] }\n- asha: { hear: [x] }"), "closed asha asha");
    assert_eq!(
        after(kick, "- asha: { emit: [go] }\n- asha: { hear: nothing, for: 60ms }"),
        "closed asha asha"
    );
}

#[test]
fn a_crash_is_no_polite_end_however_late_it_is_seen() {
    // A busy machine may take seconds to tell us.
    for late in [300, 9_000] {
        let crash = move |conn, _: &Packet| {
            vec![close(conn, 0), Says(conn, Duration::from_millis(late), Speech::Crash)]
        };
        assert_eq!(after(crash, "- asha: { emit: [go] }\n- asha: closed"), "crashed program -");
        assert_eq!(after(crash, "- asha: { emit: [go], ack: !any }"), "crashed program -");
        assert_eq!(after(crash, "- asha: { emit: [go] }\n- asha: { hear: [x] }"), "crashed program -");
    }
}

#[test]
fn a_program_that_ends_by_itself() {
    let quit = |conn, _: &Packet| vec![close(conn, 0), Says(conn, Duration::from_millis(2), Speech::Exit(0))];
    assert_eq!(after(quit, "- asha: { emit: [go], ack: !any }"), "exited program -");
    assert_eq!(after(quit, "- asha: { emit: [go] }"), "exited program -");
}

#[test]
fn a_program_that_was_ended_for_its_memory() {
    let burst = |conn, _: &Packet| vec![close(conn, 0), Says(conn, Duration::from_millis(50), Speech::Burst)];
    assert_eq!(after(burst, "- asha: { emit: [go], ack: !any }"), "too_much_memory program -");
    assert_eq!(after(burst, "- asha: { emit: [go] }\n- asha: closed"), "too_much_memory program -");
}

#[test]
fn what_came_before_one_left_does_not_go_unnoticed() {
    let greet = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, welcome("/")), now(conn, event("hello", "[]"))],
            _ => Vec::new(),
        })
    };
    for leaves in ["disconnect", "drop"] {
        let yaml = |heard: &str| exercise(&format!("- asha: connect\n{heard}- asha: {leaves}"));
        assert_eq!(both(greet, &yaml("")), "unexpected hello asha");
        assert_eq!(both(greet, &yaml("- asha: { hear: [hello] }\n")), "passed");
    }
}

#[test]
fn what_crosses_the_end_does_not_count_either_way() {
    // The event comes 1 ms after the answer: whether before or after the end, nobody can rely on it.
    for event_after in [0, 1, 5] {
        let act = move |conn, packet: &Packet| {
            vec![now(conn, ack(packet, "[]")), later(conn, event_after, event("bye", "[]"))]
        };
        for leaves in ["disconnect", "drop"] {
            let steps = format!("- ravi: connect\n- asha: {{ emit: [go], ack: [] }}\n- asha: {leaves}");
            assert_eq!(after(act, &steps), "passed", "after {event_after} ms");
        }
    }
}

#[test]
fn whoever_was_refused_may_be_hung_up_on() {
    let make = |hang_up: bool| {
        move || {
            Program::new(move |conn: Conn, packet: &Packet| match packet.kind {
                PacketKind::Connect => {
                    let mut says = vec![now(conn, Packet::connect_error("/", "no", None))];
                    says.extend(hang_up.then(|| close(conn, 1)));
                    says
                }
                _ => Vec::new(),
            })
        }
    };
    let yaml = exercise("- mallory: { connect: {}, refused: { message: \"no\" } }\n- wait: 20ms");
    assert_eq!(both(make(false), &yaml), "passed");
    assert_eq!(both(make(true), &yaml), "passed");
}

#[test]
fn who_is_cut_comes_back_on_a_new_connection() {
    let act = |conn, packet: &Packet| vec![now(conn, ack(packet, "[1]"))];
    let steps = "- asha: drop\n- asha: connect\n- asha: { emit: [ask], ack: [1] }\n- asha: disconnect\n- asha: connect";
    assert_eq!(after(act, steps), "passed");
}

#[test]
fn a_flood_ends() {
    let flood = |conn, _: &Packet| (0..30_000).map(|_| now(conn, event("again", "[]"))).collect();
    let finished = Program::new(server(flood))
        .in_batches(true)
        .play(&exercise("- asha: connect\n- asha: { emit: [go] }\n- asha: { hear: [over] }"));
    assert_eq!(told(&finished), "unexpected again asha");
    assert!(mismatch(&finished).also.len() < 100, "what else was there is told in few words");
}

/// A megabyte that no step can read.
fn megabyte(conn: Conn) -> Says {
    Says(conn, Duration::ZERO, Speech::Raw(engine::Packet::Noop("x".repeat(1_000_000))))
}

#[test]
fn a_flood_of_bytes_ends_whether_a_step_could_read_them_or_not() {
    let steps = exercise("- asha: connect\n- asha: { emit: [go], ack: !any }");
    let told_of = |megabytes: usize| {
        let sends = move |conn, packet: &Packet| {
            let mut says: Vec<Says> = (0..megabytes).map(|_| megabyte(conn)).collect();
            says.push(Says(conn, Duration::from_millis(10), Speech::Packet(ack(packet, "[]"))));
            says
        };
        told(&Program::new(server(sends)).in_batches(true).play(&steps))
    };
    assert_eq!(told_of(60), "passed");
    assert_eq!(told_of(70), "unexpected frame asha");
}

#[test]
fn a_flood_of_connections_ends() {
    let comes: Vec<Says> = (1..=2_100).map(|conn| Says(conn, Duration::ZERO, Speech::Open)).collect();
    let mut program = Program::new(|_: Conn, _: &Packet| Vec::new()).asked(Fence::Client, Answers::Properly);
    program.batched = true;
    let finished = program.play_after(&exercise_of("role: client", "- server: accept"), &comes);
    assert_eq!(told(&finished), "unexpected connection server");
}

#[test]
fn a_play_that_takes_too_long_is_given_up_by_name() {
    let yaml = exercise("- asha: connect");
    let exercise = read::exercise(&yaml).expect("it can be read");
    let start = Start {
        seed: 1,
        epoch: 0,
        track: None,
        fence: Fence::Hosted,
        frames: Vec::new(),
        stuck_after: Duration::from_secs(5),
    };
    let mut play = Play::new(&exercise, 0, &start);
    play.actions();
    play.observe(Duration::from_secs(1), Observation::Opened(1));
    play.actions();
    play.give_up(Duration::from_mins(2));
    assert!(play.is_over());
    let finished = play.finish();
    assert_eq!(told(&finished), "stuck program -");
    assert_eq!(mismatch(&finished).place.line, exercise.scenarios[0].steps[0].place.line);
}

#[test]
fn the_program_is_gone_when_somebody_wants_in() {
    let mut program = Program::new(server(|_, _: &Packet| Vec::new()));
    program.door = Box::new(|conn, _| (conn > 1).then(|| OpenFailure::Refused("connection refused".into())));
    assert_eq!(
        told(&program.play(&exercise("- asha: connect\n- ravi: connect"))),
        "never_listened program -"
    );
}
