//! New files for a teacher to change: they load, they pass, and they say what belongs where. Next: [`crate::check`].

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use grader::scenario::model::Track;
use runner::{course::Course, exit::Failure};

use crate::manuscript::Chapter;

/// The files of an exercise, below its folder.
const EXERCISE: [(&str, &str); 13] = [
    ("exercise.yaml", include_str!("../templates/exercise/exercise.yaml")),
    ("answers/starter.js", include_str!("../templates/exercise/starter.js")),
    ("answers/starter.rs", include_str!("../templates/exercise/starter.rs")),
    ("answers/solution.js", include_str!("../templates/exercise/solution.js")),
    ("answers/solution.rs", include_str!("../templates/exercise/solution.rs")),
    ("answers/also/own_list.js", include_str!("../templates/exercise/also/own_list.js")),
    ("answers/also/own_list.rs", include_str!("../templates/exercise/also/own_list.rs")),
    (
        "answers/mistakes/sender-hears-it-too.js",
        include_str!("../templates/exercise/mistakes/sender-hears-it-too.js"),
    ),
    (
        "answers/mistakes/sender-hears-it-too.rs",
        include_str!("../templates/exercise/mistakes/sender-hears-it-too.rs"),
    ),
    (
        "answers/mistakes/nobody-hears-it.js",
        include_str!("../templates/exercise/mistakes/nobody-hears-it.js"),
    ),
    (
        "answers/mistakes/nobody-hears-it.rs",
        include_str!("../templates/exercise/mistakes/nobody-hears-it.rs"),
    ),
    ("answers/mistakes/no-answer.js", include_str!("../templates/exercise/mistakes/no-answer.js")),
    ("answers/mistakes/no-answer.rs", include_str!("../templates/exercise/mistakes/no-answer.rs")),
];
/// The files of a demo.
const DEMO: [(&str, &str); 3] = [
    ("demo.yaml", include_str!("../templates/demo/demo.yaml")),
    ("main.js", include_str!("../templates/demo/main.js")),
    ("main.rs", include_str!("../templates/demo/main.rs")),
];
const LESSON: &str = include_str!("../templates/lesson.md");
const QUIZ: &str = include_str!("../templates/quiz.yaml");

/// A new exercise of a lesson, in one track or in both; answers what was written.
pub fn exercise(course: &Course, id: &str, only: Option<Track>) -> Result<Vec<PathBuf>, Failure> {
    let (lesson, name) = id.split_once('/').ok_or_else(|| {
        Failure::usage(anyhow!("an exercise is named with its lesson, such as `07_rooms/count_the_room`"))
    })?;
    let lesson = &slug_of(course, lesson)?;
    is_name(name)?;
    if course.headings(lesson)?.is_none() && !course.lessons().iter().any(|have| have.id == *lesson) {
        return Err(Failure::usage(anyhow!(
            "there is no lesson `{lesson}` yet; write it first: `cargo run -p press -- new lesson {lesson}`"
        )));
    }
    if course.exercises().any(|exercise| exercise.name() == name) {
        return Err(Failure::usage(anyhow!("there is an exercise `{name}` already; choose another name")));
    }
    let root = course.root();
    let folder = root.join("exercises").join(lesson).join(name);
    let mut written = write_all(&folder, &EXERCISE, name, only)?;
    for extension in ["js", "rs"].into_iter().filter(|extension| is_in(extension, only)) {
        let main = folder.join(format!("main.{extension}"));
        fs::copy(folder.join(format!("answers/starter.{extension}")), &main)
            .map_err(|error| cannot(&main, error))?;
        written.push(main);
    }
    if is_in("rs", only) {
        let manifest = root.join("exercises/Cargo.toml");
        let bin = format!("\n[[bin]]\nname = \"{name}\"\npath = \"{lesson}/{name}/main.rs\"\ntest = false\n");
        append(&manifest, &bin)?;
        written.push(manifest);
    }
    let order = folder.with_file_name("order.txt");
    if order.is_file() {
        append(&order, &format!("{name}\n"))?;
        written.push(order);
    }
    Ok(written)
}

