//! macOS and other Unix systems: `ps` and `lsof` answer, and the environment of others stays unread.

use std::{net::SocketAddr, process::Command, time::Duration};

use super::Entry;

pub(super) fn processes() -> Vec<Entry> {
    answer("ps", &["-axo", "pid=,ppid=,pgid=,stat=,rss=,time="]).lines().filter_map(entry).collect()
}

/// `ps` knows only the second, and in words; so no process counts as older than another.
pub(super) fn started(_pid: i32) -> Option<u64> {
    None
}

pub(super) fn lives(_entry: &Entry) -> bool {
    true
}

pub(super) fn token(_pid: i32) -> Option<String> {
    None
}

pub(super) fn memory(members: &[Entry]) -> u64 {
    members.iter().map(|member| member.resident).sum()
}

pub(super) fn listeners(members: &[Entry]) -> Vec<SocketAddr> {
    if members.is_empty() {
        return Vec::new();
    }
    let pids: Vec<String> = members.iter().map(|member| member.pid.to_string()).collect();
    let list = answer("lsof", &["-nP", "-a", "-iTCP", "-sTCP:LISTEN", "-p", &pids.join(","), "-Fn"]);
    list.lines().filter_map(|line| address(line.strip_prefix('n')?)).collect()
}

fn answer(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

fn entry(row: &str) -> Option<Entry> {
    let mut fields = row.split_ascii_whitespace();
    let mut number = || fields.next()?.parse::<i32>().ok();
    let (pid, parent, group) = (number()?, number()?, number()?);
    let state = fields.next()?;
    let resident = fields.next()?.parse::<u64>().ok()? * 1024;
    let processor_time = time(fields.next()?)?;
    let works = state.starts_with(['R', 'D', 'U']);
    (!state.starts_with('Z')).then_some(Entry {
        pid,
        parent,
        group,
        started: 0,
        processor_time,
        works,
        resident,
    })
}

/// `0:01.23` on macOS, `00:00:01` or `1-00:00:01` elsewhere.
fn time(text: &str) -> Option<Duration> {
    let (days, clock) = text.split_once('-').unwrap_or(("0", text));
    let seconds = clock.split(':').try_fold(0.0, |sum, part| Some(sum * 60.0 + part.parse::<f64>().ok()?))?;
    Duration::try_from_secs_f64(seconds + days.parse::<f64>().ok()? * 86_400.0).ok()
}

/// `127.0.0.1:3000`, `[::1]:3000`, `*:3000`.
fn address(text: &str) -> Option<SocketAddr> {
    text.replace('*', "0.0.0.0").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_ps_are_read() {
        let seen = entry("  501   1   501 S+    2048   0:01.50").unwrap();
        let wanted = Entry {
            pid: 501,
            parent: 1,
            group: 501,
            started: 0,
            processor_time: Duration::from_millis(1500),
            works: false,
            resident: 2 << 20,
        };
        assert_eq!(seen, wanted);
        assert!(lives(&seen), "only the next list can say that it is gone");
        assert_eq!(entry("  502   1   501 Z     0   0:00.00"), None);
        assert_eq!(time("1-00:00:01"), Some(Duration::from_secs(86_401)));
    }

    #[test]
    fn rows_of_lsof_are_read() {
        assert_eq!(address("*:3000"), "0.0.0.0:3000".parse().ok());
        assert_eq!(address("[::1]:3000"), "[::1]:3000".parse().ok());
        assert_eq!(address("127.0.0.1:3000->127.0.0.1:4"), None);
    }

    #[test]
    fn listeners_are_found_where_lsof_is_installed() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let own = std::process::id().to_string();
        let row = format!("{own} 1 {own} S 1 0:00");
        let found = listeners(&[entry(&row).unwrap()]);
        let installed = Command::new("lsof").arg("-v").output().is_ok();
        assert!(!installed || found.contains(&listener.local_addr().unwrap()), "{found:?}");
    }

    #[test]
    fn this_process_is_found_where_ps_is_installed() {
        let own = i32::try_from(std::process::id()).unwrap();
        let all = processes();
        let listed: Vec<Entry> = all.iter().filter(|entry| entry.pid == own).cloned().collect();
        assert!(all.is_empty() || memory(&listed) > 500_000);
        // What `ps` cannot know counts as unknown, never as "no such process".
        assert_eq!(started(own), None);
        assert_eq!(token(own), None);
    }
}
