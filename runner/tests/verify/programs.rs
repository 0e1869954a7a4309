//! Programs that come to another verdict than the course says, and programs that cannot run here. Next: `printed.rs`.

use std::{env, fs};

use crate::small_course::{HANDS, PUSH, Said, SmallCourse, node_is_here};

fn answer(name: &str) -> String {
    format!("{HANDS}/answers/{name}.txt")
}

#[test]
fn a_solution_that_fails() {
    let course = SmallCourse::hands();
    course.edit(&answer("solution"), "\n41\n", "\n1\n");
    let (file, line, column, message) = course.problem();
    assert_eq!((file, line, column), (answer("solution"), 1, 1));
    let wanted = "it must pass, but it failed for `shake_hands/closes-the-transport` [{ different: frame, in: whole-talk }: expected 41, actual 1";
    assert!(message.starts_with(wanted), "{message}");
    assert_eq!(course.verify(&[]).counts(), [1, 1, 8]);
}

#[test]
fn a_solution_in_another_style_that_fails() {
    let course = SmallCourse::hands();
    course.write(&answer("also/spaces"), &course.read(&answer("starter")));
    assert_eq!(course.problem().0, answer("also/spaces"));
}

#[test]
fn a_starter_that_passes() {
    let course = SmallCourse::hands();
    let solution = course.read(&answer("solution"));
    course.write(&answer("starter"), &solution);
    course.write(&format!("{HANDS}/frames.txt"), &solution);
    let (file, _, _, message) = course.problem();
    assert_eq!(file, answer("starter"));
    assert!(
        message.starts_with("it must fail for `shake_hands/event-before-connect`, but it passed"),
        "{message}"
    );
}

#[test]
fn a_mistake_that_is_rejected_for_another_cause() {
    let course = SmallCourse::hands();
    course.write(&answer("mistakes/pings-back"), &course.read(&answer("mistakes/closes-the-transport")));
    let (file, line, column, message) = course.problem();
    assert_eq!((file, line, column), (answer("mistakes/pings-back"), 1, 1));
    let wanted =
        "it must fail for `shake_hands/pings-back`, but it failed for `shake_hands/closes-the-transport`";
    assert!(message.starts_with(wanted), "{message}");
    let yaml = format!("{HANDS}/exercise.yaml");
    let (named, _) = course.place(&yaml, "- id: pings-back");
    assert!(message.ends_with(&format!("(named in {yaml}:{named})")), "{message}");
    assert_eq!(course.verify(&[]).counts(), [1, 2, 7]);
}

#[test]
fn a_mistake_that_passes() {
    let course = SmallCourse::hands();
    course.write(&answer("mistakes/pings-back"), &course.read(&answer("solution")));
    assert!(course.problem().3.contains("but it passed"));
}

#[test]
fn what_cannot_run_here_is_skipped_and_never_a_pass() {
    let course = SmallCourse::of(&[PUSH, HANDS]);
    let said = course.verify(&[]);
    assert_eq!((said.exit, said.problems()), (0, Vec::new()), "{}", said.json);
    assert_eq!(said.counts(), [1, 2, 8], "only the frames were proved");
    let skipped: Vec<_> =
        said.json["skipped"].as_array().unwrap().iter().map(|one| &one["exercise"]).collect();
    assert_eq!(skipped, ["01_why_real_time/first_push (javascript)", "01_why_real_time/first_push (rust)"]);
    let needs = said.json["skipped"][0]["needs"].as_str().unwrap();
    assert!(needs.starts_with("Node.js was not found; install Node"), "{needs}");
    let text = course.command(&[]).output().unwrap();
    assert!(
        String::from_utf8(text.stdout).unwrap().contains("skipped  01_why_real_time/first_push (rust): ")
    );

    let strict = Said::of(course.command(&["--json"]).env("REQUIRE_ALL", "1"));
    assert_eq!(strict.exit, 2, "{}", strict.json);
    fs::remove_dir_all(course.path(PUSH)).unwrap();
    course.write("exercises/Cargo.toml", "");
    let whole = Said::of(course.command(&["--json"]).env("REQUIRE_ALL", "1"));
    assert_eq!(whole.exit, 0, "nothing is skipped any more: {}", whole.json);
}

#[test]
fn one_track_alone() {
    let course = SmallCourse::of(&[PUSH, HANDS]);
    let said = course.verify(&["--track", "rust"]);
    let skipped: Vec<_> =
        said.json["skipped"].as_array().unwrap().iter().map(|one| &one["exercise"]).collect();
    assert_eq!(skipped, ["01_why_real_time/first_push (rust)"]);
    assert_eq!(said.counts(), [1, 2, 8], "frames belong to every track");
}

#[test]
fn programs_run_and_must_always_come_to_the_same_verdict() {
    if !node_is_here() {
        return;
    }
    let course = SmallCourse::of(&[PUSH]).with_node();
    fs::remove_dir_all(course.path(&format!("{PUSH}/answers/mistakes"))).unwrap();
    fs::remove_dir_all(course.path(&format!("{PUSH}/answers/also"))).unwrap();
    // Its first two imports, one for each scenario, come to another verdict than the later ones.
    let fickle = "import fs from 'node:fs';\nconst mark = new URL('first', import.meta.url);\n\
        fs.appendFileSync(mark, 'x');\n\
        const first = fs.readFileSync(mark, 'utf8').length <= 2;\n\
        export default function register(io) {\n  io.on('connection', (socket) => {\n    \
        if (first) socket.emit('welcome', { text: 'Good morning!' });\n  });\n}\n";
    let solution = format!("{PUSH}/answers/solution.js");
    course.write(&solution, fickle);

    let args = ["--track", "javascript", "--repeat", "2", "--seed", "5", "--json"];
    let said = Said::of(course.command(&args).env("PATH", env::var_os("PATH").unwrap()));
    assert_eq!(said.exit, 3);
    let problems = said.problems();
    let problem =
        problems.iter().find(|problem| problem.0 == solution).expect("the fickle solution is found");
    let wanted =
        "not always the same: it passed, and then with --seed 6 it failed for `first_push/waits-to-be-asked`";
    assert!(problem.3.starts_with(wanted), "{}", problem.3);
    assert_eq!(said.counts(), [1, 0, 0], "the starter failed for its reason, twice: {}", said.json);
}
