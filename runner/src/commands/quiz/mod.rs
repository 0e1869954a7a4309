//! `quiz`: questions on the lessons and on the interview, and those whose time has come.
//!
//! | file | holds |
//! |---|---|
//! | `chosen.rs` | which questions are asked |
//! | `order.rs` | the orders that a seed makes |
//! | `item.rs` | what is asked: a question, or a cause that was met |
//! | `sheet.rs` | a question as it is read |
//! | `ask.rs` | the four ways to ask |
//! | `lines.rs` | answers as lines of text |
//! | `keys/` | answers by keys, on a terminal |
//! | `feedback.rs` | what is said after an answer |
//! | `session.rs` | a quiz from its first question to its summary |
//! | `summary.rs` | how it went |
//! | `json.rs` | the same for programs |
//! | `anki.rs` | a file for Anki |
//! | `list.rs` | how many questions there are |
//!
//! Next: `chosen.rs`.

use std::{path::PathBuf, str::FromStr};

use clap::{Args, builder::PossibleValuesParser, builder::TypedValueParser};
use grader::quiz::model::{Level, Topic};

use super::{Context, check::fresh_seed, look, track, typed};
use crate::exit::{Exit, Failure};

mod anki;
mod ask;
mod chosen;
mod feedback;
mod item;
mod json;
mod keys;
mod lines;
mod list;
mod order;
mod session;
mod sheet;
mod summary;

pub(super) use chosen::count_due;

const EXAMPLES: &str = "\
On a terminal: arrow keys or numbers choose, Enter confirms, `s` leaves a question out, `q` ends.
With --plain, or in a pipe: type numbers, letters or text; `skip` and `quit` (in texts `:skip` and
`:quit`) do the same. Each answer is kept at once, so Ctrl-C loses nothing.

Choices stand in an order that the seed makes; the same seed asks the same again. With --seed 0
they stand in the order of the file, and steps to be ordered by the alphabet.

Examples:
  cargo run -p runner quiz                  the lesson where you are
  cargo run -p runner quiz rooms            a lesson by its name or number
  cargo run -p runner quiz interview --level senior --count 5
                                            a short interview
  cargo run -p runner quiz review           what you should know again by now
  cargo run -p runner quiz --list           how many questions there are
  cargo run -p runner quiz --export-anki questions.txt
                                            all questions as a file for Anki";

/// Arguments of `quiz`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuizArgs {
    /// A lesson by name or number, `interview`, or `review`; none: the lesson where you are
    #[arg(value_name = "WHICH")]
    pub which: Option<Which>,

    /// Only questions of this level
    #[arg(long, value_name = "LEVEL", value_parser = level_parser())]
    pub level: Option<Level>,

    /// Only questions of this topic
    #[arg(long, value_name = "TOPIC", value_parser = topic_parser(), hide_possible_values = true)]
    pub topic: Option<Topic>,

    /// Only so many questions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub count: Option<u16>,

    /// The order of an earlier quiz; 0: the order of the file
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// Lines of JSON, for programs: questions out, answers in, results out
    #[arg(long)]
    pub json: bool,

    /// Only say how many questions there are
    #[arg(long, conflicts_with_all = ["which", "level", "topic", "count", "seed", "export_anki"])]
    pub list: bool,

    /// Write the questions to a file that Anki imports (`-`: print it)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["count", "seed", "json"])]
    pub export_anki: Option<PathBuf>,
}

/// Which questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Those of a lesson, by its name or number.
    Lesson(String),
    /// Those of the interview.
    Interview,
    /// Those whose time has come.
    Review,
}

impl FromStr for Which {
    type Err = std::convert::Infallible;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Ok(match word {
            "interview" => Self::Interview,
            "review" => Self::Review,
            lesson => Self::Lesson(lesson.to_owned()),
        })
    }
}

fn level_parser() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.iter().map(|level| level.as_str()))
        .map(|word| named(Level::ALL, |level| level.as_str() == word))
}

fn topic_parser() -> impl TypedValueParser<Value = Topic> {
    PossibleValuesParser::new(Topic::ALL.iter().map(|topic| topic.as_str()))
        .map(|word| named(Topic::ALL, |topic| topic.as_str() == word))
}

/// The parser has let only known words through; the first one is never met.
fn named<T: Copy>(all: &[T], is_it: impl Fn(&T) -> bool) -> T {
    all.iter().copied().find(|one| is_it(one)).unwrap_or(all[0])
}

/// Asks, lists or exports.
pub fn execute(args: &QuizArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let course = ctx.course()?;
    if args.list {
        return list::execute(&course, args.json, ctx);
    }
    if let Some(file) = &args.export_anki {
        let chosen = chosen::for_export(args, &course)?;
        anki::export(file, &chosen, &course, ctx)?;
        return Ok(Exit::Passed);
    }
    let progress = ctx.progress(&course);
    let track = track::preferred(ctx, &course, &progress, None)?;
    let seed = args.seed.unwrap_or_else(fresh_seed);
    let chosen = chosen::choose(args, seed, &course, &progress, track)?;
    let setting = session::Setting { course: &course, track, seed };
    if args.json {
        json::run(&chosen, &setting, ctx)?;
        return Ok(Exit::Passed);
    }
    if chosen.items.is_empty() {
        chosen::nothing(args, &chosen, ctx)?;
        return Ok(Exit::Passed);
    }
    let (strong, quiet) = (look::STRONG, look::QUIET);
    let count = match chosen.items.len() {
        1 => "1 question".to_owned(),
        count => format!("{count} questions"),
    };
    writeln!(ctx.out, "{strong}{}{strong:#}: {count}  {quiet}seed {seed}{quiet:#}", chosen.title)?;
    let by_keys = ctx.terminal.interactive && ctx.terminal.width.is_some() && !ctx.terminal.plain;
    if by_keys {
        writeln!(ctx.out, "{quiet}Arrow keys or numbers, then Enter; s leaves out, q ends.{quiet:#}")?;
        session::run(&chosen, &setting, &mut keys::Keys, ctx)?;
    } else {
        session::run(&chosen, &setting, &mut lines::Lines, ctx)?;
    }
    let due = count_due(&course, &ctx.progress(&course));
    if due > 0 && args.which != Some(Which::Review) {
        let style = look::TYPED;
        writeln!(ctx.out, "Due for review: {due}. {style}{}{style:#}", typed("quiz review"))?;
    }
    Ok(Exit::Passed)
}
