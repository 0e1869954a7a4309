//! What is asked: a question of a quiz, or a cause that the learner met. Next: `chosen.rs`.

use grader::{quiz::model::Question, scenario::model::Mistake};

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A question of a quiz.
    Question(Box<Question>),
    /// Why a check failed once.
    Cause(Box<Cause>),
}

/// A mistake that the learner's program showed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cause {
    /// As progress keeps it: `cause:members_only/echo-to-all`.
    pub(super) id: String,
    /// As reports name it: `members_only/echo-to-all`.
    pub(super) name: String,
    /// The exercise's full name.
    pub(super) exercise: String,
    /// The exercise's title.
    pub(super) title: String,
    /// What the course says of it.
    pub(super) mistake: Mistake,
}

impl Item {
    /// Under which name progress keeps it.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Question(question) => &question.id,
            Self::Cause(cause) => &cause.id,
        }
    }

    /// What the summary counts it under.
    pub(super) fn topic(&self) -> &'static str {
        match self {
            Self::Question(question) => question.topic.as_str(),
            Self::Cause(_) => "your own mistakes",
        }
    }
}
