//! `wire`: shows what a Socket.IO client and server say to each other, any of both. Next: [`super::play`].

use std::{
    io,
    path::PathBuf,
    process, thread,
    time::{Instant, SystemTime},
};

use anyhow::{Context as _, anyhow};
use clap::{Args, ValueEnum};
use grader::transcript::Direction;
use tokio::{runtime::Runtime, sync::oneshot};

use super::{Context, check::runtime, interrupt::Interrupts};
use crate::{
    exit::{Exit, Failure},
    report::{
        style::{self, Style},
        wire::{Form, WireLog},
    },
    whole,
    wire::{
        Reader, Sights, Target, Watcher, Wire,
        entry::Rank,
        exchange::Told,
        filter::Filter,
        keep::{Keep, Wanted},
        queue,
    },
};

const EXAMPLES: &str = "\
Examples:
  cargo run -p runner wire                           before the server at http://127.0.0.1:3000
  cargo run -p runner wire http://127.0.0.1:8080 --port 9000
                                                     clients connect to http://127.0.0.1:9000
  cargo run -p runner wire --namespace /chat --event sendMessage --direction to-server
                                                     only this
  cargo run -p runner wire --har talk.har --svg talk.svg --transcript talk.jsonl
                                                     written when you press Ctrl-C

What you see: the time in seconds, the number of the client, which way (→ to the
server), the packet as it was on the wire, and what it means. A `!` marks what
could not be read; it passes all the same.

Who may use it: programs of this computer, and web pages that it serves itself
(localhost). Pages of other sites are refused; `--allow-origin https://app.example`
lets one in.";

/// Arguments of `wire`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct WireArgs {
    /// The server, over plain http
    #[arg(value_name = "URL", default_value = "http://127.0.0.1:3000")]
    pub url: String,

    /// The port for clients; 0: one that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,

    /// Show only packets of this namespace (again: of this one, too)
    #[arg(long, value_name = "NAMESPACE")]
    pub namespace: Vec<String>,

    /// Show only this event (again: this one, too)
    #[arg(long, value_name = "NAME")]
    pub event: Vec<String>,

    /// Show only one direction: to-server or from-server
    #[arg(long, value_name = "WAY", hide_possible_values = true)]
    pub direction: Option<Way>,

    /// Show heartbeats, too
    #[arg(long)]
    pub heartbeats: bool,

    /// Show and write credentials as they are: `auth`, cookies, authorization headers, session ids
    #[arg(long)]
    pub secrets: bool,

    /// Let pages of this origin use the proxy (again: of this one, too)
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<String>,

    /// Write what is shown as JSON lines, at the end
    #[arg(long, value_name = "FILE")]
    pub transcript: Option<PathBuf>,

    /// Write what is shown as a sequence diagram, at the end
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,

    /// Write all that passed as HAR 1.2 with WebSocket messages, at the end
    #[arg(long, value_name = "FILE")]
    pub har: Option<PathBuf>,

    /// Print each packet as one line of JSON
    #[arg(long)]
    pub json: bool,
}

/// What `--direction` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// What clients send
    ToServer,
    /// What the server sends
    FromServer,
}

/// Shows what passes until Ctrl-C, and writes the files then.
pub fn execute(args: &WireArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let target = Target::parse(&args.url).map_err(|why| Failure::usage(anyhow!("`{}`: {why}", args.url)))?;
    let files = Files::of(args);
    files.can_be_written()?;
    let runtime = runtime()?;
    let interrupts = Interrupts::listen(&runtime)?;
    let wire = runtime
        .block_on(Wire::open(args.port, target.clone(), &args.allow_origin))
        .with_context(|| format!("port {} cannot be opened; choose another one with `--port`", args.port))
        .map_err(Failure::environment)?;
    let url = wire.url();
    let (watcher, sights) = queue();
    let (done, finished) = oneshot::channel();
    thread::scope(|scope| {
        scope.spawn(move || carry(&runtime, interrupts, wire, watcher, finished));
        let shown = Shown { args, files: &files, target: target.url() };
        let ended = shown.until_the_end(ctx, &url, &sights);
        // The proxy ends when it hears of this, or has ended already.
        drop(done);
        drop(sights);
        ended
    })?;
    // Ctrl-C is how it is meant to end.
    Ok(Exit::Passed)
}

/// The proxy's thread: until Ctrl-C, or until nobody reads any more.
fn carry(
    runtime: &Runtime,
    mut interrupts: Interrupts,
    wire: Wire,
    watcher: Watcher,
    mut finished: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        let served = async {
            wire.serve(watcher).await;
            Ok(())
        };
        tokio::select! {
            _ = &mut finished => return,
            // Either way the proxy is gone, and the reader comes to its end.
            _ = interrupts.or(served) => {}
        }
        let again = interrupts.or(async {
            drop(finished.await);
            Ok(())
        });
        if again.await.is_err() {
            // What is shown is not taken away, or a disk hangs: the person does not want to wait for it.
            process::exit(Exit::Interrupted.code().into());
        }
    });
}

