//! The command line: what can be typed. Each command's arguments live with the command.
//!
//! `main` parses this and hands the command to [`run`]. Next: [`crate::commands`].

use std::path::PathBuf;

use clap::{ColorChoice, CommandFactory as _, Parser, Subcommand};

use crate::{
    commands::{
        Context, check, completions, doctor, explain, goal, hint, list, play, progress, quiz, report, reset,
        solution, track, verify, watch, wire,
    },
    exit::{Exit, Failure},
};

/// Options that every command has stand apart in its help.
const EVERYWHERE: &str = "Options of every command";

const EXAMPLES: &str = "\
A first hour:
  cargo run -p runner                  a screen beside your editor: each save gets its verdict
  cargo run -p runner goal             read what the next exercise asks for
  cargo run -p runner check            check it
  cargo run -p runner hint             one hint; again: one more
  cargo run -p runner check members_only
                                       check one exercise by its name

Exit codes:
  0   passed, or done          2    this computer lacks something
  1   not yet                  3    the course itself is wrong
  64  wrong usage              141  the reader of our output went away

Environment:
  SOCKETLINGS_COURSE   the course's folder, as --course
  NO_COLOR             no colours, whatever the terminal";

/// Learn Socket.IO by doing: your program is graded by what it says on the wire
#[derive(Debug, Parser)]
#[command(name = "runner", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Cli {
    /// The course's folder (else: found from the current folder upwards)
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub course: Option<PathBuf>,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto, help_heading = EVERYWHERE)]
    pub color: ColorChoice,

    /// Words instead of symbols, no colours: for screen readers and logs
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub plain: bool,

    /// What to do; nothing: watch, or without a terminal say where you are
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the runner can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Keep a screen beside your editor: each save gets its verdict
    Watch(watch::WatchArgs),
    /// Check your program: start it, connect clients to it, and say what they saw
    Check(check::CheckArgs),
    /// Show all lessons and exercises, and which have passed
    List(list::ListArgs),
    /// Show what an exercise asks for: read it first
    Goal(goal::GoalArgs),
    /// Show one more hint
    Hint(hint::HintArgs),
    /// Explain why a check failed, at length
    Explain(explain::ExplainArgs),
    /// Show the course's solution, after yours has passed
    Solution(solution::SolutionArgs),
    /// Put your file back to how it was; your work is kept
    Reset(reset::ResetArgs),
    /// Talk to your server by hand: at a prompt, and from its page in the browser
    Play(play::PlayArgs),
    /// Find out what you have not understood
    Quiz(quiz::QuizArgs),
    /// Listen to what any Socket.IO client and server say to each other
    Wire(wire::WireArgs),
    /// Show how far you are, hand it in, or take it to another computer
    Progress(progress::ProgressArgs),
    /// Show or choose the language you write
    Track(track::TrackArgs),
    /// Look for everything that the exercises need on this computer
    Doctor(doctor::DoctorArgs),
    /// For teachers: prove that the course is right
    Verify(verify::VerifyArgs),
    /// For teachers: what a class has done, from the bundles that it handed in
    Report(report::ReportArgs),
    /// Print completions for your shell
    Completions(completions::CompletionsArgs),
}

/// Runs a command; none: watches, or says where the learner is.
pub fn run(command: Option<Command>, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    match command {
        None => watch::without_command(ctx),
        Some(Command::Watch(args)) => watch::execute(&args, ctx),
        Some(Command::Check(args)) => check::execute(&args, ctx),
        Some(Command::List(args)) => list::execute(&args, ctx),
        Some(Command::Goal(args)) => goal::execute(&args, ctx),
        Some(Command::Hint(args)) => hint::execute(&args, ctx),
        Some(Command::Explain(args)) => explain::execute(&args, ctx),
        Some(Command::Solution(args)) => solution::execute(&args, ctx),
        Some(Command::Reset(args)) => reset::execute(&args, ctx),
        Some(Command::Play(args)) => play::execute(&args, ctx),
        Some(Command::Quiz(args)) => quiz::execute(&args, ctx),
        Some(Command::Wire(args)) => wire::execute(&args, ctx),
        Some(Command::Progress(args)) => progress::execute(&args, ctx),
        Some(Command::Track(args)) => track::execute(&args, ctx),
        Some(Command::Doctor(args)) => doctor::execute(&args, ctx),
        Some(Command::Verify(args)) => verify::execute(&args, ctx),
        Some(Command::Report(args)) => report::execute(&args, ctx),
        Some(Command::Completions(args)) => completions::execute(&args, &mut Cli::command(), ctx),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
