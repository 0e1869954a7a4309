//! JavaScript servers that the runner hosts: those that fail say why, those that only misbehave pass.

use crate::desk::{Desk, ROOMS};

/// A line of the solution that every scenario comes by.
const JOIN: &str = "socket.join(roomId);";
const HUNGRY: &str = "const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));";

/// What a whole file leads to: its cause, and words that the verdict has.
fn fails(source: &str, cause: &str, words: &str) {
    let Some(desk) = Desk::with_node() else { return };
    desk.grade(source).assert_failed(cause, words);
}

/// What the solution leads to when this stands in the place of `JOIN`.
fn fails_in_a_handler(instead: &str, cause: &str, words: &str) {
    let Some(desk) = Desk::with_node() else { return };
    desk.grade(&desk.solution_with(JOIN, instead)).assert_failed(cause, words);
}

/// The solution with something below it, and it passes. What it listened on is closed.
fn passes_with(more: &str) {
    let Some(desk) = Desk::with_node() else { return };
    desk.grade(&desk.solution_and(more)).assert_passed();
    if cfg!(target_os = "linux") {
        assert!(!crate::left::witnessed(&desk.witness()).is_empty(), "nobody listened");
    }
}

#[test]
fn a_loop_without_end_at_the_start() {
    fails("for (;;) {}", "stopped-answering", "without a pause");
}

#[test]
fn a_loop_without_end_in_a_handler() {
    fails_in_a_handler("for (;;);", "stopped-answering", "answered nothing for");
}

#[test]
fn a_program_that_never_listens() {
    fails("await new Promise(() => {});", "never-listened", "listened nowhere");
}

#[test]
fn a_program_that_closes_its_server() {
    fails("export default (io) => io.close();", "never-listened", "listened nowhere");
}

#[test]
fn a_program_that_exits_at_once() {
    fails("process.exit(0);", "ended-early", "exit code 0");
}

#[test]
fn a_program_that_exits_with_an_error() {
    fails("process.exit(3);", "error-code", "exit code 3");
}

#[test]
fn a_crash_at_the_start() {
    fails("throw new Error('no luck');", "crashed", "Error: no luck");
}

#[test]
fn a_crash_in_a_handler() {
    fails_in_a_handler("throw new Error('no luck');", "crashed", "Error: no luck");
}

#[test]
fn a_promise_that_is_rejected_in_a_handler() {
    fails_in_a_handler("Promise.reject(new Error('no luck'));", "crashed", "Error: no luck");
}

#[test]
fn a_program_that_holds_memory_at_the_start() {
    fails(HUNGRY, "out-of-memory", "1024 MiB");
}

#[test]
fn a_program_that_holds_memory_in_a_handler() {
    fails_in_a_handler(HUNGRY, "out-of-memory", "1024 MiB");
}

#[test]
fn children_that_hold_memory_together() {
    // None of them reaches the limit by itself.
    let child = "const all = []; for (let n = 0; n < 450; n += 1) all.push(Buffer.alloc(1 << 20, 1)); \
                 setInterval(() => {}, 1000);";
    let source = format!(
        "import {{ spawn }} from 'node:child_process';\n\
         for (let n = 0; n < 4; n += 1) spawn(process.execPath, ['-e', `{child}`], {{ detached: true }});\n\
         await new Promise(() => {{}});"
    );
    fails(&source, "out-of-memory", "1024 MiB");
}

#[test]
fn the_limit_is_stated() {
    let limit = format!("{} MiB", runner::attempt::MEMORY >> 20);
    let explained = Desk::bare().run(["explain", "out-of-memory"]);
    assert!(explained.out.contains(&limit), "{explained:?}");
}

#[test]
fn a_program_that_answers_500() {
    let source = "export default (io) => {\n  const { httpServer } = io;\n\
                  \x20 httpServer.removeAllListeners('request').removeAllListeners('upgrade');\n\
                  \x20 httpServer.on('request', (_, answer) => { answer.statusCode = 500; answer.end('sorry'); });\n};";
    fails(source, "not-socket-io", "HTTP 500: sorry");
}

#[test]
fn an_answer_after_the_deadline() {
    let Some(desk) = Desk::with_node() else { return };
    let late = desk.solution_with("ack({ ok: true });", "setTimeout(() => ack({ ok: true }), 60_000);");
    desk.grade(&late).assert_failed("no-answer", "no acknowledgement");
}

