//! Proves that the book is right. Nothing here prints; `commands::check` does.
//!
//! | file | looks at |
//! |---|---|
//! | `wanted.rs` | what has to be recorded |
//! | `recordings.rs` | whether it is, and whether it is still so |
//! | `lessons.rs` | front matter, length, and what each lesson must have |
//! | `snippets.rs` | where each block of code comes from |
//! | `links.rs` | where links go |
//! | `coverage.rs` | whether every lesson and every exercise has its place |
//!
//! Next: [`crate::commands`].

mod coverage;
mod lessons;
mod links;
mod recordings;
mod snippets;
pub mod wanted;

use runner::{
    exit::Failure,
    verify::{Problem, Skipped},
};
use serde::Serialize;

pub use recordings::is_as_recorded;

use crate::{
    material::Material,
    recording::{Came, Wanted},
    show::{Ask, Page, Shown},
};

/// The whole result: what `check --json` prints.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Chapters that are lessons.
    pub lessons: usize,
    /// Words of running text in them, without code and without what directives show.
    pub words: usize,
    /// Blocks of code, one for each language.
    pub snippets: usize,
    /// Those of them that no run has proved.
    pub snippets_unproved: usize,
    /// Blocks of code that are written in a chapter, with a reason.
    pub fragments: usize,
    /// Recorded traces, those of mistakes included.
    pub traces: usize,
    /// Diagrams.
    pub diagrams: usize,
    /// Questions of the lessons and of the interview.
    pub questions: usize,
    /// Links and anchors that lead nowhere.
    pub broken_links: usize,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What was not run, because this computer lacks something.
    pub skipped: Vec<Skipped>,
    /// What differed from its recording beside others, and was therefore run again, alone.
    pub run_again: Vec<String>,
}

/// A chapter, shown.
struct Leaf<'m> {
    page: Page<'m>,
    shown: Shown,
}

/// Links and anchors that lead nowhere.
pub fn broken_links(material: &Material) -> Result<Vec<Problem>, Failure> {
    let mut summary = Summary::default();
    links::look(material, &leaves(material), &mut summary)?;
    summary.problems.sort();
    Ok(summary.problems)
}

fn leaves(material: &Material) -> Vec<Leaf<'_>> {
    let show = |chapter| {
        let page = Page { material, chapter };
        Leaf { page, shown: page.show() }
    };
    material.chapters.iter().map(show).collect()
}

/// Looks at the whole book. `came`: what came of running everything, if it was run.
pub fn inspect(material: &Material, wanted: &[Wanted], came: Option<&[Came]>) -> Result<Summary, Failure> {
    let leaves = leaves(material);
    let mut summary = Summary { problems: material.problems.clone(), ..Summary::default() };
    let proved = recordings::compare(material, wanted, came, &mut summary);
    for leaf in &leaves {
        summary.problems.extend(leaf.shown.problems.iter().cloned());
        for (ask, _) in &leaf.shown.asks {
            match ask {
                Ask::Trace(_) | Ask::Mistake(..) => summary.traces += 1,
                Ask::Diagram(_) => summary.diagrams += 1,
                _ => {}
            }
        }
        lessons::look(leaf, &mut summary);
    }
    snippets::look(&leaves, &proved, &mut summary);
    coverage::look(material, &leaves, &mut summary);
    links::look(material, &leaves, &mut summary)?;
    summary.problems.sort();
    summary.problems.dedup();
    summary.skipped.sort();
    Ok(summary)
}

impl Leaf<'_> {
    fn problem(&self, line: u32, column: u32, message: impl Into<String>) -> Problem {
        Problem { file: self.page.chapter.file(), line, column, message: message.into() }
    }
}
