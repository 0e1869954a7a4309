//! Reading a file that a stranger wrote: bounded, strict, and with a reason when it is refused. Next: `name.rs`.

use std::io::{self, Read};

use serde::Deserialize;
use serde_json::error::Category;

use super::{
    Bundle, learner_name,
    model::{FORMAT, VERSION},
    seal,
};

/// No bundle is larger, by far: bytes.
const LARGEST: u64 = 4 * 1024 * 1024;
/// Entries of a list or a map.
const MOST: usize = 10_000;
/// Bytes of an id.
const LONGEST_ID: usize = 200;

/// Why a file is no bundle that can be used. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Nothing of ours is so large.
    #[error("it is larger than 4 MiB, which no bundle is; choose another file")]
    TooLarge,
    /// Some other file.
    #[error("it is no bundle; a bundle is what `progress export` writes")]
    Stranger,
    /// The results of `report`, which may stand beside the bundles.
    #[error("it is a report of ours, and no bundle")]
    Report,
    /// From a later version of the course's tools.
    #[error(
        "a newer runner made it (bundle version {0}, this one reads {VERSION}); update the course with `git pull`"
    )]
    Newer(u64),
    /// Not JSON, or not of this shape.
    #[error("it is damaged ({0}); export it again, and send it as a file")]
    Damaged(String),
    /// Nothing in it is of this course.
    #[error(
        "it belongs to another course: none of its exercises is in this one; go to its course, or name it with `--course`"
    )]
    Foreign,
    /// The checksum does not fit.
    #[error("it was changed after it was made, as its checksum says; export it again")]
    Changed,
}

/// What every version of the format says.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    version: Option<u64>,
}

/// Reads a bundle. Nothing in it is trusted: size, depth, counts, names and the checksum are looked at.
pub fn read(source: impl Read) -> Result<Bundle, Refused> {
    let mut bytes = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Refused::TooLarge);
    }
    // What is not text is some other kind of file.
    let text = std::str::from_utf8(&bytes).map_err(|_| Refused::Stranger)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let bundle: Bundle = serde_json::from_str(text).map_err(|error| why(text, &error))?;
    if bundle.format != FORMAT || bundle.version != VERSION {
        return Err(by_head(Some(&bundle.format), Some(bundle.version)).unwrap_or(Refused::Stranger));
    }
    if !seal::is_whole(text, &bundle.sha256) {
        return Err(Refused::Changed);
    }
    within_bounds(&bundle).map_err(Refused::Damaged)?;
    Ok(bundle)
}

/// A file of another shape may be of another kind or version.
fn why(text: &str, error: &serde_json::Error) -> Refused {
    match serde_json::from_str::<Head>(text) {
        Ok(head) => {
            by_head(head.format.as_deref(), head.version).unwrap_or_else(|| Refused::Damaged(place(error)))
        }
        // JSON that breaks off may still have said what it is.
        Err(_) if text.contains(FORMAT) => Refused::Damaged(place(error)),
        Err(_) => Refused::Stranger,
    }
}

fn place(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        Category::Eof => "it breaks off",
        Category::Data => "something stands there that is in no bundle",
        Category::Syntax | Category::Io => "it is no JSON from there on",
    };
    format!("line {}, column {}: {what}", error.line(), error.column())
}

/// What is wrong with a format and a version; none when they are ours.
fn by_head(format: Option<&str>, version: Option<u64>) -> Option<Refused> {
    match (format, version) {
        (Some(FORMAT), Some(version)) if version > VERSION => Some(Refused::Newer(version)),
        (Some(FORMAT), Some(VERSION)) => None,
        (Some(FORMAT), _) => Some(Refused::Damaged("it names no version that there is".to_owned())),
        (Some("socketlings-report"), _) => Some(Refused::Report),
        _ => Some(Refused::Stranger),
    }
}

fn within_bounds(bundle: &Bundle) -> Result<(), String> {
    if learner_name(&bundle.learner).map_err(|error| error.to_string())? != bundle.learner {
        return Err("the name in it has space that no name has".to_owned());
    }
    let (exercises, questions) = (&bundle.exercises, &bundle.questions);
    let counts =
        [exercises.len(), questions.len(), bundle.course.exercises.len(), bundle.course.quizzes.len()];
    if counts.iter().any(|count| *count > MOST) {
        return Err("it has more entries than any course".to_owned());
    }
    let tracks = exercises.values().flat_map(|of| [&of.javascript, &of.rust, &of.other]).flatten();
    let stages = exercises.values().flat_map(|of| of.stage_help.keys());
    let ids = exercises.keys().chain(questions.keys()).chain(stages);
    let ids = ids.chain(tracks.flat_map(|track| track.stages.keys()));
    match ids.chain(&bundle.course.exercises).chain(&bundle.course.quizzes).find(|id| !is_id(id)) {
        Some(_) => Err("it has an id that no course has".to_owned()),
        None => Ok(()),
    }
}

fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len()) && !id.contains(|letter: char| letter.is_control())
}
