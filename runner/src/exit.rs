//! How the runner ends: its exit codes, and the one error type that carries them.
//!
//! Every command returns `Result<Exit, Failure>`. Only `main` turns that into text and a number.
//! A learner's mistake is never a [`Failure`]: it is a verdict, and [`Exit::NotYet`]. Next: [`crate::course`].

use std::{io, process::ExitCode};

/// What the number says that the runner returns to the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// What was asked is done; a checked exercise passed.
    Passed,
    /// The exercise does not pass yet.
    NotYet,
    /// Something is missing on this computer: a program, a port, a file.
    Environment,
    /// The course itself is wrong: a teacher has to mend it.
    Course,
    /// The command line asks for something that does not exist.
    Usage,
    /// Ctrl-C. Nothing was left running.
    Interrupted,
    /// Whoever read our output stopped reading (`runner list | head -1`). Never a pass.
    ReaderGone,
}

impl Exit {
    /// The number, as documented in `runner --help`. 64 is `EX_USAGE` of sysexits, 130 and 141 are what a shell shows for
    /// SIGINT and SIGPIPE.
    pub const fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::NotYet => 1,
            Self::Environment => 2,
            Self::Course => 3,
            Self::Usage => 64,
            Self::Interrupted => 130,
            Self::ReaderGone => 141,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command could not do its work. `main` prints it once.
#[derive(Debug)]
pub struct Failure {
    /// Whose fault it is.
    pub exit: Exit,
    /// The message: a lower-case fragment that ends with what to do.
    pub error: anyhow::Error,
}

impl Failure {
    /// Something is missing on this computer.
    pub fn environment(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Environment, error: error.into() }
    }

    /// The course itself is wrong.
    pub fn course(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Course, error: error.into() }
    }

    /// The command line asks for something that does not exist.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Usage, error: error.into() }
    }

    /// Ctrl-C.
    pub fn interrupted() -> Self {
        let error = anyhow::anyhow!("stopped; nothing is left running, and this check is not recorded");
        Self { exit: Exit::Interrupted, error }
    }

    /// It is not the moment for this yet.
    pub fn not_yet(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::NotYet, error: error.into() }
    }
}

/// For writing output: a closed pipe ends the run quietly, anything else is the environment's fault.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let exit =
            if error.kind() == io::ErrorKind::BrokenPipe { Exit::ReaderGone } else { Exit::Environment };
        Self { exit, error: anyhow::Error::new(error).context("cannot write the output") }
    }
}
