//! Tools that prepare a program: `cargo`, `npm`. Heard line by line, and ended with the check like any attempt.

use std::{
    env,
    ffi::OsStr,
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::ExitStatus,
};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

use super::{
    process::{Control, Recipe},
    tree::Tree,
};

/// A line that does not end is cut after so many bytes.
const LINE: u64 = 1 << 20;

/// Where a tool said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Out,
    Error,
}

/// The file that the system would run for this name.
pub fn find(program: &OsStr) -> Option<PathBuf> {
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
    let mut out = child.stdout.take().map(BufReader::new);
    let mut error = child.stderr.take().map(BufReader::new);
    let (mut out_rest, mut error_rest) = (Vec::new(), Vec::new());
    while out.is_some() || error.is_some() {
        tokio::select! {
            Some(line) = next(&mut out, &mut out_rest) => each(Stream::Out, &line),
            Some(line) = next(&mut error, &mut error_rest) => each(Stream::Error, &line),
            else => break,
        }
    }
    let status = child.wait().await?;
    guard.ended = true;
    guard.tree.leave();
    Ok(status)
}

/// The next line, with a mark for each byte that is no text; none at the stream's end, and none ever after.
///
/// `rest` holds what was read of a line when this was dropped before the line was whole.
async fn next<R: AsyncRead + Unpin>(stream: &mut Option<BufReader<R>>, rest: &mut Vec<u8>) -> Option<String> {
    let room = LINE.saturating_sub(rest.len() as u64).max(1);
    let read = stream.as_mut()?.take(room).read_until(b'\n', rest).await;
    if !matches!(read, Ok(1..)) && rest.is_empty() {
        *stream = None;
        return None;
    }
    let line = String::from_utf8_lossy(rest).trim_end_matches(['\n', '\r']).to_owned();
    rest.clear();
    Some(line)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_byte_that_is_no_text_does_not_end_the_hearing() {
        let recipe = Recipe::new("sh").argument("-c").argument(r"printf 'caf\351\nthe reason\nno end'");
        let mut said = Vec::new();
        run(&recipe, |_, line| said.push(line.to_owned())).await.unwrap();
        assert_eq!(said, ["caf\u{fffd}", "the reason", "no end"]);
    }

    #[tokio::test]
    async fn a_line_without_end_comes_in_pieces() {
        let recipe = Recipe::new("sh").argument("-c").argument("head -c 3000000 /dev/zero");
        let mut pieces = Vec::new();
        run(&recipe, |_, line| pieces.push(line.len() as u64)).await.unwrap();
        assert_eq!(pieces, [LINE, LINE, 3_000_000 - 2 * LINE]);
    }
}
