//! All that the book is made of: its chapters, the course, the demos, the recordings. Next: [`crate::recording`].

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use grader::{quiz::model::Question, scenario::model::Mistake};
use runner::{
    course::{Answer, Course, CourseError, Demo, Exercise, Inspected, Loaded, LoadedQuiz, Quiz},
    exit::Failure,
    verify::Problem,
};

use crate::{
    manuscript::{
        Chapter,
        directive::{Wrong, suggestion},
        summary::{self, Entry},
    },
    recording::{Found, Lacks, Program, Recording, Store, Wanted},
};

/// Why something that a chapter names cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// There is no such thing.
    #[error("{0}")]
    Unknown(String),
    /// It is there, and its file is wrong: which file, from the course's root. That is told where it is wrong.
    #[error("`{0}` cannot be read: mend it first")]
    Broken(String),
}

impl Unavailable {
    /// The same, for a directive that asks for it.
    pub fn at(self, column: u32) -> Wrong {
        let message = self.to_string();
        let follows_from = match self {
            Self::Unknown(_) => None,
            Self::Broken(file) => Some(file),
        };
        Wrong { column, message, follows_from }
    }
}

/// All that the book is made of.
pub struct Material {
    /// The exercises.
    pub course: Course,
    /// Its general causes.
    pub causes: Vec<Mistake>,
    /// The demos that can be read, by full name.
    pub demos: BTreeMap<String, (Demo, Loaded)>,
    /// The quizzes that can be read: those of the lessons in order, then the interview.
    pub quizzes: Vec<LoadedQuiz>,
    /// What the summary names, in order.
    pub entries: Vec<Entry>,
    /// The chapters that are there, in order.
    pub chapters: Vec<Chapter>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    store: Store,
    exercises: BTreeMap<String, Arc<Loaded>>,
    recordings: Mutex<BTreeMap<String, Read>>,
}

/// A recording that was asked for before.
type Read = Result<Arc<Recording>, Lacks>;

