//! Lines from a pipe.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use crate::server::{Fault, course, has_node, printed, runner, server};

/// Plays these lines with a server that runs already.
fn play(fault: Fault, lines: &str) -> String {
    let url = format!("http://{}", server(fault));
    printed(&runner(&["play", "members_only", "--url", &url], lines), 0)
}

#[track_caller]
fn assert_has(out: &str, lines: &[&str]) {
    for line in lines {
        assert!(out.contains(line), "`{line}` is not in\n{out}");
    }
}

const TALK: &str = "\
asha, ravi, meera connect
asha, ravi emit joinRoom {roomId: physics} ack
ravi emit sendMessage {roomId: physics, text: \"hi, all\"} ack
asha hear
meera hear
";

#[test]
fn what_passes_is_shown_and_explained() {
    let out = play(Fault::None, TALK);
    assert_has(
        &out,
        &[
            "> asha, ravi, meera connect\n    asha ← 0{",
            "           it\n    asha → 40\n           the client asks to enter /\n    asha ← 40{",
            "ravi → 420[\"joinRoom\",{\"roomId\":\"physics\"}]\n           event \"joinRoom\" with 1 argument; the sender wants an answer to\n           number 0\n",
            "asha ← 430[{\"ok\":true}]\n           the server answers number 0 with 1 argument\n",
            "asha hears receiveMessage {at:\"2026-11-27T12:00:00.000Z\",id:\"00000001-0a1B-4c5D-8e9F-000000001eef\",text:\"hi, all\"}",
            "> meera hear\nmeera hears nothing\n",
        ],
    );
    let out = play(Fault::None, &format!("frames off\n{TALK}"));
    assert_has(
        &out,
        &["only events and answers are shown\n", "    asha ← receiveMessage {at:", "    ravi ← answer {id:"],
    );
    assert!(!out.contains("430["), "{out}");
}

/// Saves what these lines play, and plays it again against other servers.
fn saved(lines: &str) -> (String, impl Fn(Fault, i32) -> String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.yaml").display().to_string();
    let out = play(Fault::None, &format!("{lines}save {file}\n"));
    assert_has(&out, &[&format!("wrote {file}: cargo run -p runner check members_only --scenario {file}")]);
    let yaml = fs::read_to_string(&file).unwrap();
    let again = move |fault: Fault, code: i32| {
        let url = format!("http://{}", server(fault));
        let file = folder.path().join("talk.yaml").display().to_string();
        printed(&runner(&["check", "members_only", "--scenario", &file, "--url", &url], ""), code)
    };
    (yaml, again)
}

#[test]
fn a_saved_session_passes_against_the_same_server_and_fails_against_a_wrong_one() {
    let (yaml, again) = saved(TALK);
    assert_has(
        &yaml,
        &[
            "- title: played by hand\n  steps:\n    - asha: connect\n    - ravi: connect\n    - meera: connect\n",
            "    - asha: { emit: [joinRoom, { roomId: physics }], ack: [{ ok: true }] }\n",
            "    - ravi: { emit: [sendMessage, { roomId: physics, text: \"hi, all\" }], ack: [{ id: $id, ok: true }] }\n",
            "    - asha: { hear: [receiveMessage, { at: !string, id: $id, text: \"hi, all\" }] }\n",
            "    - meera: { hear: nothing }\n",
            "    - ravi: { hear: [receiveMessage, { at: !string, id: $id, text: \"hi, all\" }] }\n",
        ],
    );
    assert_has(&again(Fault::None, 0), &["1 of 1 scenario"]);
    // Its place is told in the file that was saved.
    assert_has(&again(Fault::ToAll, 1), &["talk.yaml:", "receiveMessage", "meera"]);
    assert_has(&again(Fault::TwoIds, 1), &["talk.yaml:", "receiveMessage"]);
}

#[test]
fn everything_that_can_be_typed_can_be_played_again() {
    let (yaml, again) = saved(
        "asha connect over polling\n\
         asha connect /staff auth {token: 'a: b'}\n\
         asha emit ask in /\n\
         asha reply question {n: 7} in /\n\
         asha emit bytes !bytes 3B in /\n\
         asha hear\n\
         asha disconnect /staff\n\
         ravi connect /nowhere\n\
         ravi connect\n\
         ravi emit joinRoom {roomId: physics}\n\
         ravi drop\n\
         meera connect\n\
         meera emit 'put me out'\n\
         meera hear\n\
         mallory connect\n\
         mallory emit nobodyHears ack\n\
         asha disconnect\n",
    );
    assert_has(
        &yaml,
        &[
            "- asha: { connect: { transport: polling } }",
            "- asha: { connect: { namespace: /staff, auth: { token: \"a: b\" } } }",
            "- asha: { emit: [ask], in: / }",
            "- asha: { hear: [question, { \"n\": 6 }], in: / }\n    - asha: { reply: [question, { \"n\": 7 }], in: / }",
            "- asha: { hear: [thanks, { \"n\": 7 }], in: / }",
            "- asha: { emit: [bytes, !bytes 3B], in: / }",
            "- asha: { hear: [bytes, !bytes 3B], in: / }",
            "- asha: { disconnect, in: /staff }",
            "- ravi: { connect: { namespace: /nowhere }, refused: { message: Invalid namespace } }",
            "- ravi: drop",
            "- meera: { closed: io server disconnect }",
            "- mallory: { emit: [nobodyHears], ack: nothing }",
            "- asha: disconnect",
        ],
    );
    assert_has(&again(Fault::None, 0), &["1 of 1 scenario"]);
}

#[test]
fn what_cannot_be_done_says_what_can() {
    let out = play(
        Fault::None,
        "who\nasha emit hi\nasha hear\nasha connect\nasha connect\nasha emit hi in /chat\nasha reply q\nasha emit hi {a: b\n\
         restart\nsave /nowhere/talk.yaml\nhlep\nasha drop\nasha emit hi\nwho\nquit\nasha connect\n",
    );
    assert_has(
        &out,
        &[
            "nobody is connected; `asha connect` begins",
            "! asha is not connected; `asha connect` begins",
            "! asha is in / already; another tab is `asha 2`",
            "! asha is not in /chat; `asha connect /chat` enters it",
            "! no `q` that asked for an answer came to asha",
            "! `{a: b` cannot be read: this is no YAML",
            "! this server is not ours; start it anew yourself",
            "! cannot write `/nowhere/talk.yaml`",
            "did you mean `help`?",
            "asha is gone (cut by us)",
            "! asha is not connected any more; `asha connect` connects again",
            "asha  is gone: cut by us",
        ],
    );
    assert!(out.trim_end().ends_with("> quit"), "{out}");
}

#[test]
fn no_file_is_replaced_that_was_not_saved_here() {
    let folder = tempfile::tempdir().unwrap();
    for (name, precious) in [("main.js", "precious"), ("exercise.yaml", "scenarios:\n  - title: precious\n")]
    {
        let file = folder.path().join(name);
        fs::write(&file, precious).unwrap();
        let out = play(Fault::None, &format!("asha connect\nsave {}\n", file.display()));
        assert_has(&out, &["it is there already, and was not saved here; name another file"]);
        assert_eq!(fs::read_to_string(&file).unwrap(), precious);
    }
    let file = folder.path().join("talk.yaml").display().to_string();
    play(Fault::None, &format!("asha connect\nsave {file}\nasha drop\nsave {file}\n"));
    assert!(fs::read_to_string(&file).unwrap().contains("drop"), "what was saved here may be saved again");
}

#[test]
fn who_leaves_leaves_all_namespaces() {
    let out = play(Fault::None, "asha connect\nasha connect /staff\nasha disconnect\nwho\n");
    assert_has(&out, &["asha → 41\n", "asha → 41/staff,\n"]);
    assert!(!out.contains("say in which one"), "{out}");
}

#[test]
fn a_scenario_that_cannot_be_played_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.yaml");
    let check = |exercise: &str, file: &Path| {
        let file = file.display().to_string();
        printed(&runner(&["check", exercise, "--scenario", &file], ""), 64)
    };
    assert_has(&check("members_only", &file), &["cannot read"]);
    fs::write(&file, "- title: x\n  steps:\n    - asha: { emit: hi }\n").unwrap();
    assert_has(&check("members_only", &file), &["talk.yaml:3:", "`emit` takes a list"]);
    assert_has(&check("shake_hands", &file), &["does not ask for a server"]);
    assert_has(&check("7", &file), &["name only that one"]);
}

