//! The wire between a hosted program and the runner.
//!
//! The runner starts a hosted program with `SOCKETLINGS_CONTROL=stdin` and a Unix socket as its standard input:
//! adopting any other descriptor would need `unsafe`. The program writes one line, `{"scenario":0,"port":41234}`.
//! When the socket closes the runner is gone, and the program ends too.

use std::{
    io::{self, Read, Write},
    net::SocketAddr,
    os::{fd::AsFd, unix::net::UnixStream},
};

/// The runner's end is on the other side.
pub(crate) struct Control(UnixStream);

/// The control socket, if the runner started this program as a hosted one.
pub(crate) fn from_environment() -> io::Result<Option<Control>> {
    if std::env::var_os("SOCKETLINGS_CONTROL").is_none_or(|place| place != "stdin") {
        return Ok(None);
    }
    let socket = io::stdin().as_fd().try_clone_to_owned()?;
    Ok(Some(Control(UnixStream::from(socket))))
}

impl Control {
    /// Says which port the program listens on, and from now on ends the program when the runner is gone.
    pub(crate) fn report(mut self, port: u16) -> io::Result<()> {
        self.0.write_all(format!("{{\"scenario\":0,\"port\":{port}}}\n").as_bytes())?;
        // A thread of its own: a handler that never returns must not keep an orphan alive.
        std::thread::Builder::new().name("control".into()).spawn(move || {
            let mut ignored = [0; 64];
            while matches!(self.0.read(&mut ignored), Ok(1..)) {}
            std::process::exit(0);
        })?;
        Ok(())
    }
}

/// Tells a person who runs the program by hand where it listens.
#[expect(clippy::print_stdout, reason = "the program is run by hand, and this is all it says")]
pub(crate) fn greet(address: SocketAddr) {
    println!("listening on http://{address} (Ctrl-C ends it)");
}

/// Tells why the program cannot serve.
#[expect(clippy::print_stderr, reason = "the program ends here, and this is why")]
pub(crate) fn complain(error: &io::Error) {
    eprintln!("{error}");
}
