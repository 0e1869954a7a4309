//! How much a lesson has to have, by the minutes that its page says. The book's `check` and [`super::inspect`] use the same.
//!
//! A lesson of 20 minutes or more is a whole one. A shorter one needs less of everything; one that somebody is still writing
//! (`unfinished: true` in its front matter) is held to no size. Next: [`super::quizzes`].

use std::ops::RangeInclusive;

use crate::course::Course;

/// From so many minutes on a lesson is a whole one.
const WHOLE: u32 = 20;
/// Words for each minute of a shorter one.
const WORDS: RangeInclusive<usize> = 30..=110;

/// How much there has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// The minutes of a short lesson; none for a whole one.
    pub minutes: Option<u32>,
    /// Words of own text.
    pub words: RangeInclusive<usize>,
    /// Objectives.
    pub objectives: RangeInclusive<usize>,
    /// Questions of its quiz, at least.
    pub questions: usize,
    /// Kinds of questions, at least.
    pub kinds: usize,
    /// Named mistakes of each exercise, at least. They show that it tells one mistake from another.
    pub mistakes: usize,
}

impl Size {
    /// Of a lesson that takes so many minutes.
    pub fn of(minutes: Option<u32>) -> Self {
        match minutes {
            Some(minutes) if minutes < WHOLE => Self::short(minutes),
            _ => Self {
                minutes: None,
                words: 1_200..=2_200,
                objectives: 3..=5,
                questions: 8,
                kinds: 4,
                mistakes: 3,
            },
        }
    }

    fn short(minutes: u32) -> Self {
        let count = minutes as usize;
        let questions = (count / 2).clamp(1, 8);
        Self {
            minutes: Some(minutes),
            words: WORDS.start() * count..=WORDS.end() * count,
            objectives: 1..=5,
            questions,
            kinds: questions.min(2),
            mistakes: 1,
        }
    }

    /// Of a lesson of the course; none while somebody is still writing it.
    pub fn of_lesson(course: &Course, lesson: &str) -> Option<Self> {
        let page = course.page(lesson);
        (!page.unfinished).then(|| Self::of(page.minutes))
    }

    /// ` for a lesson of 10 minutes`; nothing for a whole one.
    pub fn why(&self) -> String {
        match self.minutes {
            None => String::new(),
            Some(1) => " for a lesson of 1 minute".to_owned(),
            Some(minutes) => format!(" for a lesson of {minutes} minutes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn a_short_lesson_needs_less_of_everything() {
        let ten = Size::of(Some(10));
        assert_eq!((ten.words.clone(), ten.questions, ten.kinds, ten.mistakes), (300..=1_100, 5, 2, 1));
        assert_eq!(ten.why(), " for a lesson of 10 minutes");
        for minutes in [1, 2, 19] {
            let size = Size::of(Some(minutes));
            assert!(size.questions >= size.kinds && size.kinds >= 1 && size.questions <= 8, "{size:?}");
        }
    }

    #[test]
    fn a_whole_one_is_as_it_always_was() {
        for minutes in [None, Some(20), Some(50)] {
            let size = Size::of(minutes);
            assert_eq!((size.words.clone(), size.objectives.clone()), (1_200..=2_200, 3..=5));
            assert_eq!((size.questions, size.kinds, size.mistakes, size.why().as_str()), (8, 4, 3, ""));
        }
    }
}
