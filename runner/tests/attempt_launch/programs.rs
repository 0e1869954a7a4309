//! Programs that run by themselves, the hostile ones first: nothing of them is left, whatever they do.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    time::Instant,
};

use crate::stage::{FAR, Stage, assert_failure, assert_free, line, living, refused};
use grader::{
    scenario::play::drive::{Fence, Observation, ProgramEnd},
    verdict::Kind,
};
use runner::attempt::{LaunchFailure, Launcher, PrepareError, Run, Running, SpecKind};
use tokio::{io::AsyncReadExt, net::TcpListener, time::timeout};

const SERVER: &str = "import { createServer } from 'node:http';\n\
                      createServer((_, answer) => answer.end('hi')).listen(process.env.PORT, '127.0.0.1');\n";

/// `(source, kind, words)`: what must be said about a program that does not listen on its port.
const WRONG: [(&str, Kind, &str); 7] = [
    ("for (;;) {}", Kind::Stuck, "without a pause"),
    ("setInterval(() => {}, 1000);", Kind::NeverListened, "listened nowhere"),
    (
        "import net from 'node:net'; net.createServer().listen(0, '127.0.0.1');",
        Kind::WrongPort,
        "it listens on 127.0.0.1:",
    ),
    ("import net from 'node:net'; net.createServer().listen(0);", Kind::WrongPort, "it listens on "),
    ("console.log('bye');", Kind::Exited, "exit code 0"),
    ("process.exit(1);", Kind::Crashed, "exit code 1"),
    ("throw new Error('no luck');", Kind::Crashed, "exit code 1: Error: no luck"),
];

#[tokio::test]
async fn what_does_not_listen_is_named_and_leaves_nothing() {
    for (source, kind, words) in WRONG {
        let Some(stage) = Stage::with_node().await else { return };
        let launcher = stage.program(source).await;
        assert_failure(&refused(&stage, launcher).await, kind, words);
    }
}

#[tokio::test]
async fn a_program_that_eats_memory_is_ended_with_its_children() {
    let Some(mut stage) = Stage::with_node().await else { return };
    stage.limits.memory = 300 << 20;
    stage.limits.ready = FAR;
    let eat = "const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));";
    let child =
        format!("import {{ spawn }} from 'node:child_process';\nspawn(process.execPath, ['-e', '{eat}']);");
    for source in [eat, child.as_str()] {
        let launcher = stage.program(source).await;
        assert_failure(&refused(&stage, launcher).await, Kind::TooMuchMemory, "300 MiB");
    }
}

#[tokio::test]
async fn two_programs_at_once_get_two_ports_and_both_are_free_afterwards() {
    let Some(stage) = Stage::with_node().await else { return };
    let stubborn =
        format!("{SERVER}for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {{}});");
    let launcher = stage.program(&stubborn).await;
    assert_eq!(launcher.fence(), Fence::Foreign);
    let (one, two) = tokio::join!(launcher.launch(0, true, None), launcher.launch(1, true, None));
    let (one, two) = (one.unwrap(), two.unwrap());
    let (a, b) = (one.addr.unwrap(), two.addr.unwrap());
    assert_ne!(a, b);
    one.stop().await;
    assert_free(a);
    assert_eq!(living(&stage.mark).len(), 1, "the other one runs on");
    launcher.stop().await;
    stage.assert_empty();
    assert_free(b);
}

#[tokio::test]
async fn another_port_is_offered_when_somebody_takes_the_first() {
    let Some(stage) = Stage::with_node().await else { return };
    let thief = TcpListener::bind("127.0.0.1:0").await.unwrap();
    // At its first start the program tells its port and waits until it is taken.
    let source = format!(
        "import fs from 'node:fs'; import net from 'node:net';\n\
         if (!fs.existsSync('met')) {{ fs.writeFileSync('met', ''); await new Promise((taken) =>\n\
         net.connect({}, '127.0.0.1').on('data', taken).write(process.env.PORT.padStart(5, '0'))); }}\n{SERVER}",
        thief.local_addr().unwrap().port()
    );
    let launcher = stage.program(&source).await;
    let steal = async {
        let (mut stream, _) = thief.accept().await.unwrap();
        let mut port = [0; 5];
        stream.read_exact(&mut port).await.unwrap();
        let port: u16 = str::from_utf8(&port).unwrap().parse().unwrap();
        let taken = socket_that_refuses(port);
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"taken").await.unwrap();
        (port, taken, stream)
    };
    let (running, (stolen, _taken, _stream)) = tokio::join!(launcher.launch(0, true, None), steal);
    assert_ne!(running.unwrap().addr.unwrap().port(), stolen);
    launcher.stop().await;
    stage.assert_empty();
}

/// Binds the port without listening: it is taken, and connecting to it is refused.
fn socket_that_refuses(port: u16) -> tokio::net::TcpSocket {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], port).into()).unwrap();
    socket
}

#[tokio::test]
async fn children_that_hide_are_found() {
    let stage = Stage::new();
    let stay = format!("exec 2>&-; sleep 1000; : {}", stage.mark);
    let hidden = [
        format!("sh -c '{stay}' & echo started; wait"),
        format!("setsid sh -c '{stay}' & echo started; wait"),
        // An orphan in a session of its own: only its environment tells whose it is.
        format!("setsid sh -c 'sh -c \"{stay}\" & echo started' & wait; sleep 1000"),
        // It cleared its environment: only its parents tell.
        format!("env -i setsid sh -c '{stay}' & echo started; wait"),
        // The program itself is gone already.
        format!("setsid sh -c '{stay}' & echo started"),
    ];
    for script in hidden {
        let launcher = stage.shell(&script).await;
        let mut running = launcher.launch(0, true, Some("http://127.0.0.1:1")).await.unwrap();
        assert_eq!(line(&mut running).await, "started");
        running.stop().await;
        assert_eq!(living(&stage.mark), Vec::<String>::new(), "{script}");
        launcher.stop().await;
    }
}

