//! `new`: files for a new lesson, exercise or quiz.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use grader::scenario::model::Track;
use runner::{
    commands::{Context, track},
    course::Course,
    exit::{Exit, Failure},
};

use super::root;
use crate::{interrupt::undisturbed, new};

const EXAMPLES: &str = "\
The files are whole. The exercise can be verified at once. The lesson can be read at once, and is marked as unfinished until \
you take that line out. Change them step by step, and check in between.

Examples:
  cargo run -p press -- new lesson 24_more_rooms
  cargo run -p press -- new exercise 7/leave_the_room
  cargo run -p press -- new quiz 24
  cargo run -p runner verify leave_the_room";

/// Arguments of `new`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct NewArgs {
    /// What
    #[command(subcommand)]
    pub what: What,
}

/// What is to be new.
#[derive(Debug, Clone, Subcommand)]
pub enum What {
    /// A lesson: its chapter, a demo, and its line in SUMMARY.md
    Lesson {
        /// `NN_slug`, such as `24_more_rooms`
        #[arg(value_name = "SLUG")]
        name: String,

        /// Its demo only in this language; else in both
        #[arg(long, value_name = "TRACK", value_parser = track::parser())]
        track: Option<Track>,
    },
    /// An exercise: contract, scenarios, answers and wrong programs
    Exercise {
        /// The lesson by name or number, and the new name: `7/leave_the_room`
        #[arg(value_name = "LESSON/NAME")]
        name: String,

        /// Only in this language; else in both
        #[arg(long, value_name = "TRACK", value_parser = track::parser())]
        track: Option<Track>,
    },
    /// The questions of a lesson: one or two of each kind
    Quiz {
        /// The lesson, by name or number
        #[arg(value_name = "LESSON")]
        name: String,
    },
}

/// Writes them.
pub fn execute(args: &NewArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = Course::open(&root(ctx)?)?;
    let (written, next) = undisturbed(|| write(&course, &args.what))?;
    for path in written {
        writeln!(ctx.out, "wrote  {}", course.shown(&path))?;
    }
    writeln!(ctx.out, "next   {next}")?;
    Ok(Exit::Passed)
}

/// Writes the files; answers which, and what to type next.
fn write(course: &Course, what: &What) -> Result<(Vec<PathBuf>, String), Failure> {
    Ok(match what {
        What::Lesson { name, track } => {
            let next = format!("cargo run -p press -- record {name}, then cargo run -p press -- serve");
            (new::lesson(course, name, *track)?, next)
        }
        What::Exercise { name, track } => {
            let short = name.rsplit('/').next().unwrap_or(name);
            let next = format!(
                "cargo run -p runner verify {short}, and a card in its lesson: {{{{#exercise {short}}}}}"
            );
            (new::exercise(course, name, *track)?, next)
        }
        What::Quiz { name } => {
            let next = format!("cargo run -p runner verify --quiz {name}, then cargo run -p press -- serve");
            (new::quiz(course, name)?, next)
        }
    })
}
