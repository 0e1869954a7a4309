//! `--url`: a server that runs already. It is left alone; what cannot be graded there is never a pass.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
    time::Duration,
};

use grader::{
    transcript::Transcript,
    verdict::{Outcome, ScenarioResult, Verdict},
};

use crate::desk::{CLIENT, Desk, FRAMES, OWN_SERVER, ROOMS};

/// A server of the test's own.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(desk: &Desk) -> Self {
        let program = desk.write(ROOMS, "server.js", OWN_SERVER);
        let mut command = desk.command("node", [program]);
        // It is no program under test: nobody looks for it when a check is over.
        command.env_remove("WITHSTAND").env_remove("WITNESS").env_remove("NODE_OPTIONS").current_dir("/");
        let mut child = command.env_remove("PORT").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port: String = line.chars().filter(char::is_ascii_digit).collect();
        Self { child, url: format!("http://127.0.0.1:{port}") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn a_running_server_is_graded_and_left_alone() {
    let Some(desk) = Desk::with_node() else { return };
    let mut server = Server::start(&desk);
    let arguments = |url: &str| {
        ["check".to_owned(), ROOMS.to_owned(), "--json".to_owned(), "--url".to_owned(), url.to_owned()]
    };
    for url in [server.url.clone(), server.url.replace("127.0.0.1", "localhost") + "/"] {
        let ended = crate::desk::end(desk.runner(arguments(&url)));
        ended.assert_passed();
        assert_eq!(server.child.try_wait().unwrap(), None, "it is still there");
    }
}

#[test]
fn a_skip_is_no_pass() {
    let result = |outcome| ScenarioResult {
        id: "a".to_owned(),
        title: "A".to_owned(),
        stage: None,
        outcome,
        took: Duration::ZERO,
        transcript: Transcript::default(),
        output: Vec::new(),
        notes: Vec::new(),
    };
    let verdict = |outcomes: Vec<Outcome>| Verdict {
        exercise: ROOMS.to_owned(),
        stage: None,
        track: None,
        seed: 1,
        program: None,
        output: Vec::new(),
        scenarios: outcomes.into_iter().map(result).collect(),
        cause: None,
        took: Duration::ZERO,
    };
    let skipped = || Outcome::Skipped("several nodes".to_owned());
    assert!(verdict(vec![Outcome::Passed]).passed());
    assert!(!verdict(vec![Outcome::Passed, skipped()]).passed());
    assert!(!verdict(vec![skipped()]).passed());
    assert!(!verdict(Vec::new()).passed());
}

#[test]
fn what_cannot_be_graded_is_refused() {
    let desk = Desk::bare();
    for (exercise, url, code, words) in [
        (ROOMS, "http://192.0.2.1:80", 64, "only servers of this computer are graded"),
        (ROOMS, "http://[2001:db8::1]:80", 64, "only servers of this computer are graded"),
        (ROOMS, "http://0.0.0.0:80", 64, "only servers of this computer are graded"),
        (ROOMS, "https://127.0.0.1:80", 64, "it must begin with http://"),
        (ROOMS, "http://127.0.0.1", 64, "write it like http://127.0.0.1:4000"),
        (CLIENT, "http://127.0.0.1:1", 64, "asks for a client"),
        (FRAMES, "http://127.0.0.1:1", 64, "`frames.txt`"),
        (ROOMS, "http://127.0.0.1:1", 2, "start your server"),
    ] {
        let ended = desk.run(["check", exercise, "--url", url]);
        assert_eq!(ended.code, Some(code), "{url}: {ended:?}");
        assert!(ended.err.contains(words), "{url}: {ended:?}");
    }
    let ended = desk.run(["check", FRAMES, "--", "sh", "-c", "exit 0"]);
    assert_eq!(ended.code, Some(64), "{ended:?}");
}
