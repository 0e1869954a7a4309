//! Role `page`: a component is shown, used and read, and it connects to us.

use std::time::Duration;

use grader::{
    scenario::play::{
        Finished,
        drive::{Conn, Fence, PageReply, PageRequest},
    },
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    assert_passes, exercise_of, mismatch,
    program::{Answers, Program},
    says::{Says, Speech, event, later},
    told,
};

const MOUNT: &str = "- page: { mount: { room: $room } }\n- server: accept\n";

fn shows(millis: u64, lines: &'static [&'static str]) -> Says {
    Says(0, Duration::from_millis(millis), Speech::Shows(lines))
}

/// A page that connects when it is mounted, shows `lines` when it hears `show`, and does this when it is used.
fn page(
    steps: &str,
    lines: &'static [&'static str],
    mut used: impl FnMut(&PageRequest) -> (PageReply, Vec<Says>) + 'static,
) -> Finished {
    let yaml = exercise_of("role: page\nvars: { room: !fresh room }", &format!("{MOUNT}{steps}"));
    let hears = move |_: Conn, packet: &Packet| match packet.event_name() {
        Some("show") => vec![shows(20, lines)],
        _ => Vec::new(),
    };
    let mut program = Program::new(hears).asked(Fence::Client, Answers::Properly);
    program.page = Box::new(move |request| match request {
        PageRequest::Mount(props) => {
            assert!(props.get("room").is_some());
            let opens = Says(1, Duration::from_millis(5), Speech::Open);
            (PageReply::Done, vec![shows(0, &["Send"]), opens, later(1, 6, Packet::connect("/", None))])
        }
        PageRequest::Rest => (PageReply::Done, Vec::new()),
        used_like => used(used_like),
    });
    program.play(&yaml)
}

fn unused(_: &PageRequest) -> (PageReply, Vec<Says>) {
    (PageReply::Done, Vec::new())
}

#[test]
fn what_is_shown_is_seen_so_often() {
    let play =
        |lines, step| told(&page(&format!("- server: {{ emit: [show] }}\n- user: {step}"), lines, unused));
    assert_eq!(play(&["ravi: hello", "bye"], "{ sees: hello }"), "passed");
    assert_eq!(play(&["hello hello"], "{ sees: hello, times: 2 }"), "passed");
    assert_eq!(play(&["hello", "hello"], "{ sees: hello, times: 1 }"), "copies hello user");
    assert_eq!(play(&["hello"], "{ sees: hello, times: 2 }"), "not_shown hello user");
    assert_eq!(play(&["Hello"], "{ sees: hello }"), "not_shown hello user");
    assert_eq!(play(&["hello"], "{ misses: hello }"), "still_shown hello user");
    assert_eq!(play(&["bye"], "{ misses: hello }"), "passed");
}

