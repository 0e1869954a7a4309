//! The quizzes: `quiz/NN_slug.yaml` of each lesson, and `quiz/interview*.yaml`.
//!
//! A question names a heading of the book, and a `hears` question a scenario of a demo. Reading a quiz looks both up:
//! a question that leads nowhere is a problem with its place. A course without the folder `quiz` has no questions.
//! Next: `load.rs`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use grader::{
    quiz::{
        model::{Hears, Kind, Places, Question, Section},
        read,
    },
    scenario::{
        model::{Cast, Role, Scenario, Step, StepKind},
        read::Problem,
    },
    yaml::Place,
};

use super::{Course, CourseError, Demo, Loaded, load, nearest, regions, sections::Heading};

/// What lies beside the quizzes: the file for editors, and the one for teachers.
const BESIDE: [&str; 2] = ["quiz.schema.json", "README.md"];

/// One file of questions. Nothing of it has been read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    id: String,
    lesson: Option<String>,
    path: PathBuf,
}

/// A quiz that has been read.
#[derive(Debug, Clone)]
pub struct LoadedQuiz {
    /// The file.
    pub quiz: Quiz,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A quiz that has been looked at, whether or not all of it is right.
#[derive(Debug)]
pub struct Inspected {
    /// The questions in which nothing is wrong.
    pub loaded: LoadedQuiz,
    /// How many questions the file has; 0 when it cannot be read at all.
    pub written: usize,
    /// What is wrong: [`CourseError::Problems`] of the file, and of demos that it asks about.
    pub wrong: Vec<CourseError>,
}

impl Quiz {
    /// The file's name without `.yaml`: `07_rooms`, `interview`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The lesson that it belongs to; none for the interview.
    pub fn lesson(&self) -> Option<&str> {
        self.lesson.as_deref()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Course {
    /// The quizzes in the order of the lessons, then the interview.
    pub fn quizzes(&self) -> Result<Vec<Quiz>, CourseError> {
        let mut quizzes: Vec<Quiz> =
            self.quiz_files()?.into_iter().filter_map(|path| self.quiz_at(path)).collect();
        quizzes.sort_by(|a, b| (a.lesson.is_none(), &a.id).cmp(&(b.lesson.is_none(), &b.id)));
        Ok(quizzes)
    }

    /// Files and folders in `quiz` that nobody needs.
    pub fn stray_quizzes(&self) -> Result<Vec<PathBuf>, CourseError> {
        let is_beside =
            |path: &PathBuf| BESIDE.iter().any(|name| path.file_name().is_some_and(|own| own == *name));
        let mut strays = self.quiz_files()?;
        strays.retain(|path| !is_beside(path) && self.quiz_at(path.clone()).is_none());
        strays.sort();
        Ok(strays)
    }

    /// Reads all quizzes.
    pub fn questions(&self) -> Result<Vec<LoadedQuiz>, CourseError> {
        self.quizzes()?.iter().map(|quiz| self.load_quiz(quiz)).collect()
    }

    /// Reads a quiz, and looks up what its questions rest on. The error names every problem with its place.
    pub fn load_quiz(&self, quiz: &Quiz) -> Result<LoadedQuiz, CourseError> {
        let Inspected { loaded, wrong, .. } = self.inspect_quiz(quiz)?;
        wrong.into_iter().next().map_or(Ok(loaded), Err)
    }

    /// Reads of a quiz what can be read, looks up what its questions rest on, and says everything that is wrong.
    pub fn inspect_quiz(&self, quiz: &Quiz) -> Result<Inspected, CourseError> {
        self.inspect_quiz_beside(quiz, &|_| None)
    }

    /// The same where demos have been read already: `known` finds one by its full name.
    pub fn inspect_quiz_beside<'d>(
        &self,
        quiz: &Quiz,
        known: &dyn Fn(&str) -> Option<&'d (Demo, Loaded)>,
    ) -> Result<Inspected, CourseError> {
        let source = load::text(&quiz.path)?;
        let read::Read { questions: all, parts, written, mut problems } = read::parts(&source, quiz.lesson());
        let mut library = Library::of(self, known);
        let mut questions = Vec::new();
        for mut question in all {
            let Question { kind, places, section, .. } = &mut question;
            let mut wrong: Vec<Problem> = library.section(section, places)?.into_iter().collect();
            let mut is_known = true;
            if let Kind::Hears(hears) = kind {
                is_known = library.load(&hears.demo)?;
                wrong.extend(library.hears(hears, places)?);
            }
            if wrong.is_empty() && is_known {
                questions.push(question);
            }
            problems.extend(wrong);
        }
        for mut part in parts {
            if let Some(section) = &mut part.section {
                problems.extend(library.section(section, &part.places)?);
            }
            if let Some(hears) = &mut part.hears {
                library.load(&hears.demo)?;
                problems.extend(library.hears(hears, &part.places)?);
            }
        }
        problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
        let mut wrong = Vec::new();
        if !problems.is_empty() {
            wrong.push(load::problems_in(self.root(), &quiz.path, &source, &problems));
        }
        wrong.extend(library.broken.into_values());
        Ok(Inspected { loaded: LoadedQuiz { quiz: quiz.clone(), questions }, written, wrong })
    }

    fn quiz_files(&self) -> Result<Vec<PathBuf>, CourseError> {
        let folder = self.root().join("quiz");
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let unreadable = |error| CourseError::unreadable(&folder, error);
        let entries = fs::read_dir(&folder).map_err(unreadable)?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
        let is_seen =
            |path: &PathBuf| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        Ok(paths.map_err(unreadable)?.into_iter().filter(is_seen).collect())
    }

    fn quiz_at(&self, path: PathBuf) -> Option<Quiz> {
        let id = path.file_name()?.to_str()?.strip_suffix(".yaml")?.to_owned();
        let is_lesson = self.lessons().iter().any(|lesson| lesson.id == id);
        let is_interview = id == "interview" || id.starts_with("interview_");
        let lesson = is_lesson.then(|| id.clone());
        (path.is_file() && (is_lesson || is_interview)).then_some(Quiz { id, lesson, path })
    }
}

/// What has been looked up, so that no page and no demo is read twice.
struct Library<'c, 'd> {
    course: &'c Course,
    known: &'c dyn Fn(&str) -> Option<&'d (Demo, Loaded)>,
    pages: BTreeMap<String, Option<Vec<Heading>>>,
    demos: BTreeMap<String, Option<(Demo, Loaded)>>,
    /// Demos that are there and cannot be read.
    broken: BTreeMap<String, CourseError>,
}

impl<'c, 'd> Library<'c, 'd> {
    fn of(course: &'c Course, known: &'c dyn Fn(&str) -> Option<&'d (Demo, Loaded)>) -> Self {
        Self { course, known, pages: BTreeMap::new(), demos: BTreeMap::new(), broken: BTreeMap::new() }
    }

