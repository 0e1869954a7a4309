//! Brings about each general cause for real: small exercises in `fixtures/`, programs that are wrong in every way.
//!
//! One thing is made by hand, the compiler's words: they change with each release. Next: `redact.rs`.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use grader::{
    cause::{self, Seen},
    scenario::{
        model::{Exercise, Mistake, Place, Role, Track},
        play::{
            drive::{Fence, Start},
            names_of_run,
        },
        read,
    },
    verdict::{Kind, Mismatch, Outcome, Verdict},
};
use runner::{
    attempt::{Limits, Run, Spec, SpecKind},
    check::{self, Request, Work},
    report::ExerciseView,
};
use tempfile::TempDir;

use crate::{
    Shown,
    course::{EPOCH, SEED, general},
    report, root,
};

const ID: &str = "00_causes/provoked";
const AT_ONCE: usize = 4;

/// The report of each general cause.
pub(crate) fn reports() -> Vec<Shown> {
    let stage = Stage::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut shown = runtime.block_on(stage.play());
    shown.push(stage.did_not_compile());
    shown
}

/// What is checked: an exercise of `fixtures/`, the learner's work, and the cause that must come of it.
struct Act {
    yaml: &'static str,
    work: Work,
    /// None: the causes are the ids of the scenarios.
    cause: Option<&'static str>,
}

/// A course of its own in a folder of its own, so that paths in a report are those of a learner.
struct Stage {
    course: TempDir,
    general: Vec<Mistake>,
}

