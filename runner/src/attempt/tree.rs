//! A program under test with everything that it started, and the end of all of it.
//!
//! A program's processes are found in four ways: its process group, its children and theirs, those seen earlier,
//! and the token in the environment. So a child that detached itself, or cleared its environment, is found too.
//! Next: [`super::census`], which knows who lives.

use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use grader::scenario::play::drive::{Doing, Usage};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::{
    census::Census,
    guardian,
    platform::{self, Entry},
};

/// How often the processes of a program are looked for while it is being ended. One that hangs in the kernel for longer
/// than so many rounds of so many milliseconds is given up.
const ROUNDS: u32 = 100;
const BURY: u32 = 10;

/// The processes of one program. Its methods ask the system and block for some milliseconds.
pub(super) struct Tree {
    leader: i32,
    started: u64,
    token: String,
    seen: Mutex<HashMap<i32, u64>>,
    /// Whether all of it was ended, and nobody was left.
    is_over: Mutex<bool>,
}

impl Tree {
    /// The tree under a child that was just started as the leader of its own process group.
    pub(super) fn new(leader: u32, token: String) -> Self {
        let leader = leader.cast_signed();
        guardian::watch(leader);
        let started = platform::started(leader).unwrap_or(0);
        Self { leader, started, token, seen: Mutex::default(), is_over: Mutex::default() }
    }

    /// Kills every process and returns when they are gone. They get no chance to answer.
    pub(super) fn end(&self) {
        let mut is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        if *is_over {
            return;
        }
        for _ in 0..ROUNDS {
            // Looked for before anyone is killed: an orphan with an empty environment cannot be found any more.
            let left = self.members(&Census::now());
            if let Some(group) = Pid::from_raw(self.leader) {
                kill_process_group(group, Signal::KILL).ok();
            }
            if left.is_empty() {
                *is_over = true;
                break;
            }
            for member in &left {
                if let Some(pid) = Pid::from_raw(member.pid) {
                    kill_process(pid, Signal::KILL).ok();
                }
            }
            bury(&left);
        }
        guardian::forget(self.leader);
    }

    /// Leaves alone what is left: it ended by itself, and is no program under test.
    pub(super) fn leave(&self) {
        guardian::forget(self.leader);
    }

    /// Bytes of memory that only these processes hold, plus the largest shared part.
    pub(super) fn memory(&self) -> u64 {
        platform::memory(&self.members(&Census::recent()))
    }

    /// What those that live have used so far.
    pub(super) fn usage(&self) -> Usage {
        let members = self.members(&Census::recent());
        Usage {
            processor: members.iter().map(|member| member.processor_time).sum(),
            memory: platform::memory(&members),
        }
    }

    /// What they do at this moment.
    pub(super) fn doing(&self) -> Doing {
        let members = self.members(&Census::now());
        if members.is_empty() {
            return Doing::Gone;
        }
        let works = members.iter().any(|member| member.works);
        let used = || members.iter().map(|member| member.processor_time).sum();
        if works { Doing::Works(used()) } else { Doing::Rests }
    }

    /// Whether one of them works, or would on a computer with less to do.
    pub(super) fn works(&self) -> bool {
        self.members(&Census::recent()).iter().any(|member| member.works)
    }

    /// Where they listen for TCP connections.
    pub(super) fn listeners(&self) -> Vec<SocketAddr> {
        platform::listeners(&self.members(&Census::now()))
    }

    fn members(&self, census: &Census) -> Vec<Entry> {
        let own = std::process::id().cast_signed();
        let mut others = census.entries.clone();
        others.retain(|entry| entry.pid != own && entry.started >= self.started);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|pid, started| others.iter().any(|entry| entry.pid == *pid && entry.started == *started));

        let mut members: HashSet<i32> = others
            .iter()
            .filter(|entry| {
                (entry.pid == self.leader && entry.started == self.started)
                    || entry.group == self.leader
                    || seen.contains_key(&entry.pid)
                    || census.carries(entry.pid, &self.token)
            })
            .map(|entry| entry.pid)
            .collect();
        loop {
            let before = members.len();
            members.extend(
                others
                    .iter()
                    .filter(|entry| members.contains(&entry.parent))
                    .map(|entry| entry.pid)
                    .collect::<Vec<_>>(),
            );
            if members.len() == before {
                break;
            }
        }
        others.retain(|entry| members.contains(&entry.pid));
        seen.extend(others.iter().map(|entry| (entry.pid, entry.started)));
        others
    }
}

/// Waits for processes that were killed, for a while: then all are looked for again, and with them whoever came meanwhile.
/// The kernel offers nothing to wait on: they are not our children.
fn bury(killed: &[Entry]) {
    for _ in 0..BURY {
        thread::sleep(Duration::from_millis(1));
        if !killed.iter().any(platform::lives) {
            break;
        }
    }
}