/// A new lesson `NN_slug` with a demo, in one track or in both; answers what was written.
pub fn lesson(course: &Course, slug: &str, only: Option<Track>) -> Result<Vec<PathBuf>, Failure> {
    is_slug(slug)?;
    let root = course.root();
    let chapter = root.join("book/src").join(format!("{slug}.md"));
    if chapter.exists() {
        return Err(Failure::usage(anyhow!("there is a lesson `{slug}` already; choose another name")));
    }
    // `07_`: two lessons of one number could not be told apart by it.
    let chapters = crate::material::chapters(root);
    let known =
        chapters.iter().map(Chapter::slug).chain(course.lessons().iter().map(|lesson| lesson.id.as_str()));
    if let Some(taken) = known.into_iter().find(|have| *have != slug && have.starts_with(&slug[..3])) {
        return Err(Failure::usage(anyhow!(
            "the lesson of this number is `{taken}`; choose another number for `{slug}`"
        )));
    }
    let words = in_words(slug.split_once('_').map_or(slug, |(_, words)| words));
    let before = course.lessons().iter().rev().find(|lesson| lesson.id.as_str() < slug);
    let before = before.map_or("", |lesson| lesson.id.as_str());
    let text = LESSON.replace("NAME_IN_WORDS", &words).replace("PREREQUISITE", before);
    let text = text.replace("DEMO", "greeting").replace("SLUG", slug);
    let demo = root.join("book/demos").join(slug).join("greeting");
    let mut written = write_all(&demo, &DEMO, "greeting", only)?;
    write(&chapter, &text)?;
    written.push(chapter);
    let summary = root.join("book/src/SUMMARY.md");
    let old = fs::read_to_string(&summary).map_err(|error| cannot(&summary, error))?;
    write_over(&summary, &with_chapter(&old, slug, &words))?;
    written.push(summary);
    Ok(written)
}

/// A quiz for a lesson that is there; answers what was written.
pub fn quiz(course: &Course, slug: &str) -> Result<Vec<PathBuf>, Failure> {
    let slug = slug_of(course, slug)?;
    let slug = slug.as_str();
    let refused = |message: String| Err(Failure::usage(anyhow!(message)));
    let Some(headings) = course.headings(slug)? else {
        return refused(format!(
            "there is no lesson `{slug}` yet; write it first: `cargo run -p press -- new lesson {slug}`"
        ));
    };
    if !course.lessons().iter().any(|lesson| lesson.id == slug) {
        return refused(format!(
            "the lesson `{slug}` has no exercise yet, and questions come after one: `cargo run -p press -- new exercise {slug}/NAME`"
        ));
    }
    let Some(first) = headings.first() else {
        return refused(format!(
            "`book/src/{slug}.md` has no heading that a question could rest on; write it first"
        ));
    };
    let path = course.root().join("quiz").join(format!("{slug}.yaml"));
    if path.exists() {
        return refused(format!("`{}` is there already; add questions to it", course.shown(&path)));
    }
    // An id is unique in the course, and keeps its name when the lesson gets another number.
    let name = slug.split_once('_').map_or(slug, |(_, name)| name);
    let text = QUIZ.replace("LESSON/NAME_OF_DEMO", &format!("{slug}/NAME"));
    let text = text.replace("NAME_", &format!("{name}_")).replace("SECTION", &first.id);
    write(&path, &text)?;
    Ok(vec![path])
}

/// The summary with one more lesson: behind the last one that comes before it, else before the first one, else before what stands
/// behind a line.
fn with_chapter(summary: &str, slug: &str, title: &str) -> String {
    let line = format!("- [{title}]({slug}.md)");
    let is_lesson = |text: &str| text.starts_with("- [") && text.ends_with(".md)");
    let path = |text: &str| text.rsplit_once('(').map_or(String::new(), |(_, path)| path.to_owned());
    let lines: Vec<&str> = summary.lines().collect();
    let own = format!("{slug}.md)");
    let after = lines.iter().rposition(|text| is_lesson(text) && path(text) < own);
    let first = lines.iter().position(|text| is_lesson(text));
    let end = lines.iter().position(|text| text.trim_end() == "---");
    let at = after.map(|at| at + 1).or(first).or(end).unwrap_or(lines.len());
    let stands_alone = after.or(first).is_none() && end.is_some();
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    drop(lines.splice(at..at, std::iter::once(line).chain(stands_alone.then(String::new))));
    lines.join("\n") + "\n"
}

