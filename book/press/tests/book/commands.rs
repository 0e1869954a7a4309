//! The binary itself: what it removes, and that Ctrl-C ends it.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use crate::support::Small;

/// `press ARGUMENTS` in the course. Nothing is on the `PATH`, so that no program can be run: that is a skip, and exit code 2.
fn press(small: &Small, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.args(arguments).current_dir(small.root()).env_clear().env("PATH", small.root().join("nothing"));
    command.output().expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn recordings_that_no_page_shows_are_removed_and_nothing_else() {
    let small = Small::new();
    let recording = small.read("book/recordings/demos/01_small/greeting.json");
    let at = |path: &str| small.root().join("book/recordings").join(path);
    let put = || {
        small.write("book/recordings/demos/01_small/old.json", &recording);
        small.write("book/recordings/exercises/01_small/gone/solution.json", &recording);
        small.write("book/recordings/demos/02_other/old.json", &recording);
        small.write("book/recordings/demos/01_small/notes.json", "{\"version\": 1}");
        small.write("book/recordings/demos/01_small/notes.md", "mine");
    };
    let there = |path: &str| at(path).is_file();
    put();
    // A slip in a directive, and nobody knows what its page would show.
    small.change("book/src/01_small.md", "{{#mistake say", "{{#mistaek say");
    press(&small, &["record", "1"]);
    assert!(
        there("demos/01_small/old.json") && there("exercises/01_small/say/mistake.sender-hears-it-too.json")
    );
    small.change("book/src/01_small.md", "{{#mistaek say", "{{#mistake say");
    let output = press(&small, &["record", "1"]);
    let said = text(&output.stdout);
    for removed in ["demos/01_small/old.json", "exercises/01_small/gone/solution.json"] {
        assert!(
            !there(removed) && said.contains(&format!("removed   book/recordings/{removed}\n")),
            "{said}"
        );
    }
    assert!(!at("exercises/01_small/gone").exists(), "an empty folder is gone, too");
    for kept in [
        "demos/02_other/old.json",
        "demos/01_small/notes.json",
        "demos/01_small/notes.md",
        "demos/01_small/greeting.json",
        "exercises/01_small/say/mistake.sender-hears-it-too.json",
    ] {
        assert!(there(kept), "{kept}: {said}");
    }
    let said = text(&press(&small, &["record"]).stdout);
    assert!(said.contains("removed   book/recordings/demos/02_other/old.json\n"), "{said}");
    assert!(!there("demos/02_other/old.json") && there("demos/01_small/notes.json"));
}

#[test]
fn a_demo_that_cannot_be_read_is_told_once() {
    let small = Small::new();
    small.change("book/demos/01_small/greeting/demo.yaml", "role: server", "role: servant");
    let quiz = include_str!("../../../../runner/tests/fixtures/questions/quiz/07_rooms.yaml");
    let hears = &quiz[quiz.find("  - id: bell_in_physics").expect("a question")..];
    let hears = hears.replace("07_rooms/take_a_seat", "01_small/greeting");
    small.write("quiz/01_small.yaml", &format!("questions:\n{hears}"));
    for arguments in [&["demo"][..], &["demo", "1"], &["demo", "01_small/greeting"]] {
        let output = press(&small, arguments);
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert_eq!(said.matches("unknown role `servant`").count(), 1, "{arguments:?}: {said}");
    }
}

/// Files and folders below a folder; a link is one of them, and what it leads to is not.
fn listing(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        found.push(entry.path().display().to_string());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(listing(&entry.path()));
        }
    }
    found.sort();
    found
}

#[test]
fn nothing_of_somebody_else_goes_for_a_book() {
    let small = Small::new();
    let before = listing(small.root());
    for out in [".", "book/..", "..", "book", "exercises", "none/.."] {
        for command in ["build", "publish"] {
            let output = press(&small, &[command, "--out", out]);
            assert_eq!(output.status.code(), Some(64), "{command} {out}: {}", text(&output.stderr));
        }
    }
    assert_eq!(listing(small.root()), before);
}

/// A file whose reader waits until somebody writes into it.
fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let _ = fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

