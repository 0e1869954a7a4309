//! What `new` writes loads, and nothing is written over.

use runner::course::Course;

use crate::support::Small;

#[test]
fn a_new_exercise_can_be_read_in_full() {
    let small = Small::new();
    let course = Course::open(small.root()).expect("a course");
    let exercise = course.find("say").expect("it is there");
    let loaded = exercise.load().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(loaded.exercise.title, "Say");
    for track in [grader::scenario::model::Track::JavaScript, grader::scenario::model::Track::Rust] {
        assert_eq!(exercise.answers(Some(track)).len(), 6);
    }
    assert!(small.read("exercises/Cargo.toml").contains("path = \"01_small/say/main.rs\""));
    assert_eq!(small.read("exercises/01_small/order.txt"), "say\n");
    let problems = runner::verify::inspect(&course, &[(exercise.clone(), loaded)], None, false);
    assert_eq!(problems, []);
    assert!(press::new::exercise(&course, "01_small/say", None).is_err(), "it is there already");
}

#[test]
fn a_new_exercise_in_one_language_has_only_its_files() {
    use grader::scenario::model::Track;
    for (track, own, other) in [(Track::JavaScript, "js", "rs"), (Track::Rust, "rs", "js")] {
        let small = Small::new();
        let before = small.read("exercises/Cargo.toml");
        let course = Course::open(small.root()).expect("a course");
        let written = press::new::exercise(&course, "1/tell", Some(track))
            .unwrap_or_else(|failure| panic!("{:#}", failure.error));
        let extension =
            |path: &std::path::PathBuf| path.extension().and_then(|own| own.to_str()).map(str::to_owned);
        let extensions: Vec<String> = written.iter().filter_map(extension).collect();
        assert_eq!(extensions.iter().filter(|have| *have == own).count(), 7, "{written:?}");
        assert!(!extensions.iter().any(|have| have == other), "{written:?}");
        let mentions = small.read("exercises/Cargo.toml") != before;
        assert_eq!(mentions, track == Track::Rust, "only Rust has a binary");
        let course = Course::open(small.root()).expect("a course");
        let exercise = course.find("tell").expect("it is there");
        let loaded = exercise.load().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(loaded.exercise.tracks, [track]);
        let problems = runner::verify::inspect(&course, &[(exercise.clone(), loaded)], None, false);
        // The other exercise of this course has its binary in the manifest, whichever is looked at.
        assert_eq!(problems, []);
    }
}

#[test]
fn a_quiz_says_what_comes_before_it() {
    let small = Small::new();
    let course = || Course::open(small.root()).expect("a course");
    let refused = |name: &str| format!("{:#}", press::new::quiz(&course(), name).unwrap_err().error);
    assert_eq!(
        refused("2"),
        "there is no lesson 2 yet; write it first: `cargo run -p press -- new lesson 02_NAME`"
    );
    assert_eq!(
        refused("02_more"),
        "there is no lesson `02_more` yet; write it first: `cargo run -p press -- new lesson 02_more`"
    );
    press::new::lesson(&course(), "02_more", None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let wanted = "the lesson `02_more` has no exercise yet, and questions come after one: `cargo run -p press -- new exercise 02_more/NAME`";
    assert_eq!((refused("2"), refused("02_more")), (wanted.to_owned(), wanted.to_owned()));
    press::new::exercise(&course(), "2/again", None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert!(press::new::quiz(&course(), "2").is_ok() && small.root().join("quiz/02_more.yaml").is_file());
}

#[test]
fn a_number_has_one_lesson_and_an_exercise_has_a_lesson() {
    let small = Small::new();
    let before = (small.read("exercises/Cargo.toml"), small.read("book/src/SUMMARY.md"));
    let course = Course::open(small.root()).expect("a course");
    let said = press::new::lesson(&course, "01_seats", None).unwrap_err().error.to_string();
    assert_eq!(said, "the lesson of this number is `01_small`; choose another number for `01_seats`");
    let said = press::new::exercise(&course, "99_typo/sit", None).unwrap_err().error.to_string();
    assert_eq!(
        said,
        "there is no lesson `99_typo` yet; write it first: `cargo run -p press -- new lesson 99_typo`"
    );
    assert!(!small.root().join("exercises/99_typo").exists());
    assert_eq!((small.read("exercises/Cargo.toml"), small.read("book/src/SUMMARY.md")), before);
}

/// What `new` writes is held to the truth, and to no size yet.
#[test]
fn a_new_lesson_is_right_and_unfinished() {
    let small = Small::new();
    let course = Course::open(small.root()).expect("a course");
    press::new::lesson(&course, "02_more", None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let mut recording = crate::support::greeting();
    recording.program = "02_more/greeting".to_owned();
    small.record(&press::recording::Program::Demo("02_more/greeting".to_owned()), recording);
    let problems: Vec<String> = small.problems().iter().map(press::preprocess::told).collect();
    assert_eq!(problems, [""; 0]);
}

#[test]
fn a_new_lesson_has_its_place_and_its_demo() {
    let small = Small::new();
    let course = Course::open(small.root()).expect("a course");
    press::new::lesson(&course, "02_more_of_it", None)
        .unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert!(
        small
            .read("book/src/SUMMARY.md")
            .ends_with("- [Small](01_small.md)\n- [More of it](02_more_of_it.md)\n")
    );
    let material = small.material();
    assert_eq!(material.problems, []);
    let chapter = material.chapter("02_more_of_it").expect("it is there");
    assert_eq!(chapter.front.as_ref().expect("a front matter").prerequisites, ["01_small"]);
    assert!(material.demo("02_more_of_it", "greeting").is_ok());
    assert!(press::new::lesson(&course, "02_more_of_it", None).is_err(), "it is there already");
}
