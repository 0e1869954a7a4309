//! `demo`: runs demos and shows what they put on the wire; nothing is recorded. Next: [`super::record`].

use std::collections::BTreeSet;

use anyhow::anyhow;
use clap::Args;
use grader::diagram::{Detail, Diagram};
use runner::{
    commands::Context,
    course::nearest,
    exit::{Exit, Failure},
    verify::Problem,
};

use super::{material, session, several, tell};
use crate::{
    check::scope,
    recording::{self, Came, Program, Wanted, model::Recording},
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p press -- demo 7
      all demos of a lesson
  cargo run -p press -- demo 07_rooms/take_a_seat
      one of them
  cargo run -p press -- demo 7 --quiet
      only whether they pass";

/// Arguments of `demo`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct DemoArgs {
    /// Demos by full name or folder, or lessons by name or number; none: all
    #[arg(value_name = "DEMO")]
    pub demos: Vec<String>,

    /// Do not show the packets
    #[arg(long)]
    pub quiet: bool,
}

/// Runs them.
pub fn execute(args: &DemoArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let material = material(ctx)?;
    let mut chosen: Vec<String> = Vec::new();
    let mut problems = material.problems_of_demos();
    let mut concerned: Vec<Problem> = Vec::new();
    for typed in &args.demos {
        let name = typed.trim_end_matches('/');
        let name = name.rsplit_once("book/demos/").map_or(name, |(_, name)| name);
        // A lesson may be named by its number, too.
        let lesson = scope::named(&material, name).map_or(name, |chapter| chapter.slug());
        let is_meant = |id: &str| id == name || id.split('/').next() == Some(lesson);
        let meant: Vec<String> = material.demos.keys().filter(|id| is_meant(id)).cloned().collect();
        let of_meant = |problem: &&Problem| {
            let id = problem.file.trim_start_matches("book/demos/").trim_end_matches("/demo.yaml");
            is_meant(id)
        };
        let wrong: Vec<Problem> = problems.iter().filter(of_meant).cloned().collect();
        if meant.is_empty() && wrong.is_empty() {
            let near = nearest(name, material.demos.keys().map(String::as_str));
            let advice = near.first().map_or_else(
                || "the demos are under `book/demos`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Failure::usage(anyhow!("there is no demo `{name}`; {advice}")));
        }
        concerned.extend(wrong);
        chosen.extend(meant);
    }
    if !args.demos.is_empty() {
        problems = concerned;
    }
    let mut once = BTreeSet::new();
    chosen.retain(|id| once.insert(id.clone()));
    if args.demos.is_empty() {
        chosen = material.demos.keys().cloned().collect();
    }
    let wanted: Vec<Wanted> = chosen
        .iter()
        .map(|id| Wanted {
            program: Program::Demo(id.clone()),
            tracks: BTreeSet::new(),
            scenarios: BTreeSet::new(),
            asked: (format!("book/demos/{id}/demo.yaml"), 1, 1),
        })
        .collect();
    let came = session::run(ctx, &material, &wanted)?;
    let mut lacking = 0;
    for (id, came) in chosen.iter().zip(came) {
        match came {
            Came::Recorded(recording) if args.quiet => {
                writeln!(ctx.out, "passes    {id}  {}", tracks(&recording))?;
            }
            Came::Recorded(recording) => show(ctx, id, &recording)?,
            Came::Wrong(problem) => problems.push(problem),
            Came::Lacks(needs) => {
                lacking += 1;
                writeln!(ctx.out, "skipped   {id}: {needs}")?;
            }
        }
    }
    problems.sort();
    problems.dedup();
    tell(ctx.out, &problems)?;
    if !problems.is_empty() {
        let count = several(problems.len(), "problem", "problems");
        return Err(Failure::course(anyhow!("{count}: mend what is named above, and run it again")));
    }
    Ok(if lacking == 0 { Exit::Passed } else { Exit::Environment })
}

fn show(ctx: &mut Context<'_>, id: &str, recording: &Recording) -> Result<(), Failure> {
    let width = ctx.terminal.width.unwrap_or(120);
    for played in &recording.scenarios {
        for run in &played.runs {
            let tracks: Vec<&str> = run.tracks.iter().map(|track| track.as_str()).collect();
            writeln!(ctx.out, "{id}  {}  ({})", played.id, tracks.join(", "))?;
            let diagram = Diagram::in_detail(&recording::transcript(run), "program", Detail::Story);
            writeln!(ctx.out, "{}", diagram.to_text(width))?;
        }
    }
    Ok(())
}

fn tracks(recording: &Recording) -> String {
    let tracks = recording.tracks();
    let names: Vec<&str> = tracks.iter().map(|track| track.as_str()).collect();
    names.join(", ")
}