/// `press ARGUMENTS`, with its temporary files in a folder of the course.
fn start(small: &Small, arguments: &[&str], path: &str) -> Child {
    let scratch = small.root().join("tmp");
    fs::create_dir_all(&scratch).expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.args(arguments).current_dir(small.root()).env_clear().env("PATH", path).env("TMPDIR", scratch);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts")
}

/// Ctrl-C. Answers what it said on standard error; it must have ended with 130.
fn interrupt(child: Child) -> String {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", text(&output.stderr));
    text(&output.stderr)
}

const STOPPED: &str = "error: stopped; nothing is left running, and no file is half-written\n";

/// mdBook reads the theme in the middle of a build. There it is kept waiting, so that Ctrl-C meets it at work.
#[test]
fn a_build_and_a_check_are_stopped_without_a_trace() {
    let small = Small::new();
    let built = press(&small, &["build", "--out", "target/out"]);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    let theme = small.root().join("book/theme/head.hbs");
    pipe(&theme);
    small.change("book/src/index.md", "Begin with", "Start with");
    let before = listing(small.root());
    let page = small.read("target/out/index.html");
    let hidden =
        || listing(&small.root().join("target/out")).into_iter().any(|path| path.contains("/.press-"));
    let in_tmp = || !listing(&small.root().join("tmp")).is_empty();
    let cases: [(&[&str], &dyn Fn() -> bool); 3] = [
        (&["check", "--no-record"], &in_tmp),
        (&["build", "--out", "target/out"], &hidden),
        // It looks at the links first, in a book of its own.
        (&["publish", "--out", "target/out"], &in_tmp),
    ];
    for (arguments, is_at_work) in cases {
        let child = start(&small, arguments, "/nowhere");
        // Whoever opens a pipe to write waits for a reader: from here on mdBook is in the theme.
        let writer = fs::OpenOptions::new().write(true).open(&theme).expect("the pipe");
        assert!(is_at_work(), "{arguments:?} has no folder for a while");
        assert_eq!(interrupt(child), STOPPED, "{arguments:?}");
        drop(writer);
        fs::remove_dir(small.root().join("tmp")).expect("the folder for temporary files is empty");
        assert_eq!(listing(small.root()), before, "{arguments:?}");
        assert_eq!(small.read("target/out/index.html"), page, "{arguments:?}: the old page stays");
    }
}

/// A program that runs is ended, and no recording is touched.
#[test]
fn record_is_stopped_with_its_programs() {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises/node_modules");
    if !packages.is_dir() {
        assert!(std::env::var_os("REQUIRE_ALL").is_none(), "run `npm ci` in `exercises` first");
        return;
    }
    let small = Small::new();
    let packages = packages.canonicalize().expect("a path");
    std::os::unix::fs::symlink(packages, small.root().join("exercises/node_modules")).expect("a link");
    std::os::unix::fs::symlink("../../exercises/node_modules", small.root().join("book/demos/node_modules"))
        .expect("a link");
    small.change("book/demos/01_small/greeting/demo.yaml", "[javascript, rust]", "[javascript]");
    let started = small.root().join("started");
    pipe(&started);
    let main = small.read("book/demos/01_small/greeting/main.js");
    let tell = format!(
        "import {{ writeFileSync }} from 'node:fs';\nwriteFileSync({started:?}, String(process.pid));\nawait new Promise(() => setInterval(() => {{}}, 1000));\n"
    );
    small.write("book/demos/01_small/greeting/main.js", &(tell + &main));
    let before = listing(small.root());
    let recording = small.read("book/recordings/demos/01_small/greeting.json");
    for arguments in [&["record", "1"][..], &["check", "1"]] {
        let path = std::env::var("PATH").unwrap_or_default();
        let child = start(&small, arguments, &path);
        // The program is asked to write, so it runs.
        let node = fs::read_to_string(&started).expect("its process");
        assert_eq!(interrupt(child), STOPPED, "{arguments:?}");
        let is_there = Command::new("kill").args(["-0", &node]).stderr(Stdio::null()).status();
        assert!(!is_there.expect("kill").success(), "{arguments:?}: the program {node} still runs");
        fs::remove_dir(small.root().join("tmp")).expect("the folder for temporary files is empty");
        assert_eq!(listing(small.root()), before, "{arguments:?}");
        assert_eq!(small.read("book/recordings/demos/01_small/greeting.json"), recording);
    }
}
