//! A class, in the terminal. Next: `table.rs`.

use std::io::{self, Write};

use super::{
    table::{self, number, text},
    words::{count, date, done, language, median, percent, share},
};
use crate::{
    report::{
        sheet::{Ink, Sheet},
        style::Style,
    },
    results::{Class, HardExercise, HardQuestion, Learner},
};

/// So many of the hardest are named; all of them stand on the page and in the files.
const NAMED: usize = 10;

/// Writes the whole report.
pub fn write(out: &mut dyn Write, style: Style, class: &Class) -> io::Result<()> {
    let mut sheet = Sheet::new(style.columns(), style.charset());
    heading(&mut sheet, &format!("Results of {}", count(class.learners.len() as u64, "learner")));
    learners(&mut sheet, &class.learners, style);
    exercises(&mut sheet, &class.exercises, style);
    questions(&mut sheet, &class.questions, style);
    mistakes(&mut sheet, class, style);
    sheet.blank();
    notes(&mut sheet, class);
    sheet.write(out, style.colour)
}

/// Writes only what a person has to know besides files that were written.
pub fn write_notes(out: &mut dyn Write, style: Style, class: &Class) -> io::Result<()> {
    let mut sheet = Sheet::new(style.columns(), style.charset());
    notes(&mut sheet, class);
    sheet.write(out, style.colour)
}

/// Some results are of another state of the course.
pub(super) fn another_state(class: &Class) -> String {
    let bundles = match class.of_another_state() {
        1 => "1 bundle was".to_owned(),
        many => format!("{many} bundles were"),
    };
    format!(
        "{bundles} made with another state of the course: what is only in one of the two counts as not done."
    )
}

fn heading(sheet: &mut Sheet, words: &str) {
    sheet.blank();
    sheet.line(0, &[(words, Ink::Strong)]);
}

fn learners(sheet: &mut Sheet, learners: &[Learner], style: Style) {
    let columns = [
        text("learner", 0),
        text("track", 5),
        number("exercises", 0),
        number("checks", 2),
        number("hints", 3),
        number("solutions seen", 4),
        number("questions", 1),
        number("right at once", 1),
        text("taken", 6),
    ];
    let row = |learner: &Learner| {
        vec![
            learner.name.clone(),
            language(learner.track).to_owned(),
            done(learner.exercises),
            learner.checks.to_string(),
            learner.hints.to_string(),
            learner.solutions_seen.to_string(),
            format!("{} of {}", learner.questions.answered, learner.questions.of),
            percent(learner.questions.percent()),
            date(learner.made_at),
        ]
    };
    table::write(sheet, &columns, &learners.iter().map(row).collect::<Vec<_>>(), style.plain);
}

fn exercises(sheet: &mut Sheet, exercises: &[HardExercise], style: Style) {
    if exercises.is_empty() {
        return;
    }
    heading(sheet, &of_all("Exercises, the hardest first", exercises.len()));
    let columns = [
        text("exercise", 0),
        number("solved", 0),
        number("checks to pass", 1),
        number("hints", 2),
        number("solutions seen", 3),
    ];
    let row = |exercise: &HardExercise| {
        // As one would type it.
        let name = exercise.id.split_once('/').map_or(exercise.id.as_str(), |(_, name)| name);
        let stage = exercise.stage.as_ref().map_or(String::new(), |stage| format!(" at {stage}"));
        vec![
            format!("{name}{stage}"),
            share(exercise.solved),
            median(exercise.checks_until_pass),
            exercise.hints.to_string(),
            exercise.solutions_seen.to_string(),
        ]
    };
    let rows: Vec<_> = exercises.iter().take(NAMED).map(row).collect();
    table::write(sheet, &columns, &rows, style.plain);
}

fn questions(sheet: &mut Sheet, questions: &[HardQuestion], style: Style) {
    if questions.is_empty() {
        return;
    }
    heading(sheet, &of_all("Questions, the hardest first", questions.len()));
    let columns = [text("question", 0), number("right at once", 0), text("lesson", 1), text("id", 2)];
    let row = |question: &HardQuestion| {
        vec![
            question.ask.clone(),
            share(question.first_right),
            question.lesson.clone().unwrap_or_else(|| "interview".to_owned()),
            question.id.clone(),
        ]
    };
    let rows: Vec<_> = questions.iter().take(NAMED).map(row).collect();
    table::write(sheet, &columns, &rows, style.plain);
}

fn mistakes(sheet: &mut Sheet, class: &Class, style: Style) {
    if class.mistakes.is_empty() {
        return;
    }
    heading(sheet, &of_all("Mistakes that most have met", class.mistakes.len()));
    let rows: Vec<_> = class
        .mistakes
        .iter()
        .take(NAMED)
        .map(|mistake| vec![mistake.name.clone(), mistake.learners.to_string()])
        .collect();
    table::write(sheet, &[text("mistake", 0), number("learners", 0)], &rows, style.plain);
}

/// `Questions, the hardest first: 10 of 34`; nothing more when all are shown.
fn of_all(words: &str, all: usize) -> String {
    if all > NAMED { format!("{words}: {NAMED} of {all}") } else { words.to_owned() }
}

fn notes(sheet: &mut Sheet, class: &Class) {
    if class.of_another_state() > 0 {
        sheet.paragraph(0, &another_state(class), Ink::Plain);
    }
    if !class.left_out.is_empty() {
        heading(sheet, "Files that were left out");
        for file in &class.left_out {
            let word = if file.refused { "refused" } else { "old" };
            sheet.paragraph(2, &format!("{word}: {}: {}", file.file, file.why), Ink::Plain);
        }
    }
    if class.other_files > 0 {
        sheet.blank();
        let files = match class.other_files {
            1 => "1 file does not end in .json and was not looked at".to_owned(),
            many => format!("{many} files do not end in .json and were not looked at"),
        };
        sheet.paragraph(0, &files, Ink::Faint);
    }
}
