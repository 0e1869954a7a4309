//! The same story in words alone: no drawing, no colour, no sign that carries meaning.
//!
//! For screen readers, braille lines and logs. Next: [`crate::report::sheet`].

use grader::{
    diagram::{Detail, Diagram},
    scenario::{
        model::{Role, Track},
        stage::AtStage,
    },
    verdict::{Kind, Mismatch, Outcome, ScenarioResult},
};

use super::{failure::capital, story::Story};
use crate::report::{
    excerpt,
    facts::{self, command},
    mark::marked,
    quote::{Step, indentation},
    sheet::{Ink, Sheet},
};

/// Lines that one value may take.
const VALUE_LINES: usize = 8;

/// The exercise, its stage and its track.
pub(super) fn heading(sheet: &mut Sheet, exercise: &str, stage: Option<&AtStage>, track: Option<Track>) {
    let stage = stage.map_or_else(String::new, |stage| format!(", {}", facts::at_stage(stage)));
    let track = track.map_or_else(String::new, |track| format!(", {}", track.as_str()));
    say(sheet, 0, &format!("Exercise {exercise}{stage}{track}."));
}

/// The whole verdict.
pub(super) fn tell(sheet: &mut Sheet, story: &Story) {
    if let Some(mismatch) = &story.verdict.program {
        say(sheet, 0, &format!("failed: {}", facts::headline(mismatch, story.program)));
        asked_and_seen(sheet, story, mismatch);
        printed(sheet, story, &story.verdict.output, mismatch.kind);
    }
    for (index, scenario) in story.verdict.scenarios.iter().enumerate() {
        if Some(index) != story.explained {
            self::scenario(sheet, story, scenario, false);
        }
    }
    if let Some(explained) = story.explained.and_then(|index| story.verdict.scenarios.get(index)) {
        scenario(sheet, story, explained, true);
    }
    if story.verdict.passed() {
        solved(sheet, story);
    } else {
        why(sheet, story);
    }
}

fn say(sheet: &mut Sheet, indent: usize, text: &str) {
    sheet.paragraph(indent, text, Ink::Plain);
}

fn scenario(sheet: &mut Sheet, story: &Story, scenario: &ScenarioResult, in_full: bool) {
    let (title, took) = (&scenario.title, facts::time(scenario.took));
    match &scenario.outcome {
        Outcome::Passed => say(sheet, 0, &format!("passed: {title}, {took}")),
        Outcome::Skipped(needs) => say(sheet, 0, &format!("skipped: {title}; needs {needs}")),
        Outcome::Failed(mismatch) => {
            say(sheet, 0, &format!("failed: {title}, {took}"));
            if mismatch.kind.is_program_level() {
                say(sheet, 2, &format!("{}.", capital(&facts::headline(mismatch, story.program))));
            }
            asked_and_seen(sheet, story, mismatch);
            if in_full {
                scenario.notes.iter().for_each(|note| say(sheet, 2, &format!("note: {note}")));
                happened(sheet, story, scenario, mismatch);
                printed(sheet, story, &scenario.output, mismatch.kind);
            }
        }
    }
}

fn asked_and_seen(sheet: &mut Sheet, story: &Story, mismatch: &Mismatch) {
    if let Some(line) = facts::frame_line(mismatch) {
        say(sheet, 2, &format!("your line: {}, line {line}", story.view.edit_path));
    }
    let at = mismatch.place;
    if at.line > 0 {
        let file = &story.view.yaml_path;
        say(sheet, 2, &format!("asked in: {file}, line {}, column {}", at.line, at.column));
        if let Some(step) = Step::quoted(&story.view.yaml_source, at) {
            let mut lines = step.lines.into_iter().map(|(_, line)| line);
            let first = lines.next().unwrap_or_default();
            say(sheet, 2, &format!("step: {}", first.trim().trim_start_matches("- ")));
            lines.for_each(|line| sheet.paragraph(4 + indentation(&line), line.trim_start(), Ink::Plain));
            if step.more {
                say(sheet, 4, "and so on");
            }
        }
    }
    value(sheet, "expected", &mismatch.expected);
    value(sheet, "actual", &facts::actual(mismatch, &story.verdict.exercise));
    if let Some(place) = facts::difference(mismatch) {
        say(sheet, 2, &format!("differs in: {place}"));
    }
    facts::others(mismatch).for_each(|also| say(sheet, 2, &format!("also: {}", facts::also(also))));
}

