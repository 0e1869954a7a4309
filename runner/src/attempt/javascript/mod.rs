//! The JavaScript track: Node, the packages, and the hosts of `register(io)` and of React components.
//!
//! `host.cjs` and `page.cjs` are embedded and handed to Node on its command line, so they work from a fresh clone and
//! in any course. `page_in_window.js` is bundled with the learner's component.
//! Next: [`install`], [`source`].

mod install;
mod source;

use std::path::{Path, PathBuf};

use grader::event::Event;

use super::{PrepareError, process::Recipe};

pub use install::{OLDEST_NODE, is_installed};
pub(super) use source::{Graph, graph};

const HOST: &str = include_str!("host.cjs");
const PAGE: &str = include_str!("page.cjs");
const IN_WINDOW: &str = include_str!("page_in_window.js");
/// Certificates of a company's proxy: Node 20 reads the whole file at every start (30 ms for a usual one), and a
/// program under check talks to nobody outside this computer.
const CERTIFICATES: &str = "NODE_EXTRA_CA_CERTS";

/// A Node that is new enough, with the packages that the exercises import.
pub(super) struct Node {
    program: PathBuf,
    exercises: PathBuf,
    cache: PathBuf,
}

impl Node {
    /// Finds Node; installs the packages that the exercise in this folder needs when they are missing or older.
    pub(super) async fn prepare(
        course: &Path,
        folder: &Path,
        say: &impl Fn(Event),
    ) -> Result<Self, PrepareError> {
        let exercises = course.join("exercises");
        let program = install::prepare(&exercises, folder, say).await?;
        let cache = exercises.join("node_modules/.cache/socketlings");
        Ok(Self { program, exercises, cache })
    }

    /// The host of server files. It finds the packages of all exercises, and goes where a file lies when it opens it.
    pub(super) fn host(&self) -> Recipe {
        Recipe::new(&self.program)
            .argument("--input-type=commonjs")
            .argument("--eval")
            .argument(HOST)
            .argument(absolute(&self.cache))
            .folder(&self.exercises)
            .without(CERTIFICATES)
    }

    /// The host of files with a component. The packages are found from `folder`.
    pub(super) fn page(&self, folder: &Path) -> Recipe {
        Recipe::new(&self.program)
            .argument("--input-type=commonjs")
            .argument("--eval")
            .argument(PAGE)
            .argument(IN_WINDOW)
            .folder(folder)
            .without(CERTIFICATES)
    }

    /// A program of its own.
    pub(super) fn program(&self, source: &Path) -> Recipe {
        Recipe::new(&self.program).argument(absolute(source)).without(CERTIFICATES)
    }
}

pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