impl Material {
    /// Reads it. `root` holds `exercises/` and `book/`.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let course = Course::open(root)?;
        let causes = course.causes()?;
        let mut problems = Vec::new();
        let mut demos = BTreeMap::new();
        let found = course.demos()?;
        let loaded = side_by_side(&found, |demo| size(&demo.yaml()), Demo::load);
        for (demo, loaded) in found.into_iter().zip(loaded) {
            match loaded {
                Ok(loaded) => {
                    demos.insert(demo.id().to_owned(), (demo, loaded));
                }
                Err(error) => problems.extend(problems_of(error)?),
            }
        }
        let found: Vec<&Exercise> = course.lessons().iter().flat_map(|lesson| &lesson.exercises).collect();
        let loaded = side_by_side(&found, |exercise| size(&exercise.yaml()), |exercise| exercise.load());
        let mut exercises = BTreeMap::new();
        for (exercise, loaded) in found.iter().zip(loaded) {
            match loaded {
                Ok(loaded) => {
                    exercises.insert(exercise.id().to_owned(), Arc::new(loaded));
                }
                Err(error) => problems.extend(problems_of(error)?),
            }
        }
        let mut quizzes = Vec::new();
        let found = course.quizzes()?;
        let known = |id: &str| demos.get(id);
        let inspect = |quiz: &Quiz| course.inspect_quiz_beside(quiz, &known);
        for inspected in side_by_side(&found, |quiz| size(quiz.path()), inspect) {
            let Inspected { loaded, wrong, .. } = inspected?;
            if wrong.is_empty() {
                quizzes.push(loaded);
            }
            for error in wrong {
                problems.extend(problems_of(error)?);
            }
        }
        let source = root.join("book/src");
        let (entries, chapters) = read_chapters(&source, &mut problems);
        // A demo that cannot be read is a problem of each quiz that asks about it, too.
        problems.sort();
        problems.dedup();
        Ok(Self {
            store: Store::of(root),
            course,
            causes,
            demos,
            quizzes,
            entries,
            chapters,
            problems,
            exercises,
            recordings: Mutex::default(),
        })
    }

    /// What is wrong with demos, so that they cannot be run.
    pub fn problems_of_demos(&self) -> Vec<Problem> {
        let of_demo = |problem: &&Problem| problem.file.starts_with("book/demos/");
        self.problems.iter().filter(of_demo).cloned().collect()
    }

    /// Where the book is.
    pub fn book(&self) -> PathBuf {
        self.course.root().join("book")
    }

    /// The recordings.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The chapter of a lesson or an appendix, by its slug.
    pub fn chapter(&self, slug: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.slug() == slug)
    }

    /// The quiz of a lesson.
    pub fn quiz(&self, lesson: &str) -> Option<&LoadedQuiz> {
        self.quizzes.iter().find(|loaded| loaded.quiz.lesson() == Some(lesson))
    }

    /// The questions of the interview.
    pub fn interview(&self) -> impl Iterator<Item = (&LoadedQuiz, &Question)> {
        let of_interview = self.quizzes.iter().filter(|loaded| loaded.quiz.lesson().is_none());
        of_interview.flat_map(|loaded| loaded.questions.iter().map(move |question| (loaded, question)))
    }

    /// Whether something in a file is wrong, which is one of [`Material::problems`].
    pub fn is_broken(&self, file: &str) -> bool {
        self.problems.iter().any(|problem| problem.file == file)
    }

    /// A demo of a lesson.
    pub fn demo(&self, lesson: &str, name: &str) -> Result<&(Demo, Loaded), Unavailable> {
        let id = if name.contains('/') { name.to_owned() } else { format!("{lesson}/{name}") };
        self.demos.get(&id).ok_or_else(|| {
            let file = format!("book/demos/{id}/demo.yaml");
            if self.is_broken(&file) {
                return Unavailable::Broken(file);
            }
            let lesson = id.split('/').next().unwrap_or(lesson);
            let of_lesson = self.demos.values().filter(|(demo, _)| demo.lesson() == lesson);
            let names: Vec<&str> = of_lesson.map(|(demo, _)| demo.name()).collect();
            let advice = match names.as_slice() {
                [] => format!("; `{lesson}` has none"),
                names => suggestion(name, names),
            };
            Unavailable::Unknown(format!("there is no demo `book/demos/{id}`{advice}"))
        })
    }

    /// An exercise, by its short or full name.
    pub fn exercise(&self, name: &str) -> Result<(&Exercise, Arc<Loaded>), Unavailable> {
        let exercise = self.course.find(name).map_err(|error| Unavailable::Unknown(error.to_string()))?;
        match self.exercises.get(exercise.id()) {
            Some(loaded) => Ok((exercise, Arc::clone(loaded))),
            None => Err(Unavailable::Broken(self.course.shown(&exercise.yaml()))),
        }
    }

    /// The exercise of an answer, at the stage to which the answer belongs, or at the one that is named.
    pub fn at_stage(
        &self,
        name: &str,
        stage: Option<&str>,
        answer: &Answer,
    ) -> Result<(Exercise, Arc<Loaded>), Unavailable> {
        let unknown = Unavailable::Unknown;
        let (exercise, loaded) = self.exercise(name)?;
        let stages = &loaded.exercise.stages;
        if stages.is_empty() {
            return match stage {
                None => Ok((exercise.clone(), loaded)),
                Some(stage) => Err(unknown(format!("`{name}` has no stages, and `{stage}` is asked for"))),
            };
        }
        let index = match stage {
            None => exercise.stage_of(&loaded, answer),
            Some(stage) => stages.iter().position(|have| have.id == stage).ok_or_else(|| {
                let names: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
                unknown(format!("`{name}` has no stage `{stage}`{}", suggestion(stage, &names)))
            })?,
        };
        exercise
            .at_stage(&loaded, index)
            .map(|(exercise, loaded)| (exercise, Arc::new(loaded)))
            .ok_or_else(|| unknown(format!("`{name}` cannot be read at its stage {index}")))
    }

    /// A program, found in its folder.
    pub fn find(&self, program: &Program) -> Result<Found<'_>, Unavailable> {
        match program {
            Program::Demo(id) => {
                let (demo, loaded) = self.demo("", id)?;
                Ok(Found::Demo(demo, loaded))
            }
            Program::Answer { exercise, stage, answer } => {
                let (exercise, loaded) = self.at_stage(exercise, stage.as_deref(), answer)?;
                Ok(Found::Answer(exercise, loaded, answer.clone()))
            }
        }
    }

    /// Whether the committed recording of a program was made from its files as they are, and has all that is wanted of it.
    pub fn is_recorded(&self, wanted: &Wanted) -> bool {
        let (Ok(found), Ok(recorded)) = (self.find(&wanted.program), self.recording(&wanted.program)) else {
            return false;
        };
        let has_all = wanted.scenarios.iter().all(|id| recorded.scenario(id).is_some());
        has_all && recorded.sources == found.hashes(wanted, &self.course)
    }

    /// The committed recording of a program.
    pub fn recording(&self, program: &Program) -> Result<Arc<Recording>, Lacks> {
        let known = || self.recordings.lock().unwrap_or_else(PoisonError::into_inner);
        let path = program.path();
        if let Some(known) = known().get(&path) {
            return known.clone();
        }
        // Meanwhile another thread may read it, too; that is cheaper than to wait for one another.
        let read = self.store.read(program).map(Arc::new);
        known().insert(path, read.clone());
        read
    }
}

