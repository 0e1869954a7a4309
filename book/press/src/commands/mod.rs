//! One file per subcommand, each with its arguments and its `execute`.
//!
//! They print to the writers of [`runner::commands::Context`] and nowhere else. Shared: `session.rs`, which runs many
//! programs, tells how far it is, and leaves nothing behind on Ctrl-C.

pub mod build;
pub mod check;
pub mod demo;
pub mod new;
pub mod preprocess;
pub mod publish;
pub mod record;
pub mod serve;
mod session;

use std::io::Write;

use runner::{
    commands::{Context, look},
    course::find_root,
    exit::Failure,
    verify::Problem,
};

use crate::material::Material;

/// Reads all that the book is made of.
fn material(ctx: &Context<'_>) -> Result<Material, Failure> {
    Material::open(&root(ctx)?)
}

/// The folder of the course.
fn root(ctx: &Context<'_>) -> Result<std::path::PathBuf, Failure> {
    let found = find_root(ctx.course.as_deref(), &ctx.here)?;
    std::path::absolute(&found).map_err(|error| {
        Failure::environment(anyhow::Error::new(error).context("cannot see the course's folder"))
    })
}

/// Prints problems as `runner verify` does.
fn tell(out: &mut dyn Write, problems: &[Problem]) -> std::io::Result<()> {
    let strong = look::STRONG;
    for problem in problems {
        let Problem { file, line, column, message } = problem;
        let place = if *line == 0 { file.clone() } else { format!("{file}:{line}:{column}") };
        writeln!(out, "{strong}{place}{strong:#}: {message}")?;
    }
    Ok(())
}

/// `1 problem`, `2 problems`
fn several(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
