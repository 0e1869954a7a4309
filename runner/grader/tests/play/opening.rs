//! `connect`, `open`, refusals, raw frames.

use std::time::Duration;

use grader::{
    scenario::{
        model::Transport,
        play::drive::{Conn, OpenFailure},
    },
    value::Value,
    wire::{
        engine,
        socket::{Kind as PacketKind, Packet},
    },
};

use crate::{
    assert_passes, both, exercise, mismatch,
    program::{Answers, Program},
    says::{Says, Speech, ack, event, later, now, welcome},
    told,
};

fn welcomes(conn: Conn, packet: &Packet) -> Vec<Says> {
    match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/"))],
        PacketKind::Event if packet.id.is_some() => vec![now(conn, ack(packet, "[1]"))],
        PacketKind::Event => vec![now(conn, event("echo", "[1]"))],
        _ => Vec::new(),
    }
}

fn door(why: OpenFailure, steps: &str) -> String {
    let mut program = Program::new(welcomes);
    program.door = Box::new(move |_, _| Some(why.clone()));
    told(&program.play(&exercise(steps)))
}

fn http(status: u16, body: &str) -> OpenFailure {
    OpenFailure::Http { status, body: body.to_owned() }
}

const FORBIDDEN: &str = r#"{"code":4,"message":"not you"}"#;

#[test]
fn a_refusal_over_http() {
    let wanted = "- mallory: { connect: {}, refused: {} }";
    let said = "- mallory: { connect: {}, refused: { message: \"not you\" } }";
    assert_eq!(door(http(403, FORBIDDEN), wanted), "passed");
    assert_eq!(door(http(403, FORBIDDEN), said), "passed");
    assert_eq!(door(http(403, r#"{"code":4,"message":"go"}"#), said), "wrong_refusal mallory mallory");
    assert_eq!(door(http(401, "Unauthorized"), wanted), "passed");
    assert_eq!(door(http(403, FORBIDDEN), "- asha: connect"), "refused asha asha");
    assert_eq!(door(http(403, "Forbidden"), "- asha: connect"), "refused asha asha");
}

#[test]
fn a_refused_websocket_handshake_of_node_is_a_refusal() {
    let said = "- mallory: { connect: {}, refused: { message: \"not you\" } }";
    assert_eq!(door(http(400, "not you"), said), "passed");
    assert_eq!(door(http(400, "not you"), "- asha: connect"), "refused asha asha");
    for other in ["Transport unknown", "<html>400 Bad Request</html>", ""] {
        assert_eq!(
            door(http(400, other), "- mallory: { connect: {}, refused: {} }"),
            "not_socket_io program -"
        );
    }
}

#[test]
fn a_page_that_is_not_there_refuses_nobody() {
    let wanted = "- mallory: { connect: {}, refused: {} }";
    assert_eq!(door(http(404, "Cannot GET /socket.io/"), wanted), "not_socket_io program -");
    assert_eq!(door(http(404, "Cannot GET /socket.io/"), "- asha: connect"), "not_socket_io program -");
    assert_eq!(door(http(500, "oops"), wanted), "not_socket_io program -");
    assert_eq!(door(OpenFailure::NotEngineIo("no HTTP".into()), wanted), "not_socket_io program -");
    assert_eq!(door(OpenFailure::Refused("refused".into()), wanted), "never_listened program -");
    assert_eq!(door(OpenFailure::NoAnswer, wanted), "not_socket_io program -");
}

#[test]
fn a_handshake_without_an_answer_is_the_doors_fault_when_others_are_served() {
    let two = |stuck: bool| {
        let mut program = Program::new(welcomes);
        program.door = Box::new(|conn, _| (conn > 1).then_some(OpenFailure::NoAnswer));
        if stuck {
            program = program.asked(grader::scenario::play::drive::Fence::Hosted, Answers::Times(1));
        }
        told(&program.play(&exercise("- asha: connect\n- ravi: connect")))
    };
    assert_eq!(two(false), "unanswered ravi ravi");
    assert_eq!(two(true), "stuck program -");
}

#[test]
fn transports_alternate_by_position_unless_pinned() {
    let mut program = Program::new(welcomes);
    let steps = "- asha, ravi, meera: connect\n- teacher: { connect: { transport: upgrade } }\n- asha: drop\n- asha: connect";
    assert_passes(&program.play(&exercise(steps)));
    let used: Vec<Transport> = program.opened.iter().map(|request| request.transport).collect();
    let [ws, polling] = [Transport::Websocket, Transport::Polling];
    assert_eq!(used, [ws, polling, ws, Transport::Upgrade, ws]);
}

#[test]
fn the_first_answer_decides() {
    let both_answers = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => {
                vec![now(conn, Packet::connect_error("/", "no", None)), now(conn, welcome("/"))]
            }
            _ => Vec::new(),
        })
    };
    assert_eq!(both(both_answers, &exercise("- asha: connect")), "refused asha asha");
    assert_eq!(
        both(both_answers, &exercise("- asha: { connect: {}, refused: {} }")),
        "unexpected frame asha"
    );
}

