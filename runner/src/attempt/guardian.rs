//! What ends the attempts when the runner itself is ended: by Ctrl-C, by a closed terminal, by `kill -9`.
//!
//! Dropping a future ends a program while the runner lives. When the runner is killed nothing is dropped, so a
//! shell of its own waits on a pipe that closes with the runner, and then kills what is left. Hosted programs
//! watch their control socket too; foreign programs have only this. Next: [`super::tree`].

use std::{
    io::Write,
    os::unix::process::CommandExt,
    process::{ChildStdin, Command, Stdio},
    sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// The variable by which every descendant of a program under test is found, wherever it hides.
pub(super) const TOKEN: &str = "SOCKETLINGS_ATTEMPT";

/// `+ GROUP` and `- GROUP` keep the list; the end of input is the end of the runner. Linux finds those that left
/// their group by the token (`$1`) in their environment. Who has the token may lead a group that nobody told of yet (the
/// runner was killed right after it started a program), so that group goes too: it may hold one whose environment was
/// cleared. Rounds follow until one finds nobody: one may be forking, and a program's environment cannot be read for a moment
/// while it starts. `-s KILL`, because dash takes the `--` after `-KILL` for a number and ends nobody.
const WATCH: &str = r#"
trap '' HUP INT TERM
groups=
while read -r sign group; do
  kept=
  for known in $groups; do [ "$known" = "$group" ] || kept="$kept $known"; done
  groups=$kept
  [ "$sign" = + ] && groups="$groups $group"
done
quiet=0
for round in 1 2 3 4 5 6 7 8 9 10; do
  for group in $groups; do kill -s KILL -- "-$group"; done
  quiet=$((quiet + 1))
  for file in $(grep -als -e "$1" /proc/[0-9]*/environ); do
    pid=${file#/proc/}
    pid=${pid%/environ}
    kill -s KILL -- "-$pid"
    kill -s KILL "$pid"
    quiet=0
  done
  [ "$quiet" -ge 3 ] && exit
  sleep 0.05
done 2>/dev/null
"#;

static RUN: LazyLock<String> = LazyLock::new(|| {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{:x}x{:x}", std::process::id(), now.as_nanos())
});

static SHELL: LazyLock<Mutex<Option<ChildStdin>>> = LazyLock::new(|| {
    let shell = Command::new("/bin/sh")
        .args(["-c", WATCH, "socketlings-guardian"])
        .arg(format!("{TOKEN}={}-", *RUN))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
        .process_group(0)
        .spawn();
    Mutex::new(shell.ok().and_then(|mut shell| shell.stdin.take()))
});

/// A value of [`TOKEN`] that no other attempt has.
pub(super) fn token() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    // Before the first program: should the runner be killed right after starting it, somebody looks for the token.
    LazyLock::force(&SHELL);
    format!("{}-{}", *RUN, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// From now on the process group ends when the runner does.
pub(super) fn watch(group: i32) {
    tell('+', group);
}

/// The group is gone; its number may belong to somebody else soon.
pub(super) fn forget(group: i32) {
    tell('-', group);
}

fn tell(sign: char, group: i32) {
    let mut shell = SHELL.lock().unwrap_or_else(PoisonError::into_inner);
    // Without a guardian the attempts still end when they are dropped; only a killed runner would leave them.
    if shell.as_mut().is_some_and(|pipe| writeln!(pipe, "{sign} {group}").is_err()) {
        *shell = None;
    }
}
