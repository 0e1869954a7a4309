//! Linux: `/proc` answers everything.

use std::{
    collections::HashSet,
    fs,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use super::Entry;
use crate::attempt::guardian::TOKEN;

/// `USER_HZ`: the kernel shows times to programs in hundredths of a second on every machine.
const TICK: Duration = Duration::from_millis(10);
/// A TCP socket's state in `/proc/net/tcp`: it listens.
const LISTEN: &str = "0A";

pub(super) fn processes() -> Vec<Entry> {
    let Ok(folder) = fs::read_dir("/proc") else { return Vec::new() };
    folder.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).filter_map(entry).collect()
}

pub(super) fn started(pid: i32) -> Option<u64> {
    entry(pid).map(|entry| entry.started)
}

fn entry(pid: i32) -> Option<Entry> {
    living(pid, &fs::read(format!("/proc/{pid}/stat")).ok()?)
}

/// Reads `/proc/PID/stat` (proc(5)). The command's name, in brackets, may hold spaces and brackets itself.
///
/// A process whose first thread is gone is called a zombie, too; it lives, and holds its sockets, while it has others.
fn living(pid: i32, stat: &[u8]) -> Option<Entry> {
    let after_name = stat.iter().rposition(|&byte| byte == b')')? + 1;
    let fields: Vec<&str> = str::from_utf8(stat.get(after_name..)?).ok()?.split_ascii_whitespace().collect();
    let number = |field: usize| fields.get(field)?.parse::<u64>().ok();
    let is_gone = match *fields.first()? {
        "X" => true,
        "Z" => number(17)? <= 1,
        _ => false,
    };
    if is_gone {
        return None;
    }
    Some(Entry {
        pid,
        parent: fields.get(1)?.parse().ok()?,
        group: fields.get(2)?.parse().ok()?,
        works: matches!(*fields.first()?, "R" | "D"),
        processor_time: TICK * u32::try_from(number(11)? + number(12)?).unwrap_or(u32::MAX),
        started: number(19)?,
        resident: 0,
    })
}

pub(super) fn token(pid: i32) -> Option<String> {
    let environment = fs::read(format!("/proc/{pid}/environ")).ok()?;
    let mut values = environment.split(|&byte| byte == 0).filter_map(|pair| {
        let value = pair.strip_prefix(TOKEN.as_bytes())?.strip_prefix(b"=")?;
        Some(String::from_utf8_lossy(value).into_owned())
    });
    values.next()
}

/// Pages that processes share (code, mostly) count once: thirty small processes of one program are not a big one.
pub(super) fn memory(members: &[Entry]) -> u64 {
    let parts = members.iter().filter_map(|member| {
        let status = fs::read_to_string(format!("/proc/{}/status", member.pid)).ok()?;
        let kilobytes = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key))?;
            line.trim_matches(|letter: char| !letter.is_ascii_digit()).parse::<u64>().ok()
        };
        let own = kilobytes("RssAnon:")? + kilobytes("RssShmem:").unwrap_or(0);
        Some((own * 1024, kilobytes("RssFile:").unwrap_or(0) * 1024))
    });
    let (own, shared) = parts.fold((0, 0), |(sum, largest), (own, shared)| (sum + own, shared.max(largest)));
    own + shared
}

pub(super) fn listeners(members: &[Entry]) -> Vec<SocketAddr> {
    let sockets: HashSet<String> = members
        .iter()
        .filter_map(|member| fs::read_dir(format!("/proc/{}/fd", member.pid)).ok())
        .flatten()
        .filter_map(|descriptor| {
            let target = fs::read_link(descriptor.ok()?.path()).ok()?;
            Some(target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| table.lines().skip(1).filter_map(|row| listener(row, &sockets)).collect::<Vec<_>>())
        .collect()
}

/// One row: `sl local_address rem_address st … uid timeout inode`.
fn listener(row: &str, sockets: &HashSet<String>) -> Option<SocketAddr> {
    let fields: Vec<&str> = row.split_ascii_whitespace().collect();
    if *fields.get(3)? != LISTEN || !sockets.contains(*fields.get(9)?) {
        return None;
    }
    let (address, port) = fields.get(1)?.split_once(':')?;
    Some(SocketAddr::new(ip(address)?, u16::from_str_radix(port, 16).ok()?))
}

/// The address as the kernel prints it: 32-bit words in the machine's byte order.
fn ip(text: &str) -> Option<IpAddr> {
    let words: Vec<u32> = (0..text.len())
        .step_by(8)
        .map(|at| u32::from_str_radix(text.get(at..at + 8)?, 16).ok())
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = words.into_iter().flat_map(u32::to_ne_bytes).collect();
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes.as_slice()) {
        return Some(Ipv4Addr::from(bytes).into());
    }
    <[u8; 16]>::try_from(bytes.as_slice()).ok().map(|bytes| Ipv6Addr::from(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_listed_with_its_memory_and_its_listeners() {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let own = i32::try_from(std::process::id()).unwrap();
        let listed: Vec<Entry> = processes().into_iter().filter(|entry| entry.pid == own).collect();
        assert_eq!(listed.len(), 1);
        assert!(memory(&listed) > 500_000, "{}", memory(&listed));
        assert!(listeners(&listed).contains(&listener.local_addr().unwrap()));
        assert_eq!(started(own), Some(listed[0].started));
    }

    #[test]
    fn a_process_lives_as_long_as_one_of_its_threads() {
        let stat = |state: &str, threads: u32| {
            format!(
                "6072 (a (b) c) {state} 6012 6005 24909 0 -1 4227084 2085 0 4 0 3 1 0 0 20 0 {threads} 0 2509134 0 0"
            )
        };
        let living = |state, threads| living(6072, stat(state, threads).as_bytes());
        let first_is_gone = living("Z", 2).unwrap();
        assert_eq!(
            (first_is_gone.parent, first_is_gone.group, first_is_gone.started),
            (6012, 6005, 2_509_134)
        );
        assert_eq!(first_is_gone.processor_time, TICK * 4);
        assert!(!first_is_gone.works && living("R", 1).unwrap().works);
        assert!(living("Z", 1).is_none() && living("X", 1).is_none());
    }

    #[test]
    fn addresses_are_read_as_the_kernel_prints_them() {
        if cfg!(target_endian = "little") {
            assert_eq!(ip("0100007F"), Some(Ipv4Addr::LOCALHOST.into()));
            assert_eq!(ip("00000000000000000000000001000000"), Some(Ipv6Addr::LOCALHOST.into()));
        }
        assert_eq!(ip("0100"), None);
    }
}
