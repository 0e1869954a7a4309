//! Where each block of code comes from: a file that a run has proved, or the chapter itself, with a reason.

use std::collections::BTreeSet;

use runner::{course::regions, verify::Problem};

use super::{Leaf, Scope, Summary};
use crate::{
    recording::files_of,
    show::{Ask, gives_away, reason},
};

/// At most one block in so many is a fragment.
const FRAGMENTS: usize = 10;

pub(super) fn look(leaves: &[Leaf<'_>], scope: &Scope, proved: &BTreeSet<String>, summary: &mut Summary) {
    let mut places = Vec::new();
    for leaf in leaves.iter().filter(|leaf| scope.has(leaf.page.chapter.slug())) {
        summary.snippets += leaf.shown.snippets;
        for (ask, directive) in &leaf.shown.asks {
            let Ask::Code(code) = ask else { continue };
            if !proved.contains(&code.program.path()) {
                summary.snippets_unproved += 1;
            }
            if gives_away(&code.program, leaf.page.chapter.slug()) {
                let message = "a lesson does not show the solution of its own exercise; show a demo";
                summary.problems.push(leaf.problem(directive.line, directive.column, message));
            }
        }
        for fence in &leaf.page.chapter.outline().fences {
            let (line, column) = fence.place;
            summary.snippets += 1;
            if reason(&fence.info).is_some() {
                summary.fragments += 1;
                places.push((leaf, line, column));
            } else {
                summary.snippets_unproved += 1;
                let message = "a block of code comes from a file that is run (`{{#code …}}`), or says why not: \
                               ```js fragment=\"the reason\"";
                summary.problems.push(leaf.problem(line, column, message));
            }
        }
    }
    // One in so many of the whole book: a lesson alone may have more.
    if scope.is_whole() && summary.fragments * FRAGMENTS > summary.snippets {
        let message = format!(
            "{} of {} blocks of code are fragments, and at most one in {FRAGMENTS} may be: show a file that is run",
            summary.fragments, summary.snippets
        );
        for (leaf, line, column) in places {
            summary.problems.push(leaf.problem(line, column, message.clone()));
        }
    }
    if let Some(leaf) = leaves.first() {
        markers(leaf, scope, summary);
    }
}

/// The regions of all demos, also of those that no chapter shows by region.
fn markers(leaf: &Leaf<'_>, scope: &Scope, summary: &mut Summary) {
    let material = leaf.page.material;
    for (demo, _) in material.demos.values().filter(|(demo, _)| scope.has(demo.lesson())) {
        for path in files_of(demo) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for wrong in regions::read(&text).err().into_iter().flatten() {
                let file = material.course.shown(&path);
                summary.problems.push(Problem { file, line: wrong.line, column: 1, message: wrong.message });
            }
        }
    }
}