/// The lesson that is meant: one that is there, by its name or number, or a new `NN_slug`.
fn slug_of(course: &Course, typed: &str) -> Result<String, Failure> {
    if is_slug(typed).is_ok() {
        return Ok(typed.to_owned());
    }
    if let Ok(lesson) = course.lesson_named(typed) {
        return Ok(lesson.id.clone());
    }
    // A lesson without exercises has only its chapter.
    let number: Option<u32> = typed.parse().ok();
    let chapters = crate::material::chapters(course.root());
    let chapter = chapters.iter().find(|chapter| number.is_some() && chapter.number() == number);
    match (chapter, number) {
        (Some(chapter), _) => Ok(chapter.slug().to_owned()),
        (None, Some(number)) => Err(Failure::usage(anyhow!(
            "there is no lesson {number} yet; write it first: `cargo run -p press -- new lesson {number:02}_NAME`"
        ))),
        (None, None) => is_slug(typed).map(|()| typed.to_owned()),
    }
}

/// Whether a file with this extension belongs to the tracks that are asked for. Those of no language always do.
fn is_in(extension: &str, only: Option<Track>) -> bool {
    match extension {
        "js" => only.is_none_or(|only| only == Track::JavaScript),
        "rs" => only.is_none_or(|only| only == Track::Rust),
        _ => true,
    }
}

fn write_all(
    folder: &Path,
    files: &[(&str, &str)],
    name: &str,
    only: Option<Track>,
) -> Result<Vec<PathBuf>, Failure> {
    if folder.exists() {
        return Err(Failure::usage(anyhow!("`{}` is there already; choose another name", folder.display())));
    }
    let words = in_words(name);
    let mut written = Vec::new();
    for (path, text) in files {
        if !is_in(path.rsplit('.').next().unwrap_or_default(), only) {
            continue;
        }
        let path = folder.join(path);
        let mut text = text.replace("NAME_IN_WORDS", &words);
        if let Some(only) = only {
            text = text.replace("tracks: [javascript, rust]", &format!("tracks: [{}]", only.as_str()));
        }
        write(&path, &text)?;
        written.push(path);
    }
    Ok(written)
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| cannot(folder, error))?;
    }
    let mut file = fs::File::create_new(path).map_err(|error| cannot(path, error))?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| cannot(path, error))
}

fn write_over(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| cannot(path, error))
}

fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let mut old = fs::read_to_string(path).map_err(|error| cannot(path, error))?;
    if !old.is_empty() && !old.ends_with('\n') {
        old.push('\n');
    }
    write_over(path, &(old + text))
}

fn cannot(path: &Path, error: io::Error) -> Failure {
    let error = Err::<(), _>(error).with_context(|| format!("cannot write `{}`", path.display()));
    Failure::environment(error.err().unwrap_or_else(|| anyhow!("cannot write")))
}

fn is_slug(slug: &str) -> Result<(), Failure> {
    let number = slug.split_once('_').map_or("", |(number, _)| number);
    if number.len() == 2 && number.chars().all(|c| c.is_ascii_digit()) && is_plain(slug) {
        return Ok(());
    }
    Err(Failure::usage(anyhow!("a lesson is named `NN_slug`, such as `24_more_rooms`, and not `{slug}`")))
}

fn is_name(name: &str) -> Result<(), Failure> {
    if is_plain(name) && name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Ok(());
    }
    Err(Failure::usage(anyhow!(
        "a name is lower-case words joined by `_`, such as `count_the_room`, and not `{name}`"
    )))
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.ends_with('_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// `count_the_room` → `Count the room`
fn in_words(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_finds_its_place_in_the_summary() {
        let summary = "# Summary\n\n- [A](01_a.md)\n- [C](03_c.md)\n\n---\n\n[End](appendix_end.md)\n";
        let lines =
            |slug: &str| with_chapter(summary, slug, "B").lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines("02_b")[3], "- [B](02_b.md)");
        assert_eq!(lines("24_b")[4], "- [B](24_b.md)");
        assert_eq!(lines("00_b")[2], "- [B](00_b.md)");
        let empty = "# Summary\n\n[Start](index.md)\n\n---\n\n[End](appendix_end.md)\n";
        assert_eq!(
            with_chapter(empty, "01_b", "B"),
            "# Summary\n\n[Start](index.md)\n\n- [B](01_b.md)\n\n---\n\n[End](appendix_end.md)\n"
        );
    }

    #[test]
    fn names_are_checked() {
        assert!(is_slug("24_more_rooms").is_ok() && is_name("count_the_room").is_ok());
        for wrong in ["rooms", "7_rooms", "24_", "24_Rooms", "24_a/b", "../24_a"] {
            assert!(is_slug(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "Count", "a-b", "a/b", "1a"] {
            assert!(is_name(wrong).is_err(), "{wrong}");
        }
        assert_eq!(in_words("count_the_room"), "Count the room");
    }
}
