//! How long anything may take, and what silence needs: with fences, late ones, wrong ones, and none.

use std::time::Duration;

use grader::{
    scenario::play::drive::{Conn, Fence, Usage},
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    both, exercise,
    program::{Answers, Program},
    says::{Says, ack, event, later, now, welcome},
    told,
};

/// Answers `ask` after so long.
fn answers_after(millis: u64) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    move |conn, packet| match (packet.kind, packet.id) {
        (PacketKind::Connect, _) => vec![now(conn, welcome("/"))],
        (PacketKind::Event, Some(_)) => vec![later(conn, millis, ack(packet, "[1]"))],
        _ => Vec::new(),
    }
}

const ASK: &str = "- asha: connect\n- asha: { emit: [ask], ack: [1] }";

fn ask(millis: u64, fence: Fence, answers: Answers) -> String {
    both(|| Program::new(answers_after(millis)).asked(fence, answers), &exercise(ASK))
}

#[test]
fn every_kind_of_answer_to_a_fence_counts() {
    for (fence, answers) in [
        (Fence::Hosted, Answers::Properly),
        (Fence::Foreign, Answers::Properly),
        (Fence::Foreign, Answers::LetsIn),
    ] {
        assert_eq!(ask(0, fence, answers), "passed");
        assert_eq!(ask(900, fence, answers), "passed");
        assert_eq!(ask(1_500, fence, answers), "no_ack ask asha");
    }
}

#[test]
fn a_namespace_that_lets_the_grader_in_is_left_at_once() {
    let mut program = Program::new(answers_after(0)).asked(Fence::Foreign, Answers::LetsIn);
    let finished = program.play(&exercise(ASK));
    assert_eq!(told(&finished), "passed");
    let frames: Vec<String> = finished
        .result
        .transcript
        .entries
        .iter()
        .filter_map(|entry| match &entry.what {
            grader::transcript::What::Packet { packet, .. } if entry.quiet => Some(packet.to_text()),
            _ => None,
        })
        .collect();
    let asked = frames.iter().filter(|frame| frame.starts_with("40/~") && frame.ends_with(',')).count();
    let left = frames.iter().filter(|frame| frame.starts_with("41/~")).count();
    assert!(asked > 0 && asked == left, "{frames:?}");
}

#[test]
fn without_fences_the_program_is_looked_at() {
    assert_eq!(ask(900, Fence::Foreign, Answers::Never), "passed");
    assert_eq!(ask(3_000, Fence::Foreign, Answers::Never), "no_ack ask asha");
    let mut program = Program::new(answers_after(0)).asked(Fence::Foreign, Answers::Never);
    let finished = program.play(&exercise(ASK));
    assert_eq!((told(&finished).as_str(), finished.result.notes.len()), ("passed", 1));
    assert!(finished.result.took < Duration::from_millis(700), "{:?}", finished.result.took);
}

#[test]
fn a_slow_program_has_more_time_by_the_slowness_of_its_answers() {
    // Fences take 400 ms: 300 ms without any answer mean looks from outside, until the first one comes after all.
    let slow = Answers::After(Duration::from_millis(400));
    assert_eq!(ask(3_000, Fence::Foreign, slow), "passed");
    assert_eq!(ask(3_000, Fence::Hosted, slow), "passed");
    assert_eq!(ask(12_000, Fence::Hosted, slow), "no_ack ask asha");
}

#[test]
fn a_program_that_answers_nothing_any_more_is_stuck_and_one_that_talks_is_not() {
    let ticks = || {
        |conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, welcome("/"))],
            PacketKind::Event => (0..90).map(|k| later(conn, k * 100, event("tick", "[]"))).collect(),
            _ => Vec::new(),
        }
    };
    for fence in [Fence::Hosted, Fence::Foreign] {
        assert_eq!(ask(60_000, fence, Answers::Times(2)), "stuck program -");
        let talks = both(|| Program::new(ticks()).asked(fence, Answers::Times(2)), &exercise(ASK));
        assert_eq!(talks, "no_ack ask asha");
    }
}

