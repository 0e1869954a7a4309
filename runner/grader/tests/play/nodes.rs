//! Several nodes, and the Redis between them.

use std::{cell::RefCell, rc::Rc, time::Duration};

use grader::{
    scenario::play::drive::{Conn, OpenFailure, Part, Trouble},
    transcript::What,
    verdict::Kind,
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    assert_passes, both, exercise_of, mismatch,
    program::Program,
    says::{Says, Speech, ack, event, later, now, welcome},
    told,
};

fn nodes(steps: &str) -> String {
    exercise_of("role: server\nnodes: 2\nneeds: [redis]\nvars: { room: !fresh room }", steps)
}

/// Lets everybody in, answers what asks for it; `act` is what an event does besides.
fn server(mut act: impl FnMut(Conn, &Packet) -> Vec<Says>) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    move |conn, packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        PacketKind::Event => {
            let answer = packet.id.map(|_| now(conn, ack(packet, "[]")));
            answer.into_iter().chain(act(conn, packet)).collect()
        }
        _ => Vec::new(),
    }
}

const ON_TWO: &str = "- asha: { connect: { node: 1 } }\n- ravi: { connect: { node: 2 } }\n";

#[test]
fn a_connection_goes_to_the_node_that_is_named_and_to_the_first_otherwise() {
    let mut program = Program::new(server(|_, _| Vec::new()));
    assert_passes(&program.play(&nodes(&format!("{ON_TWO}- meera: connect"))));
    let to: Vec<u8> = program.opened.iter().map(|request| request.node).collect();
    assert_eq!(to, [1, 2, 1]);
}

#[test]
fn what_one_node_tells_another_has_its_full_patience() {
    let across = |_, _: &Packet| vec![later(2, 600, event("news", "[]"))];
    let steps = format!("{ON_TWO}- asha: {{ emit: [tell], ack: !any }}\n- ravi: {{ hear: [news] }}");
    assert_eq!(both(|| Program::new(server(across)), &nodes(&steps)), "passed");
    let never = |_, _: &Packet| Vec::new();
    assert_eq!(both(|| Program::new(server(never)), &nodes(&steps)), "missing news ravi");
}

#[test]
fn an_event_that_comes_across_too_late_for_one_process_is_still_seen() {
    let late = |_, _: &Packet| vec![later(2, 40, event("news", "[]"))];
    let steps = format!("{ON_TWO}- asha: {{ emit: [tell], ack: !any }}");
    assert_eq!(both(|| Program::new(server(late)), &nodes(&steps)), "unexpected news ravi");
}

#[test]
fn the_node_that_falls_over_is_named() {
    let crash = |conn: Conn, _: &Packet| vec![Says(conn, Duration::from_millis(5), Speech::NodeCrash(2))];
    let steps = format!("{ON_TWO}- asha: {{ emit: [tell] }}\n- asha: {{ hear: [news] }}");
    assert_eq!(both(|| Program::new(server(crash)), &nodes(&steps)), "crashed node 2 -");
}

#[test]
fn the_node_that_answers_nothing_any_more_is_named() {
    let mut program = Program::new(server(|_, _| Vec::new()));
    program.door = Box::new(|conn, _| (conn == 3).then(|| OpenFailure::Refused("ECONNREFUSED".into())));
    let finished = program.play(&nodes(&format!("{ON_TWO}- meera: {{ connect: {{ node: 2 }} }}")));
    assert_eq!(told(&finished), "never_listened node 2 -");

    let mut program = Program::new(server(|_, _| Vec::new()));
    program.door = Box::new(|_, _| Some(OpenFailure::NotEngineIo("SSH-2.0".into())));
    let finished = program.play(&nodes("- ravi: { connect: { node: 2 } }"));
    assert_eq!(told(&finished), "not_socket_io node 2 -");
}

#[test]
fn a_stopped_node_takes_its_connections_along_and_nobody_is_to_blame() {
    let switched = Rc::new(RefCell::new(Vec::new()));
    let mut program = Program::new(server(|_, _| Vec::new()));
    let seen = Rc::clone(&switched);
    program.switch = Box::new(move |part, start| {
        seen.borrow_mut().push((part, start));
        None
    });
    let steps = format!(
        "{ON_TWO}- node 2: stop\n- redis: stop\n- asha: {{ emit: [tell], ack: !any }}\n- redis: start\n\
         - node 2: start\n- ravi: {{ connect: {{ node: 2 }} }}\n- ravi: {{ emit: [tell], ack: !any }}"
    );
    let finished = program.play(&nodes(&steps));
    assert_passes(&finished);
    let (two, redis) = (Part::Node(2), Part::Redis);
    assert_eq!(*switched.borrow(), [(two, false), (redis, false), (redis, true), (two, true)]);
    let notes: Vec<&str> = finished
        .result
        .transcript
        .entries
        .iter()
        .filter_map(|entry| match &entry.what {
            What::Note(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        notes,
        [
            "asha connects to node 1",
            "ravi connects to node 2",
            "node 2 is stopped",
            "redis is stopped",
            "redis is started again",
            "node 2 is started again",
            "ravi connects to node 2",
        ]
    );
}

#[test]
fn a_node_that_does_not_come_back_is_named_at_its_step() {
    let mut program = Program::new(server(|_, _| Vec::new()));
    program.switch = Box::new(|_, start| {
        start.then(|| Trouble {
            kind: Kind::Crashed,
            expected: "a program that starts".to_owned(),
            actual: "it ended with exit code 1: Error: no".to_owned(),
        })
    });
    let finished = program.play(&nodes(&format!("{ON_TWO}- node 2: stop\n- node 2: start")));
    assert_eq!(told(&finished), "crashed node 2 -");
    assert_eq!(mismatch(&finished).place.line, 16);
}

#[test]
fn who_loses_redis_may_fall_over_a_moment_later() {
    let mut program = Program::new(server(|_, _| Vec::new()));
    let steps = format!("{ON_TWO}- redis: stop\n- asha: {{ emit: [tell] }}\n- asha: {{ hear: [news] }}");
    let crash = Says(1, Duration::from_millis(70), Speech::NodeCrash(1));
    let finished = program.play_after(&nodes(&steps), &[crash]);
    assert_eq!(told(&finished), "crashed node 1 -");
}
