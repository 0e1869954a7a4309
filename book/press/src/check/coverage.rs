//! Whether every lesson has its chapter, every exercise its card in one lesson, and every demo its reader.

use std::collections::BTreeMap;

use runner::verify::Problem;

use super::{Leaf, Summary};
use crate::{material::Material, recording::Program, show::Ask};

const SUMMARY: &str = "book/src/SUMMARY.md";

pub(super) fn look(material: &Material, leaves: &[Leaf<'_>], summary: &mut Summary) {
    let named = |path: &str| material.entries.iter().any(|entry| entry.path.as_os_str() == path);
    for lesson in material.course.lessons() {
        if !named(&format!("{}.md", lesson.id)) {
            let message = format!("the lesson `{}` has exercises and no chapter", lesson.id);
            summary.problems.push(Problem::of_file(SUMMARY, message));
        }
    }
    for entry in std::fs::read_dir(material.book().join("src")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_chapter = std::path::Path::new(&name).extension().is_some_and(|extension| extension == "md");
        if is_chapter && !["SUMMARY.md", "404.md"].contains(&name.as_str()) && !named(&name) {
            let message = format!("the chapter `{name}` is in no line of it");
            summary.problems.push(Problem::of_file(SUMMARY, message));
        }
    }
    cards(material, leaves, summary);
    for (demo, _) in material.demos.values() {
        let program = Program::Demo(demo.id().to_owned());
        let asks = leaves.iter().flat_map(|leaf| &leaf.shown.asks);
        if !asks.into_iter().any(|(ask, _)| shown(ask) == Some(&program)) {
            let file = material.course.shown(&demo.yaml());
            let message = "no chapter shows this demo; show it, or take it out".to_owned();
            summary.problems.push(Problem { file, line: 1, column: 1, message });
        }
    }
}

/// The program that a directive shows.
fn shown(ask: &Ask) -> Option<&Program> {
    match ask {
        Ask::Code(code) => Some(&code.program),
        Ask::Trace(picture) | Ask::Diagram(picture) | Ask::Hears(picture) => Some(&picture.program),
        _ => None,
    }
}

fn cards(material: &Material, leaves: &[Leaf<'_>], summary: &mut Summary) {
    let mut places: BTreeMap<&str, Vec<(&Leaf<'_>, u32, u32)>> = BTreeMap::new();
    for leaf in leaves {
        for (ask, directive) in &leaf.shown.asks {
            if let Ask::Exercise(id) = ask {
                places.entry(id).or_default().push((leaf, directive.line, directive.column));
            }
        }
    }
    for exercise in material.course.exercises() {
        let lesson = exercise.lesson();
        let Some(chapter) = material.chapter(lesson) else { continue };
        let cards = places.get(exercise.id()).map_or(&[][..], Vec::as_slice);
        if cards.is_empty() {
            let message = format!("the exercise `{}` has no card: `{{{{#exercise {0}}}}}`", exercise.name());
            summary.problems.push(Problem { file: chapter.file(), line: 1, column: 1, message });
        }
        for (leaf, line, column) in cards.iter().skip(1) {
            let message = format!("the card of `{}` stands twice in the book", exercise.name());
            summary.problems.push(leaf.problem(*line, *column, message));
        }
        for (leaf, line, column) in cards.iter().filter(|(leaf, ..)| leaf.page.chapter.slug() != lesson) {
            let message = format!("`{}` is an exercise of `{lesson}`", exercise.name());
            summary.problems.push(leaf.problem(*line, *column, message));
        }
    }
}
