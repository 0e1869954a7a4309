//! `check`: proves that the book is right.

use std::time::Instant;

use anyhow::anyhow;
use clap::Args;
use runner::{
    commands::{Context, look},
    exit::{Exit, Failure},
};

use super::{material, session, several, tell};
use crate::check::{self, Scope, Summary, wanted};

const EXAMPLES: &str = "\
What is proved: the front matter and all directives can be read. Every demo passes in each of its languages, and what it puts \
on the wire is what was recorded. Wrong programs that a lesson shows still fail for their cause. Each question can be \
shown. Each block of code comes from a file that was run, or says why not. Links and anchors inside of the book lead \
somewhere. Every exercise has its card.

How much a lesson has to have follows from its `minutes`: from 20 on 1,200 to 2,200 words, 3 to 5 objectives, a trace, a \
diagram and a quiz; below that 30 to 110 words for each minute, an objective, a trace or a diagram, and a quiz. With \
`unfinished: true` in its front matter a lesson may still lack that: then it is told, and is no problem.

Examples:
  cargo run -p press -- check
      all of the book
  cargo run -p press -- check 7
      one lesson, and what it shows
  cargo run -p press -- check --no-record
      without running anything: a matter of seconds
  cargo run -p press -- check --json
      one line, for other programs";

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArgs {
    /// Lessons by name or number, appendices by name; none: the whole book
    #[arg(value_name = "LESSON")]
    pub lessons: Vec<String>,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// Run nothing: take the recordings as they are, if they are not older than their programs
    #[arg(long)]
    pub no_record: bool,
}

/// Checks it.
pub fn execute(args: &CheckArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let began = Instant::now();
    let material = material(ctx)?;
    let scope = Scope::of(&material, &args.lessons)?;
    let (summary, wanted) = if args.no_record {
        check::inspect_recorded(&material, &scope)?
    } else {
        let wanted = wanted::of(&material, &scope);
        let (came, run_again) = session::compared(ctx, &material, &wanted)?;
        let summary = check::inspect(&material, &scope, &wanted, Some(&came))?;
        (Summary { run_again, ..summary }, wanted)
    };
    if args.json {
        serde_json::to_writer(&mut *ctx.out, &summary).map_err(std::io::Error::from)?;
        writeln!(ctx.out)?;
    } else {
        say(ctx, &summary, wanted.len(), args.no_record, began)?;
    }
    Ok(match (summary.problems.is_empty(), summary.skipped.is_empty()) {
        (false, _) => Exit::Course,
        (true, false) if std::env::var_os("REQUIRE_ALL").is_some_and(|value| value == "1") => {
            Exit::Environment
        }
        (true, _) => Exit::Passed,
    })
}

fn say(
    ctx: &mut Context<'_>,
    summary: &Summary,
    programs: usize,
    no_record: bool,
    began: Instant,
) -> Result<(), Failure> {
    tell(ctx.out, &summary.problems)?;
    let wrong = look::WRONG;
    for skipped in &summary.skipped {
        writeln!(ctx.out, "{wrong}skipped{wrong:#}  {}: {}", skipped.exercise, skipped.needs)?;
    }
    if !summary.unfinished.is_empty() {
        writeln!(ctx.out, "unfinished, and therefore no problem yet:")?;
        tell(ctx.out, &summary.unfinished)?;
    }
    for program in &summary.run_again {
        writeln!(ctx.out, "run again  {program}: beside others it was not as recorded")?;
    }
    let is_quiet = summary.problems.is_empty() && summary.unfinished.is_empty();
    if !(is_quiet && summary.skipped.is_empty() && summary.run_again.is_empty()) {
        writeln!(ctx.out)?;
    }
    writeln!(
        ctx.out,
        "{}, {} of own text\n{} of code ({} unproved, {}), {}, {}, {}, {}\n{}, {}, in {:.1} s",
        several(summary.lessons, "lesson", "lessons"),
        several(summary.words, "word", "words"),
        several(summary.snippets, "block", "blocks"),
        summary.snippets_unproved,
        several(summary.fragments, "fragment", "fragments"),
        several(summary.traces, "trace", "traces"),
        several(summary.diagrams, "diagram", "diagrams"),
        several(summary.questions, "question", "questions"),
        several(summary.broken_links, "broken link", "broken links"),
        several(programs, "program", "programs"),
        if no_record { "not run, their recordings compared with their files" } else { "run and compared" },
        began.elapsed().as_secs_f64(),
    )?;
    if summary.problems.is_empty() {
        return Ok(());
    }
    let problems = several(summary.problems.len(), "problem", "problems");
    Err(Failure::course(anyhow!("{problems}: mend what is named above, and check again")))
}
