//! `watch`: the model in time of its own, every screen as a golden picture, and whole sessions in a real terminal.
//!
//! `SNAPSHOTS=overwrite cargo test -p runner --test watch` writes the pictures anew: then look at them.

#[path = "../report/cases.rs"]
#[allow(dead_code, reason = "verdicts for reports; a screen needs a few of them")]
mod cases;
#[path = "../withstand/desk.rs"]
#[allow(dead_code, reason = "a desk with all its tools; a watch needs some of them")]
mod desk;
#[path = "../../grader/tests/diagram_script/mod.rs"]
mod diagram_script;
#[path = "../withstand/left.rs"]
mod left;

mod editing;
mod hall;
mod model;
mod pictures;
mod saves;
mod session;
mod terminal;
