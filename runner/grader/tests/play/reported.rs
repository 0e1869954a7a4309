//! What a report is told of a play: who heard what, at which packet the mark stands, what passed besides packets.

use std::time::Duration;

use grader::{
    diagram::{Charset, Diagram},
    scenario::play::{
        Finished,
        drive::{Conn, HttpReply},
    },
    transcript::What,
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    exercise, exercise_of, mismatch,
    program::Program,
    says::{Says, ack, event, later, now, welcome},
    told,
};

/// The line of the first step in an exercise of these tests.
const FIRST_STEP: u32 = 11;

/// Tells each newcomer these events; answers `ask`.
fn tells(speeches: &[(&'static str, &'static str)]) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    let speeches = speeches.to_vec();
    move |conn, packet| match (packet.kind, packet.event_name()) {
        (PacketKind::Connect, _) => {
            let events = speeches.iter().map(|(name, args)| now(conn, event(name, args)));
            [now(conn, welcome("/"))].into_iter().chain(events).collect()
        }
        (_, Some("ask")) => vec![now(conn, ack(packet, "[1]"))],
        _ => Vec::new(),
    }
}

fn after(speeches: &[(&'static str, &'static str)], steps: &str) -> Finished {
    Program::new(tells(speeches)).play(&exercise(&format!("- asha: connect\n{steps}")))
}

/// The number of the marked event among all events that came, from 1.
fn mark(finished: &Finished) -> usize {
    let events = finished.result.transcript.entries.iter().filter(|entry| {
        matches!(&entry.what, What::Packet { socket: Some(packet), .. } if packet.kind == PacketKind::Event)
            && !entry.quiet
    });
    let marks: Vec<usize> =
        events.enumerate().filter(|(_, entry)| entry.marked).map(|(index, _)| index + 1).collect();
    assert_eq!(marks.len(), 1, "one mark: {:#?}", finished.result.transcript);
    marks[0]
}

#[test]
fn who_heard_it_is_said() {
    let words = |speeches: &[_], steps: &str| {
        let finished = after(speeches, steps);
        let mismatch = mismatch(&finished);
        format!("{} / {}", mismatch.expected, mismatch.actual)
    };
    let (one, two) = (("line", "[1]"), ("line", "[2]"));
    let nothing = "- asha: { hear: nothing }";
    assert_eq!(words(&[one], nothing), "asha hears nothing more / asha heard line 1");
    let for_a_while = "- asha: { hear: nothing, for: 1500ms }";
    assert_eq!(words(&[one], for_a_while), "asha hears nothing more for 1.5 s / asha heard line 1");
    let hear = "- asha: { hear: [line, 1] }";
    assert_eq!(words(&[one, one], hear), "asha hears line once / asha heard line 1 again");
    assert_eq!(words(&[one, two], hear), "asha hears nothing more / asha heard line 2");
    assert_eq!(words(&[two], hear), "asha hears line 1 / asha heard line 2");
    assert_eq!(words(&[], hear), "asha hears line 1 / asha heard no line");
    let twice = "- asha: { hear: [line, 1] }\n- asha: { hear: [line, 2] }";
    assert_eq!(words(&[one], twice), "asha hears line 2 / asha heard no other line");
    assert_eq!(words(&[one, one], twice), "asha hears line 2 / asha heard line 1 again");
    let series = "- asha: { hear: [line, $n], n: 1..3 }";
    assert_eq!(
        words(&[one, two], series),
        "asha hears line anything / asha heard 2 of them, number 3 is missing"
    );
    assert_eq!(
        words(&[one, one, two, ("line", "[3]")], series),
        "asha hears line, each once / asha heard line 1 twice"
    );
}

#[test]
fn the_mark_stands_at_the_packet_of_which_expected_and_actual_speak() {
    let (one, two, three) = (("line", "[1]"), ("line", "[2]"), ("line", "[3]"));
    let hear = "- asha: { hear: [line, 1] }\n";
    // The copy, and not what it is a copy of.
    assert_eq!(mark(&after(&[one, one], hear)), 2);
    assert_eq!(mark(&after(&[one, two, one], &format!("{hear}- asha: {{ hear: [line, 2] }}"))), 3);
    assert_eq!(mark(&after(&[one, one, two], &format!("{hear}- asha: {{ hear: [line, 2] }}"))), 2);
    for order in [[one, one, two], [one, two, one], [two, one, one]] {
        let finished = after(&order, "- asha: { hear: !any_order [[line, 1], [line, 2]] }");
        let second = order.iter().rposition(|event| *event == one).expect("two of them") + 1;
        assert_eq!((told(&finished).as_str(), mark(&finished)), ("copies line asha", second), "{order:?}");
        let finished = after(&order, "- asha: { hear: [line, $n], n: 1..2 }");
        assert_eq!((told(&finished).as_str(), mark(&finished)), ("copies line asha", second), "{order:?}");
    }
    // It is told at the step that has read the first one, and not at the last step.
    let finished = after(&[one, one], &format!("{hear}- asha: {{ emit: [ask], ack: [1] }}"));
    assert_eq!(mismatch(&finished).place.line, FIRST_STEP + 1);
    // The first that nobody expects.
    assert_eq!(mark(&after(&[one, two, three], hear)), 2);
    assert_eq!(mark(&after(&[("other", "[]"), one], hear)), 1);
    // The one that is different.
    assert_eq!(mark(&after(&[two, three], hear)), 1);
}