    /// Reads a demo, if that was not done before; answers `false` for one that is wrong itself.
    fn load(&mut self, id: &str) -> Result<bool, CourseError> {
        if (self.known)(id).is_some() || self.demos.contains_key(id) {
            return Ok(true);
        }
        if self.broken.contains_key(id) {
            return Ok(false);
        }
        let demo = self.course.demo(id);
        match demo.map(|demo| demo.load().map(|loaded| (demo, loaded))).transpose() {
            Ok(demo) => {
                self.demos.insert(id.to_owned(), demo);
                Ok(true)
            }
            Err(error @ CourseError::Problems { .. }) => {
                self.broken.insert(id.to_owned(), error);
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Gives the section its title, or says why it has none.
    fn section(&mut self, section: &mut Section, places: &Places) -> Result<Option<Problem>, CourseError> {
        if !self.pages.contains_key(&section.lesson) {
            let headings = self.course.headings(&section.lesson)?;
            self.pages.insert(section.lesson.clone(), headings);
        }
        let place = places.section;
        let Some(headings) = self.pages.get(&section.lesson).and_then(Option::as_ref) else {
            let message = format!("the book has no page `{}`", section.lesson);
            return Ok(Some(problem(place, message, None)));
        };
        if let Some(heading) = headings.iter().find(|heading| heading.id == section.heading) {
            section.title.clone_from(&heading.title);
            return Ok(None);
        }
        let near = near(&section.heading, headings.iter().map(|heading| heading.id.as_str()));
        let message = format!(
            "`book/src/{}.md` has no heading with the id `{}`{near}",
            section.lesson, section.heading
        );
        let known: Vec<String> = headings.iter().map(|heading| format!("`{}`", heading.id)).collect();
        Ok(Some(problem(place, message, Some(format!("it has {}", known.join(", "))))))
    }

    /// Gives the question its actors, or says everything that is wrong with it. What follows from a demo that cannot be read
    /// is not said.
    fn hears(&self, hears: &mut Hears, places: &Places) -> Result<Vec<Problem>, CourseError> {
        if self.broken.contains_key(&hears.demo) {
            return Ok(Vec::new());
        }
        let known = (self.known)(&hears.demo).or_else(|| self.demos.get(&hears.demo)?.as_ref());
        let Some((demo, loaded)) = known else {
            let names: Vec<String> = self.course.demos()?.iter().map(|demo| demo.id().to_owned()).collect();
            let near = near(&hears.demo, names.iter().map(String::as_str));
            let message = format!("there is no demo `{}` under `book/demos`{near}", hears.demo);
            return Ok(vec![problem(places.demo, message, None)]);
        };
        if loaded.exercise.role != Role::Server {
            let message = "who hears what is asked of a server, and this demo is none".to_owned();
            return Ok(vec![problem(places.demo, message, None)]);
        }
        let mut problems = Vec::new();
        problems.extend(hears.show.as_ref().and_then(|region| shown(demo, loaded, region, places.show)));
        let scenarios = &loaded.exercise.scenarios;
        let Some(scenario) = scenarios.iter().find(|scenario| scenario.id == hears.scenario) else {
            let near = near(&hears.scenario, scenarios.iter().map(|scenario| scenario.id.as_str()));
            let message = format!("the demo `{}` has no scenario `{}`{near}", hears.demo, hears.scenario);
            problems.push(problem(places.scenario, message, None));
            return Ok(problems);
        };
        match actors(scenario) {
            Ok(actors) => hears.actors = actors,
            Err(group) => {
                let message = format!("`{group}` is a group: choose a scenario in which everyone has a name");
                problems.push(problem(places.scenario, message, None));
                return Ok(problems);
            }
        }
        let keys = [(Some(&hears.answer), places.answer), (hears.rust.as_ref(), places.rust)];
        for (key, place) in keys {
            for stranger in key.into_iter().flatten().filter(|actor| !hears.actors.contains(actor)) {
                let near = near(stranger, hears.actors.iter().map(String::as_str));
                let message = format!("`{stranger}` does not act in the scenario `{}`{near}", hears.scenario);
                let known = format!("who acts in it: {}", hears.actors.join(", "));
                problems.push(problem(place, message, Some(known)));
            }
        }
        Ok(problems)
    }
}

/// Why a region cannot be shown: it has to be in the program of every track.
fn shown(demo: &Demo, loaded: &Loaded, region: &str, place: Place) -> Option<Problem> {
    loaded.exercise.tracks.iter().find_map(|track| {
        let program = demo.program(Some(*track)).ok()?;
        let regions = regions::read(&fs::read_to_string(&program).ok()?).ok()?;
        if regions.get(region).is_some() {
            return None;
        }
        let near = near(region, regions.names().into_iter());
        let file = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Some(problem(place, format!("`{file}` of `{}` has no region `{region}`{near}", demo.id()), None))
    })
}

/// The people of a scenario, in the order in which they come in; the error is a group.
fn actors(scenario: &Scenario) -> Result<Vec<String>, String> {
    let mut actors = Vec::new();
    collect(&scenario.steps, &mut actors)?;
    Ok(actors)
}

fn collect(steps: &[Step], found: &mut Vec<String>) -> Result<(), String> {
    for step in steps {
        match &step.kind {
            StepKind::Each { actors, .. } => {
                for actor in actors {
                    match actor {
                        Cast::One(name) if !found.contains(name) => found.push(name.clone()),
                        Cast::Group { name, .. } => return Err(name.clone()),
                        _ => {}
                    }
                }
            }
            StepKind::Together(branches) => {
                for branch in branches {
                    collect(branch, found)?;
                }
            }
            StepKind::Repeat { steps, .. } => collect(steps, found)?,
            StepKind::Wait(_) | StepKind::Settle => {}
        }
    }
    Ok(())
}

fn near<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = nearest(word, known);
    near.first().map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

fn problem(place: Place, message: String, help: Option<String>) -> Problem {
    Problem { place, message, help }
}
