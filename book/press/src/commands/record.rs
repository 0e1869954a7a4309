//! `record`: runs what the book shows, and records what it puts on the wire. Next: [`super::check`].

use anyhow::anyhow;
use clap::Args;
use runner::{
    commands::Context,
    exit::{Exit, Failure},
    verify::Problem,
};

use super::{material, session, several, tell};
use crate::{
    check::{self, Scope, wanted},
    material::Material,
    recording::Came,
};

const EXAMPLES: &str = "\
Every demo is run in every track, and so are the answers of exercises that a lesson shows. The recordings are the same on \
each machine, so a changed file under book/recordings means that something on the wire has changed. Read the diff.

Recordings that no page shows any more are removed, if all pages can be read. A file that is no recording is left alone.

Examples:
  cargo run -p press -- record
      all of the book
  cargo run -p press -- record --changed
      what was never recorded, or has changed since
  cargo run -p press -- record 7
      one lesson";

/// Arguments of `record`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct RecordArgs {
    /// Lessons by name or number; none: all
    #[arg(value_name = "LESSON")]
    pub lessons: Vec<String>,

    /// Only programs that were never recorded, or have changed since
    #[arg(long)]
    pub changed: bool,
}

/// Records.
pub fn execute(args: &RecordArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let material = material(ctx)?;
    let scope = Scope::of(&material, &args.lessons)?;
    let mut chosen = wanted::of(&material, &scope);
    chosen.retain(|wanted| !(args.changed && material.is_recorded(wanted)));
    let came = session::run(ctx, &material, &chosen)?;
    let of_programs =
        |one: &&Problem| one.file.starts_with("book/demos/") || one.file.starts_with("exercises/");
    let of_files = material.problems.iter().filter(of_programs).filter(|one| scope.concerns(one));
    let of_files = of_files.cloned().collect();
    let (mut written, mut problems, mut lacking): (_, Vec<Problem>, _) = (0, of_files, Vec::new());
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
    remove_unasked(ctx, &material, &scope)?;
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

/// Removes recordings that no page shows any more. While something in the book cannot be understood, nobody knows which.
fn remove_unasked(ctx: &mut Context<'_>, material: &Material, scope: &Scope) -> Result<(), Failure> {
    if check::is_unread(material) {
        return Ok(());
    }
    for path in wanted::unasked(material, &wanted::all(material)) {
        if scope.has_file(&path) && material.store().is_recording(&path) {
            material.store().remove(&path).map_err(|error| {
                let what = format!("cannot remove `book/recordings/{path}`");
                Failure::environment(anyhow::Error::new(error).context(what))
            })?;
            writeln!(ctx.out, "removed   book/recordings/{path}")?;
        }
    }
    Ok(())
}
