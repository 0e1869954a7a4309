//! Programs on this computer: are they there, and in which version? Next: [`super::doctor`].

use std::{
    ffi::OsStr,
    io::Read,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::attempt::{OLDEST_NODE, find_program};

/// A program that cannot say its version in this time counts as missing: a hang is never ours.
const PATIENCE: Duration = Duration::from_secs(10);

const LOOK: Duration = Duration::from_millis(2);

/// So much of what it prints is read.
const MOST: u64 = 1 << 16;

/// The first line that a program prints for `--version`; none when it is not there or fails.
pub(super) fn version(program: &str) -> Option<String> {
    let path = find_program(OsStr::new(program))?;
    let mut command = Command::new(path);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let output = child.stdout.take()?;
    let (said, wait) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut text = Vec::new();
        let read = output.take(MOST).read_to_end(&mut text);
        drop(said.send(read.map(|_| text)));
    });
    let text = wait.recv_timeout(PATIENCE).ok().and_then(Result::ok);
    let status = end_of(&mut child, text.is_some())?;
    let text = text.filter(|_| status.success())?;
    let text = String::from_utf8_lossy(&text);
    Some(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Waits for the end of a program that has said all; one that hangs is ended.
fn end_of(child: &mut Child, has_said_all: bool) -> Option<ExitStatus> {
    let began = Instant::now();
    while has_said_all && began.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status);
        }
        thread::sleep(LOOK);
    }
    child.kill().ok()?;
    child.wait().ok()
}

/// `v20.20.2` when Node is there and new enough.
pub(super) fn node() -> Option<String> {
    version("node").filter(|version| is_new_enough(version))
}

/// Whether a version of Node such as `v20.20.2` is new enough.
pub(super) fn is_new_enough(version: &str) -> bool {
    let major = version.trim_start_matches('v').split('.').next().unwrap_or_default();
    major.parse::<u32>().is_ok_and(|major| major >= OLDEST_NODE)
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn node_20_is_the_oldest() {
        assert!(is_new_enough("v20.0.0"));
        assert!(is_new_enough("v101.1.0"));
        assert!(!is_new_enough("v18.20.4"));
        assert!(!is_new_enough("nonsense"));
    }
}
