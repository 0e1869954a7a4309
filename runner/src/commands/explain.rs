//! `explain`: a cause at length. Next: [`super::solution`].
//!
//! A cause is a mistake that an exercise names (`members_only/echo-to-all`, or `echo-to-all` when only one exercise
//! has it), or a general one of `exercises/causes.yaml` (`no-answer`).

use anyhow::anyhow;
use clap::Args;
use grader::scenario::model::Mistake;

use super::{Context, look, pick, track, typed, wrap};
use crate::{
    course::{Course, Exercise, nearest},
    exit::{Exit, Failure},
    progress::Progress,
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner explain                            the failure of the last check
  cargo run -p runner explain members_only               the last failure of this exercise
  cargo run -p runner explain members_only/echo-to-all   a cause, as a report names it
  cargo run -p runner explain no-answer                  a general one";

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExplainArgs {
    /// The cause, as a report names it, or an exercise: its last failure; none: that of the last check
    #[arg(value_name = "CAUSE")]
    pub cause: Option<String>,
}

/// A cause and its full name.
struct Found {
    id: String,
    exercise: Option<String>,
    mistake: Mistake,
}

/// Prints the cause.
pub fn execute(args: &ExplainArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let cause = match &args.cause {
        Some(name)
            if course.exercises().any(|exercise| [exercise.id(), exercise.name()].contains(&&**name)) =>
        {
            let exercise = course.find(name)?;
            last_of(exercise, &ctx.progress(&course))?
        }
        Some(cause) => cause.clone(),
        None => last(ctx, &course)?,
    };
    let found = find(&course, &cause)?;
    let strong = look::STRONG;
    let width = ctx.terminal.prose();
    writeln!(ctx.out, "{strong}{}{strong:#}\n", found.id)?;
    // What a general cause says has gaps, which only a failure fills: {actor}, {subject}.
    let says = &found.mistake.says;
    let texts = [
        Some(says).filter(|says| !says.contains('{') || found.exercise.is_some()),
        found.mistake.explain.as_ref(),
    ];
    let texts: Vec<_> = texts.into_iter().flatten().map(|text| wrap(text, width, 2)).collect();
    write!(ctx.out, "{}", texts.join("\n"))?;
    if let Some(exercise) = &found.exercise {
        writeln!(ctx.out, "\nhint: {}", typed(&format!("hint {exercise}")))?;
    }
    Ok(Exit::Passed)
}

/// Why the exercise failed that was checked last; before any check: the next one.
fn last(ctx: &mut Context<'_>, course: &Course) -> Result<String, Failure> {
    let progress = ctx.progress(course);
    let checked = progress.last_checked.as_deref();
    if let Some(exercise) = course.exercises().find(|exercise| Some(exercise.id()) == checked) {
        return last_of(exercise, &progress);
    }
    let track = track::preferred(ctx, course, &progress, None)?;
    last_of(pick(course, &progress, track, None)?, &progress)
}

fn last_of(exercise: &Exercise, progress: &Progress) -> Result<String, Failure> {
    progress.exercise(exercise.id()).and_then(|record| record.last_cause.clone()).ok_or_else(|| {
        Failure::usage(anyhow!(
            "no failure of `{}` is remembered; name a cause, or `{}` first",
            exercise.id(),
            typed(&format!("check {}", exercise.name()))
        ))
    })
}

fn find(course: &Course, cause: &str) -> Result<Found, Failure> {
    let (exercise, id) = match cause.rsplit_once('/') {
        Some((exercise, id)) => (Some(course.find(exercise)?), id),
        None => (None, cause),
    };
    if let Some(exercise) = exercise {
        let mistakes = exercise.load()?.exercise.mistakes;
        let near = nearest(id, mistakes.iter().map(|mistake| mistake.id.as_str()));
        let near: Vec<_> = near.iter().map(|near| format!("{}/{near}", course.shortest(exercise))).collect();
        return mistakes
            .into_iter()
            .find(|mistake| mistake.id == id)
            .map(|mistake| Found {
                id: format!("{}/{id}", course.shortest(exercise)),
                exercise: Some(course.shortest(exercise).to_owned()),
                mistake,
            })
            .ok_or_else(|| unknown(cause, &near));
    }
    let general = course.causes()?;
    if let Some(mistake) = general.iter().find(|mistake| mistake.id == id) {
        return Ok(Found { id: id.to_owned(), exercise: None, mistake: mistake.clone() });
    }
    let mut named = everywhere(course, |source_has| source_has(id));
    named.retain(|found| found.mistake.id == id);
    match named.len() {
        1 => Ok(named.remove(0)),
        0 => {
            let all = everywhere(course, |_| true);
            let ids = general.iter().chain(all.iter().map(|found| &found.mistake));
            Err(unknown(cause, &nearest(id, ids.map(|mistake| mistake.id.as_str()))))
        }
        _ => {
            let ids: Vec<_> = named.iter().map(|found| format!("`{}`", found.id)).collect();
            Err(Failure::usage(anyhow!(
                "several exercises name a cause `{id}`: {}; type one of these",
                ids.join(", ")
            )))
        }
    }
}

/// The mistakes of all exercises whose text is `wanted`. One that cannot be read has none here: `verify` says why.
fn everywhere(course: &Course, wanted: impl Fn(&dyn Fn(&str) -> bool) -> bool) -> Vec<Found> {
    course
        .exercises()
        .filter(|exercise| wanted(&|word| exercise.mentions(word)))
        .filter_map(|exercise| Some((exercise, exercise.load().ok()?)))
        .flat_map(|(exercise, loaded)| {
            loaded.exercise.mistakes.into_iter().map(move |mistake| Found {
                id: format!("{}/{}", course.shortest(exercise), mistake.id),
                exercise: Some(course.shortest(exercise).to_owned()),
                mistake,
            })
        })
        .collect()
}

fn unknown(cause: &str, near: &[String]) -> Failure {
    let advice = if near.is_empty() {
        "a failing check names its cause".to_owned()
    } else {
        let near: Vec<_> = near.iter().map(|near| format!("`{near}`")).collect();
        format!("did you mean {}?", near.join(" or "))
    };
    Failure::usage(anyhow!("no cause is called `{cause}`; {advice}"))
}
