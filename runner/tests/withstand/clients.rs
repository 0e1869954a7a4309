//! Client programs: the runner is their server.

use std::fs;

use crate::desk::{CLIENT, Desk, Ended};

fn grade(more: &str, instead: Option<&str>) -> Option<Ended> {
    let desk = Desk::with_node()?;
    let solution = fs::read_to_string(desk.path(CLIENT, "answers/solution.js")).unwrap();
    desk.write(CLIENT, "main.js", &(instead.map_or(solution, str::to_owned) + more));
    Some(desk.check(CLIENT, &[]))
}

fn fails(source: &str, cause: &str, words: &str) {
    if let Some(ended) = grade("", Some(source)) {
        ended.assert_failed(cause, words);
    }
}

/// The exercise's own mistakes may claim it: only that it fails, for a reason, is asked.
fn fails_for_some_cause(source: &str, kind: &str) {
    let Some(ended) = grade("", Some(source)) else { return };
    let verdict = ended.verdict();
    assert_eq!(ended.code, Some(1), "{verdict:#}");
    assert!(verdict["cause"]["says"].is_string(), "{verdict:#}");
    assert_eq!(ended.outcome("comes-in"), kind, "{verdict:#}");
}

#[test]
fn a_right_client_that_ignores_signals_and_has_children_passes() {
    let more = "import { spawn } from 'node:child_process';\n\
                for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => {});\n\
                spawn('sh', ['-c', 'sleep 1000; :'], { detached: true }).unref();\n";
    if let Some(ended) = grade(more, None) {
        ended.assert_passed();
    }
}

#[test]
fn a_client_that_does_not_compile() {
    fails("import { io } from 'socket.io-client';\nio(process.env.URL", "did-not-compile", "SyntaxError");
}

#[test]
fn a_client_whose_package_is_missing() {
    fails("import 'no-such-package';", "missing-package", "no-such-package");
}

#[test]
fn a_client_that_crashes() {
    // A syntax error of data, not of the program.
    fails("JSON.parse('no luck');", "crashed", "is not valid JSON");
}

#[test]
fn a_client_that_holds_memory() {
    let Some(desk) = Desk::with_node() else { return };
    // A busy machine may need longer to fill a gigabyte than a server waits for its client.
    let yaml = fs::read_to_string(desk.path(CLIENT, "exercise.yaml")).unwrap();
    desk.write(CLIENT, "exercise.yaml", &yaml.replace("within: 10s", "within: 40s"));
    desk.write(CLIENT, "main.js", "const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));");
    desk.check(CLIENT, &[]).assert_failed("out-of-memory", "1024 MiB");
}

#[test]
fn a_client_that_exits_at_once() {
    fails_for_some_cause("process.exit(0);", "exited");
}

#[test]
fn a_client_that_never_connects() {
    fails_for_some_cause("setInterval(() => {}, 1000);", "missing");
}

#[test]
fn a_client_that_loops() {
    fails_for_some_cause("for (;;);", "missing");
}
