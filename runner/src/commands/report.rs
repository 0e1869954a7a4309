//! `report`: for teachers, the bundles of a class. Next: [`super::completions`].

use std::{fs::File, path::PathBuf};

use anyhow::{Context as _, anyhow};
use clap::Args;

use super::{Context, now, target::Target, typed};
use crate::{
    bundle::{self, Refused},
    exit::{Exit, Failure},
    report::results::{class, csv, page},
    results::{Class, Outline, gather},
};

const EXAMPLES: &str = "\
Learners make a bundle with `progress export`. Of two bundles with one name the newer
one counts. Exercises and questions that are hard come first; few answers weigh less.

Files that are refused are named with the reason, and the rest is reported: exit code 0,
with --strict 1. Without any bundle that can be read it is 1, too.
A --csv, --json or --html that is there is replaced, but never a bundle.

Examples:
  cargo run -p runner report bundles                       a table
  cargo run -p runner report bundles --html class.html     one page, to keep or to print
  cargo run -p runner report bundles --csv learners.csv --csv-items hard.csv
                                                           for a spreadsheet
  cargo run -p runner report bundles --json - --strict     for programs";

/// Arguments of `report`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ReportArgs {
    /// The folder with the bundles, files that end in `.json`
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,

    /// Write a table with a row for each learner (`-`: print it)
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,

    /// Write a table with a row for each exercise, stage, question and mistake (`-`: print it)
    #[arg(long, value_name = "FILE")]
    pub csv_items: Option<PathBuf>,

    /// Write everything as JSON (`-`: print it)
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// Write one page that needs nothing else (`-`: print it)
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,

    /// Also look into the folders in it
    #[arg(long, short)]
    pub recursive: bool,

    /// A file that is refused makes the exit code 1
    #[arg(long)]
    pub strict: bool,
}

/// Reads the bundles and writes what was asked for.
pub fn execute(args: &ReportArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let targets = targets(args, ctx)?;
    let folder = ctx.here.join(&args.folder);
    let shown = args.folder.display();
    if !folder.is_dir() {
        return Err(Failure::usage(anyhow!("`{shown}` is no folder; name the one with the bundles")));
    }
    let outline = Outline::of(&course)?;
    let gathered = gather(&folder, args.recursive, &outline)
        .with_context(|| format!("cannot read `{shown}`; name another folder"))
        .map_err(Failure::environment)?;
    let class = Class::of(gathered, &outline, now());
    let style = ctx.terminal.style();
    if class.learners.is_empty() {
        class::write_notes(ctx.err, style, &class)?;
        return Err(Failure::not_yet(anyhow!(
            "`{shown}` holds no bundle that can be read; learners make one with `{}`",
            typed("progress export")
        )));
    }
    for (target, form) in &targets {
        target.write(&form.text(&class, &outline)?, ctx)?;
    }
    if targets.iter().any(|(target, _)| target.is_output()) {
        class::write_notes(ctx.err, style, &class)?;
    } else if targets.is_empty() {
        class::write(ctx.out, style, &class)?;
    } else {
        let files: Vec<String> =
            targets.iter().map(|(target, _)| format!("`{}`", target.shown(ctx))).collect();
        let learners = if class.learners.len() == 1 { "learner" } else { "learners" };
        writeln!(ctx.out, "{} {learners}. Written: {}", class.learners.len(), files.join(", "))?;
        class::write_notes(ctx.out, style, &class)?;
    }
    Ok(if args.strict && class.refused().next().is_some() { Exit::NotYet } else { Exit::Passed })
}

/// What a file can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Learners,
    Items,
    Json,
    Page,
}

impl Form {
    fn text(self, class: &Class, outline: &Outline) -> Result<String, Failure> {
        Ok(match self {
            Self::Learners => csv::learners(class, outline),
            Self::Items => csv::items(class),
            Self::Page => page::page(class, outline),
            Self::Json => {
                let json = serde_json::to_string(class)
                    .context("cannot write the report as JSON")
                    .map_err(Failure::environment)?;
                json + "\n"
            }
        })
    }
}

/// Where everything goes, looked at before anything is read.
fn targets(args: &ReportArgs, ctx: &Context<'_>) -> Result<Vec<(Target, Form)>, Failure> {
    let wanted = [
        (&args.csv, Form::Learners),
        (&args.csv_items, Form::Items),
        (&args.json, Form::Json),
        (&args.html, Form::Page),
    ];
    let mut targets: Vec<(Target, Form)> = Vec::new();
    for (typed, form) in wanted {
        let Some(typed) = typed else { continue };
        let target = Target::typed(typed, ctx)?;
        if targets.iter().any(|(other, _)| *other == target) {
            return Err(Failure::usage(anyhow!("`{}` is named twice; name two files", typed.display())));
        }
        if is_bundle(&target) {
            return Err(Failure::usage(anyhow!(
                "`{}` is a bundle, and somebody's work; name another file",
                typed.display()
            )));
        }
        targets.push((target, form));
    }
    Ok(targets)
}

/// Whether there is a bundle at this place, even one that is damaged or of a newer runner.
fn is_bundle(target: &Target) -> bool {
    let Some(Ok(file)) = target.file().map(File::open) else { return false };
    matches!(bundle::read(file), Ok(_) | Err(Refused::Newer(_) | Refused::Damaged(_) | Refused::Changed))
}
