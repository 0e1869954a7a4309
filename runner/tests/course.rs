//! The loader: where a course is, what is in it, in which order, and under which names.

use std::{fs, path::Path};

use grader::scenario::model::Track;
use runner::course::{Answer, Course, CourseError, find_root, nearest};
use tempfile::TempDir;

/// A course of empty files.
fn course(files: &[(&str, &str)]) -> (TempDir, Course) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "").unwrap();
    fs::create_dir(folder.path().join("exercises")).unwrap();
    for (path, text) in files {
        let path = folder.path().join("exercises").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let course = Course::open(folder.path()).unwrap();
    (folder, course)
}

fn ids(course: &Course) -> Vec<&str> {
    course.exercises().map(runner::course::Exercise::id).collect()
}

#[test]
fn the_root_is_found_upwards_and_a_named_one_must_be_one() {
    let (folder, _course) = course(&[("07_rooms/a/exercise.yaml", "")]);
    fs::write(folder.path().join("exercises/Cargo.toml"), "").unwrap();
    let deep = folder.path().join("exercises/07_rooms/a");
    assert_eq!(find_root(None, &deep).unwrap(), folder.path());
    assert_eq!(find_root(Some(folder.path()), Path::new("/")).unwrap(), folder.path());
    let wrong = find_root(Some(Path::new("exercises")), folder.path()).unwrap_err();
    assert!(matches!(wrong, CourseError::NotACourse { .. }), "{wrong}");
}

#[test]
fn without_a_course_around_it_is_the_one_the_runner_was_built_in() {
    let elsewhere = tempfile::tempdir().unwrap();
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    assert_eq!(find_root(None, elsewhere.path()).unwrap(), built_in);
}

#[test]
fn lessons_go_by_number_and_exercises_by_order_txt_then_by_name() {
    let (_folder, course) = course(&[
        ("10_volatile_events/typing/exercise.yaml", ""),
        ("07_rooms/order.txt", "z # last letter first\n\n# a comment\nm\n"),
        ("07_rooms/a/exercise.yaml", ""),
        ("07_rooms/b/exercise.yaml", ""),
        ("07_rooms/m/exercise.yaml", ""),
        ("07_rooms/z/exercise.yaml", ""),
        ("07_rooms/not_yet/main.js", ""),
        ("node_modules/x/exercise.yaml", ""),
        ("src/x/exercise.yaml", ""),
        ("09_presence/README.md", ""),
    ]);
    let wanted = ["07_rooms/z", "07_rooms/m", "07_rooms/a", "07_rooms/b", "10_volatile_events/typing"];
    assert_eq!(ids(&course), wanted);
    let lessons: Vec<_> =
        course.lessons().iter().map(|lesson| (lesson.number, lesson.title.as_str())).collect();
    assert_eq!(lessons, [(7, "Rooms"), (9, "Presence"), (10, "Volatile events")]);
}

#[test]
fn order_txt_may_name_only_what_is_there_and_once() {
    let (folder, _) = course(&[("07_rooms/a/exercise.yaml", "")]);
    for (order, line) in [("a\nb\n", 2), ("\na\na\n", 3)] {
        fs::write(folder.path().join("exercises/07_rooms/order.txt"), order).unwrap();
        let error = Course::open(folder.path()).unwrap_err();
        assert!(error.to_string().starts_with(&format!("exercises/07_rooms/order.txt:{line}: ")), "{error}");
    }
}

