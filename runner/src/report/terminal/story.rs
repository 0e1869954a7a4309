//! The order in which a verdict is told.
//!
//! The scenarios come first, the one that the cause explains last among them, so that its picture, the cause and
//! the next move stand together at the end, where a reader of a terminal looks. Next: [`super::failure`].

use grader::{
    diagram::Charset,
    scenario::{
        model::{Role, Track},
        stage::AtStage,
    },
    verdict::{Mismatch, Outcome, ScenarioResult, Verdict},
};

use super::failure;
use crate::report::{
    ExerciseView,
    facts::{self, command},
    sheet::{Ink, Sheet},
    style::Style,
};

/// The labels of the last block stand in a column so wide.
pub(super) const LABELS: usize = 14;

/// All that is told, and how.
pub(super) struct Story<'a> {
    pub(super) view: &'a ExerciseView,
    pub(super) verdict: &'a Verdict,
    pub(super) style: Style,
    /// `your server`, `your client`
    pub(super) program: &'static str,
    /// The scenario that is shown in full.
    pub(super) explained: Option<usize>,
}

/// The signs before scenarios. Each comes with words or a place that say the same.
struct Signs {
    passed: &'static str,
    failed: &'static str,
    skipped: &'static str,
}

const fn signs(charset: Charset) -> Signs {
    match charset {
        Charset::Unicode => Signs { passed: "✓", failed: "✗", skipped: "○" },
        Charset::Ascii => Signs { passed: "+", failed: "X", skipped: "o" },
    }
}

/// The exercise, its stage and its track.
pub(super) fn heading(sheet: &mut Sheet, exercise: &str, stage: Option<&AtStage>, track: Option<Track>) {
    let track = track.map_or("", Track::as_str);
    sheet.title(0, [("", Ink::Plain), (exercise, Ink::Strong)], track);
    if let Some(stage) = stage {
        sheet.paragraph(0, &facts::at_stage(stage), Ink::Plain);
    }
    sheet.line(0, &[]);
}

impl<'a> Story<'a> {
    pub(super) fn new(view: &'a ExerciseView, verdict: &'a Verdict, style: Style) -> Self {
        let program = facts::program(view, verdict);
        Self { view, verdict, style, program, explained: facts::explained(verdict) }
    }

    pub(super) fn tell(&self, sheet: &mut Sheet) {
        if let Some(mismatch) = &self.verdict.program {
            self.program_failed(sheet, mismatch);
        }
        for (index, scenario) in self.verdict.scenarios.iter().enumerate() {
            if Some(index) != self.explained {
                self.scenario(sheet, scenario);
            }
        }
        if let Some(scenario) = self.explained.and_then(|index| self.verdict.scenarios.get(index)) {
            self.scenario(sheet, scenario);
        }
        sheet.blank();
        if self.verdict.passed() {
            self.solved(sheet);
        } else {
            self.why(sheet);
        }
        sheet.blank();
        self.footer(sheet);
    }

    /// How far details are indented.
    pub(super) fn indent(&self) -> usize {
        if self.style.columns() < 60 { 2 } else { 4 }
    }

    fn program_failed(&self, sheet: &mut Sheet, mismatch: &Mismatch) {
        let sign = signs(sheet.charset()).failed;
        let headline = facts::headline(mismatch, self.program);
        sheet.title(2, [(sign, Ink::Bad), (&headline, Ink::Strong)], "");
        sheet.blank();
        failure::where_it_was_asked(sheet, self, mismatch);
        failure::expected_and_actual(sheet, self, mismatch);
        failure::printed(sheet, self, &self.verdict.output, mismatch.kind);
        sheet.blank();
    }

