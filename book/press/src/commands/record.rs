//! `record`: runs what the book shows, and records what it puts on the wire. Next: [`super::check`].

use anyhow::anyhow;
use clap::Args;
use runner::{
    commands::Context,
    exit::{Exit, Failure},
};

use super::{material, session, several, tell};
use crate::{
    check::wanted,
    recording::{Came, Wanted, belongs},
};

const EXAMPLES: &str = "\
Every demo is run in every track, and so are the answers of exercises that a lesson shows. The recordings are the same on
each machine, so a changed file under book/recordings means that something on the wire has changed. Read the diff.

Examples:
  cargo run -p press -- record            all of the book
  cargo run -p press -- record --changed  only what was never recorded, or has changed since
  cargo run -p press -- record 07_rooms   one lesson";

/// Arguments of `record`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct RecordArgs {
    /// Lessons by name, such as `07_rooms`; none: all
    #[arg(value_name = "LESSON")]
    pub lessons: Vec<String>,

    /// Only programs that were never recorded, or have changed since
    #[arg(long)]
    pub changed: bool,
}

/// Records.
pub fn execute(args: &RecordArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let material = material(ctx)?;
    let all = wanted::all(&material);
    let mut chosen: Vec<Wanted> =
        all.iter().filter(|wanted| is_chosen(wanted, &args.lessons)).cloned().collect();
    if let Some(lesson) = args.lessons.iter().find(|lesson| !chosen.iter().any(|wanted| asks(wanted, lesson)))
    {
        return Err(Failure::usage(anyhow!(
            "nothing is to be recorded for `{lesson}`; a lesson is named as its file is, such as `07_rooms`"
        )));
    }
    chosen.retain(|wanted| !(args.changed && material.is_recorded(wanted)));
    let came = session::run(ctx, &material, &chosen)?;
    let (mut written, mut problems, mut lacking) = (0, material.problems_of_demos(), Vec::new());
    for (wanted, came) in chosen.iter().zip(came) {
        match came {
            Came::Recorded(recording) => {
                let changed = material.store().write(&wanted.program, &recording).map_err(|error| {
                    Failure::environment(anyhow::Error::new(error).context("cannot write the recordings"))
                })?;
                if changed {
                    written += 1;
                    writeln!(ctx.out, "recorded  {}", wanted.program)?;
                }
            }
            Came::Wrong(problem) => problems.push(problem),
            Came::Lacks(needs) => lacking.push((wanted.program.to_string(), needs)),
        }
    }
    if args.lessons.is_empty() && problems.is_empty() {
        for path in wanted::unasked(&material, &all) {
            material.store().remove(&path)?;
            writeln!(ctx.out, "removed   {path}")?;
        }
    }
    problems.sort();
    problems.dedup();
    tell(ctx.out, &problems)?;
    for (program, needs) in &lacking {
        writeln!(ctx.out, "skipped   {program}: {needs}")?;
    }
    writeln!(
        ctx.out,
        "{}, {} changed",
        several(chosen.len(), "program", "programs"),
        several(written, "recording", "recordings")
    )?;
    if !problems.is_empty() {
        let count = several(problems.len(), "problem", "problems");
        return Err(Failure::course(anyhow!("{count}: mend what is named above, and record again")));
    }
    Ok(if lacking.is_empty() { Exit::Passed } else { Exit::Environment })
}

fn is_chosen(wanted: &Wanted, lessons: &[String]) -> bool {
    lessons.is_empty() || lessons.iter().any(|lesson| asks(wanted, lesson))
}

/// Whether a program belongs to a lesson, or is shown in it.
fn asks(wanted: &Wanted, lesson: &str) -> bool {
    let lesson = lesson.trim_end_matches(".md").trim_end_matches('/');
    let lesson = lesson.rsplit('/').next().unwrap_or(lesson);
    belongs(&wanted.program, lesson) || wanted.asked.0 == format!("book/src/{lesson}.md")
}
