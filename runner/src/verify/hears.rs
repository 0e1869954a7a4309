//! The keys of `hears` questions, computed: each demo is run once in each of its tracks, and who heard the event is
//! compared with what the question says. Next: [`super::prove`].

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use futures_util::{StreamExt, stream};
use grader::{
    quiz::{
        heard,
        model::{Hears, Kind, Question},
    },
    scenario::model::Track,
    transcript::Transcript,
    verdict::{Outcome, Verdict},
};

use super::{Options, Problem, Progress, Skipped, Summary, prove::detail};
use crate::{
    attempt::PrepareError,
    check::{self, Request},
    course::{Course, CourseError, Demo, LoadedQuiz},
};

/// How many demos run at once.
const AT_ONCE: usize = 12;

/// One question about a demo.
struct Asked<'q> {
    file: String,
    question: &'q Question,
    hears: &'q Hears,
}

/// What came of a demo in a track.
enum Came {
    /// What was recorded, by scenario.
    Played(BTreeMap<String, Transcript>),
    /// It does not pass.
    Wrong(Problem),
    /// It cannot be run here.
    Lacks(String),
}

/// Runs every demo that a question asks about, and adds what is seen to the summary. `only` narrows to one track.
/// Answers how many programs were run.
///
/// # Errors
/// When the files of a demo cannot be read.
pub async fn prove_quizzes(
    course: &Course,
    quizzes: &[LoadedQuiz],
    only: Option<Track>,
    options: Options,
    summary: &mut Summary,
    tell: &dyn Fn(Progress<'_>),
) -> Result<usize, CourseError> {
    let mut demos: BTreeMap<&str, Vec<Asked<'_>>> = BTreeMap::new();
    for loaded in quizzes {
        for question in &loaded.questions {
            if let Kind::Hears(hears) = &question.kind {
                let file = course.shown(loaded.quiz.path());
                demos.entry(&hears.demo).or_default().push(Asked { file, question, hears });
            }
        }
    }
    let mut runs = Vec::new();
    for (id, asked) in &demos {
        let Some(demo) = course.demo(id) else { continue };
        let model = demo.load()?.exercise;
        let tracks = model.tracks.iter().filter(|track| only.is_none_or(|only| only == **track));
        runs.extend(tracks.map(|track| (demo.clone(), *track, asked)));
    }
    let of = runs.len();
    let run = async |at: usize| {
        let (demo, track, asked) = &runs[at];
        (at, play(course, demo, *track, asked, options).await)
    };
    let mut running = stream::iter(0..of).map(run).buffer_unordered(AT_ONCE);
    let mut done = 0;
    let mut unproved: BTreeSet<&str> = BTreeSet::new();
    while let Some((at, came)) = running.next().await {
        let (demo, track, asked) = &runs[at];
        done += 1;
        let label = format!("{} {}", demo.id(), track.as_str());
        tell(Progress { done, of, latest: &label });
        match came? {
            Came::Played(played) => {
                for one in *asked {
                    if let Some(problem) = wrong(demo, *track, one, &played) {
                        unproved.insert(&one.question.id);
                        summary.problems.push(problem);
                    }
                }
            }
            Came::Wrong(problem) => {
                unproved.extend(asked.iter().map(|one| one.question.id.as_str()));
                summary.problems.push(problem);
            }
            Came::Lacks(needs) => {
                unproved.extend(asked.iter().map(|one| one.question.id.as_str()));
                let exercise = format!("questions about {} ({})", demo.id(), track.as_str());
                summary.skipped.push(Skipped { exercise, needs });
            }
        }
    }
    let asked: BTreeSet<&str> = demos.values().flatten().map(|one| one.question.id.as_str()).collect();
    summary.questions_computed += asked.difference(&unproved).count();
    summary.skipped.sort();
    summary.skipped.dedup();
    summary.problems.sort();
    Ok(of)
}

/// Plays the scenarios that are asked about.
async fn play(
    course: &Course,
    demo: &Demo,
    track: Track,
    asked: &[Asked<'_>],
    options: Options,
) -> Result<Came, CourseError> {
    let mut exercise = demo.load()?.exercise;
    let is_asked = |id: &str| asked.iter().any(|one| one.hears.scenario == id);
    exercise.scenarios.retain(|scenario| is_asked(&scenario.id));
    let track = Some(track);
    let (seed, epoch) = (options.seed, options.epoch);
    let request = Request { id: demo.id(), exercise: &exercise, causes: &[], track, seed, epoch };
    let program = demo.program(track)?;
    let wrong = |message: String| Came::Wrong(Problem::of_file(course.shown(&program), message));
    let work = check::demo(course.root(), demo, &exercise, track)?;
    let verdict = match check::check(request, work, &|_| {}).await {
        Ok(verdict) => verdict,
        Err(PrepareError::Environment { what, help }) => return Ok(Came::Lacks(format!("{what}; {help}"))),
        Err(PrepareError::Build(failure)) => return Ok(wrong(failure.to_string())),
    };
    if let Some(needs) = needs(&verdict) {
        return Ok(Came::Lacks(needs));
    }
    if !verdict.passed() {
        return Ok(wrong(format!("this demo must pass, because questions rest on it{}", detail(&verdict))));
    }
    let played = verdict.scenarios.into_iter().map(|scenario| (scenario.id, scenario.transcript));
    Ok(Came::Played(played.collect()))
}

fn needs(verdict: &Verdict) -> Option<String> {
    verdict.scenarios.iter().find_map(|scenario| match &scenario.outcome {
        Outcome::Skipped(needs) => Some(needs.clone()),
        Outcome::Passed | Outcome::Failed(_) => None,
    })
}

/// What is wrong with a question's key, by what was heard.
fn wrong(
    demo: &Demo,
    track: Track,
    asked: &Asked<'_>,
    played: &BTreeMap<String, Transcript>,
) -> Option<Problem> {
    let Asked { file, question, hears } = asked;
    let at = |place: grader::yaml::Place, message: String| {
        Some(Problem { file: file.clone(), line: place.line, column: place.column, message })
    };
    let server = match track {
        Track::JavaScript => "from socket.io on Node",
        Track::Rust => "from socketioxide",
    };
    let Some(transcript) = played.get(&hears.scenario) else {
        let message = format!("the scenario `{}` does not exist in {}", hears.scenario, track.as_str());
        return at(question.places.scenario, message);
    };
    let who: BTreeSet<&str> = heard::who(transcript, &hears.event).into_iter().collect();
    let key: BTreeSet<&str> = hears.key(track).iter().map(String::as_str).collect();
    if who != key {
        let (place, advice) = match (track, &hears.rust) {
            (Track::JavaScript, _) => (question.places.answer, String::new()),
            (Track::Rust, Some(_)) => (question.places.rust, String::new()),
            (Track::Rust, None) => {
                let advice = "; if `answer` is what Node does, say it with `rust` and `differs`".to_owned();
                (question.places.rust, advice)
            }
        };
        let message =
            format!("{server} `{}` is heard by {}, not by {}{advice}", hears.event, names(&who), names(&key));
        return at(place, message);
    }
    // With a slip in its name nobody hears an event, either.
    let source = demo.program(Some(track)).ok().and_then(|file| fs::read_to_string(file).ok());
    if who.is_empty() && !source.unwrap_or_default().contains(&hears.event) {
        let message =
            format!("no program of `{}` says `{}`: nobody could ever hear it", hears.demo, hears.event);
        return at(question.places.answer, message);
    }
    None
}

fn names(who: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = who.iter().copied().collect();
    match names.as_slice() {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
