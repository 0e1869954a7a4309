//! What each lesson must have: a whole front matter, its length, a trace, a diagram, a quiz, one `h1`.

use super::{Leaf, Summary};
use crate::show::Ask;

/// Words of own text that a lesson may have.
const WORDS: std::ops::RangeInclusive<usize> = 1_200..=2_200;
/// How many objectives a lesson has.
const OBJECTIVES: std::ops::RangeInclusive<usize> = 3..=5;

/// Whether a directive asks for a certain thing.
type Is = fn(&Ask) -> bool;

pub(super) fn look(leaf: &Leaf<'_>, summary: &mut Summary) {
    let chapter = leaf.page.chapter;
    let outline = chapter.outline();
    for heading in outline.headings.iter().filter(|heading| heading.level == 1 && chapter.front.is_ok()) {
        let (line, column) = heading.place;
        let message = "a second `h1`: the header of the page is made from the front matter";
        summary.problems.push(leaf.problem(line, column, message));
    }
    if chapter.number().is_none() {
        return;
    }
    summary.lessons += 1;
    summary.words += outline.words;
    if !WORDS.contains(&outline.words) {
        let message = format!(
            "the lesson has {} words of its own, and should have {} to {}",
            outline.words,
            WORDS.start(),
            WORDS.end()
        );
        summary.problems.push(leaf.problem(1, 1, message));
    }
    let has = |is: Is| leaf.shown.asks.iter().filter(|(ask, _)| is(ask)).count();
    let kinds: [(&str, Is); 3] = [
        ("{{#trace …}}", |ask| matches!(ask, Ask::Trace(_))),
        ("{{#diagram …}}", |ask| matches!(ask, Ask::Diagram(_))),
        ("{{#quiz}}", |ask| matches!(ask, Ask::Quiz)),
    ];
    for (name, is) in kinds {
        if has(is) == 0 {
            summary.problems.push(leaf.problem(1, 1, format!("the lesson has no `{name}`")));
        }
    }
    front(leaf, summary);
}

fn front(leaf: &Leaf<'_>, summary: &mut Summary) {
    let Ok(front) = &leaf.page.chapter.front else { return };
    let line = |key: &str| {
        let lines = (1..).zip(leaf.page.chapter.text.lines());
        lines.into_iter().find(|(_, line)| line.starts_with(key)).map_or(1, |(number, _)| number)
    };
    let mut problem = |key: &str, message: String| summary.problems.push(leaf.problem(line(key), 1, message));
    if front.minutes.is_none_or(|minutes| minutes == 0) {
        problem("minutes", "the front matter of a lesson needs `minutes`".to_owned());
    }
    if front.level.is_none() {
        problem("level", "the front matter of a lesson needs a `level`".to_owned());
    }
    if !OBJECTIVES.contains(&front.objectives.len()) {
        let message = format!("a lesson has 3 to 5 objectives, not {}", front.objectives.len());
        problem("objectives", message);
    }
    let own = leaf.page.chapter.number();
    for slug in &front.prerequisites {
        let known = leaf.page.material.course.lessons().iter().find(|lesson| lesson.id == *slug);
        match known {
            None => problem("prerequisites", format!("there is no lesson `{slug}`")),
            Some(lesson) if Some(lesson.number) >= own => {
                problem("prerequisites", format!("`{slug}` comes later than this lesson"));
            }
            Some(_) => {}
        }
    }
    let entries = &leaf.page.material.entries;
    if let Some(entry) =
        entries.iter().find(|entry| entry.path.as_os_str() == leaf.page.chapter.path.as_str())
        && entry.name != front.title
    {
        let message = format!("the title is `{}`, and `{}` in SUMMARY.md", front.title, entry.name);
        problem("title", message);
    }
}