#[test]
fn a_busy_program_that_takes_more_and_more_memory_is_waited_for() {
    let stuck_after = |growth: u64| {
        let mut program = Program::new(answers_after(60_000)).asked(Fence::Hosted, Answers::Times(2));
        program.usage = (0..20)
            .map(|look| Usage { processor: Duration::from_secs(look), memory: look.min(10) * growth })
            .collect();
        let finished = program.play(&exercise(ASK));
        assert_eq!(told(&finished), "stuck program -");
        finished.result.took
    };
    // It grows for two seconds after it could have been called stuck.
    let (steady, growing) = (stuck_after(1 << 10), stuck_after(16 << 20));
    assert!(growing > steady + Duration::from_secs(1), "{steady:?} {growing:?}");
}

#[test]
fn silence_waits_ten_times_as_long_as_the_slowest_fence() {
    let news = |after: u64| {
        move |conn: Conn, packet: &Packet| match (packet.kind, packet.id) {
            (PacketKind::Connect, _) => vec![now(conn, welcome("/"))],
            (PacketKind::Event, Some(_)) => {
                vec![now(conn, ack(packet, "[1]")), later(conn, after, event("news", "[]"))]
            }
            _ => Vec::new(),
        }
    };
    let yaml = exercise(&format!("{ASK}\n- asha: {{ hear: nothing }}"));
    let play = |after: u64, fence: u64| {
        let answers = Answers::After(Duration::from_millis(fence));
        both(move || Program::new(news(after)).asked(Fence::Hosted, answers), &yaml)
    };
    assert_eq!(play(20, 0), "unexpected news asha");
    assert_eq!(play(200, 0), "passed");
    assert_eq!(play(200, 20), "unexpected news asha");
}

#[test]
fn what_another_branch_says_meanwhile_is_not_settled() {
    // Asha is silent while Ravi speaks at the end of her fences; what comes of it must be waited for at the end.
    let make = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => vec![now(conn, welcome("/"))],
            PacketKind::Event => vec![later(conn, 22, event("late", "[]"))],
            _ => Vec::new(),
        })
        .asked(Fence::Hosted, Answers::After(Duration::from_millis(1)))
    };
    for pause in [1, 2, 3, 4, 5, 10, 20, 25] {
        let yaml = exercise(&format!(
            "- asha, ravi: connect\n- together:\n    - asha: {{ hear: nothing, for: 20ms }}\n\
            \x20   - [ {{ wait: {pause}ms }}, {{ ravi: {{ emit: [go] }} }} ]"
        ));
        assert_eq!(both(make, &yaml), "unexpected late ravi", "after {pause} ms");
    }
}

#[test]
fn a_fence_that_was_under_way_before_proves_nothing() {
    // The wait for `slow` sends a fence that is answered late; the silence after it needs fences of its own.
    let make = || {
        Program::new(|conn: Conn, packet: &Packet| match (packet.kind, packet.event_name()) {
            (PacketKind::Connect, _) => vec![now(conn, welcome("/"))],
            (_, Some("go")) => vec![later(conn, 60, event("slow", "[]"))],
            _ => Vec::new(),
        })
        .asked(Fence::Hosted, Answers::After(Duration::from_millis(30)))
    };
    let yaml = exercise(
        "- asha: connect\n- asha: { emit: [go] }\n- asha: { hear: [slow] }\n- asha: { hear: nothing }",
    );
    let mut program = make();
    let finished = program.play(&yaml);
    assert_eq!(told(&finished), "passed");
    let sent = finished.result.transcript.entries.iter();
    let fences = sent.filter(|entry| entry.quiet && entry.at >= Duration::from_millis(90)).count();
    assert!(fences >= 8, "four fences of its own, each with an answer: {fences}");
}

#[test]
fn connecting_waits_for_a_fence_of_its_own() {
    let mut program = Program::new(|conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![later(conn, 70, welcome("/"))],
        _ => Vec::new(),
    })
    .asked(Fence::Hosted, Answers::After(Duration::from_millis(40)));
    // The fence of the wait is sent at 50 ms and answered at 90 ms; the welcome comes at 70 ms.
    let finished = program.play(&exercise("- asha: connect\n- asha: { emit: [mark] }\n- wait: 1ms"));
    assert_eq!(told(&finished), "passed");
    let mark = finished.result.transcript.entries.iter().find(|entry| {
        matches!(&entry.what, grader::transcript::What::Packet { socket: Some(packet), .. } if packet.event_name() == Some("mark"))
    });
    assert_eq!(mark.map(|entry| entry.at), Some(Duration::from_millis(130)));
}
