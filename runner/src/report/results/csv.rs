//! A class, for spreadsheets: CSV by RFC 4180, UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8.
//!
//! Names come from strangers, and a spreadsheet takes a cell that begins with `=` for a formula. Such a cell gets an
//! apostrophe before it, which spreadsheets take for "this is text" (OWASP, "CSV Injection"). Every text is quoted. Next: `page.rs`.

use super::words::date;
use crate::results::{Class, HardExercise, HardQuestion, Learner, MetMistake, Outline, OutlineExercise};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A row for each learner, with a column for each exercise: `passed`, `tried`, of a project how many stages, or nothing.
pub fn learners(class: &Class, outline: &Outline) -> String {
    let mut table = Table::new();
    let heads = [
        "learner",
        "file",
        "taken",
        "track",
        "exercises_passed",
        "exercises",
        "checks",
        "hints",
        "solutions_seen",
        "questions_answered",
        "questions",
        "right_at_once_percent",
    ];
    let heads = heads.into_iter().chain(outline.exercises.iter().map(|exercise| exercise.id.as_str()));
    table.row(heads.map(text));
    for learner in &class.learners {
        let facts = [
            text(&learner.name),
            text(learner.file.as_deref().unwrap_or_default()),
            text(&date(learner.made_at)),
            text(learner.track.map_or("", |track| track.as_str())),
            learner.exercises.passed.to_string(),
            learner.exercises.of.to_string(),
            learner.checks.to_string(),
            learner.hints.to_string(),
            learner.solutions_seen.to_string(),
            learner.questions.answered.to_string(),
            learner.questions.of.to_string(),
            learner.questions.percent().map_or(String::new(), |percent| percent.to_string()),
        ];
        let states = outline.exercises.iter().map(|exercise| text(&state(learner, exercise)));
        table.row(facts.into_iter().chain(states));
    }
    table.text
}

/// A row for each exercise, stage, question and mistake.
pub fn items(class: &Class) -> String {
    let mut table = Table::new();
    table.row(
        [
            "kind",
            "id",
            "stage",
            "title",
            "learners",
            "right",
            "right_of",
            "right_percent",
            "checks_until_pass",
            "hints",
            "solutions_seen",
        ]
        .into_iter()
        .map(text),
    );
    class.exercises.iter().for_each(|item| table.row(exercise(item)));
    class.questions.iter().for_each(|item| table.row(question(item)));
    class.mistakes.iter().for_each(|item| table.row(mistake(item)));
    table.text
}

fn state(learner: &Learner, exercise: &OutlineExercise) -> String {
    match learner.exercise(&exercise.id) {
        Some(done) if done.done.passed => "passed".to_owned(),
        Some(done) if done.done.tried && !done.stages.is_empty() => {
            let passed = done.stages.iter().filter(|stage| stage.passed).count();
            format!("{passed} of {} stages", done.stages.len())
        }
        Some(done) if done.done.tried => "tried".to_owned(),
        _ => String::new(),
    }
}

fn exercise(item: &HardExercise) -> Vec<String> {
    vec![
        text(if item.stage.is_some() { "stage" } else { "exercise" }),
        text(&item.id),
        text(item.stage.as_deref().unwrap_or_default()),
        text(&item.title),
        item.solved.of.to_string(),
        item.solved.part.to_string(),
        item.solved.of.to_string(),
        item.solved.percent().map_or(String::new(), |percent| percent.to_string()),
        item.checks_until_pass.map_or(String::new(), |checks| checks.to_string()),
        item.hints.to_string(),
        item.solutions_seen.to_string(),
    ]
}

fn question(item: &HardQuestion) -> Vec<String> {
    let mut row = vec![
        text("question"),
        text(&item.id),
        String::new(),
        text(&item.ask),
        item.answered.to_string(),
        item.first_right.part.to_string(),
        item.first_right.of.to_string(),
        item.first_right.percent().map_or(String::new(), |percent| percent.to_string()),
    ];
    row.resize(11, String::new());
    row
}

fn mistake(item: &MetMistake) -> Vec<String> {
    let mut row =
        vec![text("mistake"), text(&item.name), String::new(), String::new(), item.learners.to_string()];
    row.resize(11, String::new());
    row
}

struct Table {
    text: String,
}

impl Table {
    fn new() -> Self {
        Self { text: BYTE_ORDER_MARK.to_string() }
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().collect();
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }
}

/// A cell that is text, and nothing but text.
fn text(cell: &str) -> String {
    // Spreadsheets drop space before they look, and take full-width signs for the plain ones.
    let is_formula =
        cell.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
            || cell.starts_with(['\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, safe) in [
            ("Asha", "\"Asha\""),
            ("Rao, \"A\"", "\"Rao, \"\"A\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("  @SUM(A1)", "\"'  @SUM(A1)\""),
            ("-2", "\"'-2\""),
            ("＝cmd", "\"'＝cmd\""),
            ("\t=x", "\"'\t=x\""),
            ("a=b", "\"a=b\""),
            ("", "\"\""),
        ] {
            assert_eq!(text(cell), safe);
        }
    }
}
