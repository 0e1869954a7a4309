//! How fast a learner is served: `cargo bench -p runner`. Everything is measured in one run, and what counts are
//! ratios: this computer is compared with itself.
//!
//! The runner under test is the dev build, because that is what `cargo run -p runner` gives a learner. It needs
//! Node and `npm ci` in `exercises`, and tmux. `cargo bench -p runner --bench speed -- watch list` measures only these;
//! `everything` (`verify` of the whole course) and `first-build` (a fresh clone from nothing) only run when they are named.

#![expect(clippy::print_stdout, reason = "a benchmark is a program that prints a table")]

mod clock;
mod course;
mod log;
mod screen;

use std::{cell::RefCell, error::Error, path::Path, process::Command, time::Duration};

use clock::{Sample, median, peak_memory, until_exit, until_line};
use course::{Borrowed, MODELS, root, to_watch, with_exercises};
use log::Log;
use screen::Screen;

const ROUNDS: usize = 11;
/// What takes minutes.
const EVERYTHING: &str = "everything";
const FIRST_BUILD: &str = "first-build";
/// The exercises whose `verify` has a bar of its own: three roles, both tracks.
const SIX: [&str; 6] =
    ["first_push", "ack_every_path", "tell_the_others", "members_only", "come_back", "shake_hands"];

/// Measures, and prints its rows. It gets the course's root and the runner under test.
type Part = fn(&Path, &Path) -> Result<(), Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let root = root();
    run(Command::new("cargo").args(["build", "--quiet", "--package", "runner"]).current_dir(&root))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let runner = target.join("debug/runner");
    let parts: [(&str, Part); 10] = [
        ("javascript", javascript),
        ("rust", rust),
        ("scenario", scenario),
        ("missing", missing),
        ("watch", watch),
        ("list", list),
        ("memory", memory),
        ("verify", verify),
        (EVERYTHING, everything),
        (FIRST_BUILD, |root, _| first_build(root)),
    ];
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let Some(unknown) = named.iter().find(|name| parts.iter().all(|(part, _)| part != name)) {
        return Err(format!(
            "there is no part `{unknown}`; there are: {}",
            parts.map(|(part, _)| part).join(", ")
        )
        .into());
    }
    println!("| what | measured | bar |\n|---|---|---|");
    for (part, measure) in parts {
        let is_long = [EVERYTHING, FIRST_BUILD].contains(&part);
        if named.iter().any(|name| name == part) || (named.is_empty() && !is_long) {
            measure(&root, &runner)?;
        }
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}

