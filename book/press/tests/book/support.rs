//! A small course with a small book, in a folder of its own: one lesson, one exercise, one demo, recorded by hand.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use grader::scenario::model::{Role, Track};
use press::{
    material::Material,
    recording::{
        Program, Recording, Wanted,
        model::{Entry, Played, Run, VERSION, Way, What},
    },
};
use runner::{
    course::{Answer, Course},
    verify::Problem,
};
use tempfile::TempDir;

/// The course. It is gone when this is dropped.
pub(crate) struct Small {
    folder: TempDir,
}

/// The lesson of the small course.
pub(crate) const LESSON: &str = "01_small";

impl Small {
    /// A course in which nothing is wrong.
    pub(crate) fn new() -> Self {
        let small = Self { folder: tempfile::tempdir().expect("a folder") };
        small.write("Cargo.toml", "[workspace]\n");
        small.write("exercises/Cargo.toml", "[package]\nname = \"exercises\"\n");
        small.write("exercises/01_small/order.txt", "");
        small.write(
            "book/book.toml",
            "[book]\ntitle = \"Small\"\n[build]\nuse-default-preprocessors = false\n",
        );
        small.write("book/src/SUMMARY.md", "# Summary\n\n[Start](index.md)\n\n- [Small](01_small.md)\n");
        small.write(
            "book/src/index.md",
            "---\ntitle: \"Start\"\n---\n\nBegin with [the lesson](01_small.md#a-scene).\n",
        );
        let course = Course::open(small.root()).expect("a course");
        press::new::exercise(&course, "01_small/say", None).expect("an exercise");
        for (name, text) in [
            ("demo.yaml", include_str!("../../templates/demo/demo.yaml")),
            ("main.js", include_str!("../../templates/demo/main.js")),
            ("main.rs", include_str!("../../templates/demo/main.rs")),
        ] {
            small.write(&format!("book/demos/01_small/greeting/{name}"), text);
        }
        small.write("book/src/01_small.md", &lesson(""));
        small.record(&demo(), greeting());
        small.record(&mistake(), echo());
        small
    }

    /// Its folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Changes a file.
    pub(crate) fn change(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replace(from, to));
    }

    /// Its material.
    pub(crate) fn material(&self) -> Material {
        Material::open(self.root()).unwrap_or_else(|failure| panic!("{:#}", failure.error))
    }

    /// Writes a recording that was made from the files as they are.
    pub(crate) fn record(&self, program: &Program, mut recording: Recording) {
        let material = self.material();
        let wanted = wanted(program);
        let found = material.find(program).expect("the program");
        recording.sources = found.hashes(&wanted, &material.course);
        material.store().write(program, &recording).expect("a recording");
    }

    /// What is wrong with it, without running anything.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let material = self.material();
        let wanted = press::check::wanted::all(&material);
        let summary = press::check::inspect(&material, &press::check::Scope::whole(), &wanted, None);
        summary.unwrap_or_else(|failure| panic!("{:#}", failure.error)).problems
    }

    /// A folder in it that is not there yet.
    pub(crate) fn out(&self) -> PathBuf {
        self.root().join("target/out")
    }
}

/// What has to be recorded of a program.
pub(crate) fn wanted(program: &Program) -> Wanted {
    let (tracks, scenarios) = (BTreeSet::new(), BTreeSet::new());
    Wanted { program: program.clone(), tracks, scenarios, asked: ("x".to_owned(), 1, 1) }
}

/// The demo.
pub(crate) fn demo() -> Program {
    Program::Demo("01_small/greeting".to_owned())
}

/// The wrong program that the lesson shows.
pub(crate) fn mistake() -> Program {
    Program::Answer {
        exercise: "01_small/say".to_owned(),
        stage: None,
        answer: Answer::Mistake("sender-hears-it-too".to_owned()),
    }
}

/// A lesson in which nothing is wrong, with more text at its end.
pub(crate) fn lesson(more: &str) -> String {
    let filler = "Asha says a word, and Ravi hears it at once. ".repeat(140);
    format!(
        "---\ntitle: \"Small\"\nminutes: 20\nlevel: beginner\nobjectives: [\"say `hello`\", \"hear it\", \"tell them apart\"]\n---\n\n\
         ## A scene\n\n{filler}\n\n{{{{#diagram demo=greeting scenario=hello caption=\"The server speaks `first`\"}}}}\n\n\
         {{{{#trace demo=greeting scenario=hello caption=\"Packet by packet\" detail=whole}}}}\n\n\
         {{{{#hears demo=greeting scenario=hello caption=\"Who hears it\"}}}}\n\n\
         {{{{#code demo=greeting region=greet title=\"A greeting\"}}}}\n\n\
         {{{{#mistake say/sender-hears-it-too}}}}\n\n{{{{#frame 42[\"hello\",{{\"name\":\"asha\"}}]}}}}\n\n\
         {{{{#exercise say}}}}\n\n{{{{#quiz}}}}\n{more}"
    )
}

/// A packet.
pub(crate) fn packet(actor: &str, way: Way, frame: &str, words: &str) -> Entry {
    let what = What::Packet { way, frame: frame.to_owned(), bytes: None, words: words.to_owned() };
    Entry { actor: actor.to_owned(), what, routine: frame.starts_with('0'), marked: false }
}

/// A recording with one scenario.
pub(crate) fn recording(program: &Program, id: &str, runs: Vec<Run>) -> Recording {
    Recording {
        version: VERSION,
        program: program.to_string(),
        role: Role::Server,
        sources: std::collections::BTreeMap::new(),
        cause: None,
        scenarios: vec![Played { id: id.to_owned(), title: "A scenario".to_owned(), runs }],
    }
}

/// What the demo puts on the wire.
pub(crate) fn greeting() -> Recording {
    let open =
        r#"0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
    let entries = vec![
        Entry { actor: "asha".to_owned(), what: What::Opened, routine: false, marked: false },
        packet("asha", Way::FromProgram, open, "the server opens a session"),
        packet("asha", Way::ToProgram, "40", "the client asks to enter /"),
        packet("asha", Way::FromProgram, r#"40{"sid":"def"}"#, "the server lets the client into /"),
        packet("asha", Way::FromProgram, r#"42["hello",{"name":"asha"}]"#, "event \"hello\" with 1 argument"),
    ];
    let tracks = vec![Track::JavaScript, Track::Rust];
    let run = Run { tracks, failed: None, actors: vec!["asha".to_owned()], entries };
    recording(&demo(), "hello", vec![run])
}

fn echo() -> Recording {
    let mut heard =
        packet("asha", Way::FromProgram, r#"42["said",{"text":"hi"}]"#, "event \"said\" with 1 argument");
    heard.marked = true;
    let entries = vec![
        packet("asha", Way::ToProgram, r#"420["say",{"text":"hi"}]"#, "event \"say\" with 1 argument"),
        heard,
    ];
    let run = Run {
        tracks: vec![Track::JavaScript],
        failed: Some("unexpected: said, to asha".to_owned()),
        actors: ["asha", "ravi", "meera"].map(str::to_owned).to_vec(),
        entries,
    };
    recording(&mistake(), "the-others", vec![run])
}