#[test]
fn names_paths_and_lessons_are_understood() {
    let (_folder, course) = course(&[
        ("07_rooms/a/exercise.yaml", ""),
        ("07_rooms/twice/exercise.yaml", ""),
        ("08_namespaces/twice/exercise.yaml", ""),
    ]);
    for typed in [
        "a",
        "07_rooms/a",
        "exercises/07_rooms/a/",
        "./exercises/07_rooms/a/main.js",
        "../exercises/07_rooms/a",
    ] {
        assert_eq!(course.find(typed).unwrap().id(), "07_rooms/a", "{typed}");
    }
    assert!(matches!(course.find("twice"), Err(CourseError::Ambiguous { ids, .. }) if ids.len() == 2));
    assert!(matches!(course.find(""), Err(CourseError::Unknown { .. })));
    let select = |typed: &[&str]| {
        let typed: Vec<_> = typed.iter().map(ToString::to_string).collect();
        course.select(&typed).map(|all| all.iter().map(|one| one.id().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(select(&["08_namespaces", "a"]).unwrap(), ["08_namespaces/twice", "07_rooms/a"]);
    assert_eq!(select(&["a", "07_rooms/"]).unwrap(), ["07_rooms/a", "07_rooms/twice"]);
    for lesson in ["7", "07", "rooms", "Rooms"] {
        assert_eq!(select(&[lesson]).unwrap(), select(&["07_rooms"]).unwrap(), "{lesson}");
    }
    assert!(select(&["9"]).is_err());
    assert!(select(&["a", "b"]).is_err());
}

#[test]
fn near_misses_are_suggested_best_first() {
    let names = ["members_only", "count_the_room", "two_rooms_once", "echo"];
    assert_eq!(nearest("member_only", names.into_iter()), ["members_only"]);
    assert_eq!(nearest("Members-Only", names.into_iter()), ["members_only"]);
    assert_eq!(nearest("ehco", names.into_iter()), ["echo"]);
    assert!(nearest("xyz", names.into_iter()).is_empty());
}

#[test]
fn forms_and_answers_come_from_the_folder() {
    let (folder, course) = course(&[
        ("07_rooms/a/exercise.yaml", ""),
        ("07_rooms/a/main.js", ""),
        ("07_rooms/a/answers/starter.js", ""),
        ("07_rooms/a/answers/solution.js", ""),
        ("07_rooms/a/answers/mistakes/zero.js", ""),
        ("07_rooms/a/answers/mistakes/one.js", ""),
        ("07_rooms/a/answers/mistakes/only-rust.rs", ""),
        ("07_rooms/a/answers/also/map.js", ""),
        // The learner has lost `main.rs`; the exercise still exists in Rust.
        ("07_rooms/a/answers/starter.rs", ""),
        ("16_react/page/exercise.yaml", ""),
        ("16_react/page/main.tsx", ""),
        ("22_protocol/frames/exercise.yaml", ""),
        ("22_protocol/frames/frames.txt", ""),
    ]);
    let a = course.find("a").unwrap();
    assert_eq!(a.tracks(), [Track::JavaScript, Track::Rust]);
    assert_eq!(a.edited(Some(Track::Rust)).unwrap(), a.folder().join("main.rs"));
    let answers: Vec<_> = a.answers(Some(Track::JavaScript)).into_iter().map(|(answer, _)| answer).collect();
    let mistake = |id: &str| Answer::Mistake(id.to_owned());
    let also = Answer::Also("map".to_owned());
    assert_eq!(answers, [Answer::Starter, Answer::Solution, also.clone(), mistake("one"), mistake("zero")]);
    let path = a.answer(&also, Some(Track::JavaScript)).unwrap();
    assert_eq!(path, folder.path().join("exercises/07_rooms/a/answers/also/map.js"));
    assert_eq!(
        a.answer(&mistake("two"), Some(Track::JavaScript)).unwrap_err().to_string(),
        "`07_rooms/a` has no mistake `two`; it has `starter`, `solution`, `also:map`, `mistake:one`, `mistake:zero`"
    );
    assert_eq!(
        a.answer(&Answer::Solution, Some(Track::Rust)).unwrap_err().to_string(),
        "`exercises/07_rooms/a/answers/solution.rs` is missing: every exercise has one"
    );

    let page = course.find("page").unwrap();
    assert_eq!(page.tracks(), [Track::JavaScript]);
    assert!(page.is_in(Track::JavaScript) && !page.is_in(Track::Rust));
    let frames = course.find("frames").unwrap();
    assert!(frames.tracks().is_empty() && frames.is_in(Track::Rust));
    assert_eq!(frames.edited(None).unwrap(), frames.folder().join("frames.txt"));
}

#[test]
fn answers_are_typed_as_words() {
    assert_eq!("solution".parse(), Ok(Answer::Solution));
    assert_eq!("mistake:a-b".parse(), Ok(Answer::Mistake("a-b".to_owned())));
    assert_eq!("also:map".parse(), Ok(Answer::Also("map".to_owned())));
    for wrong in ["", "mistake", "mistake:", "also:../x", "also:..", "Starter", "solution:x", "mistake:a\\b"]
    {
        assert!(wrong.parse::<Answer>().is_err(), "{wrong}");
    }
}
