//! An exercise in which the learner writes the scenarios (role `tests`): they are played against servers of the
//! course, of which one is right and the others are wrong. Next: [`super::read`].

use super::model::{Exercise, Place, Role, Scenario};

/// The servers that a learner's scenarios have to tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Servers {
    /// The id of the one that must pass.
    pub right: String,
    /// Those that must fail.
    pub wrong: Vec<WrongServer>,
}

/// A server with one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongServer {
    /// Its id.
    pub id: String,
    /// What is wrong with it, in words: what a learner reads when it survives.
    pub is: String,
    /// Where it stands.
    pub place: Place,
}

impl Exercise {
    /// What one of the servers is graded by: these scenarios, with the names, states and ignored events of the exercise.
    #[must_use]
    pub fn with_scenarios(&self, scenarios: Vec<Scenario>) -> Self {
        Self { role: Role::Server, scenarios, mistakes: Vec::new(), servers: None, ..self.clone() }
    }
}
