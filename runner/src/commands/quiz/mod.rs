//! `quiz`: questions on the lessons and on the interview. Next: `list.rs`.

use clap::Args;

use super::Context;
use crate::exit::{Exit, Failure};

mod list;

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner quiz --list          how many questions there are
  cargo run -p runner quiz --list --json   the same, for programs";

/// Arguments of `quiz`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuizArgs {
    /// Only say how many questions there are
    #[arg(long)]
    pub list: bool,

    /// Print JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// Lists the questions.
pub fn execute(args: &QuizArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    list::execute(&course, args.json, ctx)
}
