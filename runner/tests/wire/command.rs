//! The command: what is printed and written, and how it ends.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, ChildStderr, ChildStdout, Command, Stdio},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::{
    carriers::{dial, echo_server, message},
    support::PATIENCE,
};
use grader::scenario::model::Transport;

/// `runner wire`, running.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    err: ChildStderr,
    addr: SocketAddr,
}

impl Running {
    fn start(server: SocketAddr, folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_runner"))
            .args(["wire", &format!("http://{server}")])
            .args(args)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let err = child.stderr.take().unwrap();
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let start = first.find("http://127.0.0.1:").expect(&first) + "http://".len();
        let end = first[start..].find(|letter: char| !(letter.is_ascii_digit() || ".:".contains(letter)));
        let addr = first[start..start + end.unwrap()].parse().expect(&first);
        Self { child, out, err, addr }
    }

    fn interrupt(&self) {
        kill_process(Pid::from_raw(self.child.id().cast_signed()).unwrap(), Signal::INT).unwrap();
    }

    /// Reads until a line has these words; all lines so far.
    fn until(&mut self, words: &str) -> String {
        let mut text = String::new();
        while !text.lines().last().is_some_and(|line| line.contains(words)) {
            assert!(self.out.read_line(&mut text).unwrap() > 0, "`{words}` never came: {text}");
        }
        text
    }

    /// Ctrl-C; what it still says, and its code.
    fn end(mut self) -> (String, String, Option<i32>) {
        self.interrupt();
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        (out, err, self.child.wait().unwrap().code())
    }
}

/// A server in a thread of its own, because the tests here wait for a process.
fn server() -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            tell.send(echo_server().await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    told.recv_timeout(PATIENCE).unwrap()
}

