//! `check --scenario FILE`: a scenario of one's own in the place of the exercise's. Next: [`super::check`].

use std::{fs, path::Path};

use anyhow::{Context as _, anyhow};
use grader::scenario::{
    model::{self, Role},
    read,
};

use crate::{course::Loaded, exit::Failure};

/// The exercise with the scenarios of a file, as `play` saves them.
pub(super) fn instead(loaded: &Loaded, name: &str, file: &Path) -> Result<Loaded, Failure> {
    if loaded.exercise.role != Role::Server {
        return Err(Failure::usage(anyhow!(
            "`{name}` does not ask for a server, and `--scenario` is played against one; leave it out"
        )));
    }
    let shown = file.display().to_string();
    let source = fs::read_to_string(file)
        .with_context(|| format!("cannot read `{shown}`; `play` writes such a file with `save`"))
        .map_err(Failure::usage)?;
    let scenarios = read::scenarios(&source, &loaded.exercise).map_err(|problems| {
        let rendered: Vec<String> = problems.iter().map(|problem| problem.render(&shown, &source)).collect();
        Failure::usage(anyhow!(
            "`{shown}` cannot be played; mend it, and check again\n{}",
            rendered.join("\n")
        ))
    })?;
    let exercise =
        model::Exercise { stages: Vec::new(), stage: None, ..loaded.exercise.with_scenarios(scenarios) };
    Ok(Loaded { exercise, source, path: file.to_path_buf() })
}
