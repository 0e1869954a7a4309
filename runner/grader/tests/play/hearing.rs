//! `hear` in all its forms, and `reply`.

use grader::{
    scenario::play::drive::Conn,
    wire::socket::{Kind as PacketKind, Packet},
};

use crate::{
    both, exercise, exercise_of, mismatch,
    program::Program,
    says::{Says, ack, event, later, now, welcome},
    told,
};

/// A server that emits these on connect, one every so many milliseconds.
fn emits(every: u64, speeches: &[(&'static str, &'static str)]) -> impl FnMut(Conn, &Packet) -> Vec<Says> {
    let speeches = speeches.to_vec();
    move |conn, packet| match (packet.kind, packet.event_name()) {
        (PacketKind::Connect, _) => {
            let mut says = vec![now(conn, welcome("/"))];
            let after = (0..).map(|k| k * every);
            says.extend(
                speeches.iter().zip(after).map(|((name, args), at)| later(conn, at, event(name, args))),
            );
            says
        }
        (_, Some("ask")) => vec![now(conn, ack(packet, "[1]"))],
        _ => Vec::new(),
    }
}

/// The verdict must be the same whether events come at once or one after another.
fn hears(speeches: &[(&'static str, &'static str)], steps: &str) -> String {
    let yaml = exercise(&format!("- asha: connect\n{steps}"));
    let at_once = both(|| Program::new(emits(0, speeches)), &yaml);
    let slowly = both(|| Program::new(emits(3, speeches)), &yaml);
    assert_eq!(at_once, slowly, "at once, and slowly");
    at_once
}

#[test]
fn in_any_order_means_that_there_is_some_order() {
    let steps = "- asha: { hear: !any_order [[line, !any], [line, 1]] }";
    assert_eq!(hears(&[("line", "[1]"), ("line", "[2]")], steps), "passed");
    assert_eq!(hears(&[("line", "[2]"), ("line", "[1]")], steps), "passed");
    assert_eq!(hears(&[("line", "[2]"), ("line", "[3]")], steps), "different line asha");
    assert_eq!(hears(&[("line", "[1]")], steps), "missing line asha");
    assert_eq!(hears(&[("line", "[1]"), ("line", "[2]"), ("line", "[3]")], steps), "unexpected line asha");
}

#[test]
fn in_any_order_binds_a_name_for_all_of_them() {
    let steps = "- asha: { hear: !any_order [[a, $x], [b, $x]] }";
    assert_eq!(hears(&[("b", "[2]"), ("a", "[2]")], steps), "passed");
    assert_eq!(hears(&[("b", "[2]"), ("a", "[1]")], steps), "different b asha");
}

#[test]
fn a_series_leaves_what_comes_after_it() {
    let four = &[("line", "[1]"), ("line", "[2]"), ("line", "[3]"), ("line", "[4]")];
    assert_eq!(hears(four, "- asha: { hear: [line, $n], n: 1..3 }\n- asha: { hear: [line, 4] }"), "passed");
    assert_eq!(hears(four, "- asha: { hear: [line, $n], n: 1..3 }"), "unexpected line asha");
}

#[test]
fn a_series_has_no_strangers_within() {
    let stranger = &[("line", "[1]"), ("line", "[9]"), ("line", "[2]")];
    assert_eq!(hears(stranger, "- asha: { hear: [line, $n], n: 1..2 }"), "different line asha");
    let copy_at_the_end = &[("line", "[1]"), ("line", "[2]"), ("line", "[2]")];
    assert_eq!(hears(copy_at_the_end, "- asha: { hear: [line, $n], n: 1..2 }"), "copies line asha");
}