#[tokio::test]
async fn a_gigabyte_is_drained_and_little_of_it_is_kept() {
    let stage = Stage::new();
    let gigabyte = 1_000_000_000;
    let lines = format!("yes a line of some words | head -c {gigabyte}; echo bye >&2; exit 7");
    let one_line = format!("head -c {gigabyte} /dev/zero | tr '\\000' x");
    for (script, whole) in [
        (lines.clone(), true),
        (format!("({lines}) >&2; exit 7"), true),
        (format!("{one_line}; exit 7"), false),
    ] {
        let launcher = stage.shell(&script).await;
        let mut running = launcher.launch(0, true, None).await.unwrap();
        let end = ended(&mut running).await;
        assert_eq!(end.code, Some(7), "{script}");
        assert!(
            end.last_words.iter().map(String::len).sum::<usize>() <= 8_000,
            "the end of a flood is short"
        );
        assert_eq!(end.last_words.last().is_some_and(|line| line.ends_with("bye")), whole, "{script}");
        let kept = running.stop().await;
        let bytes: usize = kept.iter().map(String::len).sum();
        let expected = if whole { 50_000..66_000 } else { 2_000..2_100 };
        assert!(expected.contains(&bytes), "{script}: {bytes} bytes kept");
        launcher.stop().await;
    }
    stage.assert_empty();
}

async fn ended(running: &mut Running) -> ProgramEnd {
    loop {
        match timeout(FAR, running.observations.recv()).await.expect("an end in time").expect("an end") {
            Observation::Ended(end) => return end,
            Observation::Printed(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_client_gets_its_url_and_its_end_is_heard_after_its_lines() {
    let stage = Stage::new();
    let launcher = stage.shell("echo $URL; echo oops >&2; printf last; exit 4").await;
    assert_eq!(launcher.fence(), Fence::Client);
    let mut running = launcher.launch(0, true, Some("http://127.0.0.1:4000")).await.unwrap();
    assert_eq!(running.addr, None);
    let end = ended(&mut running).await;
    assert_eq!((end.code, end.last_words.as_slice()), (Some(4), ["oops".to_owned()].as_slice()));
    let mut printed = running.stop().await;
    printed.sort();
    assert_eq!(printed, ["http://127.0.0.1:4000", "last", "oops"]);
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn dropping_a_launch_ends_its_program() {
    let mut stage = Stage::new();
    stage.limits.ready = FAR;
    let argv = ["sh", "-c", "sleep 1000"].map(Into::into).to_vec();
    let launcher = stage.prepare(SpecKind::Program { run: Run::Command { argv } }).await;
    let launch = Box::pin(launcher.launch(0, true, None));
    let began = async {
        while living(&stage.mark).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        running = launch => panic!("launched: {}", running.is_ok()),
        () = began => {}
    }
    stage.assert_empty();
    launcher.stop().await;
}

#[tokio::test]
async fn a_command_that_does_not_exist_is_the_machines_fault() {
    let stage = Stage::new();
    let run = Run::Command { argv: vec!["no-such-command-at-all".into()] };
    let prepared = Launcher::prepare(stage.spec(SpecKind::Program { run }), |_| {}).await;
    let Err(PrepareError::Environment { what, .. }) = prepared else { panic!("prepared") };
    assert_eq!(what, "the command `no-such-command-at-all` was not found");
}

#[tokio::test]
async fn a_server_that_runs_already_is_left_alone() {
    let stage = Stage::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let launcher = stage.prepare(SpecKind::Url { addr, host: "localhost".to_owned() }).await;
    let mut running = launcher.launch(0, false, None).await.unwrap();
    assert_eq!(running.addr, Some(addr));
    assert!(
        running
            .observations
            .try_recv()
            .is_err_and(|silence| silence == tokio::sync::mpsc::error::TryRecvError::Empty)
    );
    assert_eq!(running.stop().await, Vec::<String>::new());
    launcher.stop().await;
}

/// The other half of the next test: a runner of its own, which is killed.
#[tokio::test]
#[ignore = "started by `a_killed_runner_leaves_nothing`"]
#[expect(clippy::print_stdout, reason = "the other half reads it")]
async fn a_runner_to_be_killed() {
    let stage = Stage::new();
    let launcher = stage.shell("setsid sh -c 'sleep 1000; :' & sleep 1000").await;
    let _running: Result<Running, LaunchFailure> = launcher.launch(0, true, None).await;
    println!("mark {}", stage.mark);
    std::future::pending::<()>().await;
}

#[test]
fn a_killed_runner_leaves_nothing() {
    let mut runner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "programs::a_runner_to_be_killed", "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    let lines = BufReader::new(runner.stdout.take().unwrap()).lines();
    let mark =
        lines.map_while(Result::ok).find_map(|line| Some(line.split_once("mark ")?.1.to_owned())).unwrap();
    // A process that was just started shows its environment a moment later.
    let began = Instant::now();
    while living(&mark).is_empty() {
        assert!(began.elapsed() < FAR, "the program was never seen");
        std::thread::yield_now();
    }
    runner.kill().unwrap();
    runner.wait().unwrap();
    let began = Instant::now();
    while !living(&mark).is_empty() {
        assert!(began.elapsed() < FAR, "left behind: {:?}", living(&mark));
        std::thread::yield_now();
    }
}