#[test]
fn only_servers_are_played_with() {
    let out = printed(&runner(&["play", "shake_hands"], ""), 64);
    assert_has(&out, &["`shake_hands` does not ask for a server"]);
}

/// With the course's own answers, on Node: what the program prints, its end, and `restart`.
#[test]
fn the_learners_server_is_started_and_started_anew() {
    if !has_node() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.yaml").display().to_string();
    let lines = format!("asha connect\nrestart\nwho\n{TALK}save {file}\n");
    let play = ["play", "members_only", "--track", "javascript", "--answer", "solution"];
    let out = printed(&runner(&play, &lines), 0);
    assert_has(
        &out,
        &[
            "> restart\n",
            "your server runs anew, and listens on 127.0.0.1:",
            "nobody is connected; `asha connect` begins",
            "meera hears nothing",
        ],
    );
    for (answer, code) in [("solution", 0), ("mistake:echo-to-all", 1), ("mistake:two-ids", 1)] {
        let check =
            ["check", "members_only", "--track", "javascript", "--answer", answer, "--scenario", &file];
        printed(&runner(&check, ""), code);
    }
    let crash = folder.path().join("crash.mjs");
    fs::write(&crash, "import { createServer } from 'node:http';\nconsole.log('hello from below');\ncreateServer().listen(process.env.PORT, '127.0.0.1');\nsetTimeout(() => { throw new Error('oops'); }, 600);\n").unwrap();
    let crash = crash.display().to_string();
    let out = printed(
        &runner(&["play", "members_only", "--", "node", &crash], "asha connect\nasha connect\nasha hear\n"),
        0,
    );
    assert_has(
        &out,
        &[
            "your server prints hello from below",
            "Error: oops",
            "! your server ended with code 1; `restart` starts it anew",
        ],
    );
}

