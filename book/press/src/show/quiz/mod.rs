//! `{{#quiz}}`: the questions of a lesson; `{{#quiz interview}}`: those of the interview.
//!
//! Each question is a form of native controls, with its answer folded below it: all of it can be read without a script.
//! The theme's script `js/quiz/` asks one question after another and judges with what stands in `data-question`.
//!
//! | file | holds |
//! |---|---|
//! | `form.rs` | how a question is asked: its text, its code, its controls |
//! | `answer.rs` | what is said afterwards |
//! | `key.rs` | what a page needs to judge |
//!
//! Next: [`super::html`].

mod answer;
mod form;
mod key;

use std::fmt::Write as _;

use grader::quiz::model::Question;
use runner::{course::LoadedQuiz, verify::Problem};

pub use key::key;

use super::{Page, Shown, html::escape};
use crate::{manuscript::directive::Wrong, material::Unavailable};

/// One question, and where it stands.
#[derive(Clone, Copy)]
struct Asked<'q> {
    loaded: &'q LoadedQuiz,
    question: &'q Question,
    number: usize,
    of: usize,
}

impl Page<'_> {
    /// The quiz of this lesson, or its place when it has none.
    pub(super) fn quiz(&self, shown: &mut Shown) -> String {
        let lesson = escape(self.chapter.slug());
        let command = format!("<code>cargo run -p runner quiz {lesson}</code>");
        let Some(loaded) = self.material.quiz(self.chapter.slug()) else {
            let place = "<section class=\"sl-quiz\" aria-label=\"Quiz\"><p>This lesson has no questions yet. Until it has, explain \
                         each point of the summary aloud, in your own words.</p></section>";
            return place.to_owned();
        };
        let questions: Vec<_> = loaded.questions.iter().map(|question| (loaded, question)).collect();
        format!(
            "<section class=\"sl-quiz\" data-lesson=\"{lesson}\" aria-label=\"Quiz\"><p class=\"sl-quiz-about\">{} on \
             this lesson. In the terminal: {command}</p>{}</section>",
            count(questions.len()),
            self.questions(&questions, shown)
        )
    }

    /// The interview, with an index of the lessons' questions, for what is due.
    pub(super) fn interview(&self, column: u32, shown: &mut Shown) -> Result<String, Wrong> {
        let questions: Vec<_> = self.material.interview().collect();
        let file = "quiz/interview.yaml".to_owned();
        if questions.is_empty() && self.material.is_broken(&file) {
            return Err(Unavailable::Broken(file).at(column));
        }
        if questions.is_empty() {
            return Err(Wrong::at(column, "there are no questions for the interview: `quiz/interview.yaml`"));
        }
        Ok(format!(
            "<section class=\"sl-quiz\" data-interview=\"{}\" aria-label=\"Interview\"><p class=\"sl-quiz-about\">{}. \
             In the terminal: <code>cargo run -p runner quiz interview</code></p>{}</section>",
            escape(&self.index()),
            count(questions.len()),
            self.questions(&questions, shown)
        ))
    }

    fn questions(&self, questions: &[(&LoadedQuiz, &Question)], shown: &mut Shown) -> String {
        let mut out = String::new();
        for (at, (loaded, question)) in questions.iter().enumerate() {
            let asked = Asked { loaded, question, number: at + 1, of: questions.len() };
            match self.question(asked) {
                Ok(html) => out.push_str(&html),
                Err(problem) => {
                    let Problem { file, line, message, .. } = &problem;
                    let _ = write!(
                        out,
                        "<p class=\"sl-unshown\">{}:{line}: {}</p>",
                        escape(file),
                        escape(message)
                    );
                    shown.problems.push(problem);
                }
            }
        }
        out
    }

    fn question(&self, asked: Asked<'_>) -> Result<String, Problem> {
        let Asked { question, number, of, .. } = asked;
        Ok(format!(
            "<article class=\"sl-question\" id=\"question-{0}\" data-question=\"{1}\" aria-label=\"Question {number} of {of}\">\
             <p class=\"sl-question-facts\"><span class=\"sl-question-number\">Question {number} of {of}</span> \
             <span>{2}</span> <span>{3}</span></p>{4}{5}</article>",
            escape(&question.id),
            escape(&key(question).to_string()),
            question.level.as_str(),
            question.topic.as_str(),
            self.form(asked)?,
            self.answer(asked)?,
        ))
    }

    /// The lessons with the ids of their questions: a review fetches a question from the page on which it stands.
    fn index(&self) -> String {
        let lessons = self.material.chapters.iter().filter_map(|chapter| {
            let loaded = self.material.quiz(chapter.slug())?;
            let ids: Vec<&str> = loaded.questions.iter().map(|question| question.id.as_str()).collect();
            Some(serde_json::json!({ "page": chapter.slug(), "title": chapter.title(), "questions": ids }))
        });
        serde_json::Value::Array(lessons.collect()).to_string()
    }
}

/// `1 question`, `8 questions`
fn count(questions: usize) -> String {
    format!("{questions} {}", if questions == 1 { "question" } else { "questions" })
}

impl Asked<'_> {
    /// Something wrong with the question at a place of its file.
    fn problem(&self, page: &Page<'_>, place: grader::yaml::Place, message: impl Into<String>) -> Problem {
        let file = page.material.course.shown(self.loaded.quiz.path());
        Problem { file, line: place.line, column: place.column, message: message.into() }
    }
}
