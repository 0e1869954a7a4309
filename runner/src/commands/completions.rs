//! `completions`: what a shell needs to complete our commands. Next: [`super::doctor`].

use clap::Args;
use clap_complete::Shell;

use super::Context;
use crate::exit::{Exit, Failure};

const EXAMPLES: &str = "\
They complete a program called `runner`: put one on your PATH with
  cargo install --path runner

Examples:
  runner completions bash > ~/.local/share/bash-completion/completions/runner
  runner completions zsh  > ~/.zfunc/_runner
  runner completions fish > ~/.config/fish/completions/runner.fish";

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct CompletionsArgs {
    /// Your shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the completions of our whole command line.
pub fn execute(
    args: &CompletionsArgs,
    cli: &mut clap::Command,
    ctx: &mut Context<'_>,
) -> Result<Exit, Failure> {
    // By way of a buffer, because the generator panics when its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, cli, "runner", &mut script);
    ctx.out.write_all(&script)?;
    Ok(Exit::Passed)
}