    fn scenario(&self, sheet: &mut Sheet, scenario: &ScenarioResult) {
        let signs = signs(sheet.charset());
        let took = facts::time(scenario.took);
        match &scenario.outcome {
            Outcome::Passed => {
                sheet.title(2, [(signs.passed, Ink::Good), (&scenario.title, Ink::Plain)], &took);
            }
            Outcome::Skipped(needs) => {
                sheet.title(2, [(signs.skipped, Ink::Faint), (&scenario.title, Ink::Faint)], "skipped");
                sheet.paragraph(4, &format!("needs {needs}"), Ink::Faint);
            }
            Outcome::Failed(mismatch) => {
                sheet.title(2, [(signs.failed, Ink::Bad), (&scenario.title, Ink::Strong)], &took);
                if self
                    .explained
                    .is_some_and(|index| std::ptr::eq(&raw const self.verdict.scenarios[index], scenario))
                {
                    failure::in_full(sheet, self, scenario, mismatch);
                } else {
                    failure::in_short(sheet, self, mismatch);
                }
            }
        }
    }

    /// A program is solved: what it showed, and where to go.
    fn solved(&self, sheet: &mut Sheet) {
        let indent = self.indent();
        sheet.paragraph(indent, &facts::solved(self.view, self.verdict), Ink::Good);
        if self.view.answer.is_some() {
            return;
        }
        sheet.blank();
        let mut label = "You saw";
        for why in &self.view.whys {
            sheet.item((indent, label, LABELS), why);
            label = "";
        }
        if let Some((stage, goal)) = facts::unlocked(self.view) {
            sheet.field((indent, "Unlocked", LABELS), &stage, Ink::Strong, usize::MAX);
            sheet.field((indent, "", LABELS), &goal, Ink::Plain, usize::MAX);
            let goal = command::goal(&self.verdict.exercise) + &facts::track_option(self.view);
            sheet.command((indent, "Goal", LABELS), &goal);
        }
        if let Some(next) = &self.view.next {
            let check = command::CHECK.to_owned() + &facts::track_option(self.view);
            let text = format!("{next}   ·   {check}");
            let fits = indent + LABELS + text.chars().count() <= sheet.columns();
            let first = if fits { &text } else { next };
            sheet.field((indent, "Next", LABELS), first, Ink::Plain, usize::MAX);
            if !fits {
                sheet.command((indent, "", LABELS), &check);
            }
        }
    }

    /// Why it failed and what to do about it.
    fn why(&self, sheet: &mut Sheet) {
        let indent = self.indent();
        let failed = self.verdict.program.is_some() || self.explained.is_some();
        if !failed {
            let text = "Nothing failed, but what is skipped is not passed.";
            sheet.paragraph(indent, text, Ink::Plain);
            return;
        }
        if let Some((number, _)) = facts::broken(self.view, self.verdict) {
            sheet.paragraph(indent, &facts::broke(number), Ink::Strong);
        }
        if let Some(cause) = &self.verdict.cause {
            sheet.field((indent, "Likely cause", LABELS), &cause.says, Ink::Plain, usize::MAX);
        }
        if let Some(lesson) = &self.view.lesson {
            sheet.field((indent, "Read", LABELS), lesson, Ink::Plain, usize::MAX);
        }
        let options = facts::options(self.view, self.verdict);
        sheet.command((indent, "Goal", LABELS), &(command::goal(&self.verdict.exercise) + &options));
        sheet.command((indent, "Hint", LABELS), &(command::hint(&self.verdict.exercise) + &options));
        if let Some(cause) = &self.verdict.cause {
            sheet.command((indent, "Explain", LABELS), &command::explain(&cause.id));
        }
    }

    fn footer(&self, sheet: &mut Sheet) {
        let counts = facts::counts(self.view, self.verdict);
        let verb = if self.view.answer.is_some() { "graded" } else { "edit" };
        let edit = format!("{verb} {}", self.view.edit_path);
        let seed = format!("repeat with --seed {}", self.verdict.seed);
        let passed = self.verdict.passed();
        let mut pieces = vec![(counts.as_str(), if passed { Ink::Good } else { Ink::Strong })];
        if !passed && !self.view.edit_path.is_empty() {
            pieces.push((&edit, Ink::Plain));
        }
        // Frames are compared with a text: no name and no order changes from run to run.
        if !passed && self.explained.is_some() && self.view.role != Some(Role::Frames) {
            pieces.push((&seed, Ink::Faint));
        }
        sheet.joined(0, &pieces);
    }
}
