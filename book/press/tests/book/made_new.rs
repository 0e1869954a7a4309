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
    let problems = runner::verify::inspect(&course, &[(exercise.clone(), loaded)], false);
    assert_eq!(problems, []);
    assert!(press::new::exercise(&course, "01_small/say").is_err(), "it is there already");
}

#[test]
fn a_new_lesson_has_its_place_and_its_demo() {
    let small = Small::new();
    let course = Course::open(small.root()).expect("a course");
    press::new::lesson(&course, "02_more_of_it").unwrap_or_else(|failure| panic!("{:#}", failure.error));
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
    assert!(press::new::lesson(&course, "02_more_of_it").is_err(), "it is there already");
}
