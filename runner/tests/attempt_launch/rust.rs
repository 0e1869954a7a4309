//! Rust programs: the binary that a learner edits, and all answers in one program.

use std::{
    io::Read,
    os::unix::net::UnixStream,
    path::Path,
    process::{Command, Stdio},
    sync::Mutex,
    time::Duration,
};

use crate::stage::{Stage, assert_failure, assert_free, fence, line, living, refused};
use grader::{event::Event, scenario::play::drive::Fence, verdict::Kind};
use runner::attempt::{LaunchFailure, Launcher, Limits, PrepareError, Run, RustBin, Spec, SpecKind};

const RIGHT: &str = "//! An answer with docs of its own.\n#![allow(unused)]\nuse sandbox::serve;\nuse socketioxide::SocketIo;\n\n\
                     fn main() {\n    serve(register)\n}\n\nasync fn register(io: &SocketIo) {\n    println!(\"here\");\n}\n";

/// `(source, kind, words)`: what must be said about an answer that does not get to listen.
const WRONG: [(&str, Kind, &str); 6] = [
    ("fn main() {}", Kind::Exited, "exit code 0"),
    ("fn main() { std::process::exit(3) }", Kind::Crashed, "exit code 3"),
    ("fn main() {\n    panic!(\"no luck\") }", Kind::Crashed, "wrong2.rs:2:5:\nno luck"),
    ("fn main() { loop { std::hint::spin_loop() } }", Kind::Stuck, "without a pause"),
    (
        "fn main() { sandbox::serve(async |_: &socketioxide::SocketIo| std::future::pending::<()>().await) }",
        Kind::NeverListened,
        "nowhere",
    ),
    ("fn main() -> Result<(), String> { Err(\"no luck\".into()) }", Kind::Crashed, "Error: \"no luck\""),
];

#[tokio::test]
async fn the_first_exercise_is_built_served_and_cleared_away() {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let stage = Stage::new();
    let spec = || Spec {
        dir: course.join("exercises/01_why_real_time/first_push"),
        course: course.clone(),
        limits: Limits::default(),
        ..stage.spec(SpecKind::RustServer { bin: RustBin::Main { name: "first_push".to_owned() } })
    };
    let launcher = Launcher::prepare(spec(), |_| {}).await.unwrap();
    assert_eq!(launcher.fence(), Fence::Hosted);
    let (one, two) = tokio::join!(launcher.launch(0, false, None), launcher.launch(1, false, None));
    let (a, b) = (one.unwrap(), two.unwrap());
    let (a, b) = (a.addr.map(|addr| (addr, a)), b.addr.map(|addr| (addr, b)));
    let ((a, first), (b, _second)) = (a.unwrap(), b.unwrap());
    assert!(fence(a).await.starts_with("43/~,7["));
    assert!(fence(b).await.starts_with("43/~,7["));
    first.stop().await;
    assert_free(a);
    assert_eq!(living(&stage.mark).len(), 1);
    launcher.stop().await;
    stage.assert_empty();
    assert_free(b);

    let said = Mutex::new(0);
    let again = Launcher::prepare(spec(), |_| *said.lock().unwrap() += 1).await.unwrap();
    assert_eq!(*said.lock().unwrap(), 0, "nothing changed, so Cargo is not asked");
    again.stop().await;
}

