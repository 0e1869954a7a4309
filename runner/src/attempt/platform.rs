//! Everything that differs by operating system, behind one set of questions.
//!
//! Linux reads `/proc`. macOS and other Unix systems ask `ps` and `lsof`: slower, and a process that left its
//! group *and* its parent before it was seen is not found. Windows has no process groups: use WSL there.

use std::{net::SocketAddr, time::Duration};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(not(target_os = "linux"), test))]
mod ps;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
use ps as system;

#[cfg(not(unix))]
compile_error!("the runner needs a Unix system: on Windows, install WSL and run it there");

/// One process that lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its id.
    pub(super) pid: i32,
    /// Its parent's.
    pub(super) parent: i32,
    /// Its process group.
    pub(super) group: i32,
    /// When it started, in units of the system's own; 0 where that is not known.
    pub(super) started: u64,
    /// Processor time used so far.
    pub(super) processor_time: Duration,
    /// Whether it works, or would if it had a processor, its memory, or the disk.
    pub(super) works: bool,
    /// Resident bytes, where they come for free with the list.
    resident: u64,
}

/// All processes that live; zombies do not.
pub(super) fn processes() -> Vec<Entry> {
    system::processes()
}

/// When the process started, in the units of [`Entry::started`].
pub(super) fn started(pid: i32) -> Option<u64> {
    system::started(pid)
}

/// Whether the process still lives, where that is cheaper to see than all that live; where it is not, it seems so.
pub(super) fn lives(entry: &Entry) -> bool {
    system::lives(entry)
}

/// The token in the process's environment, where that can be read.
pub(super) fn token(pid: i32) -> Option<String> {
    system::token(pid)
}

/// Bytes of memory of all of them together.
pub(super) fn memory(members: &[Entry]) -> u64 {
    system::memory(members)
}

/// Where they listen for TCP connections.
pub(super) fn listeners(members: &[Entry]) -> Vec<SocketAddr> {
    system::listeners(members)
}
