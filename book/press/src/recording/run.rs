//! Runs a program and records what it puts on the wire, in each of its tracks.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use grader::{
    scenario::model::{self, Mistake, Role, Track},
    verdict::{Mismatch, Outcome, Verdict},
};
use runner::{
    attempt::PrepareError,
    check::{self, Request, Subject, Work},
    course::{Answer, Course, CourseError, Demo, Exercise, Loaded},
    verify::Problem,
};
use sha2::{Digest, Sha256};

use super::{
    Wanted, make,
    model::{Played, Recording, Run, VERSION},
    pace,
};

/// The names of all recordings are those of this seed.
const SEED: u64 = 7;

/// What came of recording a program.
#[derive(Debug)]
pub enum Came {
    /// Its recording.
    Recorded(Recording),
    /// It is not what it should be.
    Wrong(Problem),
    /// It cannot be run here, and what it needs.
    Lacks(String),
}

/// A program, found in its folder.
pub enum Found<'c> {
    /// A demo.
    Demo(&'c Demo, &'c Loaded),
    /// An answer of an exercise, which may be at a stage.
    Answer(Exercise, Arc<Loaded>, Answer),
}

impl Found<'_> {
    fn model(&self) -> &model::Exercise {
        match self {
            Self::Demo(_, loaded) => &loaded.exercise,
            Self::Answer(_, loaded, _) => &loaded.exercise,
        }
    }

    /// The file with its scenarios.
    pub fn yaml(&self) -> PathBuf {
        match self {
            Self::Demo(demo, _) => demo.yaml(),
            Self::Answer(exercise, ..) => exercise.yaml(),
        }
    }

    /// The ids of its scenarios.
    pub fn scenarios(&self) -> Vec<String> {
        self.model().scenarios.iter().map(|scenario| scenario.id.clone()).collect()
    }

    /// The file of its program in a track, if it has one.
    pub fn program(&self, track: Option<Track>) -> Option<PathBuf> {
        let is_there = track.is_none() || self.model().tracks.contains(&track?);
        match self {
            Self::Demo(demo, _) => demo.program(track).ok(),
            Self::Answer(exercise, _, answer) => exercise.answer(answer, track).ok(),
        }
        .filter(|_| is_there)
    }

    /// The tracks to record in; one `None` for what needs no language.
    fn tracks(&self, wanted: &Wanted) -> Vec<Option<Track>> {
        let model = self.model();
        if matches!(model.role, Role::Frames | Role::Tests) {
            return vec![None];
        }
        let all = model.tracks.iter().copied();
        match self {
            Self::Demo(..) => all.map(Some).collect(),
            Self::Answer(exercise, _, answer) => {
                let there: Vec<Track> =
                    all.filter(|track| exercise.answer(answer, Some(*track)).is_ok()).collect();
                let asked = there.iter().copied().filter(|track| wanted.tracks.contains(track));
                let asked: Vec<Track> = asked.collect();
                let chosen = if asked.is_empty() { there.into_iter().take(1).collect() } else { asked };
                chosen.into_iter().map(Some).collect()
            }
        }
    }

    fn work(&self, root: &Path, track: Option<Track>) -> Result<Work, CourseError> {
        match self {
            Self::Demo(demo, loaded) => check::demo(root, demo, &loaded.exercise, track),
            Self::Answer(exercise, loaded, answer) => {
                check::work(root, exercise, &loaded.exercise, track, Subject::Answer(answer))
            }
        }
    }

    fn file(&self, track: Option<Track>) -> PathBuf {
        match self {
            Self::Demo(demo, loaded) => demo.program(track).unwrap_or_else(|_| loaded.path.clone()),
            Self::Answer(exercise, loaded, answer) => {
                exercise.answer(answer, track).unwrap_or_else(|_| loaded.path.clone())
            }
        }
    }

    /// The files that its recording is made from.
    fn sources(&self, tracks: &[Option<Track>]) -> Vec<PathBuf> {
        match self {
            Self::Demo(demo, loaded) => {
                let mut files = vec![loaded.path.clone()];
                files.extend(files_of(demo));
                files.sort();
                files.dedup();
                files
            }
            Self::Answer(_, loaded, _) => {
                let programs = tracks.iter().map(|track| self.file(*track));
                std::iter::once(loaded.path.clone()).chain(programs).collect()
            }
        }
    }

    /// What its recording is made from, each with a hash of its text.
    pub fn hashes(&self, wanted: &Wanted, course: &Course) -> BTreeMap<String, String> {
        let hash = |path: PathBuf| {
            let bytes = std::fs::read(&path).unwrap_or_default();
            let digest = Sha256::digest(&bytes);
            (course.shown(&path), crate::hash::hex(&digest[..8]))
        };
        self.sources(&self.tracks(wanted)).into_iter().map(hash).collect()
    }
}

