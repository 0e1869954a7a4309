//! The runner on a terminal of its own: a pseudo-terminal, whose other end the test holds. Next: `screen.rs`.

use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    process::{Child, Command},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    io::{FdFlags, fcntl_setfd},
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize},
};

use crate::screen::Screen;

/// Long enough for a busy computer; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program on a terminal.
pub(crate) struct Terminal {
    near: File,
    far: File,
    child: Child,
    bytes: Receiver<Vec<u8>>,
    /// Everything that was written.
    pub(crate) raw: Vec<u8>,
    screen: Screen,
}

impl Terminal {
    /// Starts a program in a window of this size.
    pub(crate) fn start(mut command: Command, columns: u16, rows: u16) -> Self {
        let near = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        // Else the program would hold its own terminal open, and outlive a test that is killed.
        fcntl_setfd(&near, FdFlags::CLOEXEC).unwrap();
        grantpt(&near).unwrap();
        unlockpt(&near).unwrap();
        let name = ptsname(&near, Vec::new()).unwrap().into_string().unwrap();
        let far = OpenOptions::new().read(true).write(true).open(name).unwrap();
        size(&far, columns, rows);
        let end = || far.try_clone().unwrap();
        let child = command.stdin(end()).stdout(end()).stderr(end()).env("TERM", "xterm").spawn().unwrap();
        let near = File::from(near);
        let mut reader = near.try_clone().unwrap();
        let (send, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Linux answers with an error when the other end is closed.
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = Screen::new(usize::from(columns), usize::from(rows));
        Self { near, far, child, bytes, raw: Vec::new(), screen }
    }

    /// Types.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.near.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Waits until the window shows a text.
    pub(crate) fn until(&mut self, wanted: &str) -> &mut Self {
        let start = Instant::now();
        while !self.shown().contains(wanted) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let Ok(bytes) = self.bytes.recv_timeout(left) else {
                panic!("{wanted:?} never came:\n{}", self.shown());
            };
            self.take(&bytes);
        }
        self
    }

    /// Waits until the program has ended; its exit code.
    pub(crate) fn end(mut self) -> (i32, String, Vec<u8>) {
        let start = Instant::now();
        let code = loop {
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(10)) {
                self.take(&bytes);
            } else if let Some(status) = self.child.try_wait().unwrap() {
                break status.code().unwrap();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.shown());
        };
        assert!(self.is_usual(), "the terminal is back in its usual mode");
        // The last holder of the far end lets go, so that reading ends.
        self.far = File::open("/dev/null").unwrap();
        while let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) {
            self.raw.extend(&bytes);
            self.screen.write(&bytes);
        }
        (code, self.screen.text(), std::mem::take(&mut self.raw))
    }

    /// Whether the terminal collects lines and shows what is typed.
    pub(crate) fn is_usual(&self) -> bool {
        tcgetattr(&self.far).unwrap().local_modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }

    /// Makes the window another size, and says so to the program as a terminal does.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        size(&self.far, columns, rows);
        self.screen.resize(usize::from(columns));
        self.signal(Signal::WINCH)
    }

    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, signal).unwrap();
        self
    }

    /// What the window shows.
    pub(crate) fn shown(&self) -> String {
        self.screen.text()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend(bytes);
        self.screen.write(bytes);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that fails leaves nothing running.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn size(terminal: &File, columns: u16, rows: u16) {
    let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(terminal, size).unwrap();
}
