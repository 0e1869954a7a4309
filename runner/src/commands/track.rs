//! `track`: the language that the learner writes, and how it is chosen the first time. Next: [`super::doctor`].

use anyhow::anyhow;
use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use grader::scenario::model::Track;

use super::{Context, Terminal, ask, look, tools, typed};
use crate::{
    attempt::OLDEST_NODE,
    course::{Course, Exercise},
    exit::{Exit, Failure},
    progress::{Change, Progress},
};

/// So many unclear answers are asked about again.
const TRIES: u8 = 3;

const EXAMPLES: &str = "\
What passed in one language stays passed in it: you can change at any time, and back.

Examples:
  cargo run -p runner track               which one is it?
  cargo run -p runner track javascript    Node and the official packages
  cargo run -p runner track rust          socketioxide; needs only cargo
  cargo run -p runner check members_only --track rust
                                          this once, without changing it";

/// Arguments of `track`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct TrackArgs {
    /// The language to write from now on
    #[arg(value_name = "TRACK", value_parser = parser())]
    pub track: Option<Track>,
}

/// Shows or sets the track.
pub fn execute(args: &TrackArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    let Some(track) = args.track else {
        let progress = ctx.progress(&course);
        let track = preferred(ctx, &course, &progress, None)?;
        writeln!(ctx.out, "{}", track.as_str())?;
        return Ok(Exit::Passed);
    };
    if !ctx.record(&course, &[Change::Track(track)]) {
        return Err(Failure::environment(anyhow!(
            "the track is as it was; `{}` says what is wrong here",
            typed("doctor")
        )));
    }
    writeln!(ctx.out, "You write {} now.", name(track))?;
    if track == Track::JavaScript && tools::node().is_none() {
        ctx.warn(format!(
            "Node {} or newer is not here; `{}` says how to get it",
            OLDEST_NODE,
            typed("doctor")
        ));
    }
    Ok(Exit::Passed)
}

/// Reads `javascript` or `rust`.
pub fn parser() -> impl TypedValueParser<Value = Track> {
    PossibleValuesParser::new([
        PossibleValue::new(Track::JavaScript.as_str()).aliases(["js", "node"]),
        PossibleValue::new(Track::Rust.as_str()).alias("rs"),
    ])
    .map(|word| if matches!(word.as_str(), "rust" | "rs") { Track::Rust } else { Track::JavaScript })
}

/// The language's name, for people.
pub const fn name(track: Track) -> &'static str {
    match track {
        Track::JavaScript => "JavaScript",
        Track::Rust => "Rust",
    }
}

/// The track to work in: the one asked for (`--track`), or the learner's own. The first time a person at a terminal
/// is asked, and the answer is kept. Nobody there: Rust, which needs only cargo, and nothing is kept.
pub fn preferred(
    ctx: &mut Context<'_>,
    course: &Course,
    progress: &Progress,
    asked: Option<Track>,
) -> Result<Track, Failure> {
    if let Some(track) = asked.or(progress.track) {
        return Ok(track);
    }
    if !ctx.terminal.interactive {
        return Ok(Track::Rust);
    }
    let track = ask_track(ctx, tools::node().as_deref())?;
    ctx.record(course, &[Change::Track(track)]);
    Ok(track)
}

/// In which track this exercise is done: in the preferred one, or with a note in the only one that it has. `None`
/// when it needs no language. A track that was asked for (`--track`) and is not there is wrong usage.
pub fn choose(
    ctx: &mut Context<'_>,
    exercise: &Exercise,
    preferred: Track,
    asked: Option<Track>,
) -> Result<Option<Track>, Failure> {
    let tracks = exercise.tracks();
    let Some(only) = tracks.first().copied() else { return Ok(None) };
    if tracks.contains(&preferred) {
        return Ok(Some(preferred));
    }
    if asked.is_some() {
        return Err(Failure::usage(anyhow!(
            "`{}` is only in {}; leave `--track` out",
            exercise.id(),
            name(only)
        )));
    }
    ctx.note(format!("`{}` is only in {}", exercise.id(), name(only)));
    Ok(Some(only))
}

/// The preferred track, or the only one that the exercise has, without a word about it; none where it needs none.
pub fn of(exercise: &Exercise, preferred: Track) -> Option<Track> {
    let tracks = exercise.tracks();
    if tracks.contains(&preferred) { Some(preferred) } else { tracks.first().copied() }
}

/// The track that was asked for (`--track`), if the commands that a learner types next have to be told it, too: by
/// themselves they would choose another one, or ask.
pub fn to_tell(
    terminal: Terminal,
    progress: &Progress,
    exercise: &Exercise,
    asked: Option<Track>,
) -> Option<Track> {
    let own = progress.track.or((!terminal.interactive).then_some(Track::Rust));
    let by_itself = own.and_then(|own| of(exercise, own));
    asked.filter(|asked| !exercise.tracks().is_empty() && by_itself != Some(*asked))
}

/// ` --track rust`, for commands that have to be told it.
pub fn option(told: Option<Track>) -> String {
    told.map_or_else(String::new, |track| format!(" --track {}", track.as_str()))
}

/// Asks which language. `node` is the version of a Node that is new enough, if one is here.
pub fn ask_track(ctx: &mut Context<'_>, node: Option<&str>) -> Result<Track, Failure> {
    let preset = if node.is_some() { Track::JavaScript } else { Track::Rust };
    let here = node.map_or_else(
        || format!("needs Node {OLDEST_NODE} or newer, which is not here"),
        |version| format!("Node {version} is here"),
    );
    let (strong, plain) = (look::STRONG, look::STRONG.render_reset());
    writeln!(ctx.err, "{strong}Which language do you want to write?{plain} You can change it later.\n")?;
    writeln!(ctx.err, "  1  JavaScript  {here}")?;
    writeln!(ctx.err, "  2  Rust        needs only cargo\n")?;
    let question = format!("1 or 2 (Enter: {})?", name(preset));
    for _ in 0..TRIES {
        let Some(answer) = ask::answer(ctx, &question)? else {
            return Err(Failure::usage(anyhow!(
                "the input ended before an answer, so nothing was changed; choose with `{}`",
                typed("track javascript")
            )));
        };
        match answer.to_lowercase().as_str() {
            "" => return Ok(preset),
            "1" | "javascript" | "js" => return Ok(Track::JavaScript),
            "2" | "rust" | "rs" => return Ok(Track::Rust),
            _ => writeln!(ctx.err, "Type 1 or 2.")?,
        }
    }
    Err(Failure::usage(anyhow!(
        "no answer was clear, so nothing was changed; choose with `{}`",
        typed("track javascript")
    )))
}
