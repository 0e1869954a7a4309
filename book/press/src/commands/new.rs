//! `new`: files for a new lesson, exercise or quiz.

use clap::{Args, Subcommand};
use runner::{
    commands::Context,
    course::Course,
    exit::{Exit, Failure},
};

use super::root;
use crate::new;

const EXAMPLES: &str = "\
The files are whole: the exercise can be verified at once, the lesson can be read at once. Change them step by step, and
check in between.

Examples:
  cargo run -p press -- new lesson 24_more_rooms
  cargo run -p press -- new exercise 07_rooms/leave_the_room
  cargo run -p press -- new quiz 24_more_rooms
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
        /// `NN_slug`
        #[arg(value_name = "SLUG")]
        name: String,
    },
    /// An exercise: contract, scenarios, answers and wrong programs, in both languages
    Exercise {
        /// `NN_slug/name`
        #[arg(value_name = "LESSON/NAME")]
        name: String,
    },
    /// The questions of a lesson: one or two of each kind
    Quiz {
        /// `NN_slug`
        #[arg(value_name = "SLUG")]
        name: String,
    },
}

/// Writes them.
pub fn execute(args: &NewArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = Course::open(&root(ctx)?)?;
    let (written, next) = match &args.what {
        What::Lesson { name } => {
            let next = format!("cargo run -p press -- record {name}, then cargo run -p press -- serve");
            (new::lesson(&course, name)?, next)
        }
        What::Exercise { name } => {
            let short = name.rsplit('/').next().unwrap_or(name);
            let next = format!(
                "cargo run -p runner verify {short}, and a card in its lesson: {{{{#exercise {short}}}}}"
            );
            (new::exercise(&course, name)?, next)
        }
        What::Quiz { name } => {
            let next = "cargo run -p runner verify --quiz, then cargo run -p press -- serve".to_owned();
            (new::quiz(&course, name)?, next)
        }
    };
    for path in written {
        writeln!(ctx.out, "wrote  {}", course.shown(&path))?;
    }
    writeln!(ctx.out, "next   {next}")?;
    Ok(Exit::Passed)
}
