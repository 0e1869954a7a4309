//! `progress`: how far one has come, to read, to hand in, and to take along.
//!
//! | file | holds |
//! |---|---|
//! | `own.rs` | the summary |
//! | `export.rs` | a bundle of it |
//! | `import.rs` | a bundle from elsewhere |
//! | `whose.rs` | whose it is |
//!
//! Next: `own.rs`.

mod export;
mod import;
mod own;
mod whose;

use clap::{Args, Subcommand};

use super::Context;
use crate::exit::{Exit, Failure};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner progress                     how far am I?
  cargo run -p runner progress export              a file to hand in, or to take along
  cargo run -p runner progress import asha.json    bring it in on another computer";

/// Arguments of `progress`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct ProgressArgs {
    /// Nothing: the report.
    #[command(subcommand)]
    pub what: Option<What>,

    /// How the report is shown.
    #[command(flatten)]
    pub report: own::OwnArgs,
}

/// What is done with it.
#[derive(Debug, Clone, Subcommand)]
pub enum What {
    /// Show how far you are: this is what `progress` alone does
    Report(own::OwnArgs),
    /// Write your results to a file, to hand in or to take along
    Export(export::ExportArgs),
    /// Bring in results that were exported on another computer
    Import(import::ImportArgs),
}

/// Shows, exports or imports.
pub fn execute(args: &ProgressArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    match &args.what {
        None => own::execute(&args.report, ctx),
        Some(What::Report(args)) => own::execute(args, ctx),
        Some(What::Export(args)) => export::execute(args, ctx),
        Some(What::Import(args)) => import::execute(args, ctx),
    }
}