/// The course with one exercise, so that its file can be edited.
fn small_course() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let exercise = folder.path().join("exercises/07_rooms/members_only");
    let real = course().join("exercises");
    fs::create_dir_all(exercise.join("answers")).unwrap();
    for name in ["exercise.yaml", "main.js", "answers/starter.js", "answers/solution.js"] {
        fs::copy(real.join("07_rooms/members_only").join(name), exercise.join(name)).unwrap();
    }
    for name in ["causes.yaml", "package.json"] {
        fs::copy(real.join(name), folder.path().join("exercises").join(name)).unwrap();
    }
    std::os::unix::fs::symlink(real.join("node_modules"), folder.path().join("exercises/node_modules"))
        .unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    folder
}

#[test]
fn a_save_is_told_and_restart_runs_it() {
    if !has_node() {
        return;
    }
    let folder = small_course();
    let main = folder.path().join("exercises/07_rooms/members_only/main.js");
    let mut child = Command::new(env!("CARGO_BIN_EXE_runner"))
        .args(["play", "members_only", "--track", "javascript"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut until = |text: &str| {
        let mut seen = String::new();
        while !seen.contains(text) {
            assert!(out.read_line(&mut seen).unwrap() > 0, "`{text}` never came: {seen}");
        }
    };
    until("`quit` ends it");
    let greeting = "export default (io) => io.on('connection', (socket) => socket.emit('anew', 1));\n";
    fs::write(&main, greeting).unwrap();
    until("main.js was saved; `restart` starts your server anew with it");
    lines.write_all(b"restart\nasha connect\nasha hear\n").unwrap();
    until("your server runs anew");
    until("asha hears anew 1");
    // What does not run is told, and the session goes on.
    fs::write(&main, "this is no JavaScript").unwrap();
    lines.write_all(b"restart\nasha connect\n").unwrap();
    until("SyntaxError");
    fs::write(&main, greeting).unwrap();
    lines.write_all(b"restart\nasha connect\nasha hear\nquit\n").unwrap();
    until("asha hears anew 1");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
