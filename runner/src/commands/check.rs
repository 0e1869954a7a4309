//! `check`: grades exercises. Next: [`super::verify`].

use std::{ffi::OsString, path::PathBuf};

use anyhow::anyhow;
use clap::Args;
use grader::scenario::model::Track;

use super::{Context, track};
use crate::{
    course::Answer,
    exit::{Exit, Failure},
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner check                        the next exercise
  cargo run -p runner check members_only           one exercise
  cargo run -p runner check 07_rooms               all of a lesson
  cargo run -p runner check echo --track rust      in the other language
  cargo run -p runner check echo -- python3 server.py
                                                   your own program; it listens on $PORT
  cargo run -p runner check echo --url http://127.0.0.1:4000
                                                   a server that already runs";

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArgs {
    /// Exercises or lessons by name; none: the next exercise that has not passed
    #[arg(value_name = "EXERCISE")]
    pub exercises: Vec<String>,

    /// Check every exercise of your track
    #[arg(long, conflicts_with = "exercises")]
    pub all: bool,

    /// In this language, this once
    #[arg(long, value_name = "TRACK", value_parser = track::parser())]
    pub track: Option<Track>,

    /// Print every event as one line of JSON
    #[arg(long)]
    pub json: bool,

    /// Also write the results as `JUnit` XML.
    #[arg(long, value_name = "FILE", help = "Also write the results as JUnit XML")]
    pub junit: Option<PathBuf>,

    /// Grade a program of the course: starter, solution, mistake:ID or also:NAME
    #[arg(long, value_name = "ANSWER", conflicts_with_all = ["url", "command"])]
    pub answer: Option<Answer>,

    /// Repeat the names and the order of an earlier check
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// Show all packets, also of scenarios that passed
    #[arg(long, short)]
    pub verbose: bool,

    /// Grade a server that already runs
    #[arg(long, value_name = "URL", conflicts_with = "command")]
    pub url: Option<String>,

    /// Grade this program instead of the file: any language that listens on $PORT
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// Grades exercises.
pub fn execute(_: &CheckArgs, _: &mut Context<'_>) -> Result<Exit, Failure> {
    Err(Failure::environment(anyhow!("`check` is not built yet; use a newer version of the course")))
}
