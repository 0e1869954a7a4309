//! From what a person types to an exercise, or to a suggestion.
//!
//! Accepted: `07_rooms/members_only`, `members_only` when only one has that name, and the path of its folder or
//! of a file in it, as a shell completes it. Where all of a lesson may be meant: `07_rooms`, `7`, `rooms`. Next: `load.rs`.

use super::{Course, CourseError, Exercise, Lesson};

/// At most so many suggestions are made.
const SUGGESTIONS: usize = 3;

/// How alike two names must be to be suggested (Jaro-Winkler, 0 to 1): 0.8 forgives a slip, not another word.
const ALIKE: f64 = 0.8;

impl Course {
    /// The exercise of that name.
    pub fn find(&self, typed: &str) -> Result<&Exercise, CourseError> {
        let name = without_path(typed);
        if let Some(exercise) = self.exercises().find(|exercise| exercise.id() == name) {
            return Ok(exercise);
        }
        let same: Vec<_> = self.exercises().filter(|exercise| exercise.name() == name).collect();
        match same.as_slice() {
            [one] => Ok(one),
            [] => Err(CourseError::Unknown { name: typed.to_owned(), near: self.near(&name) }),
            several => Err(CourseError::Ambiguous {
                name: typed.to_owned(),
                ids: several.iter().map(|exercise| exercise.id().to_owned()).collect(),
            }),
        }
    }

    /// The exercises of these names, in the order typed; a lesson's name (`07_rooms`, `7`, `rooms`) stands for
    /// all of its exercises. An exercise goes before a lesson of the same name.
    pub fn select(&self, typed: &[String]) -> Result<Vec<&Exercise>, CourseError> {
        let mut picked: Vec<&Exercise> = Vec::new();
        for name in typed {
            let is_exercise = self.exercises().any(|exercise| exercise.name() == name);
            let more: Vec<&Exercise> = match self.lesson(name).filter(|_| !is_exercise) {
                Some(lesson) => lesson.exercises.iter().collect(),
                None => vec![self.find(name)?],
            };
            for exercise in more {
                if picked.iter().all(|have| have.id() != exercise.id()) {
                    picked.push(exercise);
                }
            }
        }
        Ok(picked)
    }

    /// The lesson that a person names: `07_rooms`, `7`, `rooms`.
    pub fn lesson_named(&self, typed: &str) -> Result<&Lesson, CourseError> {
        self.lesson(typed).ok_or_else(|| {
            let slugs = self.lessons().iter().filter_map(|lesson| Some(lesson.id.split_once('_')?.1));
            CourseError::UnknownLesson { name: typed.to_owned(), near: nearest(typed, slugs) }
        })
    }

    /// The lesson of that name, of that number, or of that slug, in words or not.
    fn lesson(&self, typed: &str) -> Option<&Lesson> {
        let name = without_path(typed);
        let slug = name.to_lowercase().replace([' ', '-'], "_");
        let slug_of = |lesson: &Lesson| lesson.id.split_once('_').map(|(_, slug)| slug.to_lowercase());
        let number: Option<u32> = name.parse().ok();
        let lessons = self.lessons();
        let by_id = lessons.iter().find(|lesson| lesson.id == name);
        by_id.or_else(|| {
            lessons
                .iter()
                .find(|lesson| number == Some(lesson.number) || slug_of(lesson).as_ref() == Some(&slug))
        })
    }

    /// The shortest name that is enough to type: `members_only`, or the full one where two share it.
    pub fn shortest<'e>(&self, exercise: &'e Exercise) -> &'e str {
        let is_one = self.exercises().filter(|other| other.name() == exercise.name()).count() == 1;
        if is_one { exercise.name() } else { exercise.id() }
    }

    fn near(&self, name: &str) -> Vec<String> {
        let full = name.contains('/');
        nearest(name, self.exercises().map(|exercise| if full { exercise.id() } else { exercise.name() }))
    }
}

/// The names most like `typed`, best first; none when none is alike.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let typed = typed.to_lowercase().replace('-', "_");
    let mut scored: Vec<(f64, &str)> = names
        .map(|name| (strsim::jaro_winkler(&typed, &name.replace('-', "_")), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(SUGGESTIONS).map(|(_, name)| name.to_owned()).collect()
}

/// `./exercises/07_rooms/members_only/main.js` → `07_rooms/members_only`.
fn without_path(typed: &str) -> String {
    let typed = typed.replace('\\', "/");
    let parts: Vec<_> = typed.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let inside = match parts.iter().position(|part| *part == "exercises") {
        Some(at) => &parts[at + 1..],
        None => &parts[..],
    };
    inside[..inside.len().min(2)].join("/")
}
