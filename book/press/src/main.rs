//! The binary: parse, run, print an error once, return an exit code. All else is in the library.

use std::{
    env,
    io::{self, BufReader, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use anstream::AutoStream;
use clap::Parser;
use press::{
    cli::{self, Cli},
    interrupt,
};
use runner::{
    commands::{Context, Terminal, look},
    exit::{Exit, Failure},
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to tell when even this cannot be printed.
            drop(error.print());
            return if error.use_stderr() { Exit::Usage } else { Exit::Passed }.into();
        }
    };
    let mut out = AutoStream::auto(io::stdout());
    let mut err = AutoStream::auto(io::stderr());
    let exit = match run(cli, &mut out, &mut err) {
        Ok(exit) => exit,
        Err(failure) if failure.exit == Exit::Interrupted => {
            say_stopped();
            failure.exit
        }
        Err(failure) => {
            if failure.exit != Exit::ReaderGone {
                let style = look::WRONG;
                let text = format!("{style}error{style:#}: {:#}\n", failure.error);
                // Nobody is left to tell when even this cannot be printed.
                drop(err.write_all(text.as_bytes()));
            }
            failure.exit
        }
    };
    exit.into()
}

/// Ctrl-C: the line about progress goes, and one about the end comes.
fn say_stopped() {
    let mut err = AutoStream::auto(io::stderr());
    let style = look::WRONG;
    let clear = if io::stderr().is_terminal() { "\r\x1b[2K" } else { "" };
    // Nobody is left to tell when even this cannot be printed.
    drop(writeln!(err, "{clear}{style}error{style:#}: {}", interrupt::SAID));
}

fn run(
    cli: Cli,
    out: &mut AutoStream<io::Stdout>,
    err: &mut AutoStream<io::Stderr>,
) -> Result<Exit, Failure> {
    let here = env::current_dir().map_err(|error| {
        let error = anyhow::Error::new(error).context("cannot see the current folder; go to another one");
        Failure::environment(error)
    })?;
    let course = cli.course.or_else(|| env::var_os("SOCKETLINGS_COURSE").map(PathBuf::from));
    let terminal = Terminal {
        interactive: io::stdin().is_terminal() && io::stderr().is_terminal(),
        plain: false,
        width: terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0)),
    };
    let mut input = BufReader::new(io::stdin());
    let mut ctx = Context { out, err, input: &mut input, terminal, course, here };
    interrupt::listen(say_stopped)?;
    let exit = cli::run(cli.command, &mut ctx)?;
    ctx.out.flush()?;
    Ok(exit)
}
