//! What each lesson must have: a whole front matter, the length that its minutes ask for, a trace, a diagram, a quiz, one `h1`.

use runner::{course::nearest, verify::Size};

use super::{Leaf, Summary};
use crate::{material::Material, show::Ask};

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
    front(leaf, summary);
    // What cannot be read is not missing; and the size follows from the front matter.
    if leaf.shown.is_unread || chapter.front.is_err() {
        return;
    }
    let size = size(leaf);
    if !size.words.contains(&outline.words) {
        let message = format!(
            "the lesson has {} words of its own, and should have {} to {}{}",
            outline.words,
            size.words.start(),
            size.words.end(),
            size.why()
        );
        leaf.lacks(summary, 1, message);
    }
    let has = |is: Is| leaf.shown.asks.iter().filter(|(ask, _)| is(ask)).count();
    let kinds: [(&str, Is); 3] = [
        ("{{#trace …}}", |ask| matches!(ask, Ask::Trace(_))),
        ("{{#diagram …}}", |ask| matches!(ask, Ask::Diagram(_))),
        ("{{#quiz}}", |ask| matches!(ask, Ask::Quiz)),
    ];
    let has_picture = kinds.iter().take(2).any(|(_, is)| has(*is) > 0);
    for (at, (name, is)) in kinds.into_iter().enumerate() {
        // A short lesson shows the packets in one way, if not in both.
        let is_enough = at < 2 && size.minutes.is_some() && has_picture;
        if has(is) == 0 && !is_enough {
            leaf.lacks(summary, 1, format!("the lesson has no `{name}`"));
        }
    }
}

/// How much the lesson has to have.
fn size(leaf: &Leaf<'_>) -> Size {
    Size::of(leaf.page.chapter.front.as_ref().ok().and_then(|front| front.minutes))
}

/// The lessons with their numbers: those with a chapter, and those with exercises. A new one has no exercise yet.
fn lessons(material: &Material) -> impl Iterator<Item = (&str, u32)> {
    let chapters = material.chapters.iter().filter_map(|chapter| Some((chapter.slug(), chapter.number()?)));
    chapters.chain(material.course.lessons().iter().map(|lesson| (lesson.id.as_str(), lesson.number)))
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
    let own = leaf.page.chapter.number();
    for slug in &front.prerequisites {
        match lessons(leaf.page.material).find(|(have, _)| *have == slug) {
            None => {
                let near = nearest(slug, lessons(leaf.page.material).map(|(have, _)| have));
                let near = near.first().map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                problem("prerequisites", format!("there is no lesson `{slug}`{near}"));
            }
            Some((_, number)) if Some(number) >= own => {
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
    let size = size(leaf);
    if !size.objectives.contains(&front.objectives.len()) {
        let (least, most) = (size.objectives.start(), size.objectives.end());
        let message = format!(
            "a lesson has {least} to {most} objectives, not {}{}",
            front.objectives.len(),
            size.why()
        );
        leaf.lacks(summary, line("objectives"), message);
    }
    if front.unfinished {
        let message = "the lesson is unfinished; when it is written, take this line out";
        leaf.lacks(summary, line("unfinished"), message);
    }
}