/// What is shown and kept of what passes.
struct Shown<'a> {
    args: &'a WireArgs,
    files: &'a Files,
    target: String,
}

impl Shown<'_> {
    fn until_the_end(&self, ctx: &mut Context<'_>, url: &str, sights: &Sights) -> Result<(), Failure> {
        let began = Instant::now();
        let mut reader = Reader::new(began, self.args.secrets);
        let mut keep = Keep::new(self.files.wanted(), self.target.clone(), SystemTime::now());
        let filter = self.filter();
        let (style, form) = look(self.args, ctx);
        let mut log = WireLog::new(ctx.out, style, form);
        let mut packets = 0;
        let mut written = log.opened(url, &self.target, !self.args.secrets);
        while written.is_ok()
            && let Some(told) = reader.next(sights)
        {
            for told in told {
                match told {
                    Told::Entry(entry) => {
                        packets += usize::from(entry.client.is_some() && entry.rank == Rank::Packet);
                        if filter.wants(&entry) {
                            keep.entry(&entry);
                            written = written.and_then(|()| log.entry(&entry));
                        }
                    }
                    Told::Exchange(exchange) => keep.exchange(&exchange),
                    Told::Message(exchange, message) => keep.message(exchange, &message),
                }
            }
        }
        // Whoever stops reading does not stop us from writing the files.
        let files = self.files.write(&keep)?;
        written?;
        log.ended(reader.clients(), packets, began.elapsed(), &files)?;
        Ok(())
    }

    fn filter(&self) -> Filter {
        Filter {
            namespaces: self.args.namespace.clone(),
            events: self.args.event.clone(),
            direction: self.args.direction.map(|way| match way {
                Way::ToServer => Direction::ToProgram,
                Way::FromServer => Direction::FromProgram,
            }),
            heartbeats: self.args.heartbeats,
        }
    }
}

fn look(args: &WireArgs, ctx: &Context<'_>) -> (Style, Form) {
    let detected = style::detect(&io::stdout());
    // Colours are taken out again on the way when nobody wants them.
    let style = Style { width: ctx.terminal.width.unwrap_or(detected.width), colour: true, ..detected };
    let form = match (args.json, ctx.terminal.plain || ctx.terminal.width.is_none()) {
        (true, _) => Form::Json,
        (false, true) => Form::Lines,
        (false, false) => Form::Screen,
    };
    (if ctx.terminal.plain { style.plain() } else { style }, form)
}

/// The files that are written at the end.
struct Files {
    transcript: Option<PathBuf>,
    svg: Option<PathBuf>,
    har: Option<PathBuf>,
}

impl Files {
    fn of(args: &WireArgs) -> Self {
        Self { transcript: args.transcript.clone(), svg: args.svg.clone(), har: args.har.clone() }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.transcript, &self.svg, &self.har].into_iter().flatten()
    }

    const fn wanted(&self) -> Wanted {
        Wanted { transcript: self.transcript.is_some(), svg: self.svg.is_some(), har: self.har.is_some() }
    }

    /// Better known now than after an hour of listening.
    fn can_be_written(&self) -> Result<(), Failure> {
        for path in self.all() {
            let why = match whole::folder(path) {
                _ if path.is_dir() => "it is a folder",
                folder if !folder.is_dir() => "its folder is not there",
                folder if tempfile::tempfile_in(folder).is_err() => "its folder cannot be written to",
                _ => continue,
            };
            return Err(Failure::usage(anyhow!(
                "cannot write `{}`: {why}; name another file",
                path.display()
            )));
        }
        let paths: Vec<_> = self.all().collect();
        for (index, path) in paths.iter().enumerate() {
            if paths[..index].contains(path) {
                return Err(Failure::usage(anyhow!("`{}` is named for two files; name two", path.display())));
            }
        }
        Ok(())
    }

    /// Writes all of them, each whole or not at all. Says which.
    fn write(&self, keep: &Keep) -> Result<Vec<String>, Failure> {
        let texts: [(&Option<PathBuf>, &dyn Fn() -> String); 3] = [
            (&self.transcript, &|| keep.transcript()),
            (&self.svg, &|| keep.svg()),
            (&self.har, &|| keep.har()),
        ];
        let mut written = Vec::new();
        for (path, text) in texts {
            let Some(path) = path else { continue };
            whole::replace(path, text().as_bytes())
                .with_context(|| format!("cannot write `{}`", path.display()))
                .map_err(Failure::environment)?;
            written.push(path.display().to_string());
        }
        Ok(written)
    }
}
