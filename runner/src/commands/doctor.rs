//! `doctor`: is everything here that the exercises need? Next: [`super::completions`].

use std::{ffi::OsStr, fs, net::TcpListener, path::Path};

use clap::Args;
use grader::scenario::model::Track;

use super::{Context, look, tools, track};
use crate::{
    attempt::{find_program, is_installed},
    course::Course,
    exit::{Exit, Failure},
    progress::Store,
};

/// Less free memory than this makes a Rust build slow or impossible.
const MEBIBYTES_FOR_A_BUILD: u64 = 1024;

const EXAMPLES: &str = "\
Exit code 0: your track has all it needs. 2: it lacks something; the list says what.

Example:
  cargo run -p runner doctor";

/// Arguments of `doctor`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct DoctorArgs {}

/// One thing that was looked for.
struct Finding {
    what: &'static str,
    /// What was found, or what is wrong.
    found: Result<String, String>,
    /// What to call it when it is not right: `missing`, or `warning` for what is there.
    lack: &'static str,
    /// What it is for.
    needed_by: &'static str,
    /// How to get it.
    get: &'static str,
    /// Whether the learner's track cannot do without it.
    required: bool,
}

/// Looks for everything and says what is missing.
pub fn execute(_: &DoctorArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let store = Store::at(course.root());
    let track = store.read().progress.track.unwrap_or(Track::Rust);
    let mut findings = programs(track);
    findings.push(node_modules(&course));
    findings.push(loopback());
    findings.push(progress(&store, course.root()));
    findings.extend(memory());

    let (right, wrong, warning, strong) = (look::RIGHT, look::WRONG, look::WARNING, look::STRONG);
    writeln!(ctx.out, "{strong}{}{strong:#}  track {}\n", course.root().display(), track.as_str())?;
    for finding in &findings {
        match &finding.found {
            Ok(found) => writeln!(ctx.out, "  {right}ok     {right:#}  {:<13} {found}", finding.what)?,
            Err(found) => {
                let style = if finding.required { wrong } else { warning };
                writeln!(ctx.out, "  {style}{}{style:#}  {:<13} {found}", finding.lack, finding.what)?;
                writeln!(ctx.out, "           {:<13} {}", "needed by", finding.needed_by)?;
                writeln!(ctx.out, "           {:<13} {}", "do this", finding.get)?;
            }
        }
    }
    let lacking: Vec<_> = findings
        .iter()
        .filter(|finding| finding.required && finding.found.is_err())
        .map(|finding| finding.what)
        .collect();
    if lacking.is_empty() {
        writeln!(ctx.out, "\nThe {} track has all it needs.", track::name(track))?;
        Ok(Exit::Passed)
    } else {
        writeln!(ctx.out, "\nThe {} track lacks: {}.", track::name(track), lacking.join(", "))?;
        Ok(Exit::Environment)
    }
}

fn programs(track: Track) -> Vec<Finding> {
    let not_found = || "not found on the PATH".to_owned();
    let node = match tools::version("node") {
        Some(version) if tools::is_new_enough(&version) => Ok(version),
        Some(version) => Err(format!("{version} is too old")),
        None => Err(not_found()),
    };
    let javascript = track == Track::JavaScript;
    let browser = ["chromium", "chromium-browser", "google-chrome", "chrome"]
        .into_iter()
        .find_map(|name| find_program(OsStr::new(name)))
        .map(|path| path.display().to_string());
    let program = |what, found: Option<String>, needed_by, get, required| Finding {
        what,
        found: found.ok_or_else(not_found),
        lack: "missing",
        needed_by,
        get,
        required,
    };
    vec![
        program("cargo", tools::version("cargo"), "everything", "install Rust: https://rustup.rs", true),
        program("rustc", tools::version("rustc"), "everything", "install Rust: https://rustup.rs", true),
        Finding {
            what: "node",
            found: node,
            lack: "missing",
            needed_by: "the JavaScript track",
            get: "install Node 20 or newer: https://nodejs.org",
            required: javascript,
        },
        program(
            "npm",
            tools::version("npm"),
            "the JavaScript track",
            "it comes with Node: https://nodejs.org",
            javascript,
        ),
        program(
            "redis-server",
            redis(),
            "lesson 21, where several nodes share one Redis",
            "install `redis-server` with your system's package manager, or name one in `REDIS_URL`",
            false,
        ),
        program(
            "chromium",
            browser,
            "teachers who test the book in a browser",
            "install `chromium` with your system's package manager",
            false,
        ),
    ]
}

/// What the exercises of several nodes would use.
fn redis() -> Option<String> {
    let foreign = std::env::var("REDIS_URL").ok().filter(|url| !url.trim().is_empty());
    let named = foreign.map(|_| "the one that `REDIS_URL` names".to_owned());
    named.or_else(|| tools::version("redis-server")).or_else(|| tools::version("valkey-server"))
}

fn node_modules(course: &Course) -> Finding {
    let exercises = course.root().join("exercises");
    let found = if is_installed(&exercises) {
        Ok("installed".to_owned())
    } else if exercises.join("node_modules").is_dir() {
        Err("not what package-lock.json asks for".to_owned())
    } else {
        Err("not installed yet".to_owned())
    };
    Finding {
        what: "node_modules",
        found,
        lack: "warning",
        needed_by: "the JavaScript track",
        get: "nothing: the first JavaScript check installs them (or: npm ci, in exercises/)",
        required: false,
    }
}

fn loopback() -> Finding {
    let found = TcpListener::bind(("127.0.0.1", 0))
        .map(|_| "a port on 127.0.0.1 can be opened".to_owned())
        .map_err(|error| format!("no port on 127.0.0.1: {error}"));
    Finding {
        what: "loopback",
        found,
        lack: "missing",
        needed_by: "every check: your program listens there",
        get: "allow this program to listen on 127.0.0.1 (firewall, container, sandbox)",
        required: true,
    }
}

fn progress(store: &Store, root: &Path) -> Finding {
    let kept = store.read();
    let folder = store.path().parent().filter(|folder| folder.exists()).unwrap_or(root).to_path_buf();
    let found = match (kept.notices.first(), tempfile::tempfile_in(&folder)) {
        (Some(notice), _) => Err(notice.clone()),
        (None, Err(error)) => Err(format!("cannot write in `{}`: {error}", folder.display())),
        (None, Ok(_)) if kept.progress.exercises.is_empty() => Ok("nothing kept yet".to_owned()),
        (None, Ok(_)) => Ok(match kept.progress.exercises.len() {
            1 => "1 exercise begun".to_owned(),
            begun => format!("{begun} exercises begun"),
        }),
    };
    Finding {
        what: "progress",
        found,
        lack: "warning",
        needed_by: "remembering what has passed; checks work without it",
        get: "make `.socketlings` in the course's folder writable, or set the file right",
        required: false,
    }
}

/// Free memory, where the system says it.
fn memory() -> Option<Finding> {
    let about = fs::read_to_string("/proc/meminfo").ok()?;
    let line = about.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let mebibytes = line.split_whitespace().next()?.parse::<u64>().ok()? / 1024;
    let said = format!("{mebibytes} MiB free");
    Some(Finding {
        what: "memory",
        lack: "warning",
        found: if mebibytes >= MEBIBYTES_FOR_A_BUILD { Ok(said) } else { Err(said) },
        needed_by: "building Rust exercises (about 1 GiB)",
        get: "end other programs, or build with `CARGO_BUILD_JOBS=1`",
        required: false,
    })
}
