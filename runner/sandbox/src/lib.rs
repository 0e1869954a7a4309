//! What a Rust exercise links: it serves the learner's handlers on a port and answers fences.
//!
//! A learner writes `register`; [`serve`] does the rest. Its siblings are `runner`, which starts the program and
//! plays the other side, and `grader`, which decides. Next: [`serve`], then `runner::attempt`, which reads what
//! this crate reports.
//!
//! ```no_run
//! use sandbox::serve;
//! use socketioxide::{SocketIo, extract::SocketRef};
//!
//! fn main() {
//!     serve(register)
//! }
//!
//! fn register(io: &SocketIo) {
//!     io.ns("/", async |socket: SocketRef| {
//!         socket.emit("welcome", "hello").ok();
//!     });
//! }
//! ```

mod control;
mod register;

use std::{io, net::Ipv4Addr};

use axum::serve::ListenerExt;
use socketioxide::{
    SocketIo,
    extract::{AckSender, SocketRef},
};
use tokio::{net::TcpListener, runtime};

pub use register::{Register, Routes};

/// Where a program listens when it is run by hand and `PORT` is not set.
const USUAL_PORT: u16 = 3000;
/// What Node's Socket.IO accepts in one HTTP body, in bytes.
const MAX_PAYLOAD: u64 = 1_000_000;
/// How many packets wait for a slow reader. Node has no bound; this one is out of the way of any exercise.
const WAITING_PACKETS: usize = 10_000;

/// Serves what `register` puts on the server, until the process ends.
///
/// `register` is `fn(&SocketIo)` or `async fn(&SocketIo)`; it may return an [`axum::Router`] with more HTTP routes.
/// Under the runner it listens on a port that the system chooses and reports it; run by hand it listens on
/// `127.0.0.1:$PORT`, or 3000, and prints the address. One thread runs everything, so handlers of one client
/// begin in the order in which its events came. If the port is taken, it says so and ends with code 1.
pub fn serve<Form>(register: impl Register<Form>) {
    let outcome = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(listen_and_serve(register)));
    if let Err(error) = outcome {
        control::complain(&error);
        std::process::exit(1);
    }
}

async fn listen_and_serve<Form>(register: impl Register<Form>) -> io::Result<()> {
    let control = control::from_environment()?;
    let port = if control.is_some() { 0 } else { port_by_hand()? };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("cannot listen on 127.0.0.1:{port}: {error}; choose another `PORT`"),
        )
    })?;
    let address = listener.local_addr()?;

    let (layer, io) =
        SocketIo::builder().max_payload(MAX_PAYLOAD).max_buffer_size(WAITING_PACKETS).build_layer();
    // Before the learner's code, as the JavaScript host does it: nothing that the learner declares can change it.
    io.ns("/~", answer_fences);
    let router = register.register(io).await.layer(layer);

    match control {
        Some(control) => control.report(address.port())?,
        None => control::greet(address),
    }
    // Without it, small packets wait up to 40 ms for company.
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    axum::serve(listener, router).await
}

async fn answer_fences(socket: SocketRef) {
    socket.on("fence", async |ack: AckSender| {
        ack.send(&()).ok();
    });
}

fn port_by_hand() -> io::Result<u16> {
    match std::env::var("PORT") {
        Err(_) => Ok(USUAL_PORT),
        Ok(port) => port.parse().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("`PORT` is `{port}`, not a port number"))
        }),
    }
}