fn check(root: &Path, runner: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(runner);
    command.arg("check").args(arguments).arg("--json").current_dir(root);
    command
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

/// `check`, and a save in a watch, beside what a bare Node needs to import `socket.io` and listen.
fn javascript(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    const BARE: &str = "import { createServer } from 'node:http'; import { Server } from 'socket.io';\
        const http = createServer(); new Server(http); http.listen(0, '127.0.0.1', () => process.exit());";
    let bare = || {
        let mut command = Command::new("node");
        command.args(["--input-type=module", "--eval", BARE]).current_dir(root.join("exercises"));
        until_exit(&mut command)
    };
    let course = to_watch(root)?;
    for (number, model) in MODELS.into_iter().enumerate() {
        let exercise = model.rsplit('/').next().unwrap_or(model);
        let checked = || {
            let arguments = [exercise, "--track", "javascript", "--answer", "solution"];
            until_line(&mut check(root, runner, &arguments), "\"event\":\"check_ended\"")
        };
        beside_bare(&format!("`check`, `{exercise}`"), &pairs(bare, checked)?);
        let log = RefCell::new(Log::open(runner, course.path(), number)?);
        beside_bare(&format!("a save in `watch`, `{exercise}`"), &pairs(bare, || log.borrow_mut().saved())?);
    }
    Ok(())
}

fn beside_bare(what: &str, pairs: &[(Duration, Duration)]) {
    let ratio = median(pairs.iter().map(|(bare, ours)| ours.div_duration_f64(*bare)));
    let bare = median(pairs.iter().map(|(bare, _)| bare.as_secs_f64() * 1000.0));
    let ours = median(pairs.iter().map(|(_, ours)| ours.as_secs_f64() * 1000.0));
    println!(
        "| JavaScript to the verdict, {what} | {ratio:.2} × a bare Node ({ours:.0} ms, {bare:.0} ms) | 1.5 × |"
    );
}

/// The two commands in turn, so that a computer that changes its speed changes it for both.
fn pairs(
    first: impl Fn() -> Sample,
    second: impl Fn() -> Sample,
) -> Result<Vec<(Duration, Duration)>, Box<dyn Error>> {
    // Once for the caches.
    first()?;
    second()?;
    (0..ROUNDS).map(|_| Ok((first()?, second()?))).collect()
}

/// After an edit: the check beside `cargo build` of the same binary.
fn rust(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    let file = Borrowed::take(&root.join("exercises/07_rooms/members_only/main.rs"))?;
    let solution = std::fs::read_to_string(root.join("exercises/07_rooms/members_only/answers/solution.rs"))?;
    let edit = |number: usize| file.write(&format!("{solution}\n// edit {number}\n"));
    let build = || {
        let mut command = Command::new("cargo");
        command
            .args(["build", "--quiet", "--package", "exercises", "--bin", "members_only"])
            .current_dir(root);
        until_exit(&mut command)
    };
    let checked = || {
        until_line(
            &mut check(root, runner, &["members_only", "--track", "rust"]),
            "\"event\":\"check_ended\"",
        )
    };
    let mut over = Vec::new();
    for number in 0..ROUNDS {
        edit(2 * number)?;
        let floor = build()?;
        edit(2 * number + 1)?;
        over.push((checked()?.as_secs_f64() - floor.as_secs_f64()) * 1000.0);
    }
    println!(
        "| Rust, after an edit, over `cargo build` of that binary | {:+.0} ms | +120 ms |",
        median(over.into_iter())
    );
    Ok(())
}

/// A scenario with three clients against a ready server, without its quiet window: until the last packet.
fn scenario(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let solution = root.join("exercises/07_rooms/members_only/answers/solution.rs");
    let mut server = Command::new(root.join("target/debug/socketlings-answers-07_rooms"))
        .env("SOCKETLINGS_ANSWER", solution)
        .env("PORT", port.to_string())
        .stdout(std::process::Stdio::null())
        .spawn()?;
    let url = format!("http://127.0.0.1:{port}");
    let mut times = Vec::new();
    // The first one warms the server.
    for _ in 0..=ROUNDS {
        let output = check(root, runner, &["members_only", "--url", &url]).output()?;
        for line in String::from_utf8(output.stdout)?.lines() {
            let event: serde_json::Value = serde_json::from_str(line)?;
            if event["id"] == "inside" && event["outcome"] == "passed" {
                let packets = event["packets"].as_array();
                times.push(packets.and_then(|all| all.last()?["at_ms"].as_f64()).unwrap_or(f64::NAN));
            }
        }
    }
    server.kill()?;
    server.wait()?;
    let time = median(times.into_iter().skip(1));
    println!("| three clients, ten steps, a ready server, besides the quiet window | {time:.0} ms | 15 ms |");
    Ok(())
}

fn missing(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    for track in ["rust", "javascript"] {
        let arguments = ["members_only", "--track", track, "--answer", "mistake:sender-left-out"];
        let time = until_line(&mut check(root, runner, &arguments), "\"event\":\"check_ended\"")?;
        println!("| a `missing` verdict ({track}) | {} | 1500 ms |", milliseconds(time));
    }
    Ok(())
}

/// The same save, checked by `check` and by a watch in a terminal.
fn watch(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    let screen = Screen::open(root, runner)?;
    let pairs = pairs(|| screen.check(), || screen.saved())?;
    let over =
        median(pairs.iter().map(|(check, saved)| (saved.as_secs_f64() - check.as_secs_f64()) * 1000.0));
    let check = median(pairs.iter().map(|(check, _)| check.as_secs_f64() * 1000.0));
    let saved = median(pairs.iter().map(|(_, saved)| saved.as_secs_f64() * 1000.0));
    println!(
        "| `watch`, save to verdict on the screen, over `check` | {over:+.0} ms ({saved:.0} ms, {check:.0} ms) | +60 ms |"
    );
    Ok(())
}

fn list(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    for count in [6, 60] {
        let course = with_exercises(root, count)?;
        let listed = || until_exit(Command::new(runner).args(["list", "--course"]).arg(course.path()));
        listed()?;
        let times: Result<Vec<_>, _> = (0..ROUNDS).map(|_| listed()).collect();
        let time = median(times?.into_iter().map(|time| time.as_secs_f64() * 1000.0));
        println!("| `list`, {count} exercises | {time:.0} ms | 50 ms |");
    }
    Ok(())
}

fn memory(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    let peak = peak_memory(&mut check(
        root,
        runner,
        &["members_only", "--track", "javascript", "--answer", "solution"],
    ))?;
    println!("| the runner's peak memory, one check | {} MB | 60 MB |", peak / 1000);
    let mut verify = Command::new(runner);
    let peak = peak_memory(verify.arg("verify").args(["--mine", "members_only"]).current_dir(root))?;
    println!("| the runner's peak memory, `verify` | {} MB | 60 MB |", peak / 1000);
    Ok(())
}

fn verify(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    let six = || until_exit(Command::new(runner).args(["verify", "--mine"]).args(SIX).current_dir(root));
    // Once to build the answers.
    six()?;
    println!("| `verify` of six exercises, warm | {:.1} s | 60 s |", six()?.as_secs_f64());
    Ok(())
}

fn everything(root: &Path, runner: &Path) -> Result<(), Box<dyn Error>> {
    let time = until_exit(Command::new(runner).args(["verify", "--mine"]).current_dir(root))?;
    println!("| `verify` of everything, warm | {:.1} s | 240 s |", time.as_secs_f64());
    Ok(())
}

/// From a fresh clone to the first verdict on the Rust track, in processor seconds.
fn first_build(root: &Path) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    run(Command::new("git").args(["clone", "--quiet"]).arg(root).arg(folder.path().join("course")))?;
    let before = clock::children_cpu()?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "runner", "check", "first_push", "--track", "rust"]);
    until_exit(command.current_dir(folder.path().join("course")).env_remove("CARGO_TARGET_DIR"))?;
    let seconds = clock::children_cpu()? - before;
    println!("| a fresh clone to the first verdict, Rust track | {seconds:.0} processor seconds | 120 |");
    Ok(())
}