impl Stage {
    fn new() -> Self {
        let course = tempfile::tempdir().expect("a folder");
        let here = course.path().join("exercises");
        fs::create_dir_all(here.join(ID)).expect("a folder");
        for shared in ["package.json", "package-lock.json"] {
            fs::copy(root().join("exercises").join(shared), here.join(shared)).expect("a copy");
        }
        let packages = root().join("exercises/node_modules");
        std::os::unix::fs::symlink(packages, here.join("node_modules")).expect("a link");
        let programs = ["server.js", "client.js", "crash.js", "spin.js", "absent.js", "nothing.js"];
        for name in programs.into_iter().chain(["page.tsx", "no_component.tsx"]) {
            fs::copy(fixtures().join(name), here.join(ID).join(name)).expect("a copy");
        }
        Self { course, general: general() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.course.path().join("exercises").join(ID).join(name)
    }

    fn program(&self, kind: SpecKind, limits: Limits) -> Work {
        Work::Program(Box::new(Spec {
            course: self.course.path().to_path_buf(),
            dir: self.course.path().join("exercises").join(ID),
            exercise: ID.to_owned(),
            kind,
            env: Vec::new(),
            limits,
        }))
    }

    fn hosted(&self, name: &str, limits: Limits) -> Work {
        self.program(SpecKind::JavaScriptServer { source: self.file(name) }, limits)
    }

    /// A page: its packages are those of the real course, installed if need be.
    fn page(&self, name: &str) -> Work {
        let spec = Spec {
            course: root(),
            dir: root().join("exercises/16_react/chat_room"),
            exercise: ID.to_owned(),
            kind: SpecKind::Page { source: self.file(name) },
            env: Vec::new(),
            limits: Limits::default(),
        };
        Work::Program(Box::new(spec))
    }

    fn foreign(&self, script: &str, limits: Limits) -> Work {
        let argv = ["node", "-e", script].map(OsString::from).to_vec();
        self.program(SpecKind::Program { run: Run::Command { argv } }, limits)
    }

    fn acts(&self) -> Vec<Act> {
        let program = |cause, work| Act { yaml: "program.yaml", work, cause: Some(cause) };
        let frames = |cause, lines: &[&str]| {
            let lines = lines.iter().map(|&line| line.to_owned()).collect();
            Act { yaml: "frames.yaml", work: Work::Frames(lines), cause: Some(cause) }
        };
        let usual = Limits::default;
        let soon = Limits { ready: Duration::from_millis(400), ..usual() };
        let client = SpecKind::Client { run: Run::JavaScript { source: self.file("client.js") } };
        vec![
            Act { yaml: "server.yaml", work: self.hosted("server.js", usual()), cause: None },
            Act { yaml: "client.yaml", work: self.program(client, usual()), cause: None },
            program("crashed", self.hosted("crash.js", usual())),
            program(
                "stopped-answering",
                self.hosted("spin.js", Limits { spin: Duration::from_millis(400), ..usual() }),
            ),
            program("never-listened", self.foreign("setInterval(() => {}, 1000)", soon)),
            program(
                "wrong-port",
                self.foreign("require('node:net').createServer().listen(0, '127.0.0.1')", usual()),
            ),
            program("ended-early", self.foreign("console.log('ready')", usual())),
            program("out-of-memory", self.foreign(HOARD, Limits { memory: 200 << 20, ..usual() })),
            program("not-socket-io", self.foreign(PAGES, usual())),
            program("missing-package", self.hosted("absent.js", usual())),
            program("nothing-exported", self.hosted("nothing.js", usual())),
            Act { yaml: "page.yaml", work: self.page("page.tsx"), cause: None },
            Act {
                yaml: "page_program.yaml",
                work: self.page("no_component.tsx"),
                cause: Some("no-component"),
            },
            program("old-socket-io", self.foreign(OLD, usual())),
            Act { yaml: "late.yaml", work: self.foreign(STOPS, usual()), cause: Some("stopped-listening") },
            frames("frame-missing", &["# in", "40"]),
            frames("frame-not-json", &["40", "42['hello']"]),
            frames("frame-different", &["40", r#"42"hello""#]),
            frames("frame-too-many", &["40", r#"42["hello"]"#, "41"]),
        ]
    }

    async fn play(&self) -> Vec<Shown> {
        let played = stream::iter(self.acts()).map(|act| self.check(act)).buffered(AT_ONCE);
        played.concat().await
    }

    async fn check(&self, act: Act) -> Vec<Shown> {
        let source = fs::read_to_string(fixtures().join(act.yaml)).expect("a fixture");
        let exercise =
            read::exercise(&source).unwrap_or_else(|problems| panic!("{}: {problems:?}", act.yaml));
        let track = (exercise.role != Role::Frames).then_some(Track::JavaScript);
        let request =
            Request { id: ID, exercise: &exercise, causes: &self.general, track, seed: SEED, epoch: EPOCH };
        let verdict = check::check(request, act.work, &|_| {}).await.expect("Node is here");
        let view = view(&exercise, source);
        if let Some(wanted) = act.cause {
            return vec![shown(&view, wanted, verdict)];
        }
        let apart = verdict.scenarios.iter().map(|scenario| {
            let alone = Verdict { scenarios: vec![scenario.clone()], ..verdict.clone() };
            let cause = self.cause(&exercise, &alone);
            shown(&view, &scenario.id, Verdict { cause, ..alone })
        });
        apart.collect()
    }

    fn cause(&self, exercise: &Exercise, verdict: &Verdict) -> Option<grader::verdict::Cause> {
        let start = Start {
            seed: SEED,
            epoch: EPOCH,
            track: Some(Track::JavaScript),
            fence: Fence::Hosted,
            frames: Vec::new(),
            stuck_after: Duration::from_secs(5),
        };
        let names = names_of_run(exercise, &start);
        let scenario = &verdict.scenarios[0];
        let Outcome::Failed(mismatch) = &scenario.outcome else { panic!("{} passed", scenario.id) };
        let seen = Seen { mismatch, scenario: Some((0, &scenario.id)), names: &names };
        cause::name(exercise, &self.general, "provoked", Some(Track::JavaScript), &[seen])
    }

    fn did_not_compile(&self) -> Shown {
        let words = "error[E0425]: cannot find value `room` in this scope\n  --> exercises/00_causes/provoked/main.rs:12:23\n   |\n12 |             io.to(room).emit(\"receiveMessage\", &message).await.ok();\n   |                   ^^^^ not found in this scope\n\nerror: could not compile `exercises` (bin \"provoked\") due to 1 previous error";
        let source = fs::read_to_string(fixtures().join("program.yaml")).expect("a fixture");
        let exercise = read::exercise(&source).expect("a right fixture");
        let mismatch = Mismatch {
            kind: Kind::BuildFailed,
            subject: "program".to_owned(),
            actor: None,
            at: None,
            saw: None,
            expected: "a program that compiles".to_owned(),
            actual: words.lines().next().unwrap_or_default().to_owned(),
            place: Place::default(),
            line: None,
            also: Vec::new(),
        };
        let start_names = grader::scenario::play::names::Names::default();
        let seen = Seen { mismatch: &mismatch, scenario: None, names: &start_names };
        let cause = cause::name(&exercise, &self.general, "provoked", Some(Track::Rust), &[seen]);
        let verdict = Verdict {
            exercise: ID.to_owned(),
            stage: None,
            track: Some(Track::Rust),
            seed: SEED,
            program: Some(mismatch),
            output: words.lines().map(str::to_owned).collect(),
            scenarios: Vec::new(),
            cause,
            took: Duration::default(),
        };
        let view = ExerciseView { edit_path: format!("exercises/{ID}/main.rs"), ..view(&exercise, source) };
        shown(&view, "did-not-compile", verdict)
    }
}

/// Answers every request, and speaks no Socket.IO.
const OLD: &str = "require('node:http').createServer((request, response) => {
    response.end('85:0{\"sid\":\"abc\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":5000}2:40');
}).listen(process.env.PORT, '127.0.0.1')";

/// It listens until somebody calls, and goes on running.
const STOPS: &str =
    "const server = require('node:net').createServer((call) => { call.destroy(); server.close(); });
server.listen(process.env.PORT, '127.0.0.1'); setInterval(() => {}, 1000)";

const PAGES: &str = "require('node:http').createServer((request, response) => {
  response.statusCode = 404;
  response.end('Cannot GET ' + request.url);
}).listen(process.env.PORT, '127.0.0.1')";

/// Grows, and never empties what grew.
const HOARD: &str = "const all = []; setInterval(() => all.push(Buffer.alloc(20_000_000, 1)), 5)";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/causes/fixtures")
}

fn shown(view: &ExerciseView, wanted: &str, verdict: Verdict) -> Shown {
    let came = verdict.cause.as_ref().map(|cause| cause.id.clone());
    let text = report(view, verdict);
    assert_eq!(came.as_deref(), Some(wanted), "{text}");
    (wanted.to_owned(), text)
}

fn view(exercise: &Exercise, yaml_source: String) -> ExerciseView {
    let edited = match exercise.role {
        Role::Frames => "frames.txt",
        Role::Tests => "main.yaml",
        Role::Page => "main.tsx",
        Role::Server | Role::Client => "main.js",
    };
    ExerciseView {
        id: ID.to_owned(),
        title: exercise.title.clone(),
        role: Some(exercise.role),
        lesson: None,
        answer: None,
        edit_path: format!("exercises/{ID}/{edited}"),
        yaml_path: format!("exercises/{ID}/exercise.yaml"),
        yaml_source,
        whys: Vec::new(),
        track: None,
        next: None,
        stage: None,
    }
}
