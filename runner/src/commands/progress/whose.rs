//! Whose results these are. Next: [`super`].

use anyhow::anyhow;

use super::super::{Context, ask};
use crate::{bundle::learner_name, exit::Failure, progress::Progress};

/// So many names that are none are asked about again.
const TRIES: u8 = 3;

/// The name that was given, or the one that was given before; a person at a terminal is asked.
pub(super) fn name(
    given: Option<&str>,
    progress: &Progress,
    ctx: &mut Context<'_>,
) -> Result<String, Failure> {
    let before = progress.learner.as_deref();
    if let Some(given) = given {
        return learner_name(given).map_err(|error| Failure::usage(anyhow!("{error}; give another --name")));
    }
    if !ctx.terminal.interactive {
        return before.map(str::to_owned).ok_or_else(|| {
            Failure::usage(anyhow!("say whose results they are, as in `progress export --name \"Asha Rao\"`"))
        });
    }
    let question = before.map_or("Your name?".to_owned(), |before| format!("Your name (Enter: {before})?"));
    for _ in 0..TRIES {
        let Some(answer) = ask::answer(ctx, &question)? else { break };
        match (answer.as_str(), before) {
            ("", Some(before)) => return Ok(before.to_owned()),
            (typed, _) => match learner_name(typed) {
                Ok(name) => return Ok(name),
                Err(error) => writeln!(ctx.err, "{error}")?,
            },
        }
    }
    Err(Failure::usage(anyhow!("no name was given, so nothing was written; or give it with `--name`")))
}

/// Asks a question that is answered with yes or no. The end of input, and everything that is not yes, is no.
pub(super) fn agrees(question: &str, ctx: &mut Context<'_>) -> Result<bool, Failure> {
    let answer = ask::answer(ctx, &format!("{question} (y/N)"))?;
    Ok(answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes")))
}
