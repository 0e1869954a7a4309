//! JavaScript servers that we host: the right ones are served, and each wrong one is named.

use std::{
    io::{Read, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    process::{Command, Stdio},
};

use crate::stage::{FAR, Stage, assert_failure, assert_free, fence, line, refused};
use grader::{
    scenario::play::drive::{Fence, Observation},
    verdict::Kind,
};
use tokio::time::timeout;

/// `(source, kind, words)`: what must be said about a file that cannot be served.
const WRONG: [(&str, Kind, &str); 11] = [
    ("for (;;) {}", Kind::Stuck, "without a pause"),
    ("await new Promise(() => {});", Kind::NeverListened, "listened nowhere"),
    ("process.exit(0);", Kind::Exited, "exit code 0"),
    ("process.exit(3);", Kind::Crashed, "exit code 3"),
    ("throw new Error('no luck');", Kind::Crashed, "Error: no luck\n    at file:///"),
    ("import nothing from 'no-such-package';", Kind::Crashed, "Cannot find package 'no-such-package'"),
    ("export default (io) => {\n  io.on('x', (socket => {});\n}", Kind::Crashed, "main.js:2)"),
    ("export const register = () => {};", Kind::Crashed, "no default export"),
    ("export default { register() {} };", Kind::Crashed, "its default export is"),
    ("export default (io) => { io.oops(); }", Kind::Crashed, "TypeError: io.oops is not a function\n"),
    ("export default () => { throw 'a text'; }", Kind::Crashed, "threw 'a text'"),
];

#[tokio::test]
async fn what_cannot_be_served_is_named_and_leaves_nothing() {
    for (source, kind, words) in WRONG {
        let Some(stage) = Stage::with_node().await else { return };
        let launcher = stage.server(source).await;
        assert_failure(&refused(&stage, launcher).await, kind, words);
    }
}

#[tokio::test]
async fn a_server_that_eats_memory_is_ended() {
    let Some(mut stage) = Stage::with_node().await else { return };
    stage.limits.memory = 300 << 20;
    stage.limits.spin = FAR;
    let launcher = stage.server("const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));").await;
    assert_failure(&refused(&stage, launcher).await, Kind::TooMuchMemory, "300 MiB");
}

#[tokio::test]
async fn scenarios_share_a_process_and_no_state() {
    let Some(stage) = Stage::with_node().await else { return };
    stage.write("rooms.js", "let rooms = 0; export const open = () => (rooms += 1);");
    let source = "import { open } from './rooms.js'; let opened = 0;\n\
                  export default async function register(io) { opened += 1; console.log(open(), opened, process.pid); }";
    let launcher = stage.server(source).await;
    assert_eq!(launcher.fence(), Fence::Hosted);
    let mut one = launcher.launch(0, false, None).await.unwrap();
    let first = line(&mut one).await;
    let mut two = launcher.launch(1, false, None).await.unwrap();
    assert_eq!(first, line(&mut two).await, "fresh modules in the same process");
    assert!(first.starts_with("1 1 "), "{first}");
    let mut alone = launcher.launch(1, true, None).await.unwrap();
    let other = line(&mut alone).await;
    assert!(other.starts_with("1 1 ") && other != first, "{other}");

    let (a, b) = (one.addr.unwrap(), two.addr.unwrap());
    assert_ne!(a, b);
    assert_eq!(fence(a).await, "43/~,7[]");
    assert_eq!(fence(b).await, "43/~,7[]");
    assert_eq!(two.stop().await, [first]);
    assert_eq!(fence(a).await, "43/~,7[]", "one scenario's end is not another's");
    launcher.stop().await;
    stage.assert_empty();
    assert_free(a);
    assert_free(b);
}

#[tokio::test]
async fn state_beside_the_modules_gets_a_process_for_each_scenario() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = "globalThis.count ??= 0; export default () => console.log(globalThis.count += 1);";
    let launcher = stage.server(source).await;
    for scenario in 0..2 {
        let mut running = launcher.launch(scenario, false, None).await.unwrap();
        assert_eq!(line(&mut running).await, "1");
    }
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn a_crash_is_heard_by_all_and_the_next_launch_gets_a_new_process() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = "export default (io) => io.on('connection', () => { throw new Error('late'); });";
    let launcher = stage.server(source).await;
    let mut one = launcher.launch(0, false, None).await.unwrap();
    let mut two = launcher.launch(1, false, None).await.unwrap();
    let addr = one.addr.unwrap();
    // The connection's handler throws while the fence's own connection to `/` is made.
    let mut stream = tokio::net::TcpStream::connect(addr).await.unwrap();
    let body = "40";
    let crash = async {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let head = format!("host: {addr}\r\ncontent-type: text/plain\r\n");
        let path = "/socket.io/?EIO=4&transport=polling";
        stream.write_all(format!("GET {path} HTTP/1.1\r\n{head}\r\n").as_bytes()).await.unwrap();
        let mut answer = vec![0; 4096];
        let length = stream.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
        let session = answer.split("\"sid\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let request = format!("POST {path}&sid={session} HTTP/1.1\r\n{head}content-length: 2\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
    };
    timeout(FAR, crash).await.unwrap();
    for running in [&mut one, &mut two] {
        let end = loop {
            match timeout(FAR, running.observations.recv()).await.unwrap().unwrap() {
                Observation::Ended(end) => break end,
                Observation::Printed(_) => {}
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(end.code, Some(1));
        assert!(end.last_words.iter().any(|line| line.starts_with("Error: late")), "{end:?}");
    }
    for alone in [true, false] {
        let again = launcher.launch(0, alone, None).await.unwrap();
        assert_eq!(fence(again.addr.unwrap()).await, "43/~,7[]");
    }
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn a_stuck_process_is_named_for_every_scenario_in_it() {
    let Some(stage) = Stage::with_node().await else { return };
    let launcher = stage.server("if (!process.argv.includes('never')) for (;;) {}").await;
    let (one, two) = tokio::join!(launcher.launch(0, false, None), launcher.launch(1, false, None));
    assert_failure(&one.err().unwrap(), Kind::Stuck, "computed");
    assert_failure(&two.err().unwrap(), Kind::Stuck, "computed");
    stage.write("main.js", "export default () => {};");
    let again = launcher.launch(0, true, None).await.unwrap();
    assert_eq!(fence(again.addr.unwrap()).await, "43/~,7[]");
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn the_host_ends_when_its_control_socket_closes() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = stage.write("main.js", "export default () => {};");
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let mut host = Command::new("sh")
        .args(["-c", r#"exec 3<&0 </dev/null; exec "$@""#, "sh", "node", "--input-type=commonjs", "--eval"])
        .arg(include_str!("../../src/attempt/javascript/host.cjs"))
        .arg(source.parent().unwrap())
        .current_dir(source.parent().unwrap())
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .spawn()
        .unwrap();
    let open = serde_json::json!({ "open": 5, "source": source, "graph": true });
    ours.write_all(format!("{open}\n").as_bytes()).unwrap();
    let mut report = [0; 64];
    let length = ours.read(&mut report).unwrap();
    assert!(report[..length].starts_with(b"{\"scenario\":5,\"port\":"));
    drop(ours);
    assert_eq!(host.wait().unwrap().code(), Some(0));
}
