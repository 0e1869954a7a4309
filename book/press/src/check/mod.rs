//! Proves that the book is right. Nothing here prints; `commands::check` does.
//!
//! | file | looks at |
//! |---|---|
//! | `scope.rs` | (which chapters are looked at) |
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
pub mod scope;
mod snippets;
pub mod wanted;

use runner::{
    exit::Failure,
    verify::{Problem, Skipped},
};
use serde::Serialize;

pub use recordings::is_as_recorded;
pub use scope::Scope;

use crate::{
    manuscript::Chapter,
    material::{Material, side_by_side},
    preprocess::weight,
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
    /// What is missing in lessons that say of themselves that they are unfinished. No problem, and not finished either.
    pub unfinished: Vec<Problem>,
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

fn leaves<'m>(material: &'m Material) -> Vec<Leaf<'m>> {
    let chapters: Vec<&Chapter> = material.chapters.iter().collect();
    let show = |chapter: &&'m Chapter| {
        let page = Page { material, chapter };
        Leaf { page, shown: page.show() }
    };
    side_by_side(&chapters, |chapter| weight(&chapter.text), show)
}

/// Whether something in the book cannot be understood. Then nobody can say that something is missing, or asked for no more:
/// that would only follow from it.
pub fn is_unread(material: &Material) -> bool {
    cannot_be_read(material, &leaves(material))
}

fn cannot_be_read(material: &Material, leaves: &[Leaf<'_>]) -> bool {
    !material.problems.is_empty() || leaves.iter().any(|leaf| leaf.shown.is_unread)
}

/// Looks at the whole book. `wanted`: what [`wanted::of`] says for the same scope; `came`: what came of running it, if it was
/// run.
pub fn inspect(
    material: &Material,
    scope: &Scope,
    wanted: &[Wanted],
    came: Option<&[Came]>,
) -> Result<Summary, Failure> {
    inspect_leaves(material, &leaves(material), scope, wanted, came)
}

/// The same without running anything; answers the programs as well whose recordings were compared with their files.
pub fn inspect_recorded(material: &Material, scope: &Scope) -> Result<(Summary, Vec<Wanted>), Failure> {
    let all = leaves(material);
    let wanted = wanted::gather(material, scope, shown(&all));
    let summary = inspect_leaves(material, &all, scope, &wanted, None)?;
    Ok((summary, wanted))
}

/// What each chapter shows of programs.
fn shown<'l>(leaves: &'l [Leaf<'_>]) -> impl Iterator<Item = (&'l str, &'l [Wanted])> + Clone {
    leaves.iter().map(|leaf| (leaf.page.chapter.slug(), leaf.shown.wanted.as_slice()))
}

fn inspect_leaves(
    material: &Material,
    all: &[Leaf<'_>],
    scope: &Scope,
    wanted: &[Wanted],
    came: Option<&[Came]>,
) -> Result<Summary, Failure> {
    let chosen = || all.iter().filter(|leaf| scope.has(leaf.page.chapter.slug()));
    let mut summary = Summary::default();
    let asked: Vec<&String> = chosen().flat_map(|leaf| &leaf.shown.follows_from).collect();
    let of_files = material.problems.iter().filter(|one| scope.concerns(one) || asked.contains(&&one.file));
    summary.problems.extend(of_files.cloned());
    let proved = recordings::compare(material, wanted, came, &mut summary);
    let is_unread = cannot_be_read(material, all);
    if !is_unread {
        let asked = wanted::gather(material, &Scope::whole(), shown(all));
        recordings::unasked(material, &asked, scope, &mut summary);
    }
    for leaf in chosen() {
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
    snippets::look(all, scope, &proved, &mut summary);
    coverage::look(material, all, scope, is_unread, &mut summary);
    links::look(material, all, scope, &mut summary)?;
    summary.unfinished.sort();
    summary.problems.sort();
    summary.problems.dedup();
    summary.skipped.sort();
    Ok(summary)
}

impl Leaf<'_> {
    /// Says that something is missing, which is no problem while the lesson is being written.
    fn lacks(&self, summary: &mut Summary, line: u32, message: impl Into<String>) {
        let problem = self.problem(line, 1, message);
        if self.page.chapter.is_unfinished() {
            summary.unfinished.push(problem);
        } else {
            summary.problems.push(problem);
        }
    }

    fn problem(&self, line: u32, column: u32, message: impl Into<String>) -> Problem {
        Problem { file: self.page.chapter.file(), line, column, message: message.into() }
    }
}
