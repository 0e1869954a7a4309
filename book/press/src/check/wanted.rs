//! Everything that has to be recorded: all demos, and what the chapters show of exercises.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::{
    material::Material,
    recording::{Program, Wanted},
    show::Page,
};

/// All of it, each program once: demos first, by name.
pub fn all(material: &Material) -> Vec<Wanted> {
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
    for chapter in &material.chapters {
        for wanted in (Page { material, chapter }).show().wanted {
            match all.get_mut(&wanted.program.path()) {
                Some(have) => have.join(wanted),
                None => {
                    all.insert(wanted.program.path(), wanted);
                }
            }
        }
    }
    all.into_values().collect()
}

/// Recordings that nobody asks for any more.
pub fn unasked(material: &Material, wanted: &[Wanted]) -> Vec<String> {
    let asked: Vec<String> = wanted.iter().map(|wanted| wanted.program.path()).collect();
    material.store().all().into_iter().filter(|path| !asked.contains(path)).collect()
}
