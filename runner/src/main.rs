//! The binary: parse, run, print an error once, return an exit code. All else is in the library.

use std::{
    env,
    io::{self, BufReader, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use anstream::AutoStream;
use clap::{ColorChoice, Parser};
use runner::{
    cli::{self, Cli},
    commands::{Context, Terminal, look},
    exit::{Exit, Failure},
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return help_or_usage(&error).into(),
    };
    let color = if cli.plain { ColorChoice::Never } else { cli.color };
    // For those who ask later what suits a stream (`report::style`), and for a watch, which draws by itself.
    on_stream(color).write_global();
    let mut out = AutoStream::new(io::stdout(), on_stream(color));
    let mut err = AutoStream::new(io::stderr(), on_stream(color));
    let exit = match run(cli, &mut out, &mut err) {
        Ok(exit) => exit,
        Err(failure) => {
            tell(&failure, &mut err);
            failure.exit
        }
    };
    exit.into()
}

fn run(
    cli: Cli,
    out: &mut AutoStream<io::Stdout>,
    err: &mut AutoStream<io::Stderr>,
) -> Result<Exit, Failure> {
    let here = env::current_dir().map_err(|error| {
        Failure::environment(
            anyhow::Error::new(error).context("cannot see the current folder; go to another one"),
        )
    })?;
    let course = cli.course.clone().or_else(|| env::var_os("SOCKETLINGS_COURSE").map(PathBuf::from));
    let terminal = Terminal {
        interactive: io::stdin().is_terminal() && io::stderr().is_terminal(),
        plain: cli.plain,
        width: terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0)),
    };
    let mut input = BufReader::new(io::stdin());
    let mut ctx = Context { out, err, input: &mut input, terminal, course, here };
    let exit = cli::run(cli.command, &mut ctx)?;
    ctx.out.flush()?;
    Ok(exit)
}

/// Help and version are what was asked for; anything else that clap refuses is wrong usage.
fn help_or_usage(error: &clap::Error) -> Exit {
    // Nobody is left to tell when even this cannot be printed.
    drop(error.print());
    if error.use_stderr() { Exit::Usage } else { Exit::Passed }
}

fn tell(failure: &Failure, err: &mut impl Write) {
    if failure.exit == Exit::ReaderGone {
        return;
    }
    let style = look::WRONG;
    let text = format!("{style}error{style:#}: {:#}\n", failure.error);
    // Nobody is left to tell when even this cannot be printed.
    drop(err.write_all(text.as_bytes()));
}

const fn on_stream(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}
