//! Several nodes and the Redis between them: it is missing, it is somebody else's, it is stopped, the runner is killed.

use std::fs;

use rustix::process::Signal;
use serde_json::Value;

use crate::{
    desk::{Desk, end, skip},
    interrupts::{Started, wait_for},
    left,
};

const CLUSTER: &str = "21_scaling/cluster";

const EXERCISE: &str = r#"title: "Cluster"
role: server
tracks: [javascript]
nodes: 2
needs: [redis]
goal: "Say who you are, and when Redis is gone."
hints: ["One?", "Two?", "Three?"]
starter: mute
scenarios:
  - id: told
    title: "each node knows its number and where Redis is"
    why: "It is a test."
    steps:
      - asha: { connect: { node: 1 } }
      - ravi: { connect: { node: 2 } }
      - asha: { emit: [who], ack: [{ node: "1", url: !matches "^redis://127" }] }
      - ravi: { emit: [who], ack: [{ node: "2", url: !matches "^redis://127" }] }
  - id: stopped
    title: "Redis and a node go away and come back"
    why: "It is a test."
    steps:
      - asha: { connect: { node: 1 } }
      - ravi: { connect: { node: 2 } }
      - redis: stop
      - asha: { hear: [gone] }
      - ravi: { hear: [gone] }
      - redis: start
      - node 2: stop
      - node 2: start
      - ravi: { connect: { node: 2 } }
      - redis: stop
      - ravi: { hear: [gone] }
mistakes:
  - id: mute
    when: { no_ack: who }
    says: "It says nothing."
"#;

/// Asks Redis for a sign of life, and tells everybody when its line ends.
const SERVER: &str = "import { connect } from 'node:net';\n\
     export default async function register(io) {\n\
       const { port, hostname } = new URL(process.env.REDIS_URL);\n\
       const line = connect(port, hostname);\n\
       line.on('error', () => {}).on('close', () => io.emit('gone'));\n\
       line.write('PING\\r\\n');\n\
       await new Promise((resolve) => line.once('data', resolve));\n\
       io.on('connection', (socket) => {\n\
         socket.on('who', (ack) => ack({ node: process.env.NODE_INDEX, url: process.env.REDIS_URL }));\n\
       });\n\
     }\n";

/// The same without Redis.
const ALONE: &str = "export default function register(io) {\n\
       io.on('connection', (socket) => {\n\
         socket.on('who', (ack) => ack({ node: process.env.NODE_INDEX, url: process.env.REDIS_URL }));\n\
       });\n\
     }\n";

fn set_up(desk: &Desk, server: &str) {
    fs::create_dir_all(desk.path(CLUSTER, "answers")).unwrap();
    desk.write(CLUSTER, "exercise.yaml", EXERCISE);
    desk.write(CLUSTER, "main.js", server);
    desk.write(CLUSTER, "answers/solution.js", server);
}

fn desk_with(server: &str) -> Option<Desk> {
    let desk = Desk::with_node()?;
    set_up(&desk, server);
    Some(desk)
}

fn redis_is_here() -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let here = std::env::split_paths(&folders).any(|folder| folder.join("redis-server").is_file());
    if !here {
        skip("redis-server");
    }
    here
}

#[test]
fn without_redis_nothing_is_played_and_nothing_is_passed() {
    let desk = Desk::bare();
    set_up(&desk, SERVER);
    for more in [vec!["check", "cluster", "--json"], vec!["verify", "cluster", "--json"]] {
        let mut command = desk.runner(&more);
        command.args(["--track", "javascript"]).env("PATH", &desk.course).env_remove("REDIS_URL");
        let ended = end(command);
        desk.assert_empty();
        assert!(ended.out.contains("apt install redis-server"), "{ended:?}");
        if more[0] == "verify" {
            let summary: Value = serde_json::from_str(&ended.out).unwrap();
            assert_eq!(summary["skipped"][0]["exercise"], "21_scaling/cluster (javascript)", "{summary:#}");
            assert_eq!(summary["solutions_passing"], 0);
        } else {
            assert_ne!(ended.code, Some(0));
            assert_eq!([ended.outcome("told"), ended.outcome("stopped")], ["skipped", "skipped"]);
        }
    }
}

#[test]
fn redis_and_nodes_come_and_go_and_leave_nothing() {
    if !redis_is_here() {
        return;
    }
    let Some(desk) = desk_with(SERVER) else { return };
    let mut command = desk.runner(["check", "cluster", "--json", "--track", "javascript"]);
    command.env_remove("REDIS_URL");
    let ended = end(command);
    desk.assert_empty();
    ended.assert_passed();
}

#[test]
fn a_redis_that_is_not_ours_is_never_stopped() {
    let Some(desk) = desk_with(ALONE) else { return };
    let mut command = desk.runner(["check", "cluster", "--json", "--track", "javascript"]);
    command.env("REDIS_URL", "redis://127.0.0.1:1");
    let ended = end(command);
    desk.assert_empty();
    assert_eq!([ended.outcome("told"), ended.outcome("stopped")], ["passed", "skipped"]);
    assert_ne!(ended.code, Some(0));
    assert!(ended.out.contains("unset `REDIS_URL`"), "{ended:?}");
}

#[test]
fn a_killed_runner_leaves_neither_nodes_nor_redis() {
    if !redis_is_here() {
        return;
    }
    let Some(desk) = desk_with(&SERVER.replace("ack({", "({")) else { return };
    let mut command = desk.runner(["check", "cluster", "--json", "--track", "javascript"]);
    command.env_remove("REDIS_URL");
    let started = Started::new(&desk, command);
    wait_for(&desk.witness(), "socket:");
    let living = left::living(&desk.mark);
    assert!(
        living.iter().any(|process| process.contains("redis-server")),
        "nobody would find it: {living:?}"
    );
    started.signal(Signal::KILL);
    started.end();
    left::wait_for_nothing(&desk.mark);
    left::assert_closed(&desk.witness());
}