#[test]
fn handlers_that_are_registered_twice() {
    let Some(desk) = Desk::with_node() else { return };
    // The second one answers a question that was answered already: only the broadcast shows it.
    let twice = desk
        .solution_with("export default function register(io) {", "function once(io) {")
        .replace("randomUUID();", "text;")
        + "\nexport default (io) => { once(io); once(io); };\n";
    desk.grade(&twice).assert_failed("heard-twice", "again");
}

#[test]
fn a_program_that_does_not_compile() {
    let source = "export default (io) => {\n  io.on('x', (socket => {});\n}";
    fails(source, "did-not-compile", "main.js:2)");
}

#[test]
fn a_package_that_is_missing() {
    let source = "import nothing from 'no-such-package';\nexport default () => {};";
    fails(source, "missing-package", "Cannot find package 'no-such-package'");
}

#[test]
fn a_file_that_is_missing() {
    fails("import './rooms.js';\nexport default () => {};", "missing-package", "rooms.js");
}

#[test]
fn a_program_that_exports_nothing() {
    fails("export const register = () => {};", "nothing-exported", "no default export");
}

#[test]
fn an_empty_file() {
    fails("", "nothing-exported", "no default export");
}

#[test]
fn a_program_that_ignores_every_signal() {
    passes_with(
        "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) process.on(name, () => {});\n",
    );
}

#[test]
fn children_of_every_kind() {
    let Some(desk) = Desk::with_node() else { return };
    // Without an environment only their parents and their arguments tell whose they are; here the test finds them.
    let stay = format!("sleep 1000; : {}", desk.mark);
    let more = format!(
        "import {{ spawn }} from 'node:child_process';\n\
         spawn('sh', ['-c', '{stay}'], {{ stdio: 'inherit' }});\n\
         spawn('sh', ['-c', '{stay}'], {{ detached: true }}).unref();\n\
         spawn('sh', ['-c', '{stay}'], {{ detached: true, env: {{ PATH: process.env.PATH }} }}).unref();\n\
         spawn('sh', ['-c', '(setsid sh -c \"{stay}\" &) ; sleep 1000']);\n"
    );
    desk.grade(&desk.solution_and(&more)).assert_passed();
}

#[test]
fn a_gigabyte_of_output() {
    passes_with(
        "import { closeSync, openSync, writeSync } from 'node:fs';\nimport { spawn } from 'node:child_process';\n\
         import { tmpdir } from 'node:os';\n\
         writeSync(1, 'x'.repeat(10_000_000));\n\
         let first = true;\n\
         try { closeSync(openSync(`${process.env.WITNESS}.flooded`, 'wx')); } catch { first = false; }\n\
         if (first) spawn('sh', ['-c', 'yes a gigabyte of words | head -c 1000000000'], { stdio: 'inherit' });\n",
    );
}

#[test]
fn output_is_bounded_in_the_verdict() {
    let Some(desk) = Desk::with_node() else { return };
    let more = "\nfor (let n = 0; n < 20; n += 1) console.log(`${n} a word`.repeat(100_000));\n\
                for (let n = 0; n < 100_000; n += 1) console.log('many a line');\n";
    let ended = desk.grade(&desk.solution_and(more).replace("joinRoom", "noRoom"));
    ended.assert_failed("no-answer", "the rest is not kept");
    // 64 KiB a scenario, three times, and what JSON adds; without a bound it would be above 100 MB.
    assert!(ended.out.len() < 10_000_000, "{} bytes of report", ended.out.len());
}

#[test]
fn terminal_codes_in_the_output_stay_there() {
    let Some(desk) = Desk::with_node() else { return };
    let loud = desk
        .solution_and("console.log('\\x1b]0;owned\\x07\\x1b[2J\\u202e');\n")
        .replace("joinRoom", "noRoom");
    desk.write(ROOMS, "main.js", &loud);
    let ended = desk.run(["check", "members_only", "--track", "javascript"]);
    assert_eq!(ended.code, Some(1));
    assert!(!ended.out.contains(['\x1b', '\x07', '\u{202e}']), "{}", ended.out);
}
