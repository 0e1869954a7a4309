//! A page that we host: what the play wants done with it, and what it tells, as lines of the control socket.
//!
//! Next: [`super::hosting`], which owns the socket.

use std::sync::Arc;

use grader::scenario::play::drive::{Observation, PageReply, PageRequest, ProgramEnd};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::hosting::Hosting;

/// One scenario's page. Requests are sent in the order in which they were made.
pub struct Page {
    requests: mpsc::UnboundedSender<String>,
    scenario: u64,
}

impl Page {
    pub(super) fn new(hosting: Arc<Hosting>, scenario: u64) -> Self {
        let (requests, mut waiting) = mpsc::unbounded_channel::<String>();
        tokio::spawn(async move {
            while let Some(line) = waiting.recv().await {
                hosting.say(line).await;
            }
        });
        Self { requests, scenario }
    }

    /// Has something done; answered by `Observation::PageReply` with this id.
    pub fn ask(&self, id: u32, request: PageRequest) {
        let (key, what) = match request {
            PageRequest::Mount(props) => ("mount", json!(props)),
            PageRequest::Props(props) => ("props", json!(props)),
            PageRequest::Unmount => ("unmount", Value::Bool(true)),
            PageRequest::Click(name) => ("click", Value::String(name)),
            PageRequest::Type { field, text } => ("type", json!([field, text])),
            PageRequest::Rest => ("rest", Value::Bool(true)),
        };
        let request = json!({ "page": self.scenario, "id": id, key: what });
        // A page that is gone cannot be asked; the play learns that from its end.
        self.requests.send(format!("{request}\n")).ok();
    }
}

/// What a page tells of itself.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Word {
    /// What became of a request.
    Reply {
        id: u32,
        #[serde(default)]
        missing: bool,
        #[serde(default)]
        disabled: bool,
    },
    /// All that can be read on it now.
    Shows { shows: Vec<String> },
    /// A line of its console.
    Printed { printed: String },
    /// An error took it down.
    Fell { fell: String },
}

impl Word {
    /// The same, as a play hears it.
    pub(super) fn observation(self) -> Observation {
        match self {
            Self::Reply { id, missing, disabled } => {
                let reply = match (missing, disabled) {
                    (true, _) => PageReply::Missing,
                    (_, true) => PageReply::Disabled,
                    _ => PageReply::Done,
                };
                Observation::PageReply { id, reply }
            }
            Self::Shows { shows } => Observation::Shows(shows),
            Self::Printed { printed } => Observation::Printed(printed),
            Self::Fell { fell } => Observation::Ended(ProgramEnd {
                code: None,
                signal: None,
                out_of_memory: false,
                last_words: fell.lines().map(str::to_owned).collect(),
            }),
        }
    }
}
