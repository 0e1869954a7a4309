//! Where a result goes: a file that is written whole, a device, or the output. Next: [`super::progress`].

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};

use super::Context;
use crate::{exit::Failure, whole};

/// Where a result goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// None: the output.
    path: Option<PathBuf>,
}

impl Target {
    /// What was typed, from the current folder on; `-` is the output. A folder is refused, and one that is not there.
    pub(super) fn typed(typed: &Path, ctx: &Context<'_>) -> Result<Self, Failure> {
        if typed == Path::new("-") {
            return Ok(Self { path: None });
        }
        let path = ctx.here.join(typed);
        let why = if path.is_dir() {
            "it is a folder"
        } else if path.file_name().is_none() || !whole::folder(&path).is_dir() {
            "its folder is not there"
        } else {
            return Ok(Self { path: Some(path) });
        };
        Err(Failure::usage(anyhow!("cannot write `{}`: {why}; name another file", typed.display())))
    }

    pub(super) const fn is_output(&self) -> bool {
        self.path.is_none()
    }

    /// The file, when one of that name is there. A device is none.
    pub(super) fn file(&self) -> Option<&Path> {
        self.path.as_deref().filter(|path| path.is_file())
    }

    /// As a person reads it: from the current folder on, if it is in there.
    pub(super) fn shown(&self, ctx: &Context<'_>) -> String {
        let path = self.path.as_deref().unwrap_or_else(|| Path::new("-"));
        path.strip_prefix(&ctx.here).unwrap_or(path).display().to_string()
    }

    /// Writes all of it. An older file stays whole until the new one is.
    pub(super) fn write(&self, text: &str, ctx: &mut Context<'_>) -> Result<(), Failure> {
        let Some(path) = &self.path else {
            write!(ctx.out, "{text}")?;
            ctx.out.flush()?;
            return Ok(());
        };
        // A device (`/dev/full`) or a pipe (`>(…)`) cannot be replaced, and must not be.
        let is_special = fs::metadata(path).is_ok_and(|there| !there.is_file());
        let written = if is_special {
            OpenOptions::new().write(true).open(path).and_then(|mut device| device.write_all(text.as_bytes()))
        } else {
            whole::replace(path, text.as_bytes())
        };
        written
            .with_context(|| format!("cannot write `{}`; name another file", self.shown(ctx)))
            .map_err(Failure::environment)
    }
}
