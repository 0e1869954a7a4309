//! `build`: builds the book. Next: [`super::preprocess`].

use std::{path::PathBuf, time::Instant};

use anyhow::anyhow;
use clap::Args;
use runner::{
    commands::Context,
    exit::{Exit, Failure},
};

use super::{root, several, tell};
use crate::{build, material::Material};

/// Arguments of `build`.
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    /// Where to; else where `book.toml` says
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Build what can be shown; the pages and this command say what is missing
    #[arg(long)]
    pub draft: bool,
}

/// Builds it.
pub fn execute(args: &BuildArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let began = Instant::now();
    let root = root(ctx)?;
    let options = build::Options { out: args.out.as_deref(), draft: args.draft, ..Default::default() };
    let built = build::build_whole(&Material::open(&root)?, options, |_| Ok(()))?;
    tell(ctx.out, &built.problems)?;
    if let Some(folder) = &built.folder {
        let seconds = began.elapsed().as_secs_f64();
        writeln!(ctx.out, "built in {seconds:.1} s: {}", folder.join("index.html").display())?;
    }
    if built.problems.is_empty() {
        return Ok(Exit::Passed);
    }
    let count = several(built.problems.len(), "problem", "problems");
    let book = if built.folder.is_some() { "the book is a draft" } else { "no book was written" };
    Err(Failure::course(anyhow!("{count}: mend what is named above; {book}")))
}
