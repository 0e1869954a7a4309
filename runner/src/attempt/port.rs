//! Free ports for programs that listen by themselves. Next: [`super::ready`].

use std::{
    collections::HashSet,
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicU16, Ordering},
    },
};

static GIVEN: LazyLock<Mutex<HashSet<u16>>> = LazyLock::new(Mutex::default);

/// Ports that no system gives away by itself: those of connections, and of programs that ask for any port, begin above.
const QUIET: std::ops::Range<u16> = 20_000..32_000;

/// A port of 127.0.0.1 that was free a moment ago and that no other attempt of this runner was given.
#[derive(Debug)]
pub(super) struct Port(u16);

impl Port {
    /// Asks the system for one.
    pub(super) fn free() -> io::Result<Self> {
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

    /// Looks for one that nobody is given by chance, now or later: for a program that leaves its port and comes back.
    pub(super) fn quiet() -> io::Result<Self> {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        // Runners side by side begin at different places.
        let begin =
            u16::try_from(std::process::id().wrapping_mul(61) % u32::from(u16::MAX)).unwrap_or_default();
        let mut refused = io::ErrorKind::AddrInUse.into();
        for _ in QUIET {
            let step = begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
            let port = QUIET.start + step % (QUIET.end - QUIET.start);
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(_) if GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port) => {
                    return Ok(Self(port));
                }
                Ok(_) => {}
                Err(error) => refused = error,
            }
        }
        Err(refused)
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
    fn a_port_is_given_once_until_it_is_returned() {
        let mut ports: Vec<Port> = (0..50).map(|_| Port::free().unwrap()).collect();
        ports.extend((0..50).map(|_| Port::quiet().unwrap()));
        let numbers: HashSet<u16> = ports.iter().map(Port::number).collect();
        assert_eq!(numbers.len(), 100);
        let listener = TcpListener::bind(ports[0].address()).unwrap();
        assert!(ports[0].is_taken());
        drop(listener);
        assert!(!ports[0].is_taken());
    }
}
