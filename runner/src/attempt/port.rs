//! Free ports for programs that listen by themselves. Next: [`super::ready`].

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    ops::Range,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Below the ports that systems give out by themselves (Linux from 32768 on, others from 49152 on). A program may take
/// seconds to start; meanwhile nobody's `listen` on port 0 may get the port, or its clients would be taken for ours.
const PORTS: Range<u16> = 12_000..32_000;
/// So many ports are tried before the system is asked.
const TRIES: u64 = 100;

static GIVEN: LazyLock<Mutex<HashSet<u16>>> = LazyLock::new(Mutex::default);

/// A port of 127.0.0.1 that was free a moment ago and that no other attempt of this runner was given.
#[derive(Debug)]
pub(super) struct Port(u16);

impl Port {
    /// A random one; two runners seldom choose the same. The system is asked when none of them is free.
    pub(super) fn free() -> io::Result<Self> {
        let chance = RandomState::new();
        let random = (0..TRIES).map(|attempt| {
            let step = chance.hash_one(attempt) % u64::from(PORTS.end - PORTS.start);
            PORTS.start + u16::try_from(step).unwrap_or_default()
        });
        for port in random {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
            if listener.is_ok() && GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
                return Ok(Self(port));
            }
        }
        Self::of_the_system()
    }

    fn of_the_system() -> io::Result<Self> {
        // Kept open while searching, so that the system offers another one each time.
        let mut refused = Vec::new();
        loop {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let port = listener.local_addr()?.port();
            if GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
                return Ok(Self(port));
            }
            refused.push(listener);
        }
    }

    pub(super) fn number(&self) -> u16 {
        self.0
    }

    pub(super) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.0).into()
    }

    /// Whether somebody listens there now.
    pub(super) fn is_taken(&self) -> bool {
        matches!(TcpListener::bind(self.address()), Err(error) if error.kind() == io::ErrorKind::AddrInUse)
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        GIVEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_asked_when_all_else_fails() {
        let ports: Vec<Port> = (0..50).map(|_| Port::of_the_system().unwrap()).collect();
        let numbers: HashSet<u16> = ports.iter().map(Port::number).collect();
        assert_eq!(numbers.len(), 50);
    }

    #[test]
    fn a_port_is_given_once_until_it_is_returned() {
        let ports: Vec<Port> = (0..50).map(|_| Port::free().unwrap()).collect();
        let numbers: HashSet<u16> = ports.iter().map(Port::number).collect();
        assert_eq!(numbers.len(), 50);
        assert!(numbers.iter().all(|port| PORTS.contains(port)), "nobody else is given them: {numbers:?}");
        let listener = TcpListener::bind(ports[0].address()).unwrap();
        assert!(ports[0].is_taken());
        drop(listener);
        assert!(!ports[0].is_taken());
    }
}
