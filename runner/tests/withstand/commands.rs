//! Programs in any language (`-- CMD`), which listen by themselves: right, wrong, hostile.

use std::process::Command;

use crate::desk::{Desk, Ended, OWN_SERVER, ROOMS, SHORT, skip};

/// Grades a shell script.
fn shell(script: &str) -> Ended {
    let desk = Desk::bare();
    desk.check(ROOMS, &["--", "sh", "-c", script, &desk.mark])
}

/// Grades a Node program that listens by itself.
fn node(source: &str) -> Option<Ended> {
    let desk = Desk::with_node()?;
    let program = desk.write(ROOMS, "server.js", source);
    Some(desk.check(ROOMS, &["--", "node", program.to_str().unwrap()]))
}

#[test]
fn a_right_server_passes() {
    if let Some(ended) = node(OWN_SERVER) {
        ended.assert_passed();
        assert_eq!(ended.verdict()["track"], serde_json::Value::Null);
    }
}

#[test]
fn a_server_that_ignores_signals_has_children_and_floods_passes() {
    let more = "import { spawn } from 'node:child_process';\n\
                for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});\n\
                spawn('sh', ['-c', 'yes again and again'], { stdio: 'inherit' });\n\
                spawn('sh', ['-c', 'trap \"\" TERM INT HUP; sleep 1000; :'], { detached: true }).unref();\n";
    if let Some(ended) = node(&format!("{OWN_SERVER}{more}")) {
        ended.assert_passed();
    }
}

#[test]
fn a_server_on_another_port() {
    let source = "import { createServer } from 'node:http';\ncreateServer().listen(0, '127.0.0.1');\n";
    if let Some(ended) = node(source) {
        ended.assert_failed("wrong-port", "it listens on 127.0.0.1:");
    }
}

#[test]
fn a_server_that_stops_listening() {
    // The first connection is the runner's own question whether somebody listens.
    let source = "import { createServer } from 'node:net';\n\
                  const server = createServer(() => server.close()).listen(process.env.PORT, '127.0.0.1');\n\
                  setInterval(() => {}, 1000);\n";
    if let Some(ended) = node(source) {
        // Who knocks while the door is being closed sees the connection torn; who comes later sees nobody.
        let cause = ended.verdict()["cause"]["id"].clone();
        assert!(cause == "stopped-listening" || cause == "not-socket-io", "{ended:?}");
        ended.assert_failed(cause.as_str().unwrap(), "not_socket_io");
    }
}

#[test]
fn a_server_that_answers_500() {
    let source = "import { createServer } from 'node:http';\n\
                  const no = (_, answer) => { answer.statusCode = 500; answer.end('sorry'); };\n\
                  createServer(no).listen(process.env.PORT, '127.0.0.1');\n";
    if let Some(ended) = node(source) {
        ended.assert_failed("not-socket-io", "HTTP 500: sorry");
    }
}

#[test]
fn a_server_that_never_answers() {
    let source = "import { createServer } from 'node:net';\n\
                  createServer(() => {}).listen(process.env.PORT, '127.0.0.1');\n";
    if let Some(ended) = node(source) {
        ended.assert_failed("not-socket-io", "no answer");
    }
}

#[test]
fn a_server_that_speaks_engine_io_3() {
    let source = "import { createServer } from 'node:http';\nimport { WebSocketServer } from 'ws';\n\
                  const open = '0{\"sid\":\"x\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":5000}';\n\
                  const server = createServer((_, answer) => answer.end(`${open.length}:${open}2:40`));\n\
                  new WebSocketServer({ server }).on('connection', (socket) => {\n\
                    socket.send(open);\n  socket.send('40');\n});\n\
                  server.listen(process.env.PORT, '127.0.0.1');\n";
    if let Some(ended) = node(source) {
        ended.assert_failed("old-socket-io", "not_socket_io");
    }
}

#[test]
fn an_exit_at_once() {
    shell("exit 0").assert_failed("ended-early", "exit code 0");
}

#[test]
fn an_error_at_once() {
    shell("echo 'no luck' >&2; exit 3").assert_failed("crashed", "exit code 3: no luck");
}

#[test]
fn an_end_by_a_signal() {
    shell("kill -SEGV $$").assert_failed("crashed", "signal 11");
}

#[test]
fn rest_without_listening() {
    shell("trap '' TERM INT; sleep 1000; :").assert_failed("never-listened", "listened nowhere");
}

#[test]
fn work_without_listening() {
    // One program a scenario: many at once would share few processors.
    let desk = Desk::bare();
    desk.check(SHORT, &["--", "sh", "-c", "while :; do :; done"])
        .assert_failed("stopped-answering", "did not come to listen");
}

#[test]
fn children_that_hide() {
    // In a session of their own; without an environment; as an orphan of a program that is gone.
    let hidden = "setsid sh -c 'sleep 1000; :' & env -i setsid sh -c \"sleep 1000; : $0\" & \
                  setsid sh -c 'sh -c \"sleep 1000; :\" &' & sleep 1; exit 0";
    shell(hidden).assert_failed("ended-early", "exit code 0");
}

#[test]
fn a_flood_without_listening() {
    shell("yes flood | head -c 1000000000; exit 7").assert_failed("error-code", "exit code 7");
}

#[test]
fn python_servers() {
    if Command::new("python3").arg("--version").output().is_ok_and(|answer| answer.status.success()) {
        shell("exec python3 -m http.server $PORT --bind 127.0.0.1 2>/dev/null")
            .assert_failed("not-socket-io", "HTTP 404");
        shell("exec python3 -c 'import no_such_package'")
            .assert_failed("missing-package", "ModuleNotFoundError");
    } else {
        skip("python3");
    }
}

#[test]
fn a_command_that_does_not_exist() {
    let ended = Desk::bare().check(ROOMS, &["--", "no-such-command-at-all"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("`no-such-command-at-all` was not found; install it"), "{ended:?}");
}