#[test]
fn the_page_is_told_as_it_is() {
    let finished = page("- server: { emit: [show] }\n- user: { sees: $room }", &["one", "two"], unused);
    let mismatch = mismatch(&finished);
    assert!(mismatch.subject.starts_with("room-"));
    assert_eq!(mismatch.actual, r#"the page shows "one" "two""#);
    assert_eq!(mismatch.saw.as_ref().and_then(|saw| saw.as_str()), Some("one\ntwo"));
    assert_eq!(told(&page("- user: { sees: x }", &[], unused)), "not_shown x user");
}

#[test]
fn what_can_be_used_is_waited_for() {
    // A button may be off until the page is connected.
    let off_for = |times: u32, reply| {
        let mut left = times;
        move |request: &PageRequest| {
            assert!(matches!(request, PageRequest::Click(name) if name == "Send"));
            left = left.saturating_sub(1);
            (if left == 0 { PageReply::Done } else { reply }, Vec::new())
        }
    };
    let click = "- user: { click: Send }";
    assert_passes(&page(click, &[], off_for(5, PageReply::Disabled)));
    let missing = page(click, &[], off_for(1_000, PageReply::Missing));
    assert_eq!(told(&missing), "not_shown Send user");
    assert_eq!(mismatch(&missing).actual, r#"the page shows "Send""#);
    let disabled = page(click, &[], off_for(1_000, PageReply::Disabled));
    assert_eq!(mismatch(&disabled).actual, r#""Send" is there, and it is disabled"#);
    let step = "- user: { type: { Message: \"hi $room\" } }";
    let typed = page(step, &[], |request| {
        let fits = matches!(request, PageRequest::Type { field, text } if field == "Message" && text.starts_with("hi room-"));
        assert!(fits, "{request:?}");
        (PageReply::Missing, Vec::new())
    });
    assert_eq!(told(&typed), "not_shown Message user");
}

#[test]
fn what_a_click_sends_is_heard() {
    let sends = |_: &PageRequest| (PageReply::Done, vec![later(1, 3, event("sendMessage", "[1]"))]);
    assert_passes(&page("- user: { click: Send }\n- server: { hear: [sendMessage, 1] }", &[], sends));
    assert_eq!(told(&page("- user: { click: Send }", &[], sends)), "unexpected sendMessage server");
}

#[test]
fn it_goes_and_its_line_with_it() {
    let hangs_up = |request: &PageRequest| match request {
        PageRequest::Unmount => {
            let closes = Says(1, Duration::from_millis(9), Speech::Close);
            (PageReply::Done, vec![later(1, 8, Packet::disconnect("/")), closes, shows(1, &[])])
        }
        _ => (PageReply::Done, Vec::new()),
    };
    let steps = "- page: unmount\n- server: closed\n- server: { connections: 0 }\n- user: { misses: Send }";
    assert_passes(&page(steps, &[], hangs_up));
    assert_eq!(told(&page(steps, &[], unused)), "not_closed server server");
}

#[test]
fn a_page_that_falls_or_hangs_is_told_so() {
    let falls = |_: &PageRequest| (PageReply::Done, vec![Says(0, Duration::from_millis(3), Speech::Fall)]);
    let fallen = page("- page: { props: { room: x } }\n- user: { sees: hello }", &[], falls);
    assert_eq!(told(&fallen), "crashed program -");
    assert!(mismatch(&fallen).actual.contains("TypeError: room is undefined"));

    let yaml = exercise_of("role: page", "- page: mount\n- user: { sees: hello }");
    let mut program = Program::new(|_, _: &Packet| Vec::new()).asked(Fence::Client, Answers::Properly);
    program.stuck = true;
    assert_eq!(told(&program.play(&yaml)), "stuck program -");
}

#[test]
fn a_page_that_falls_while_it_is_mounted_is_told_there() {
    // Its end and its answer may be read together, or one after the other.
    for batched in [false, true] {
        let yaml = exercise_of("role: page", "- page: mount\n- user: { misses: hello }");
        let mut program = Program::new(|_, _: &Packet| Vec::new()).asked(Fence::Client, Answers::Properly);
        program.page = Box::new(|_| (PageReply::Done, vec![Says(0, Duration::ZERO, Speech::Fall)]));
        let finished = program.in_batches(batched).play(&yaml);
        assert_eq!(told(&finished), "crashed program -");
        let place = mismatch(&finished).place;
        assert_eq!(yaml.lines().nth(place.line as usize - 1).map(str::trim), Some("- page: mount"));
    }
}

#[test]
fn a_slow_page_gets_the_time_it_needs() {
    // Its first answer to a ping takes long, because the machine is busy: no wall time counts against it.
    let yaml = exercise_of("role: page", "- page: mount\n- server: accept\n- server: { hear: [join] }");
    let hears = |conn: Conn, packet: &Packet| match packet.kind {
        PacketKind::Connect => vec![later(conn, 2_500, event("join", "[]"))],
        _ => Vec::new(),
    };
    let mut program = Program::new(hears).asked(Fence::Client, Answers::After(Duration::from_millis(900)));
    program.page = Box::new(|request| match request {
        PageRequest::Mount(_) => {
            let opens = Says(1, Duration::from_millis(5), Speech::Open);
            (PageReply::Done, vec![opens, later(1, 6, Packet::connect("/", None))])
        }
        _ => (PageReply::Done, Vec::new()),
    });
    let finished = program.play(&yaml);
    assert_passes(&finished);
    assert_eq!(finished.result.notes, Vec::<String>::new());
}
