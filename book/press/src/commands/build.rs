//! `build`: builds the book. Next: [`super::preprocess`].

use std::{path::PathBuf, time::Instant};

use anyhow::anyhow;
use clap::Args;
use runner::{
    commands::Context,
    exit::{Exit, Failure},
};

use super::{root, several, tell};
use crate::build::{self, Built};

/// Arguments of `build`.
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    /// Where to; else where `book.toml` says
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Builds it.
pub fn execute(args: &BuildArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let began = Instant::now();
    let root = root(ctx)?;
    match build::build(&root, args.out.as_deref(), None)? {
        Built::Book(folder) => {
            let seconds = began.elapsed().as_secs_f64();
            writeln!(ctx.out, "built in {seconds:.1} s: {}", folder.join("index.html").display())?;
            Ok(Exit::Passed)
        }
        Built::Problems(problems) => {
            tell(ctx.out, &problems)?;
            let count = several(problems.len(), "problem", "problems");
            Err(Failure::course(anyhow!("{count}: mend what is named above; no book was written")))
        }
    }
}
