//! Programs on this computer: are they there, and in which version? Next: [`super::doctor`].

use std::{
    env,
    ffi::OsStr,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// A program that cannot say its version in this time counts as missing: a hang is never ours.
const PATIENCE: Duration = Duration::from_secs(10);

/// The oldest Node that the JavaScript track runs on.
pub(super) const OLDEST_NODE: u32 = 20;

/// The first line that a program prints for `--version`; none when it is not there or fails.
pub(super) fn version(program: &str) -> Option<String> {
    let path = find(program)?;
    let (said, wait) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let output = Command::new(path).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
        drop(said.send(output));
    });
    let output = wait.recv_timeout(PATIENCE).ok()?.ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Some(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Where a program is on the `PATH`.
pub(super) fn find(program: &str) -> Option<PathBuf> {
    let names = [program.to_owned(), format!("{program}.exe"), format!("{program}.cmd")];
    let names = if cfg!(windows) { &names[1..] } else { &names[..1] };
    env::split_paths(env::var_os("PATH").as_deref().unwrap_or_else(|| OsStr::new("")))
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|path| path.is_file())
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