/// Does the same for each, on all cores; the results stand in the order of `all`. The heaviest come first, so that nobody
/// waits for one of them in the end.
pub(crate) fn side_by_side<T: Sync, R: Send>(
    all: &[T],
    weight: impl Fn(&T) -> u64,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_cached_key(|index| Reverse(weight(&all[*index])));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    // Whoever is free takes the next one: their lengths differ much.
    let some = || {
        let turns = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = turns.map_while(|turn| order.get(turn).map(|index| (*index, work(&all[*index]))));
        mine.collect::<Vec<(usize, R)>>()
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
        let mut done = some();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// How much there is to read; nothing, where nothing can be read.
pub(crate) fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len())
}

/// The chapters of the book in `root` that can be read, without the rest of its material.
pub fn chapters(root: &Path) -> Vec<Chapter> {
    read_chapters(&root.join("book/src"), &mut Vec::new()).1
}

fn read_chapters(source: &Path, problems: &mut Vec<Problem>) -> (Vec<Entry>, Vec<Chapter>) {
    const SUMMARY: &str = "book/src/SUMMARY.md";
    let text = match fs::read_to_string(source.join("SUMMARY.md")) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem::of_file(SUMMARY, format!("cannot be read: {error}")));
            return (Vec::new(), Vec::new());
        }
    };
    let entries = match summary::read(&text) {
        Ok((_, entries)) => entries,
        Err(message) => {
            problems.push(Problem::of_file(SUMMARY, message));
            return (Vec::new(), Vec::new());
        }
    };
    let mut chapters = Vec::new();
    let path = |entry: &Entry| entry.path.display().to_string().replace('\\', "/");
    let read = |entry: &Entry| {
        fs::read_to_string(source.join(&entry.path)).map(|text| Chapter::new(path(entry), text))
    };
    for (entry, read) in entries.iter().zip(side_by_side(&entries, |_| 0, read)) {
        match read {
            Ok(chapter) => chapters.push(chapter),
            Err(error) => {
                let path = path(entry);
                let (line, column) = entry.place;
                let message =
                    format!("`book/src/{path}` cannot be read ({error}); write it, or take the line out");
                problems.push(Problem { file: SUMMARY.to_owned(), line, column, message });
            }
        }
    }
    (entries, chapters)
}

/// What is wrong in a file of the course; anything else ends the command.
pub fn problems_of(error: CourseError) -> Result<Vec<Problem>, Failure> {
    match error {
        CourseError::Problems { path, problems, .. } => {
            let problem = |(line, column, message)| Problem { file: path.clone(), line, column, message };
            Ok(problems.into_iter().map(problem).collect())
        }
        other => Err(other.into()),
    }
}