/// A client says `echo NAME` with credentials, hears it, and closes.
fn talk(addr: SocketAddr, transport: Transport, name: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (line, mut ears) = dial(addr, transport);
        line.send(vec![message(r#"0{"token":"s3cret"}"#)]);
        assert!(ears.text().await.starts_with("0{\"sid\""));
        line.send(vec![message(&format!(r#"2["echo","{name}"]"#))]);
        assert_eq!(ears.text().await, format!(r#"2["echo","{name}"]"#));
        line.close();
        ears.closed().await;
    });
}

#[test]
fn it_prints_and_writes_what_passed_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["--transcript", "talk.jsonl", "--svg", "talk.svg", "--har", "talk.har"];
    fs::write(folder.path().join("talk.har"), "from before").unwrap();
    let mut running = Running::start(server(), folder.path(), &files);
    talk(running.addr, Transport::Upgrade, "one");
    talk(running.addr, Transport::Websocket, "two");
    let cookie = format!(
        "GET /page?token=s3cret HTTP/1.1\r\nHost: {}\r\nCookie: a=s3cret\r\nAuthorization: Bearer s3cret\r\n\
         Connection: close\r\n\r\n",
        running.addr
    );
    let mut stream = TcpStream::connect(running.addr).unwrap();
    stream.write_all(cookie.as_bytes()).unwrap();
    stream.read_to_string(&mut String::new()).unwrap();
    let shown = running.until("GET /page?token=***");
    assert_eq!(fs::read_to_string(folder.path().join("talk.har")).unwrap(), "from before");
    let (rest, err, code) = running.end();
    assert_eq!((code, err.as_str()), (Some(0), ""), "{shown}{rest}");
    for line in [
        "client 1 to server, polling: the client asks to enter / and shows its credentials | 40{\"token\":\"***\"}",
        "client 1 to server, websocket: a test ping on the new transport | 2probe",
        "server to client 2, websocket: event \"echo\" with 1 argument | 42[\"echo\",\"two\"]",
        "server to client 2, websocket: the server opens a session: a ping every 25000 ms, 20000 ms to answer it | 0{\"sid\":\"***\"",
    ] {
        assert!(shown.contains(line), "{line} is not in {shown}");
    }
    assert!(rest.contains("2 clients, ") && rest.contains("wrote talk.svg"), "{rest}");

    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let (transcript, svg, har) = (read("talk.jsonl"), read("talk.svg"), read("talk.har"));
    for text in [&shown, &rest, &transcript, &svg, &har] {
        assert!(!text.contains("s3cret"), "{text}");
    }
    let lines: Vec<Value> = transcript.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["frame"] == "42[\"echo\",\"one\"]"
        && line["actor"] == "client 1"
        && line["direction"] == "from_program"
        && line["event"] == "echo"
        && line["namespace"] == "/"
        && line["says"] == "event \"echo\" with 1 argument"));
    assert!(svg.starts_with("<svg") && svg.contains("client 2") && svg.contains("echo"), "{svg}");
    assert_har(&serde_json::from_str(&har).unwrap());
}

/// What HAR 1.2 asks for, and what Chromium adds.
fn assert_har(har: &Value) {
    let log = &har["log"];
    assert_eq!(log["version"], "1.2");
    let entries = log["entries"].as_array().unwrap();
    for entry in entries {
        for key in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
            assert!(!entry[key].is_null(), "{key} is missing: {entry:#}");
        }
        for key in
            ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"]
        {
            assert!(!entry["request"][key].is_null(), "request.{key} is missing: {entry:#}");
        }
        for key in [
            "status",
            "statusText",
            "httpVersion",
            "cookies",
            "headers",
            "content",
            "redirectURL",
            "headersSize",
            "bodySize",
        ] {
            assert!(!entry["response"][key].is_null(), "response.{key} is missing: {entry:#}");
        }
    }
    let url = |entry: &Value| entry["request"]["url"].as_str().unwrap().to_owned();
    let sockets: Vec<&Value> = entries.iter().filter(|entry| url(entry).starts_with("ws://")).collect();
    assert_eq!(sockets.len(), 2, "{har:#}");
    let messages = sockets[1]["_webSocketMessages"].as_array().unwrap();
    let said = messages
        .iter()
        .find(|message| message["type"] == "send" && message["data"] == "42[\"echo\",\"two\"]");
    let said = said.expect("the message");
    assert_eq!(said["opcode"], 1);
    assert!(said["time"].as_f64().unwrap() > 1_600_000_000.0);
    let posted = entries.iter().find(|entry| entry["request"]["method"] == "POST").unwrap();
    assert_eq!(posted["request"]["postData"]["text"], "40{\"token\":\"***\"}");
    assert!(url(posted).contains("sid=***"), "{posted:#}");
    let page = entries.iter().find(|entry| url(entry).contains("/page")).unwrap();
    assert_eq!(page["request"]["cookies"][0]["value"], "***");
}

#[test]
fn filters_leave_the_rest_out() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--json", "--event", "echo", "--namespace", "/", "--direction", "to-server", "--secrets"];
    let mut running = Running::start(server(), folder.path(), &args);
    talk(running.addr, Transport::Polling, "one");
    talk(running.addr, Transport::Websocket, "two");
    let text = running.until("two");
    let (rest, ..) = running.end();
    let frames: Vec<Value> =
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["frame"].clone()).collect();
    assert_eq!(frames, ["42[\"echo\",\"one\"]", "42[\"echo\",\"two\"]"]);
    assert_eq!(rest, "");
}

#[test]
fn secrets_are_shown_to_those_who_ask() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(server(), folder.path(), &["--secrets"]);
    talk(running.addr, Transport::Websocket, "x");
    assert!(running.until("event \"echo\"").contains("40{\"token\":\"s3cret\"}"));
    assert_eq!(running.end().2, Some(0));
}

#[test]
fn nobody_reads_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(server(), folder.path(), &["--transcript", "talk.jsonl"]);
    let Running { mut child, out, addr, .. } = running;
    drop(out);
    // The pipe is broken from the first line on; the conversation may be cut short.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (line, mut ears) = dial(addr, Transport::Websocket);
        line.send(vec![message("0")]);
        ears.next().await;
    });
    assert_eq!(child.wait().unwrap().code(), Some(141));
    assert!(folder.path().join("talk.jsonl").is_file());
}

#[test]
fn what_cannot_be_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (args, code, words) in [
        (["https://chat.test"].as_slice(), 64, "speaks TLS"),
        (&["3000"], 64, "must begin with http://"),
        (&["--har", "no/where.har"], 64, "its folder is not there; name another file"),
        (&["--har", "a", "--svg", "a"], 64, "named for two files"),
        (&["--svg", "."], 64, "it is a folder"),
        (&["--port", &port], 2, "choose another one with `--port`"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_runner"))
            .arg("wire")
            .args(args)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {err}");
        assert!(err.contains(words), "{args:?}: {err}");
    }
}
