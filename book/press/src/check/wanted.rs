//! Everything that has to be recorded: all demos, and what the chapters show of exercises.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Scope;
use crate::{
    material::Material,
    recording::{Program, Wanted},
    show::Page,
};

/// All of it, each program once: demos first, by name.
pub fn all(material: &Material) -> Vec<Wanted> {
    of(material, &Scope::whole())
}

/// What some chapters need: the demos of these lessons, and what they show.
pub fn of(material: &Material, scope: &Scope) -> Vec<Wanted> {
    let show = |chapter| (Page { material, chapter }).show().wanted;
    let shown: Vec<_> = material.chapters.iter().map(|chapter| (chapter.slug(), show(chapter))).collect();
    gather(material, scope, shown.iter().map(|(slug, wanted)| (*slug, wanted.as_slice())))
}

/// The same, from what each chapter shows. Of a program that a chosen chapter needs, all is wanted that any chapter shows:
/// its recording is one file.
pub(super) fn gather<'w>(
    material: &Material,
    scope: &Scope,
    shown: impl Iterator<Item = (&'w str, &'w [Wanted])> + Clone,
) -> Vec<Wanted> {
    let mut all: IndexMap<String, Wanted> = IndexMap::new();
    for id in material.demos.keys() {
        let wanted = Wanted {
            program: Program::Demo(id.clone()),
            tracks: BTreeSet::new(),
            scenarios: BTreeSet::new(),
            asked: (format!("book/demos/{id}/demo.yaml"), 1, 1),
        };
        all.insert(wanted.program.path(), wanted);
    }
    let by_chosen = shown.clone().filter(|(slug, _)| scope.has(slug)).flat_map(|(_, wanted)| wanted);
    let mut needed: BTreeSet<String> = by_chosen.map(|wanted| wanted.program.path()).collect();
    needed.extend(all.values().filter(|one| scope.has(one.program.lesson())).map(|one| one.program.path()));
    for wanted in shown.flat_map(|(_, wanted)| wanted) {
        match all.get_mut(&wanted.program.path()) {
            Some(have) => have.join(wanted.clone()),
            None => {
                all.insert(wanted.program.path(), wanted.clone());
            }
        }
    }
    all.retain(|path, _| needed.contains(path));
    all.into_values().collect()
}

/// Recordings that nobody asks for any more. `wanted`: what the whole book asks for.
pub fn unasked(material: &Material, wanted: &[Wanted]) -> Vec<String> {
    let asked: Vec<String> = wanted.iter().map(|wanted| wanted.program.path()).collect();
    material.store().all().into_iter().filter(|path| !asked.contains(path)).collect()
}
