//! Programs of the Rust track, as answers of a course of their own: one build for all of them.

use std::{
    fs::{self, File},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    desk::{Desk, Ended, ROOMS, copy, end, finish, real},
    left,
};

/// A line of the solution that every scenario comes by.
const JOIN: &str = "    socket.join(room_id);\n";

/// `(name, what stands in the place of JOIN or of the whole file, cause, words)`
const WRONG: [(&str, Instead, &str, &str); 12] = [
    (
        "loops",
        Instead::File("fn main() { loop { std::hint::spin_loop() } }"),
        "stopped-answering",
        "without a pause",
    ),
    ("loops-late", Instead::Join("loop { std::hint::spin_loop() }"), "stopped-answering", "answered nothing"),
    (
        "blocks",
        Instead::Join("std::thread::sleep(std::time::Duration::from_secs(1000));"),
        "stopped-answering",
        "nothing",
    ),
    (
        "never-listens",
        Instead::File(
            "fn main() { sandbox::serve(async |_: &socketioxide::SocketIo| std::future::pending::<()>().await) }",
        ),
        "never-listened",
        "listened nowhere",
    ),
    ("exits", Instead::File("fn main() {}"), "ended-early", "exit code 0"),
    ("exits-late", Instead::Join("std::process::exit(0);"), "ended-early", "exit code 0"),
    ("panics", Instead::File("fn main() { panic!(\"no luck\") }"), "crashed", "no luck"),
    ("aborts-late", Instead::Join("std::process::abort();"), "crashed", "signal 6"),
    (
        "panics-late",
        Instead::Join("let no: Option<()> = None; no.unwrap();"),
        "no-answer",
        "no acknowledgement",
    ),
    (
        "hungry",
        Instead::Join("let mut all = Vec::new(); loop { all.push(vec![1_u8; 1 << 20]); }"),
        "out-of-memory",
        "1024 MiB",
    ),
    (
        "does-not-compile",
        Instead::File("fn main() {\n    let x: u8 = \"text\";\n}\n"),
        "did-not-compile",
        "E0308",
    ),
    (
        "missing-crate",
        Instead::File("use no_such_crate::Thing;\nfn main() {}\n"),
        "did-not-compile",
        "no_such_crate",
    ),
];

/// What stands in the place of `JOIN`, and is right all the same.
const MISBEHAVES: [(&str, &str); 3] = [
    (
        "floods",
        "static ONCE: std::sync::Once = std::sync::Once::new();\n    \
         ONCE.call_once(|| drop(std::process::Command::new(\"sh\").args([\"-c\", \"yes | head -c 200000000\"]).spawn()));",
    ),
    (
        "has-children",
        "std::process::Command::new(\"sh\").args([\"-c\", \"trap '' TERM; setsid sleep 1000 & sleep 1000; :\"]).spawn().ok();",
    ),
    ("shouts", "for _ in 0..20_000 { println!(\"{}\", \"x\".repeat(100)); }"),
];

enum Instead {
    File(&'static str),
    Join(&'static str),
}

/// A course with the Rust packages of the real one, built into the real one's folder of artifacts. It stays, so that
/// it is built once; the lock keeps two test runs apart.
struct Workshop {
    desk: Desk,
    _turn: File,
}

impl Workshop {
    fn new() -> Self {
        let mut desk = Desk::bare();
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("withstand");
        fs::create_dir_all(&root).unwrap();
        let turn = File::create(root.join("lock")).unwrap();
        turn.lock().unwrap();
        let course = root.join("un cours d'été — 課程");
        drop(fs::remove_dir_all(course.join("exercises")));
        copy(&real().join("exercises").join(ROOMS), &course.join("exercises").join(ROOMS));
        for file in ["causes.yaml", "Cargo.toml"] {
            fs::copy(real().join("exercises").join(file), course.join("exercises").join(file)).unwrap();
        }
        // The parts of the folder of artifacts, not the folder: Cargo puts a finished binary there under its plain
        // name, and the real course would run ours in the place of its own.
        let artifacts = ["deps", "build", ".fingerprint", "incremental", ".cargo-lock"]
            .map(|part| format!("target/debug/{part}"));
        let sources = ["Cargo.toml", "Cargo.lock", "runner", "book"].map(str::to_owned);
        for name in sources.iter().chain(&artifacts) {
            let link = course.join(name);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            if !link.is_symlink() {
                symlink(real().join(name), link).unwrap();
            }
        }
        desk.course = course;
        Self { desk, _turn: turn }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        self.desk.write(ROOMS, name, text)
    }

    fn command(&self, more: &[&str]) -> Command {
        let arguments = ["check", "members_only", "--json", "--track", "rust"];
        let mut command = self.desk.runner(arguments.iter().chain(more));
        // The real course's own folder of artifacts is linked; another one would be built anew.
        command.env_remove("CARGO_TARGET_DIR");
        command
    }

    fn check(&self, more: &[&str]) -> Ended {
        let ended = end(self.command(more));
        left::assert_nothing(&self.desk.mark);
        ended
    }
}

#[test]
fn answers_right_and_wrong() {
    let workshop = Workshop::new();
    let solution = fs::read_to_string(workshop.desk.path(ROOMS, "answers/solution.rs")).unwrap();
    assert!(solution.contains(JOIN), "the solution has no `{JOIN}` any more");
    for (name, instead, ..) in &WRONG {
        let text = match instead {
            Instead::File(text) => (*text).to_owned(),
            Instead::Join(text) => solution.replacen(JOIN, &format!("{text}\n{JOIN}"), 1),
        };
        workshop.write(&format!("answers/mistakes/{name}.rs"), &text);
    }
    for (name, more) in MISBEHAVES {
        let text = solution.replacen(JOIN, &format!("{more}\n{JOIN}"), 1);
        workshop.write(&format!("answers/also/{name}.rs"), &text);
    }
    for (name, _, cause, words) in WRONG {
        workshop.check(&["--answer", &format!("mistake:{name}")]).assert_failed(cause, words);
    }
    for name in MISBEHAVES.map(|(name, _)| name).into_iter().chain(["static_map"]) {
        let ended = workshop.check(&["--answer", &format!("also:{name}")]);
        assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
        ended.assert_passed();
    }

    // What the learner edits is another program than the answers, and another build.
    workshop.write("main.rs", "fn main() {\n    let x: u8 = \"text\";\n}\n");
    workshop.check(&[]).assert_failed("did-not-compile", "members_only/main.rs:2:17");
    let map = fs::read_to_string(workshop.desk.path(ROOMS, "answers/also/static_map.rs")).unwrap();
    workshop.write("main.rs", &map);
    workshop.check(&[]).assert_passed();

    // Two at once build the same file.
    workshop.write("main.rs", &format!("{map}\n"));
    let start = || workshop.command(&[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    [start(), start()].map(finish).iter().for_each(Ended::assert_passed);
    left::assert_nothing(&workshop.desk.mark);
}