/// The files of a demo, without those that an editor or a file manager keeps for itself: nobody else has them.
pub fn files_of(demo: &Demo) -> Vec<PathBuf> {
    let is_own = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        path.is_file() && !name.starts_with('.') && !name.ends_with('~')
    };
    let entries = std::fs::read_dir(demo.folder()).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(is_own).collect()
}

/// Runs a program in its tracks, one after another.
pub async fn record(course: &Course, causes: &[Mistake], found: &Found<'_>, wanted: &Wanted) -> Came {
    let model = found.model();
    let slow = pace::slow(model);
    let mut recording = Recording {
        version: VERSION,
        program: wanted.program.to_string(),
        role: model.role,
        sources: found.hashes(wanted, course),
        cause: None,
        scenarios: Vec::new(),
    };
    for track in found.tracks(wanted) {
        // Some programs are about haste, such as a limit for each second: they are what they are at full pace alone.
        let played = match play(course, causes, found, track, &slow).await {
            Err(Came::Wrong(_)) => play(course, causes, found, track, model).await,
            played => played,
        };
        let (verdict, epoch) = match played {
            Ok(played) => played,
            Err(came) => return came,
        };
        recording.cause = verdict.cause.as_ref().map(|cause| cause.id.clone());
        let cause = verdict.cause.as_ref().and_then(|cause| cause.scenario);
        let setting = make::Setting { role: model.role, track, epoch, root: course.root() };
        for (index, result) in verdict.scenarios.iter().enumerate() {
            let is_wanted = match found {
                Found::Demo(..) => true,
                Found::Answer(..) => cause == Some(index) || wanted.scenarios.contains(&result.id),
            };
            if is_wanted {
                let run = make::run(result, &setting);
                add(&mut recording, &result.id, &result.title, run);
            }
        }
    }
    let place = |played: &Played| model.scenarios.iter().position(|scenario| scenario.id == played.id);
    recording.scenarios.sort_by_key(place);
    Came::Recorded(recording)
}

/// Plays the scenarios in a track; answers the verdict, which is the one that is wanted, and when it was made.
async fn play(
    course: &Course,
    causes: &[Mistake],
    found: &Found<'_>,
    track: Option<Track>,
    exercise: &model::Exercise,
) -> Result<(Verdict, u64), Came> {
    let epoch = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let id = match found {
        Found::Demo(demo, _) => demo.id(),
        Found::Answer(exercise, ..) => exercise.id(),
    };
    let request = Request { id, exercise, causes, track, seed: SEED, epoch };
    let at_file =
        |error: &dyn std::fmt::Display| Came::Wrong(at_file(course, &found.file(track), &error.to_string()));
    let work = found.work(course.root(), track).map_err(|error| at_file(&error))?;
    let verdict = check::check(request, work, &|_| {}).await.map_err(|error| match error {
        PrepareError::Environment { what, help } => Came::Lacks(format!("{what}; {help}")),
        PrepareError::Build(failure) => at_file(&failure),
    })?;
    let needs = verdict.scenarios.iter().find_map(|scenario| match &scenario.outcome {
        Outcome::Skipped(needs) => Some(needs.clone()),
        Outcome::Passed | Outcome::Failed(_) => None,
    });
    match needs {
        Some(needs) => Err(Came::Lacks(needs)),
        None => match differs(course, found, track, &verdict) {
            Some(problem) => Err(Came::Wrong(problem)),
            None => Ok((verdict, epoch)),
        },
    }
}

