//! `reset`: the learner's file as it was at the start; the work is kept. Next: [`super::track`].

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use clap::Args;
use grader::scenario::model::Track;

use super::{Context, ask, pick, stage::Stages, track};
use crate::{
    course::{Answer, Course, Exercise, Loaded},
    exit::{Exit, Failure},
    progress::{Change, Progress, Store},
};

const EXAMPLES: &str = "\
Your file is copied to `.socketlings/backups/` first. Nothing of yours is ever lost.

Examples:
  cargo run -p runner reset members_only          asks first
  cargo run -p runner reset members_only --yes    does not ask";

/// Arguments of `reset`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ResetArgs {
    /// The exercise; none: the next one
    #[arg(value_name = "EXERCISE")]
    pub exercise: Option<String>,

    /// Of an exercise in stages: to how this one begins, by its id or number; none: the first that has not passed
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,

    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,

    /// In this language
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,
}

/// Puts the file back.
pub fn execute(args: &ResetArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let progress = ctx.progress(&course);
    let preferred = track::preferred(ctx, &course, &progress, args.track)?;
    let exercise = pick(&course, &progress, preferred, args.exercise.as_deref())?;
    let track = track::choose(ctx, exercise, preferred, args.track)?;
    let file = exercise.edited(track)?;
    let shown = course.shown(&file);
    let told = track::to_tell(ctx.terminal, &progress, exercise, args.track);
    let Start { at_stage, when, taken_back } = start(args, &course, exercise, &progress, (track, told))?;
    let starter = read(&at_stage.answer(&Answer::Starter, track)?)?.unwrap_or_default();
    let yours = read(&file)?;
    if yours.as_ref() == Some(&starter) {
        writeln!(ctx.out, "{shown} is as it was {when}. Nothing was changed.")?;
        return Ok(Exit::Passed);
    }
    if yours.is_some() && !args.yes {
        let question = format!("Put {shown} back to how it was {when}? Your work is copied first. (y/N)");
        match ask::answer(ctx, &question)?.map(|answer| answer.to_lowercase()).as_deref() {
            Some("y" | "yes") => {}
            Some(_) => {
                writeln!(ctx.out, "Nothing was changed.")?;
                return Ok(Exit::NotYet);
            }
            None => {
                return Err(Failure::usage(anyhow!(
                    "the input ended before an answer, so nothing was changed; `--yes` does not ask"
                )));
            }
        }
    }
    // Read again: somebody may have saved while the question stood there.
    if let Some(yours) = read(&file)? {
        let backup = keep(&Store::at(course.root()).backups(), exercise, &file, &yours)
            .context("nothing was changed, because your work cannot be copied")
            .map_err(Failure::environment)?;
        writeln!(ctx.out, "Your work is in {}", course.shown(&backup))?;
    }
    fs::write(&file, &starter)
        .with_context(|| format!("cannot write `{shown}`"))
        .map_err(Failure::environment)?;
    ctx.record(&course, &[Change::Reset { exercise: exercise.id().to_owned(), stages: taken_back, track }]);
    writeln!(ctx.out, "{shown} is as it was {when}.")?;
    Ok(Exit::Passed)
}

/// What a file is put back to.
struct Start {
    /// The exercise, at its stage.
    at_stage: Exercise,
    /// In words.
    when: String,
    /// The stages that have not passed any more.
    taken_back: Vec<String>,
}

fn start(
    args: &ResetArgs,
    course: &Course,
    exercise: &Exercise,
    progress: &Progress,
    (track, told): (Option<Track>, Option<Track>),
) -> Result<Start, Failure> {
    let when = "at the start".to_owned();
    // A broken `exercise.yaml` must not keep a learner from the starter of an ordinary exercise.
    if exercise.stage_count() == 0 && args.stage.is_none() {
        return Ok(Start { at_stage: exercise.clone(), when, taken_back: Vec::new() });
    }
    let loaded = exercise.load()?;
    let stages = Stages { course, exercise, loaded: &loaded, progress, track, told };
    let (at_stage, Loaded { exercise: model, .. }) = stages.chosen(args.stage.as_deref())?;
    let before = model.stage.map_or(0, |stage| stage.number - 1);
    let taken_back = stages.list().iter().skip(before).map(|stage| stage.id.clone()).collect();
    let when = if before > 0 { format!("at the start of stage {}", before + 1) } else { when };
    Ok(Start { at_stage, when, taken_back })
}

/// A file's bytes; none when it is not there.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::environment(
            anyhow::Error::new(error).context(format!("cannot read `{}`", path.display())),
        )),
    }
}

/// Copies the work to the first free name: `backups/07_rooms/members_only/main.1.js`. On the disk before we go on.
fn keep(backups: &Path, exercise: &Exercise, file: &Path, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    let folder = backups.join(exercise.lesson()).join(exercise.name());
    fs::create_dir_all(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let part = |of: Option<&std::ffi::OsStr>| of.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(file.file_stem()), part(file.extension()));
    let mut number = 1_u32;
    loop {
        let path = folder.join(format!("{stem}.{number}.{extension}"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut copy) => {
                copy.write_all(bytes)
                    .and_then(|()| copy.sync_all())
                    .with_context(|| format!("cannot write `{}`", path.display()))?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => {
                return Err(anyhow::Error::new(error).context(format!("cannot make `{}`", path.display())));
            }
        }
    }
}
