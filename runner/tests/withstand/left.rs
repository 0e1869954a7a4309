//! What a check left behind: processes by their environment, arguments and folder; listeners by their sockets.

use std::{fs, path::Path, thread, time::Instant};

use crate::desk::FAR;

/// The processes that carry the mark in their environment, arguments or current folder.
pub(crate) fn living(mark: &str) -> Vec<String> {
    let own = std::process::id().to_string();
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|pid| *pid != own && pid.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|pid| {
            let read = |name: &str| {
                let bytes = fs::read(format!("/proc/{pid}/{name}")).unwrap_or_default();
                String::from_utf8_lossy(&bytes).replace('\0', " ")
            };
            let folder = fs::read_link(format!("/proc/{pid}/cwd")).unwrap_or_default();
            let arguments = read("cmdline");
            let carries = arguments.contains(mark)
                || folder.display().to_string().contains(mark)
                || read("environ").contains(mark);
            carries.then(|| format!("{pid}: {arguments}"))
        })
        .collect()
}

/// The shell that watches over the runner, with what it starts to look around: it ends right after the runner.
fn is_guardian(process: &str) -> bool {
    // Of a process that is just ending, the arguments may be read in part: its name is the last but one.
    process.contains("socketlings-guardian")
        || process.contains("/bin/sh -c \ntrap '' HUP INT TERM\ngroups=\n")
        || process.contains("grep -als -e SOCKETLINGS_ATTEMPT=")
        || process.trim_end().ends_with(": sleep 0.05")
}

/// Fails if anything but the guardian lives now, or the guardian lives on.
pub(crate) fn assert_nothing(mark: &str) {
    let left: Vec<String> = living(mark).into_iter().filter(|process| !is_guardian(process)).collect();
    assert_eq!(left, Vec::<String>::new(), "left behind");
    wait_for_nothing(mark);
}

/// Waits until nothing lives: a killed runner cannot clear away, so its guardian does.
pub(crate) fn wait_for_nothing(mark: &str) {
    let began = Instant::now();
    while !living(mark).is_empty() {
        assert!(began.elapsed() < FAR, "left behind: {:?}", living(mark));
        thread::yield_now();
    }
}

/// The sockets that the witness wrote down: `socket:[12345]`.
pub(crate) fn witnessed(witness: &Path) -> Vec<String> {
    fs::read_to_string(witness).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Fails if one of the witnessed sockets still listens.
pub(crate) fn assert_closed(witness: &Path) {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    let rows: String = tables.iter().filter_map(|table| fs::read_to_string(table).ok()).collect();
    // One row: `sl local_address rem_address st … uid timeout inode`; state 0A listens.
    let open: Vec<String> = rows
        .lines()
        .filter_map(|row| {
            let fields: Vec<&str> = row.split_ascii_whitespace().collect();
            (*fields.get(3)? == "0A").then(|| format!("socket:[{}]", fields[9]))
        })
        .collect();
    for socket in witnessed(witness) {
        assert!(!open.contains(&socket), "{socket} still listens");
    }
}
