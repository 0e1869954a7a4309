//! `serve`: the book in the browser while it is being written. Next: [`super::publish`].

use anyhow::{Context as _, anyhow};
use clap::Args;
use runner::{
    commands::{Context, interrupt::Interrupts},
    exit::{Exit, Failure},
};
use tokio::sync::{mpsc, watch};

use super::{root, tell};
use crate::{
    interrupt::Session,
    serve::{Builder, Desk, Edition, Told},
};

const EXAMPLES: &str = "\
The page is shown anew after each change of a chapter, a demo, a recording, the theme or an exercise. What cannot be shown \
stands in the page and here, with its place. Nothing is run: `record` does that.

Examples:
  cargo run -p press -- serve
      on a port that the system chooses
  cargo run -p press -- serve --port 4000
      on this one";

/// Arguments of `serve`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ServeArgs {
    /// The port; else one that the system chooses
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
}

/// Serves until Ctrl-C.
pub fn execute(args: &ServeArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let root = root(ctx)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")
        .map_err(Failure::environment)?;
    let _session = Session::new();
    let mut interrupts = Interrupts::listen(&runtime)?;
    let port = args.port;
    let served = runtime.block_on(interrupts.or(async {
        let desk = Desk::open(port)
            .await
            .with_context(|| format!("the port {port} cannot be opened; choose another one with `--port`"))
            .map_err(Failure::environment)?;
        writeln!(ctx.out, "the book is at {} (Ctrl-C ends it)", desk.url())?;
        ctx.out.flush()?;
        let (editions, newest) = watch::channel(Edition::default());
        let (say, mut said) = mpsc::unbounded_channel();
        let _builder = Builder::start(&root, editions, say)
            .context("cannot make a temporary folder")
            .map_err(Failure::environment)?;
        let serving = desk.serve(newest);
        tokio::pin!(serving);
        loop {
            tokio::select! {
                done = &mut serving => {
                    return done.context("the port was closed").map_err(Failure::environment);
                }
                told = said.recv() => match told {
                    Some(told) => report(ctx, &root, &told)?,
                    None => return Err(Failure::environment(anyhow!("the builder has ended; start `serve` again"))),
                },
            }
        }
    }));
    match served {
        Ok(()) => Ok(Exit::Passed),
        // It is how one ends it.
        Err(failure) if failure.exit == Exit::Interrupted => Ok(Exit::Interrupted),
        Err(failure) => Err(failure),
    }
}

fn report(ctx: &mut Context<'_>, root: &std::path::Path, told: &Told) -> Result<(), Failure> {
    let changed = told.changed.as_ref().map_or(String::new(), |path| {
        let path = path.strip_prefix(root).unwrap_or(path);
        format!("{} changed: ", path.display())
    });
    tell(ctx.out, &told.problems)?;
    let problems = match told.problems.len() {
        0 => String::new(),
        count => format!(", {}", super::several(count, "problem", "problems")),
    };
    writeln!(ctx.out, "{changed}built in {:.1} s{problems}", told.took.as_secs_f64())?;
    ctx.out.flush()?;
    Ok(())
}
