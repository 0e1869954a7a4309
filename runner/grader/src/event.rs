//! The one stream between checking and reporting.
//!
//! A check emits these and never prints; a report prints them and never decides. Next: [`crate::cause`].

use serde::Serialize;

use crate::{
    scenario::{model::Track, stage::AtStage},
    verdict::{ScenarioResult, Verdict},
};

/// What a check says while it runs.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "a handful of events a check; boxing would only burden whoever reads them"
)]
pub enum Event {
    /// A check of one exercise begins.
    CheckStarted {
        /// `07_rooms/members_only`.
        exercise: String,
        /// The exercise's title.
        title: String,
        /// At which stage it is checked, if it has stages.
        #[serde(skip_serializing_if = "Option::is_none")]
        stage: Option<AtStage>,
        /// The track, if the role has one.
        track: Option<Track>,
        /// Repeats names and order.
        seed: u64,
        /// How many scenarios will be played.
        scenarios: usize,
    },
    /// Something that takes long: a build, an installation. `line` is its latest words.
    Preparing {
        /// `cargo build`, `npm ci`.
        what: String,
        /// The latest line of its output, or nothing at the start.
        line: Option<String>,
    },
    /// A scenario was played (again, when it had to be repeated alone).
    ScenarioEnded(ScenarioResult),
    /// The check is over.
    CheckEnded(Verdict),
}
