//! `progress export`: a bundle of one's results. Next: `import.rs`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::Args;

use super::{
    super::{Context, now, target::Target, typed},
    whose,
};
use crate::{
    bundle::{Bundle, CourseMark, file_name},
    exit::{Exit, Failure},
    progress::{Change, Store},
};

const EXAMPLES: &str = "\
In the file: your name as you give it, your track, which course it is; for each
exercise and each stage when it passed, how many checks it took, how many hints you
took, and whether you looked at the solution before; for each question how often you
were right and wrong, your first and last answer with their times, and when it comes
back. Mistakes with a name that you met are among the questions. Nothing else: no
paths, no user name, nothing of your programs.

A checksum in it tells of a file that was damaged or edited by accident. It is no
proof against cheating.

Examples:
  cargo run -p runner progress export                       asks for your name
  cargo run -p runner progress export --name \"Asha Rao\"     socketlings-asha-rao.json
  cargo run -p runner progress export asha.json             into this file
  cargo run -p runner progress export - | less              only look at it";

/// What is said before a name is asked for.
const IN_IT: &str = "\
The file will hold your name, your track, and what you did of each exercise and question.
It holds no paths, no user name and nothing of your programs.
";

/// Arguments of `progress export`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExportArgs {
    /// The file; none: named after you, in this folder; `-`: print it
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Your name, as your teacher knows it; it is remembered
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Replace a file that is there
    #[arg(long, short)]
    pub force: bool,
}

/// Writes the bundle.
pub(super) fn execute(args: &ExportArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let kept = Store::at(course.root()).read();
    if let Some(notice) = kept.notices.first() {
        return Err(Failure::environment(anyhow!("nothing was exported: {notice}")));
    }
    if ctx.terminal.interactive && args.name.is_none() {
        writeln!(ctx.err, "{IN_IT}")?;
    }
    let name = whose::name(args.name.as_deref(), &kept.progress, ctx)?;
    let typed_file = args.file.clone().unwrap_or_else(|| PathBuf::from(file_name(&name)));
    let target = Target::typed(&typed_file, ctx)?;
    if target.file().is_some() && !args.force && !may_replace(&target, ctx)? {
        return Ok(Exit::NotYet);
    }
    let bundle = Bundle::of(&kept.progress, name, CourseMark::of(&course)?, now());
    let text = bundle.text().context("cannot write the results as JSON").map_err(Failure::environment)?;
    target.write(&text, ctx)?;
    if kept.progress.learner.as_ref() != Some(&bundle.learner) {
        ctx.record(&course, &[Change::Name(bundle.learner.clone())]);
    }
    if !target.is_output() {
        say(&bundle, &target.shown(ctx), ctx)?;
    }
    Ok(Exit::Passed)
}

fn may_replace(target: &Target, ctx: &mut Context<'_>) -> Result<bool, Failure> {
    let shown = target.shown(ctx);
    if !ctx.terminal.interactive {
        return Err(Failure::usage(anyhow!("`{shown}` is there already; `--force` replaces it")));
    }
    let replaces = whose::agrees(&format!("`{shown}` is there already. Replace it?"), ctx)?;
    if !replaces {
        writeln!(ctx.out, "Nothing was written.")?;
    }
    Ok(replaces)
}

fn say(bundle: &Bundle, shown: &str, ctx: &mut Context<'_>) -> Result<(), Failure> {
    let passed = |of: &&crate::bundle::OfExercise| {
        [&of.javascript, &of.rust, &of.other].into_iter().flatten().any(|track| track.passed_at.is_some())
    };
    let exercises = bundle.exercises.values().filter(passed).count();
    let questions = bundle
        .questions
        .iter()
        .filter(|(id, of)| crate::progress::as_cause(id).is_none() && (of.right > 0 || of.wrong > 0));
    writeln!(
        ctx.out,
        "`{shown}` holds the results of {}.\nExercises passed: {exercises}. Questions answered: {}.\n",
        bundle.learner,
        questions.count(),
    )?;
    // What is typed must be one word for the shell.
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '/');
    let file = if shown.chars().all(is_word) && Path::new(shown).is_relative() { shown } else { "FILE" };
    writeln!(
        ctx.out,
        "Hand it in, or bring it in on another computer:\n  {}",
        typed(&format!("progress import {file}"))
    )?;
    Ok(())
}
