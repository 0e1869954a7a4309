//! What can be typed, and which command it runs.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use runner::{
    commands::Context,
    exit::{Exit, Failure},
};

use crate::commands::{build, check, demo, new, preprocess, publish, record, serve};

const AFTER: &str = "\
A lesson is Markdown with directives. What it shows comes from demos (book/demos) that are run, and from recordings of \
what they put on the wire (book/recordings).

A usual day:
  cargo run -p press -- serve
      read while you write
  cargo run -p press -- demo 7
      run the demos of a lesson
  cargo run -p press -- record 7
      record them for the book
  cargo run -p press -- check 7
      prove the lesson; without a number: the book

Exit codes:
  0    as it should be
  2    something is missing on this computer
  3    the book is wrong
  64   wrong usage
  130  Ctrl-C";

/// Builds, serves and checks the book.
#[derive(Debug, Parser)]
#[command(name = "press", version, after_help = AFTER, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// The folder of the course; else the nearest one from here upwards
    #[arg(long, global = true, value_name = "DIR")]
    pub course: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run demos and see what they put on the wire; records nothing
    Demo(demo::DemoArgs),
    /// Run what the book shows, and record what it puts on the wire
    Record(record::RecordArgs),
    /// Prove that the book is right
    Check(check::CheckArgs),
    /// Build the book
    Build(build::BuildArgs),
    /// Show the book in the browser, and show it anew after each change
    Serve(serve::ServeArgs),
    /// Build the book for a host on the web
    Publish(publish::PublishArgs),
    /// Write the files of a new lesson, exercise or quiz
    New(new::NewArgs),
    /// Be a preprocessor of a stock `mdbook build`: reads the book on standard input
    Preprocess(preprocess::PreprocessArgs),
}

/// Runs a command.
pub fn run(command: Command, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    match command {
        Command::Demo(args) => demo::execute(&args, ctx),
        Command::Record(args) => record::execute(&args, ctx),
        Command::Check(args) => check::execute(&args, ctx),
        Command::Build(args) => build::execute(&args, ctx),
        Command::Serve(args) => serve::execute(&args, ctx),
        Command::Publish(args) => publish::execute(&args, ctx),
        Command::New(args) => new::execute(&args, ctx),
        Command::Preprocess(args) => preprocess::execute(&args, ctx),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    /// On a narrow terminal a text is wrapped once. A line that ends in the middle of a sentence would be wrapped again.
    #[test]
    fn no_help_is_wrapped_twice() {
        const NARROW: usize = 60;
        let mut commands = vec![Cli::command()];
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands().cloned());
            let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                let is_paragraph =
                    !line.starts_with(' ') && lines.get(at + 1).is_none_or(|next| next.is_empty());
                let fits = line.chars().count() <= NARROW;
                assert!(fits || is_paragraph, "{}: {line}", command.get_name());
            }
        }
    }
}
