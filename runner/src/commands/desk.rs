//! What the watch asks of the commands, answered by them: the same words, the same files, the same progress.
//!
//! The course stays listed, and an `exercise.yaml` that was read stays read until it changes. Next: [`super::check`].

use std::{
    collections::HashMap,
    env,
    ffi::OsString,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use grader::{
    scenario::model::{Mistake, Track},
    verdict::Verdict,
};

use super::{
    Context, Terminal,
    check::{changes, fresh_seed, is_there},
    explain::{self, ExplainArgs},
    goal::{self, GoalArgs},
    hint::{self, HintArgs},
    now,
    reset::{self, ResetArgs},
    solution::{self, SolutionArgs},
    stage::Stages,
    track,
    view::view,
};
use crate::{
    check::{Subject, work},
    course::{Answer as OfCourse, Course, Exercise, Loaded},
    exit::{Exit, Failure},
    progress::{Progress, Store},
    watch::{
        Answer, Attempt, Desk, Errand, Recorded,
        model::{Entry, Outline, State},
    },
};

/// The course, for a watch.
pub(super) struct CourseDesk {
    course: Course,
    /// The learner's language.
    preferred: Track,
    /// Titles and files, with no state yet: they do not change while a course is watched.
    blank: Outline,
    exercises: Mutex<HashMap<PathBuf, (Stamp, Arc<Loaded>)>>,
    causes: Mutex<Option<(Stamp, Arc<Vec<Mistake>>)>>,
}

/// A file's length and time of change: what was read of it is still true while they stay.
type Stamp = Option<(u64, SystemTime)>;

fn stamp(path: &Path) -> Stamp {
    let file = path.metadata().ok()?;
    Some((file.len(), file.modified().ok()?))
}

impl CourseDesk {
    pub(super) fn new(course: Course, preferred: Track) -> Self {
        let blank = blank(&course, preferred);
        Self { course, preferred, blank, exercises: Mutex::default(), causes: Mutex::default() }
    }

    fn progress(&self) -> Progress {
        Store::at(self.course.root()).read().progress
    }

    fn loaded(&self, exercise: &Exercise) -> Result<Arc<Loaded>, Failure> {
        let (path, seen) = (exercise.yaml(), stamp(&exercise.yaml()));
        let mut exercises = self.exercises.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((stamp, loaded)) = exercises.get(&path)
            && *stamp == seen
        {
            return Ok(Arc::clone(loaded));
        }
        let loaded = Arc::new(exercise.load()?);
        exercises.insert(path, (seen, Arc::clone(&loaded)));
        Ok(loaded)
    }

    fn causes(&self) -> Result<Arc<Vec<Mistake>>, Failure> {
        let seen = stamp(&self.course.root().join("exercises/causes.yaml"));
        let mut causes = self.causes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((stamp, causes)) = causes.as_ref()
            && *stamp == seen
        {
            return Ok(Arc::clone(causes));
        }
        let read = Arc::new(self.course.causes()?);
        *causes = Some((seen, Arc::clone(&read)));
        Ok(read)
    }

    fn prepare(&self, id: &str) -> Result<Attempt, Failure> {
        let exercise = self.course.find(id)?;
        let track = track::of(exercise, self.preferred);
        is_there(&self.course, exercise, (track, None))?;
        let (loaded, progress) = (self.loaded(exercise)?, self.progress());
        let stages = Stages {
            course: &self.course,
            exercise,
            loaded: &loaded,
            progress: &progress,
            track,
            told: None,
        };
        let (at_stage, loaded) = stages.chosen(None)?;
        let subject = Subject::Edited;
        let work = work(self.course.root(), &at_stage, &loaded.exercise, track, subject)?;
        let view = view(&self.course, &at_stage, &progress, track, &loaded, &stages, &subject)?;
        Ok(Attempt {
            id: id.to_owned(),
            exercise: Arc::new(loaded.exercise),
            causes: self.causes()?,
            track,
            work,
            view,
            seed: fresh_seed(),
            epoch: now(),
        })
    }

    /// Whether the learner has not begun yet: the file is the starter, or a stage passed and the next one is new.
    fn is_untouched(&self, exercise: &Exercise) -> Result<bool, Failure> {
        let track = track::of(exercise, self.preferred);
        let (loaded, progress) = (self.loaded(exercise)?, self.progress());
        let stages = Stages {
            course: &self.course,
            exercise,
            loaded: &loaded,
            progress: &progress,
            track,
            told: None,
        };
        if stages.are_there() && stages.current() > 0 && !stages.has_passed(stages.current()) {
            return Ok(true);
        }
        let (at_stage, _) = stages.chosen(None)?;
        let starter = fs::read(at_stage.answer(&OfCourse::Starter, track)?).ok();
        Ok(starter.is_some() && starter == fs::read(exercise.edited(track)?).ok())
    }

    /// What a command prints; its words about a failure are the error. Nobody is asked anything.
    fn printed<T>(
        &self,
        columns: usize,
        command: impl FnOnce(&mut Context<'_>) -> Result<T, Failure>,
    ) -> Result<(T, String), Failure> {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let done = command(&mut Context {
            out: &mut out,
            err: &mut err,
            input: &mut Cursor::new(""),
            terminal: Terminal { interactive: false, plain: false, width: Some(columns) },
            course: Some(self.course.root().to_path_buf()),
            here: self.course.root().to_path_buf(),
        })?;
        Ok((done, String::from_utf8_lossy(&[err, out].concat()).into_owned()))
    }

    fn run(&self, errand: Errand, id: &str, columns: usize) -> Result<Answer, Failure> {
        let exercise = || Some(id.to_owned());
        let text = |command: &dyn Fn(&mut Context<'_>) -> Result<Exit, Failure>| {
            self.printed(columns, command).map(|(_, text)| Answer::Text(text))
        };
        // What the watch checks, whatever somebody has chosen elsewhere meanwhile.
        let track = track::of(self.course.find(id)?, self.preferred);
        match errand {
            Errand::Begin => {
                let args = GoalArgs { exercise: exercise(), stage: None, track };
                let (_, goal) = self.printed(columns, |ctx| goal::execute(&args, ctx))?;
                Ok(Answer::Begin { goal, untouched: self.is_untouched(self.course.find(id)?)? })
            }
            Errand::Goal => {
                let args = GoalArgs { exercise: exercise(), stage: None, track };
                text(&|ctx| goal::execute(&args, ctx))
            }
            Errand::Hint => {
                let args = HintArgs { exercise: exercise(), stage: None, track };
                text(&|ctx| hint::execute(&args, ctx))
            }
            Errand::Explain => text(&|ctx| explain::execute(&ExplainArgs { cause: exercise() }, ctx)),
            Errand::Reset => {
                let args = ResetArgs { exercise: exercise(), stage: None, yes: true, track };
                text(&|ctx| reset::execute(&args, ctx))
            }
            Errand::Solution => {
                let args = SolutionArgs { exercise: exercise(), stage: None, spoil: false, track };
                let ((path, ours), _) = self.printed(columns, |ctx| solution::read(&args, ctx))?;
                let yours = fs::read_to_string(self.course.find(id)?.edited(track)?);
                Ok(Answer::Compare { yours: yours.unwrap_or_default(), ours, path })
            }
        }
    }
}

impl Desk for CourseDesk {
    fn outline(&self) -> Outline {
        let progress = self.progress();
        let mut outline = self.blank.clone();
        for (entry, exercise) in outline.entries.iter_mut().zip(self.course.exercises()) {
            let (id, track) = (exercise.id(), track::of(exercise, self.preferred));
            let tried = progress.exercise(id).and_then(|record| record.in_track(track));
            entry.state = if progress.passed(id, track) {
                State::Passed
            } else if entry.state == State::Elsewhere {
                State::Elsewhere
            } else if tried.is_some_and(|record| record.attempts > 0) {
                State::Failed
            } else {
                State::Waiting
            };
            let passed = progress.stages_passed(id, track);
            entry.stages = entry.stages.map(|(_, of)| (passed.min(of), of));
        }
        outline
    }

    fn attempt(&self, exercise: &str) -> Result<Attempt, String> {
        self.prepare(exercise).map_err(|failure| in_words(&failure))
    }

    fn record(&self, recorded: &Recorded, verdict: &Verdict) -> Vec<String> {
        let record = || -> Result<Vec<String>, Failure> {
            let exercise = self.course.find(&recorded.id)?;
            let (loaded, progress) = (self.loaded(exercise)?, self.progress());
            let track = recorded.track;
            let stages = Stages {
                course: &self.course,
                exercise,
                loaded: &loaded,
                progress: &progress,
                track,
                told: None,
            };
            let changes = changes(&stages, track, verdict);
            let kept = Store::at(self.course.root()).record(&changes).map_err(Failure::environment)?;
            Ok(kept.notices)
        };
        record().unwrap_or_else(|failure| vec![in_words(&failure)])
    }

    fn answer(&self, errand: Errand, exercise: &str, columns: usize) -> Result<Answer, String> {
        self.run(errand, exercise, columns).map_err(|failure| in_words(&failure))
    }

    fn file(&self, exercise: &str) -> Option<PathBuf> {
        let exercise = self.course.find(exercise).ok()?;
        exercise.edited(track::of(exercise, self.preferred)).ok()
    }

    fn quiz(&self, exercise: &str) -> Option<Vec<OsString>> {
        let lesson = self.course.find(exercise).ok()?.lesson();
        let number = lesson.split('_').next()?.trim_start_matches('0');
        let words = ["--course".into(), self.course.root().into(), "quiz".into(), number.into()];
        Some([env::current_exe().ok()?.into_os_string()].into_iter().chain(words).collect())
    }
}

fn in_words(failure: &Failure) -> String {
    format!("{:#}", failure.error)
}

fn blank(course: &Course, preferred: Track) -> Outline {
    let with_exercises = course.lessons().iter().filter(|lesson| !lesson.exercises.is_empty());
    let entries = with_exercises.clone().flat_map(|lesson| {
        lesson.exercises.iter().map(|exercise| Entry {
            id: exercise.id().to_owned(),
            name: exercise.name().to_owned(),
            title: exercise.title(),
            lesson: lesson.number,
            state: if exercise.is_in(preferred) { State::Waiting } else { State::Elsewhere },
            stages: Some((0, exercise.stage_count())).filter(|(_, of)| *of > 0),
            edit: exercise
                .edited(track::of(exercise, preferred))
                .map_or_else(|_| String::new(), |file| course.shown(&file)),
        })
    });
    Outline {
        track: track::name(preferred).to_owned(),
        lessons: with_exercises.clone().map(|lesson| (lesson.number, lesson.title.clone())).collect(),
        entries: entries.collect(),
    }
}
