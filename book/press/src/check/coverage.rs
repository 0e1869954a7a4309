//! Whether every lesson has its chapter, every exercise its card in one lesson, and every demo its reader.

use std::collections::BTreeMap;

use grader::quiz::model::Kind;
use runner::verify::Problem;

use super::{Leaf, Scope, Summary};
use crate::{material::Material, recording::Program, show::Ask};

const SUMMARY: &str = "book/src/SUMMARY.md";

/// `is_unread`: something in the book cannot be understood, so nobody can say that something is missing.
pub(super) fn look(
    material: &Material,
    leaves: &[Leaf<'_>],
    scope: &Scope,
    is_unread: bool,
    summary: &mut Summary,
) {
    let named = |path: &str| material.entries.iter().any(|entry| entry.path.as_os_str() == path);
    for lesson in material.course.lessons().iter().filter(|lesson| scope.has(&lesson.id)) {
        if !named(&format!("{}.md", lesson.id)) {
            let message = format!("the lesson `{}` has exercises and no chapter", lesson.id);
            summary.problems.push(Problem::of_file(SUMMARY, message));
        }
    }
    for entry in std::fs::read_dir(material.book().join("src")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_chapter = std::path::Path::new(&name).extension().is_some_and(|extension| extension == "md");
        let is_meant = is_chapter && scope.has(name.trim_end_matches(".md"));
        if is_meant && !["SUMMARY.md", "404.md"].contains(&name.as_str()) && !named(&name) {
            let message = format!("the chapter `{name}` is in no line of it");
            summary.problems.push(Problem::of_file(SUMMARY, message));
        }
    }
    cards(material, leaves, scope, is_unread, summary);
    quizzes(material, leaves, scope, is_unread, summary);
    let demos = material.demos.values().filter(|(demo, _)| !is_unread && scope.has(demo.lesson()));
    for (demo, _) in demos {
        let program = Program::Demo(demo.id().to_owned());
        let asks = leaves.iter().flat_map(|leaf| &leaf.shown.asks);
        let is_shown = asks.into_iter().any(|(ask, _)| shown(ask) == Some(&program));
        if !is_shown && !asked_about(material, demo.id()) {
            let file = material.course.shown(&demo.yaml());
            let message = "no chapter shows this demo, and no question asks about it; use it, or take it out";
            let message = message.to_owned();
            summary.problems.push(Problem { file, line: 1, column: 1, message });
        }
    }
}

/// Whether a question of a quiz is about a demo.
fn asked_about(material: &Material, demo: &str) -> bool {
    let questions = material.quizzes.iter().flat_map(|loaded| &loaded.questions);
    questions.into_iter().any(|question| matches!(&question.kind, Kind::Hears(hears) if hears.demo == demo))
}

/// The program that a directive shows.
fn shown(ask: &Ask) -> Option<&Program> {
    match ask {
        Ask::Code(code) => Some(&code.program),
        Ask::Trace(picture) | Ask::Diagram(picture) | Ask::Hears(picture) => Some(&picture.program),
        _ => None,
    }
}

/// Each quiz has its place, once: the ids of its questions are anchors of the page.
fn quizzes(material: &Material, leaves: &[Leaf<'_>], scope: &Scope, is_unread: bool, summary: &mut Summary) {
    let mut interviews = 0;
    for leaf in leaves.iter().filter(|leaf| scope.has(leaf.page.chapter.slug())) {
        let mut own = 0;
        for (ask, directive) in &leaf.shown.asks {
            let message = match ask {
                Ask::Quiz if leaf.page.chapter.number().is_none() => {
                    "only a lesson has a quiz of its own; for the interview write `{{#quiz interview}}`"
                }
                Ask::Quiz if own > 0 => "the quiz of this lesson stands twice",
                Ask::Interview if interviews > 0 => "the interview stands twice in the book",
                Ask::Quiz => {
                    own += 1;
                    summary.questions +=
                        material.quiz(leaf.page.chapter.slug()).map_or(0, |loaded| loaded.questions.len());
                    continue;
                }
                Ask::Interview => {
                    interviews += 1;
                    summary.questions += material.interview().count();
                    continue;
                }
                _ => continue,
            };
            summary.problems.push(leaf.problem(directive.line, directive.column, message));
        }
    }
    if !is_unread
        && scope.is_whole()
        && let (0, Some((loaded, _))) = (interviews, material.interview().next())
    {
        let message = "no chapter asks these questions: `{{#quiz interview}}`";
        summary.problems.push(Problem::of_file(material.course.shown(loaded.quiz.path()), message));
    }
}

fn cards(material: &Material, leaves: &[Leaf<'_>], scope: &Scope, is_unread: bool, summary: &mut Summary) {
    let mut places: BTreeMap<&str, Vec<(&Leaf<'_>, u32, u32)>> = BTreeMap::new();
    for leaf in leaves {
        for (ask, directive) in &leaf.shown.asks {
            if let Ask::Exercise(id) = ask {
                places.entry(id).or_default().push((leaf, directive.line, directive.column));
            }
        }
    }
    for exercise in material.course.exercises().filter(|exercise| scope.has(exercise.lesson())) {
        let lesson = exercise.lesson();
        let Some(own) = leaves.iter().find(|leaf| leaf.page.chapter.slug() == lesson) else { continue };
        let cards = places.get(exercise.id()).map_or(&[][..], Vec::as_slice);
        if cards.is_empty() && !is_unread {
            let message = format!("the exercise `{}` has no card: `{{{{#exercise {0}}}}}`", exercise.name());
            own.lacks(summary, 1, message);
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
