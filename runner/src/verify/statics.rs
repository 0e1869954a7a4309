//! What can be seen without running anything: files that are missing, left over, or say different things.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use grader::scenario::{
    model::{self, Role, Track},
    stage::AtStage,
};
use serde::Deserialize;

use super::{Problem, Size, likeness, plan::tracks};
use crate::course::{Answer, Course, CourseError, Exercise, Loaded, nearest};

/// And each stage that it tells one from another among what is new.
const MISTAKES_OF_STAGE: usize = 2;

/// Looks at the files of an exercise. `causes`: the general ones, if they can be read. `mine`: the learner's own work is left
/// alone.
pub fn inspect(
    course: &Course,
    exercises: &[(Exercise, Loaded)],
    causes: Option<&[model::Mistake]>,
    mine: bool,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (exercise, loaded) in exercises {
        let stages = exercise.stages(loaded);
        servers(course, exercise, &loaded.exercise, &mut problems);
        strays(course, exercise, &stages, &mut problems);
        for (at, (exercise, Loaded { exercise: model, .. })) in stages.iter().enumerate() {
            answers(course, exercise, model, &mut problems);
            other_styles(course, exercise, model, &mut problems);
            if !mine && at == 0 {
                untouched(course, exercise, model, &mut problems);
            }
            match (&model.starter, causes) {
                (None, _) => problems.push(no_reason(course, exercise, loaded, at)),
                (Some(reason), Some(causes)) => {
                    problems.extend(unknown_reason(course, exercise, loaded, (model, reason), causes));
                }
                (Some(_), None) => {}
            }
        }
    }
    few_mistakes(course, exercises, &mut problems);
    names(course, exercises, &mut problems);
    binaries(course, exercises, &mut problems);
    problems.sort();
    problems
}

fn no_reason(course: &Course, exercise: &Exercise, loaded: &Loaded, stage: usize) -> Problem {
    let file = course.shown(&exercise.yaml());
    match loaded.exercise.stages.get(stage) {
        None => Problem::of_file(file, "say why the untouched starter fails: `starter: CAUSE`"),
        Some(stage) => Problem {
            file,
            line: stage.place.line,
            column: stage.place.column,
            message: "say why the program fails that this stage begins with: `starter: CAUSE`".to_owned(),
        },
    }
}