/// Adds a run; tracks that are alike share one.
fn add(recording: &mut Recording, id: &str, title: &str, run: Run) {
    let at = recording.scenarios.iter().position(|played| played.id == id).unwrap_or_else(|| {
        recording.scenarios.push(Played { id: id.to_owned(), title: title.to_owned(), runs: Vec::new() });
        recording.scenarios.len() - 1
    });
    let runs = &mut recording.scenarios[at].runs;
    let alike = runs
        .iter_mut()
        .find(|have| have.entries == run.entries && have.actors == run.actors && have.failed == run.failed);
    match alike {
        Some(have) => have.tracks.extend(run.tracks),
        None => runs.push(run),
    }
}

/// What is wrong with the verdict.
fn differs(course: &Course, found: &Found<'_>, track: Option<Track>, verdict: &Verdict) -> Option<Problem> {
    let came = verdict.cause.as_ref().map(|cause| cause.id.as_str());
    let wanted = match found {
        Found::Demo(..) | Found::Answer(_, _, Answer::Solution | Answer::Also(_)) => {
            (!verdict.passed()).then(|| "it must pass".to_owned())?
        }
        Found::Answer(exercise, _, Answer::Mistake(id)) => {
            let cause = format!("{}/{id}", exercise.name());
            (came != Some(&cause)).then(|| format!("it must fail for `{cause}`"))?
        }
        Found::Answer(_, _, Answer::Starter) => verdict.passed().then(|| "it must fail".to_owned())?,
    };
    let said = match (verdict.passed(), came) {
        (true, _) => "it passed".to_owned(),
        (false, Some(cause)) => format!("it failed for `{cause}`"),
        (false, None) => "it failed".to_owned(),
    };
    let (mismatch, scenario) = first(verdict)?;
    let track = track.map_or(String::new(), |track| format!(" in {}", track.as_str()));
    let mut message = format!("{wanted}{track}, but {said}{}", detail(mismatch, scenario));
    let printed = verdict.output.iter().chain(verdict.scenarios.iter().flat_map(|scenario| &scenario.output));
    for line in printed.take(12) {
        message.push_str("\n    ");
        message.push_str(&plain(line));
    }
    let (line, column) = (mismatch.place.line, mismatch.place.column);
    let file = if line == 0 { found.file(verdict.track) } else { found.yaml() };
    Some(Problem { file: course.shown(&file), line: line.max(1), column: column.max(1), message })
}

fn first(verdict: &Verdict) -> Option<(&Mismatch, &str)> {
    if let Some(program) = &verdict.program {
        return Some((program, ""));
    }
    verdict.scenarios.iter().find_map(|scenario| match &scenario.outcome {
        Outcome::Failed(mismatch) => Some((mismatch.as_ref(), scenario.id.as_str())),
        Outcome::Passed | Outcome::Skipped(_) => None,
    })
}

fn detail(mismatch: &Mismatch, scenario: &str) -> String {
    let to = mismatch.actor.as_ref().map_or(String::new(), |actor| format!(", to: {actor}"));
    let scenario = if scenario.is_empty() { String::new() } else { format!(", in: {scenario}") };
    let actual = mismatch.actual.lines().next().unwrap_or_default();
    format!(
        " [{{ {}: {}{to}{scenario} }}: expected {}, actual {actual}]",
        mismatch.kind, mismatch.subject, mismatch.expected
    )
}

/// Without colours.
fn plain(line: &str) -> String {
    anstream::adapter::strip_str(line).to_string()
}

fn at_file(course: &Course, file: &Path, message: &str) -> Problem {
    Problem { file: course.shown(file), line: 1, column: 1, message: plain(message) }
}
