//! Scenarios side by side in one process: fresh state for each, and nobody is blamed for another's fall.

use std::fs;

use crate::desk::{Desk, ROOMS};

const SCENARIOS: [&str; 4] = ["inside", "strangers", "two-rooms", "elsewhere"];

/// Only one scenario says these words.
const WORDS: &str = "anyone?";

fn only_two_rooms_fails(act: &str, kind: &str, cause: &str) {
    let Some(desk) = Desk::with_node() else { return };
    let source =
        desk.solution_with("const id =", &format!("if (text === '{WORDS}') {{ {act} }}\n      const id ="));
    let ended = desk.grade(&source);
    ended.assert_failed(cause, kind);
    let verdict = ended.verdict();
    assert_eq!(verdict["scenarios"][2]["id"], "two-rooms");
    assert_eq!(verdict["cause"]["scenario"], 2, "{verdict:#}");
    for id in SCENARIOS {
        let wanted = if id == "two-rooms" { kind } else { "passed" };
        assert_eq!(ended.outcome(id), wanted, "{id}: {verdict:#}");
    }
}

#[test]
fn a_crash_in_one_scenario_is_not_blamed_on_others() {
    only_two_rooms_fails("throw new Error(text);", "crashed", "crashed");
}

#[test]
fn an_exit_in_one_scenario_is_not_blamed_on_others() {
    only_two_rooms_fails("process.exit(0);", "exited", "ended-early");
}

#[test]
fn a_loop_in_one_scenario_is_not_blamed_on_others() {
    only_two_rooms_fails("for (;;);", "stuck", "stopped-answering");
}

#[test]
fn a_map_beside_the_function_is_right() {
    let Some(desk) = Desk::with_node() else { return };
    desk.grade(&fs::read_to_string(desk.path(ROOMS, "answers/also/module_map.js")).unwrap()).assert_passed();
}

#[test]
fn state_in_another_module_or_in_no_module_is_fresh_too() {
    let Some(desk) = Desk::with_node() else { return };
    // Whoever finds an old entry refuses everything: a right program only with fresh state.
    let guard = |state: &str| {
        desk.solution_with(
            "const id =",
            &format!(
                "if (++{state}.sent > 2) return ack({{ ok: false, error: 'old state' }});\n      const id ="
            ),
        )
    };
    desk.write(ROOMS, "state.js", "export const state = { sent: 0 };\n");
    desk.grade(&format!("import {{ state }} from './state.js';\n{}", guard("state"))).assert_passed();
    desk.grade(&format!("globalThis.kept ??= {{ sent: 0 }};\n{}", guard("globalThis.kept"))).assert_passed();
}