fn value(sheet: &mut Sheet, label: &str, text: &str) {
    sheet.hanging((2, ("", Ink::Plain), 0), &[(&format!("{label}: {text}"), Ink::Plain)], VALUE_LINES);
}

fn happened(sheet: &mut Sheet, story: &Story, scenario: &ScenarioResult, mismatch: &Mismatch) {
    let detail = if story.style.verbose { Detail::Whole } else { Detail::Telling };
    let transcript = marked(&scenario.transcript, mismatch);
    let diagram = Diagram::in_detail(&transcript, story.program, detail);
    if diagram.is_empty() {
        return;
    }
    say(sheet, 2, "What happened:");
    for (index, words) in diagram.to_words().iter().enumerate() {
        say(sheet, 4, &format!("{}. {words}", index + 1));
    }
}

fn printed(sheet: &mut Sheet, story: &Story, output: &[String], kind: Kind) {
    let excerpt = excerpt::excerpt(output, kind, &story.verdict.exercise, story.style.verbose);
    if excerpt.lines.is_empty() {
        return;
    }
    let who = if kind == Kind::BuildFailed {
        facts::who_says(story.view).to_owned()
    } else {
        format!("{} printed", capital(story.program))
    };
    say(sheet, 2, &format!("{who}:"));
    excerpt.lines.iter().for_each(|line| say(sheet, 4, line));
    let left_out = excerpt.earlier + excerpt.later;
    if left_out > 0 {
        say(sheet, 2, &format!("Lines left out: {left_out}."));
    }
}

fn solved(sheet: &mut Sheet, story: &Story) {
    let said = facts::solved(story.view, story.verdict);
    say(sheet, 0, &format!("{said} {}.", capital(&facts::counts(story.view, story.verdict))));
    if story.view.answer.is_some() {
        return;
    }
    story.view.whys.iter().for_each(|why| say(sheet, 0, &format!("You saw: {why}")));
    if let Some((stage, goal)) = facts::unlocked(story.view) {
        say(sheet, 0, &format!("Unlocked: {stage}. {goal}"));
        let goal = command::goal(&story.verdict.exercise) + &facts::track_option(story.view);
        sheet.command((0, "Goal: ", 0), &goal);
    }
    if let Some(next) = &story.view.next {
        let check = command::CHECK.to_owned() + &facts::track_option(story.view);
        sheet.command((0, &format!("Next: {next}. Command: "), 0), &check);
    }
}

fn why(sheet: &mut Sheet, story: &Story) {
    let failed = story.verdict.program.is_some() || story.explained.is_some();
    if !failed {
        say(sheet, 0, "Nothing failed, but what is skipped is not passed.");
    }
    if let Some((number, _)) = facts::broken(story.view, story.verdict) {
        say(sheet, 0, &facts::broke(number));
    }
    if let Some(cause) = story.verdict.cause.as_ref().filter(|_| failed) {
        say(sheet, 0, &format!("Likely cause: {}", cause.says));
    }
    if let Some(lesson) = story.view.lesson.as_ref().filter(|_| failed) {
        say(sheet, 0, &format!("Read: {lesson}"));
    }
    if failed {
        let options = facts::options(story.view, story.verdict);
        sheet.command((0, "Goal: ", 0), &(command::goal(&story.verdict.exercise) + &options));
        sheet.command((0, "Hint: ", 0), &(command::hint(&story.verdict.exercise) + &options));
    }
    if let Some(cause) = story.verdict.cause.as_ref().filter(|_| failed) {
        sheet.command((0, "Explain: ", 0), &command::explain(&cause.id));
    }
    say(sheet, 0, &format!("{}.", capital(&facts::counts(story.view, story.verdict))));
    if !story.view.edit_path.is_empty() {
        let verb = if story.view.answer.is_some() { "Graded" } else { "Edit" };
        say(sheet, 0, &format!("{verb}: {}", story.view.edit_path));
    }
    if story.explained.is_some() && story.view.role != Some(Role::Frames) {
        say(sheet, 0, &format!("Repeat with: --seed {}", story.verdict.seed));
    }
}