/// A starter fails for a mistake that the exercise names, or for a general cause.
fn unknown_reason(
    course: &Course,
    exercise: &Exercise,
    loaded: &Loaded,
    (model, reason): (&model::Exercise, &str),
    causes: &[model::Mistake],
) -> Option<Problem> {
    let is_known = |track: Option<Track>| {
        let own = named_in(model, track).any(|mistake| mistake.id == reason);
        own || causes.iter().any(|cause| cause.id == reason)
    };
    if tracks(model, None).into_iter().all(is_known) {
        return None;
    }
    let own = model.mistakes.iter().map(|mistake| mistake.id.as_str());
    let general = causes.iter().map(|cause| cause.id.as_str());
    let advice = if own.clone().any(|id| id == reason) {
        "; it is a mistake of one language only, and the starter of the other fails, too".to_owned()
    } else {
        match nearest(reason, own.clone().chain(general)).first() {
            Some(near) => format!("; did you mean `{near}`?"),
            None => format!("; known: {}, and the general causes", quoted(own)),
        }
    };
    let message = format!("the starter fails for `{reason}`, and no mistake has this name{advice}");
    let (line, column) = place_of_starter(&loaded.source, reason);
    Some(Problem { file: course.shown(&exercise.yaml()), line, column, message })
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Where `starter: REASON` stands: the reason is one word without anything that YAML would change.
fn place_of_starter(source: &str, reason: &str) -> (u32, u32) {
    let found = (1..).zip(source.lines()).find_map(|(number, line)| {
        let key = line.find("starter:")?;
        let at = key + line[key..].find(reason)?;
        let before = line[..at].chars().count();
        Some((number, u32::try_from(before + 1).unwrap_or(1)))
    });
    found.unwrap_or((0, 0))
}

/// Every track has a starter, a solution and a program for each of its mistakes; no program is unnamed.
fn answers(course: &Course, exercise: &Exercise, model: &model::Exercise, problems: &mut Vec<Problem>) {
    let yaml = course.shown(&exercise.yaml());
    for track in tracks(model, None) {
        let there: Vec<Answer> = exercise.answers(track).into_iter().map(|(answer, _)| answer).collect();
        let language = track.map_or(String::new(), |track| format!(" in {}", track.as_str()));
        let mut need = |answer: Answer, line: u32| {
            if !there.contains(&answer) {
                let folder = exercise.stage().map_or_else(String::new, |stage| format!("{stage}/"));
                let message = format!("there is no {answer}{language}: add it under `answers/{folder}`");
                problems.push(Problem { file: yaml.clone(), line, column: 1, message });
            }
        };
        need(Answer::Starter, 1);
        need(Answer::Solution, 1);
        for mistake in named_in(model, track).filter(|mistake| is_of(model, mistake)) {
            need(Answer::Mistake(mistake.id.clone()), mistake.place.line);
        }
        for answer in &there {
            if let Answer::Mistake(id) = answer
                && !named_in(model, track).any(|mistake| mistake.id == *id && is_of(model, mistake))
            {
                let file = exercise.answer(answer, track).unwrap_or_else(|_| exercise.folder().to_path_buf());
                let message = format!("no mistake `{id}` is named in {yaml}; name it, or delete the file");
                problems.push(Problem::of_file(course.shown(&file), message));
            }
        }
    }
}

/// Whether a mistake is one of this stage, and not of one before.
fn is_of(model: &model::Exercise, mistake: &model::Mistake) -> bool {
    let Some(stage) = &model.stage else { return true };
    let of = |id: &String| model.scenarios.iter().find(|scenario| scenario.id == *id)?.stage.clone();
    mistake.about.first().and_then(of).as_ref() == Some(&stage.id)
}

/// Programs in another style keep the scenarios fair: there is at least one, and none is the solution renamed.
fn other_styles(course: &Course, exercise: &Exercise, model: &model::Exercise, problems: &mut Vec<Problem>) {
    let mut styles = 0;
    for track in tracks(model, None) {
        let solution = exercise.answer(&Answer::Solution, track).and_then(|path| source(&path));
        for (answer, path) in exercise.answers(track) {
            let Answer::Also(_) = answer else { continue };
            styles += 1;
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if let (Ok(solution), Ok(other)) = (&solution, source(&path))
                && likeness::alike(solution, &other, extension)
            {
                let message = "is the solution with other names or another layout; write it in another style";
                problems.push(Problem::of_file(course.shown(&path), message));
            }
        }
    }
    // The last stage plays the scenarios of all stages.
    if styles == 0 && model.stage.as_ref().is_none_or(AtStage::is_last) {
        let folder = exercise.stage().map_or_else(String::new, |stage| format!("{stage}/"));
        let message =
            format!("there is no right program in another style: add one under `answers/{folder}also/`");
        problems.push(Problem::of_file(course.shown(&exercise.yaml()), message));
    }
}

fn source(path: &Path) -> Result<String, CourseError> {
    fs::read_to_string(path).map_err(|error| CourseError::unreadable(path, error))
}

fn named_in(model: &model::Exercise, track: Option<Track>) -> impl Iterator<Item = &model::Mistake> {
    let here = move |mistake: &&model::Mistake| {
        mistake.tracks.is_empty() || track.is_none_or(|track| mistake.tracks.contains(&track))
    };
    model.mistakes.iter().filter(here)
}

/// What the learner edits is the starter, letter for letter, as long as nobody has worked on it.
fn untouched(course: &Course, exercise: &Exercise, model: &model::Exercise, problems: &mut Vec<Problem>) {
    for track in tracks(model, None) {
        let (Ok(edited), Ok(starter)) = (exercise.edited(track), exercise.answer(&Answer::Starter, track))
        else {
            continue;
        };
        if fs::read(&edited).ok() != fs::read(&starter).ok() {
            let message = format!(
                "differs from `{}`: copy the one over the other, or use `--mine` to leave your own work alone",
                course.shown(&starter)
            );
            problems.push(Problem::of_file(course.shown(&edited), message));
        }
    }
}

/// The program that is all the servers of role `tests`, and the servers.
fn server_files(exercise: &Exercise, model: &model::Exercise) -> Vec<PathBuf> {
    let Some(servers) = &model.servers else { return Vec::new() };
    let wrong = servers.wrong.iter().map(|server| server.id.as_str());
    let names = ["main", &servers.right].into_iter().chain(wrong);
    names.map(|name| exercise.folder().join("servers").join(format!("{name}.rs"))).collect()
}

fn servers(course: &Course, exercise: &Exercise, model: &model::Exercise, problems: &mut Vec<Problem>) {
    for file in server_files(exercise, model).into_iter().filter(|file| !file.is_file()) {
        let message = "this server is missing: add it, and name it in `servers/main.rs`";
        problems.push(Problem::of_file(course.shown(&file), message));
    }
}

/// Every file in the folder has a meaning.
fn strays(course: &Course, exercise: &Exercise, stages: &[(Exercise, Loaded)], problems: &mut Vec<Problem>) {
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    known.insert(exercise.yaml());
    if let Some(page) = exercise.page() {
        let mut files = Vec::new();
        files_in(&page, &mut files);
        known.extend(files);
    }
    for (exercise, Loaded { exercise: model, .. }) in stages {
        for track in tracks(model, None) {
            known.extend(exercise.edited(track).ok());
            known.extend(exercise.answers(track).into_iter().map(|(_, path)| path));
        }
    }
    for (_, Loaded { exercise: model, .. }) in stages {
        known.extend(server_files(exercise, model));
    }
    let mut found = Vec::new();
    files_in(exercise.folder(), &mut found);
    for file in found {
        if !known.contains(&file) {
            let message = "no exercise needs this file; delete it, or put it where it belongs";
            problems.push(Problem::of_file(course.shown(&file), message));
        }
    }
}

fn files_in(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { files_in(&path, found) } else { found.push(path) }
    }
}