#[test]
fn a_series_of_equal_events_is_counted() {
    let steps = "- asha: { hear: [tick, !string], n: 1..3 }";
    let three = &[("tick", r#"["t"]"#), ("tick", r#"["t"]"#), ("tick", r#"["t"]"#)];
    assert_eq!(hears(three, steps), "passed");
    assert_eq!(hears(&three[..2], steps), "missing tick asha");
}

const STATES: &str = "role: server\nstates: [price]";

fn states(speeches: &[(&'static str, &'static str)], steps: &str) -> String {
    let yaml = exercise_of(STATES, &format!("- asha: connect\n{steps}"));
    both(|| Program::new(emits(3, speeches)), &yaml)
}

#[test]
fn of_states_only_the_newest_counts() {
    let rising = &[("price", "[10]"), ("price", "[11]"), ("price", "[12]")];
    assert_eq!(states(rising, "- asha: { hear: [price, 12] }"), "passed");
    assert_eq!(states(rising, "- asha: { hear: [price, 13] }"), "different price asha");
    let repeated = &[("price", "[10]"), ("price", "[12]"), ("price", "[12]")];
    assert_eq!(states(repeated, "- asha: { hear: [price, 12] }"), "passed");
    let onward = &[("price", "[12]"), ("price", "[13]")];
    assert_eq!(states(onward, "- asha: { hear: [price, 12] }"), "unexpected price asha");
}

#[test]
fn a_state_that_was_heard_is_no_news() {
    let steps =
        "- asha: { hear: [price, 10] }\n- asha: { emit: [ask], ack: !any }\n- asha: { hear: [price, 12] }";
    assert_eq!(states(&[("price", "[10]")], steps), "missing price asha");
    assert_eq!(states(&[("price", "[10]"), ("price", "[10]")], steps), "missing price asha");
}

#[test]
fn a_right_and_a_wrong_reply() {
    // The server asks twice; only the second question wants an answer.
    let asks = || {
        Program::new(|conn: Conn, packet: &Packet| match packet.kind {
            PacketKind::Connect => {
                let question = Packet::event("/", Some(4), vec!["really".into()]);
                vec![now(conn, welcome("/")), now(conn, event("really", "[]")), now(conn, question)]
            }
            PacketKind::Ack => vec![now(conn, event("thanks", "[]"))],
            _ => Vec::new(),
        })
    };
    let heard = "- asha: connect\n- asha: { hear: [really] }\n- asha: { hear: [really] }\n";
    let answered = format!("{heard}- asha: {{ reply: [really, yes] }}\n- asha: {{ hear: [thanks] }}");
    assert_eq!(both(asks, &exercise(&answered)), "passed");
    let twice = format!("{answered}\n- asha: {{ reply: [really, yes] }}");
    assert_eq!(both(asks, &exercise(&twice)), "not_asked really asha");
    assert_eq!(both(asks, &exercise(heard)), "passed", "no reply withholds it");
    let at_once = "- asha: connect\n- asha: { hear: [really], reply: [no] }";
    assert_eq!(both(asks, &exercise(at_once)), "not_asked really asha");
}

#[test]
fn ignored_events_may_come_and_may_be_heard() {
    let yaml = |steps: &str| exercise_of("role: server\nignores: [chatter]", steps);
    let make = || Program::new(emits(0, &[("chatter", "[1]")]));
    assert_eq!(both(make, &yaml("- asha: connect")), "passed");
    assert_eq!(both(make, &yaml("- asha: connect\n- asha: { hear: [chatter, 1] }")), "passed");
    assert_eq!(both(make, &exercise("- asha: connect")), "unexpected chatter asha");
}

#[test]
fn silence_hears_what_comes_late_only_for_so_long() {
    let late = || Program::new(emits(80, &[("a", "[]"), ("b", "[]")]));
    let steps = "- asha: connect\n- asha: { hear: [a] }\n- asha: { hear: nothing, for: 200ms }";
    assert_eq!(both(late, &exercise(steps)), "unexpected b asha");
}

#[test]
fn a_copy_of_what_was_read_is_told_as_a_copy() {
    let twice = &[("line", "[1]"), ("line", "[1]")];
    assert_eq!(hears(twice, "- asha: { hear: [line, 1] }"), "copies line asha");
    assert_eq!(hears(twice, "- asha: { hear: [line, 1] }\n- asha: { hear: nothing }"), "copies line asha");
}

#[test]
fn the_first_difference_is_where_the_mismatch_is() {
    let mut program = Program::new(emits(0, &[("line", r#"[{"from":"x","n":[1,2]}]"#)]));
    let finished =
        program.play(&exercise("- asha: connect\n- asha: { hear: [line, { from: x, n: [1, 3] }] }"));
    assert_eq!(
        (told(&finished).as_str(), mismatch(&finished).at.as_deref()),
        ("different line asha", Some("/0/n/1"))
    );
}
