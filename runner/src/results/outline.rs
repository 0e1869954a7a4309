//! What there is to do in a course: lessons, exercises, stages, questions. Next: `learner.rs`.

use grader::scenario::model::Track;

use crate::{
    bundle::CourseMark,
    course::{Course, CourseError, LoadedQuiz},
};

/// Characters of a question that are shown.
const SHORT: usize = 90;

/// A course, as results are told about it.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Which course it is.
    pub mark: CourseMark,
    /// Those with exercises or questions, in order.
    pub lessons: Vec<OutlineLesson>,
    /// All of them, in order.
    pub exercises: Vec<OutlineExercise>,
    /// Those of lessons in order, then the interview.
    pub questions: Vec<OutlineQuestion>,
}

/// A lesson.
#[derive(Debug, Clone)]
pub struct OutlineLesson {
    /// `07_rooms`.
    pub id: String,
    /// 7.
    pub number: u32,
    /// `Rooms`.
    pub title: String,
}

/// An exercise.
#[derive(Debug, Clone)]
pub struct OutlineExercise {
    /// `07_rooms/members_only`.
    pub id: String,
    /// `Members only`.
    pub title: String,
    /// `07_rooms`.
    pub lesson: String,
    /// The languages it exists in; empty when it needs none.
    pub tracks: Vec<Track>,
    /// Its stages, in order; empty for an ordinary exercise.
    pub stages: Vec<OutlineStage>,
}

/// A stage of an exercise.
#[derive(Debug, Clone)]
pub struct OutlineStage {
    /// Its id within the exercise.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A question.
#[derive(Debug, Clone)]
pub struct OutlineQuestion {
    /// Its id.
    pub id: String,
    /// Its lesson; none in the interview.
    pub lesson: Option<String>,
    /// How it begins, on one line.
    pub ask: String,
}

impl Outline {
    /// Reads what there is. Of exercises only those with stages are read, and all quizzes.
    pub fn of(course: &Course) -> Result<Self, CourseError> {
        let quizzes = course.questions()?;
        let mut exercises = Vec::new();
        for exercise in course.exercises() {
            let stages = if exercise.stage_count() == 0 {
                Vec::new()
            } else {
                let stages = exercise.load()?.exercise.stages.into_iter();
                stages.map(|stage| OutlineStage { id: stage.id, title: stage.title }).collect()
            };
            exercises.push(OutlineExercise {
                id: exercise.id().to_owned(),
                title: exercise.title(),
                lesson: exercise.lesson().to_owned(),
                tracks: exercise.tracks(),
                stages,
            });
        }
        let is_taught = |id: &str| quizzes.iter().any(|loaded| loaded.quiz.lesson() == Some(id));
        let lessons = course
            .lessons()
            .iter()
            .filter(|lesson| !lesson.exercises.is_empty() || is_taught(&lesson.id))
            .map(|lesson| OutlineLesson {
                id: lesson.id.clone(),
                number: lesson.number,
                title: lesson.title.clone(),
            })
            .collect();
        let questions = quizzes.iter().flat_map(questions).collect();
        Ok(Self { mark: CourseMark::of(course)?, lessons, exercises, questions })
    }
}

fn questions(loaded: &LoadedQuiz) -> impl Iterator<Item = OutlineQuestion> {
    loaded.questions.iter().map(|question| OutlineQuestion {
        id: question.id.clone(),
        lesson: loaded.quiz.lesson().map(str::to_owned),
        ask: short(&question.ask),
    })
}

/// The first words of a question, without its code.
fn short(ask: &str) -> String {
    let prose = ask.split("```").step_by(2).collect::<Vec<_>>().join(" … ");
    let line = prose.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches(['…', ' ']);
    match line.char_indices().nth(SHORT) {
        None => line.to_owned(),
        Some((end, _)) => {
            let end = line[..end].rfind(' ').unwrap_or(end);
            format!("{} …", line[..end].trim_end_matches([' ', '…']))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_question_on_one_line() {
        assert_eq!(short("Who\nkeeps  them?\n"), "Who keeps them?");
        assert_eq!(short("```js\nx\n```\nWho hears it?"), "Who hears it?");
        assert_eq!(short("What does\n\n```js\nio.emit('x')\n```\n\ndo?"), "What does … do?");
        let long = "word ".repeat(40);
        assert!(short(&long).ends_with("word …") && short(&long).chars().count() <= 92, "{}", short(&long));
    }
}
