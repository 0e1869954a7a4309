//! Tools that prepare a program: `cargo`, `npm`. Heard line by line, and ended with the check like any attempt.

use std::{
    env,
    ffi::OsStr,
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::ExitStatus,
};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader, Lines};

use super::{
    process::{Control, Recipe},
    tree::Tree,
};

/// Where a tool said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Out,
    Error,
}

/// The file that the system would run for this name.
pub(super) fn find(program: &OsStr) -> Option<PathBuf> {
    let runs = |path: &PathBuf| {
        path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    };
    if Path::new(program).components().count() > 1 {
        return Some(PathBuf::from(program)).filter(runs);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(runs)
}

/// Runs a tool to its end; dropping the future ends the tool.
pub(super) async fn run(recipe: &Recipe, mut each: impl FnMut(Stream, &str)) -> io::Result<ExitStatus> {
    let (mut child, tree) = recipe.start(Control::None)?;
    let mut guard = Guard { tree, ended: false };
    let mut out = child.stdout.take().map(|stream| BufReader::new(stream).lines());
    let mut error = child.stderr.take().map(|stream| BufReader::new(stream).lines());
    while out.is_some() || error.is_some() {
        tokio::select! {
            Some(line) = next(&mut out) => each(Stream::Out, &line),
            Some(line) = next(&mut error) => each(Stream::Error, &line),
            else => break,
        }
    }
    let status = child.wait().await?;
    guard.ended = true;
    guard.tree.leave();
    Ok(status)
}

/// The next line; none at the stream's end, and none ever after.
async fn next<R: AsyncRead + Unpin>(lines: &mut Option<Lines<BufReader<R>>>) -> Option<String> {
    let line = lines.as_mut()?.next_line().await.ok().flatten();
    if line.is_none() {
        *lines = None;
    }
    line
}

struct Guard {
    tree: Tree,
    ended: bool,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.ended {
            self.tree.end();
        }
    }
}