#[test]
fn the_door_in_a_namespace() {
    let only_staff = || {
        Program::new(|conn: Conn, packet: &Packet| match (packet.kind, packet.namespace.as_str()) {
            (PacketKind::Connect, "/") => vec![now(conn, welcome("/"))],
            (PacketKind::Connect, name) => vec![now(conn, Packet::connect_error(name, "staff only", None))],
            (PacketKind::Event, _) => vec![now(conn, ack(packet, "[1]"))],
            _ => Vec::new(),
        })
    };
    let steps = "- asha: connect\n- asha: { connect: { namespace: /staff }, refused: { message: \"staff only\" } }\n\
                 - asha: { emit: [ask], ack: [1] }";
    assert_eq!(both(only_staff, &exercise(steps)), "passed");
    assert_eq!(
        both(only_staff, &exercise("- asha: { connect: { namespace: /staff } }")),
        "refused asha asha"
    );
    let data = "- asha: { connect: { namespace: /staff }, refused: { data: { code: 1 } } }";
    assert_eq!(both(only_staff, &exercise(data)), "wrong_refusal asha asha");
}

#[test]
fn hung_up_on_instead_of_answered() {
    let hang_up = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![Says(conn, Duration::ZERO, Speech::Close)],
            _ => Vec::new(),
        })
    };
    assert_eq!(both(hang_up, &exercise("- asha: connect")), "closed asha asha");
    assert_eq!(both(hang_up, &exercise("- asha: { connect: {}, refused: {} }")), "closed asha asha");
}

#[test]
fn frames_are_compared_as_packets() {
    let open = "- asha: open\n- asha: { send: '40' }\n- asha: { receive: '40{\"sid\": \"s\"}' }\n";
    let play = |steps: &str| both(|| Program::new(welcomes), &exercise(&format!("{open}{steps}")));
    assert_eq!(
        play("- asha: { send: '428[\"ask\"]' }\n- asha: { receive: '437[1.0]' }"),
        "different frame asha"
    );
    assert_eq!(play("- asha: { send: '427[\"ask\"]' }\n- asha: { receive: '437[1.0]' }"), "passed");
    assert_eq!(play("- asha: { send: '42[\"say\"]' }\n- asha: { receive: '42[ \"ec…' }"), "passed");
    assert_eq!(play("- asha: { send: '42[\"say\"]' }"), "unexpected frame asha".replace("frame", "echo"));
    assert_eq!(play("- asha: { receive: '42…' }"), "missing frame asha");
}

#[test]
fn a_frame_with_attachments_is_the_one_that_announces_them() {
    let bytes = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => {
                let picture = vec!["picture".into(), Value::Bytes(vec![1, 2, 3])];
                vec![now(conn, welcome("/")), now(conn, Packet::event("/", None, picture))]
            }
            _ => Vec::new(),
        })
    };
    let raw = "- asha: open\n- asha: { send: '40' }\n- asha: { receive: '40…' }\n\
               - asha: { receive: '451-[\"picture\", {\"_placeholder\": true, \"num\": 0}]' }";
    assert_eq!(both(bytes, &exercise(raw)), "passed");
    assert_eq!(both(bytes, &exercise("- asha: connect\n- asha: { hear: [picture, !bytes 3B] }")), "passed");
    assert_eq!(
        both(bytes, &exercise("- asha: connect\n- asha: { hear: [picture, !bytes 4B] }")),
        "different picture asha"
    );
}

#[test]
fn an_illegal_frame_ends_the_line_or_is_answered_by_nothing() {
    let strict = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, welcome("/"))],
            PacketKind::Event => vec![Says(conn, Duration::ZERO, Speech::Close)],
            _ => Vec::new(),
        })
    };
    let yaml =
        exercise("- asha: open\n- asha: { send: '42[\"early\"]' }\n- asha: { closed: transport close }");
    assert_eq!(both(strict, &yaml), "passed");
    let yaml = exercise(
        "- asha: open\n- asha: { send: '40' }\n- asha: { receive: '40…' }\n- asha: { closed: transport close }",
    );
    assert_eq!(both(strict, &yaml), "not_closed asha asha");
    let broken = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => {
                let frame = engine::Packet::Message("2{\"no\":\"list\"}".into());
                vec![now(conn, welcome("/")), Says(conn, Duration::ZERO, Speech::Raw(frame))]
            }
            _ => Vec::new(),
        })
    };
    assert_eq!(both(broken, &exercise("- asha: connect")), "unexpected frame asha");
}

#[test]
fn events_before_the_welcome_are_read_and_noticed() {
    let early = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, event("secret", "[]")), later(conn, 3, welcome("/"))],
            _ => Vec::new(),
        })
    };
    assert_eq!(both(early, &exercise("- asha: connect")), "unexpected secret asha");
    assert_eq!(both(early, &exercise("- asha: connect\n- asha: { hear: [secret] }")), "passed");
    let finished = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, event("secret", "[]"))],
        _ => Vec::new(),
    })
    .play(&exercise("- asha: connect"));
    assert_eq!(told(&finished), "unanswered asha asha");
    assert_eq!(mismatch(&finished).also.len(), 1);
}