#[test]
fn what_passes_over_http_is_told_with_its_bodies() {
    let lines = |content: &'static [u8], send: &str| {
        let mut program = Program::new(tells(&[]));
        program.http =
            Box::new(move |_| Ok(HttpReply { status: 201, headers: Vec::new(), body: content.to_vec() }));
        let finished = program.play(&exercise(&format!("- http: {{ post: /announce{send}, status: 200 }}")));
        let transcript = &finished.result.transcript;
        let told = transcript.entries.iter().filter_map(|entry| match &entry.what {
            What::Http { line, .. } => Some(line.clone()),
            _ => None,
        });
        (told.collect::<Vec<_>>(), mismatch(&finished).actual.clone())
    };
    let (told, actual) = lines(br#"{"ok":true}"#, ", send: { text: hi }");
    assert_eq!(told, [r#"POST /announce {"text":"hi"}"#, r#"POST /announce → 201 {"ok":true}"#]);
    assert_eq!(actual, r#"status 201, body {"ok":true}"#);
    let (told, actual) = lines(&[0xff; 70], "");
    assert_eq!(told, ["POST /announce", "POST /announce → 201 <70 bytes>"]);
    assert_eq!(actual, "status 201, body <70 bytes>");
    let (told, _) = lines(b"", ", send: \"two\\n  lines\"");
    assert_eq!(told, ["POST /announce two lines", "POST /announce → 201"]);
    let (told, _) = lines(&[b'a'; 5000], "");
    assert!(told[1].ends_with("aaa…") && told[1].chars().count() < 300, "{}", told[1]);
}

#[test]
fn what_is_too_long_to_be_read_is_cut() {
    let long = format!(r#"[{{"text":"{}","list":[{}]}}]"#, "a".repeat(300), ["7"; 64].join(","));
    let speeches = [("line", &*Box::leak(long.into_boxed_str()))];
    let finished = after(&speeches, "- asha: { hear: nothing }");
    let begins = "a".repeat(120);
    let wanted = format!(
        r#"asha heard line {{"text":"{begins}…" (300 characters),"list":[7,7,7,7,7,7,7,7,…] (64 numbers)}}"#
    );
    assert_eq!(mismatch(&finished).actual, wanted);
}

#[test]
fn a_pause_is_told() {
    let late = |conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![now(conn, welcome("/")), later(conn, 400, event("late", "[]"))],
        _ => Vec::new(),
    };
    let steps =
        "- asha: connect\n- wait: 300ms\n- asha: { hear: [late] }\n- wait: 2100ms\n- asha: { hear: [late] }";
    let finished = Program::new(late).play(&exercise(steps));
    let diagram = Diagram::from_transcript(&finished.result.transcript, "your server");
    let words = diagram.to_words();
    assert_eq!(
        words,
        ["300 ms later.", "Your server sends late to Asha.", "2.1 s later."],
        "{}",
        diagram.to_text(80)
    );
}

#[test]
fn actors_are_told_with_their_nodes() {
    let top = "role: server\nnodes: 2\nneeds: [redis]";
    let steps = "- asha: { connect: { node: 1 } }\n- ravi: { connect: { node: 2 } }\n- asha: { emit: [hi] }\n\
                 - ravi: disconnect\n- ravi: { connect: { node: 1 } }\n- ravi: { hear: [never] }";
    let finished = Program::new(tells(&[])).play(&exercise_of(top, steps));
    let diagram = Diagram::from_transcript(&finished.result.transcript, "your server");
    assert_eq!(diagram.actors, ["asha (node 1)", "ravi (nodes 2, 1)"]);
    let said = "Asha (node 1) sends hi to your server.";
    assert!(diagram.to_words().iter().any(|words| words == said), "{:?}", diagram.to_words());
    let lines = diagram.to_lines(80, Charset::Unicode);
    assert!(lines[0].iter().any(|span| span.text.contains("ravi (nodes 2, 1)")), "{lines:?}");
    assert!(finished.result.took < Duration::from_secs(2));
}