/// Every exercise names enough mistakes.
fn few_mistakes(course: &Course, exercises: &[(Exercise, Loaded)], problems: &mut Vec<Problem>) {
    for (exercise, loaded) in exercises {
        for stage in loaded.exercise.stages.iter().filter(|stage| stage.mistakes.len() < MISTAKES_OF_STAGE) {
            let message = format!(
                "the stage `{}` names too few mistakes, {} of {MISTAKES_OF_STAGE}: add what learners get wrong most",
                stage.id,
                stage.mistakes.len()
            );
            let (file, at) = (course.shown(&exercise.yaml()), stage.place);
            problems.push(Problem { file, line: at.line, column: at.column, message });
        }
        let count = loaded.exercise.mistakes.len();
        let Some(size) = Size::of_lesson(course, exercise.lesson()) else { continue };
        if count >= size.mistakes || !loaded.exercise.stages.is_empty() {
            continue;
        }
        let at = loaded.source.lines().position(|line| line.starts_with("mistakes:")).unwrap_or_default();
        let message = format!(
            "names too few mistakes, {count} of {}{}: add what learners get wrong most",
            size.mistakes,
            size.why()
        );
        let line = u32::try_from(at + 1).unwrap_or(1);
        problems.push(Problem { file: course.shown(&exercise.yaml()), line, column: 1, message });
    }
}

/// Exercises of two lessons may not share a name: their causes and their binaries are called by it alone.
fn names(course: &Course, exercises: &[(Exercise, Loaded)], problems: &mut Vec<Problem>) {
    for (exercise, _) in exercises {
        let before = course.exercises().take_while(|other| other.id() != exercise.id());
        let Some(earlier) = before.into_iter().find(|other| other.name() == exercise.name()) else {
            continue;
        };
        let message = format!(
            "`{}` has the name `{}` already; rename this folder: causes and binaries are called by the name alone",
            earlier.id(),
            exercise.name()
        );
        problems.push(Problem::of_file(course.shown(&exercise.yaml()), message));
    }
}

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    bin: Vec<Binary>,
}

#[derive(Deserialize)]
struct Binary {
    name: String,
    path: PathBuf,
}

/// `exercises/Cargo.toml` has one `[[bin]]` for each exercise of the Rust track, and none besides.
fn binaries(course: &Course, exercises: &[(Exercise, Loaded)], problems: &mut Vec<Problem>) {
    let manifest = course.root().join("exercises/Cargo.toml");
    let shown = course.shown(&manifest);
    let parsed = fs::read_to_string(&manifest).map_err(|error| error.to_string());
    let parsed = parsed.and_then(|text| toml::from_str::<Manifest>(&text).map_err(|error| error.to_string()));
    let bins = match parsed {
        Ok(manifest) => manifest.bin,
        Err(error) => return problems.push(Problem::of_file(shown, format!("cannot be read: {error}"))),
    };
    for (exercise, loaded) in exercises {
        let path = match loaded.exercise.role {
            Role::Tests => format!("{}/servers/main.rs", exercise.id()),
            _ if loaded.exercise.tracks.contains(&Track::Rust) => format!("{}/main.rs", exercise.id()),
            _ => continue,
        };
        if !bins.iter().any(|bin| bin.name == exercise.name() && bin.path == Path::new(&path)) {
            let message =
                format!("add `[[bin]]` with `name = \"{}\"` and `path = \"{path}\"`", exercise.name());
            problems.push(Problem::of_file(shown.clone(), message));
        }
    }
    for bin in bins {
        if !course.root().join("exercises").join(&bin.path).is_file() {
            let message =
                format!("`{}` is not there; take the `[[bin]]` `{}` out", bin.path.display(), bin.name);
            problems.push(Problem::of_file(shown.clone(), message));
        }
    }
}