#[tokio::test]
async fn all_answers_are_one_program_and_a_broken_one_harms_no_other() {
    let stage = Stage::with_rust();
    let answer =
        |name: &str, text: &str| RustBin::Answer { path: stage.write(&format!("answers/{name}.rs"), text) };
    let right = answer("solution", RIGHT);
    let syntax = answer("mistakes/syntax", "fn main() {");
    let types = answer("mistakes/types", "//! Docs.\nfn main() {\n    let x: u8 = \"text\";\n}\n");
    let borrow =
        answer("mistakes/borrow", "fn main() {\n    let x = String::new();\n    drop(x);\n    drop(x);\n}\n");
    let wrong: Vec<RustBin> = WRONG
        .iter()
        .enumerate()
        .map(|(number, (source, ..))| answer(&format!("mistakes/wrong{number}"), source))
        .collect();

    let events = Mutex::new(Vec::new());
    let prepare = |kind| Launcher::prepare(stage.spec(kind), |event| events.lock().unwrap().push(event));
    let launcher = prepare(SpecKind::RustServer { bin: right.clone() }).await.unwrap();
    let heard = std::mem::take(&mut *events.lock().unwrap());
    assert!(heard.iter().any(
        |event| matches!(event, Event::Preparing { line: Some(line), .. } if line.contains("Compiling"))
    ));
    let mut running = launcher.launch(0, false, None).await.unwrap();
    assert_eq!(line(&mut running).await, "here");
    assert!(fence(running.addr.unwrap()).await.starts_with("43/~,7["));
    launcher.stop().await;

    for (bin, words) in [
        (syntax, "\nexercises/01_why_real_time/first_push/answers/mistakes/syntax.rs:1:12"),
        (types, "types.rs:3:17"),
        (borrow, "borrow.rs:4:10"),
    ] {
        let Err(PrepareError::Build(failure)) = prepare(SpecKind::RustServer { bin }).await else {
            panic!("it builds")
        };
        assert_failure(&failure, Kind::BuildFailed, words);
        assert!(failure.output.iter().any(|line| line.contains(words.trim())), "{failure:?}");
    }
    for (bin, (_, kind, words)) in wrong.into_iter().zip(WRONG) {
        let launcher = prepare(SpecKind::RustServer { bin }).await.unwrap();
        let failure: LaunchFailure = refused(&stage, launcher).await;
        assert_failure(&failure, kind, words);
    }
    assert!(events.lock().unwrap().is_empty(), "nothing changed, so Cargo is not asked");

    // The same answer as a program: it takes `PORT`.
    let launcher = prepare(SpecKind::Program { run: Run::Rust { bin: right } }).await.unwrap();
    assert_eq!(launcher.fence(), Fence::Foreign);
    let mut running = launcher.launch(0, false, None).await.unwrap();
    assert_eq!(line(&mut running).await, "here");
    assert!(line(&mut running).await.contains(&running.addr.unwrap().to_string()));
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn a_bin_that_cargo_does_not_know_is_the_courses_fault() {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let stage = Stage::new();
    let kind = SpecKind::RustServer { bin: RustBin::Main { name: "no_such_bin".to_owned() } };
    let spec =
        Spec { course, limits: Limits { ready: Duration::ZERO, ..Limits::default() }, ..stage.spec(kind) };
    let Err(PrepareError::Environment { what, .. }) = Launcher::prepare(spec, |_| {}).await else {
        panic!("it builds")
    };
    assert!(what.contains("no binary"), "{what}");
}

#[tokio::test]
async fn a_hosted_program_ends_when_its_control_socket_closes() {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let stage = Stage::new();
    let bin = RustBin::Main { name: "first_push".to_owned() };
    let spec = Spec { course: course.clone(), ..stage.spec(SpecKind::RustServer { bin }) };
    Launcher::prepare(spec, |_| {}).await.unwrap().stop().await;

    let note = std::fs::read_to_string(course.join("target/socketlings/built/first_push")).unwrap();
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let mut program = Command::new(note.lines().next().unwrap())
        .env("SOCKETLINGS_CONTROL", "stdin")
        .stdin(Stdio::from(std::os::fd::OwnedFd::from(theirs)))
        .spawn()
        .unwrap();
    let mut report = [0; 64];
    let length = ours.read(&mut report).unwrap();
    assert!(report[..length].starts_with(b"{\"scenario\":0,\"port\":"));
    drop(ours);
    assert_eq!(program.wait().unwrap().code(), Some(0));
}
