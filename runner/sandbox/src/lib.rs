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

use std::{error::Error, io, net::Ipv4Addr, time::Duration};

use axum::{Router, serve::ListenerExt};
use socketioxide::{
    SocketIo,
    adapter::Adapter,
    extract::{AckSender, SocketRef},
    layer::SocketIoLayer,
};
use socketioxide_core::adapter::{DefinedAdapter, Spawnable};
use tokio::{net::TcpListener, runtime, time::sleep};

pub use register::{Register, Routes};

/// Where a program listens when it is run by hand and `PORT` is not set.
const USUAL_PORT: u16 = 3000;
/// The runner's own namespace: what is asked there is answered when all that was said before has been handled.
const FENCES: &str = "/~";
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
    run(async {
        let (layer, io) =
            SocketIo::builder().max_payload(MAX_PAYLOAD).max_buffer_size(WAITING_PACKETS).build_layer();
        // Before the learner's code, as the JavaScript host does it: nothing that the learner declares can change it.
        io.ns(FENCES, answer_fences);
        listen_and_serve(async || Ok(register.register(io).await.layer(layer))).await
    });
}

/// Serves a server that `build` makes by itself, until the process ends: for an adapter of another kind.
///
/// `build` is an `async fn` that returns what `SocketIo::builder()…build_layer()` returns, or any error; then the
/// program says so and ends with code 1. Everything else is as in [`serve`].
pub fn serve_built<A: Adapter + DefinedAdapter>(
    build: impl AsyncFnOnce() -> Result<(SocketIoLayer<A>, SocketIo<A>), Box<dyn Error + Send + Sync>>,
) {
    run(listen_and_serve(async || {
        let (layer, io) = build().await.map_err(io::Error::other)?;
        io.ns(FENCES, answer_fences::<A>).spawn();
        // An adapter that talks to others takes a moment, and says nothing when it is ready.
        while io.of(FENCES).is_none() {
            sleep(Duration::from_millis(1)).await;
        }
        Ok(Router::new().layer(layer))
    }));
}

fn run(serving: impl Future<Output = io::Result<()>>) {
    let outcome = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(serving));
    if let Err(error) = outcome {
        control::complain(&error);
        std::process::exit(1);
    }
}

async fn listen_and_serve(make: impl AsyncFnOnce() -> io::Result<Router>) -> io::Result<()> {
    let control = control::from_environment()?;
    let port = if control.is_some() { 0 } else { port_by_hand()? };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("cannot listen on 127.0.0.1:{port}: {error}; choose another `PORT`"),
        )
    })?;
    let address = listener.local_addr()?;

    let router = make().await?;

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

async fn answer_fences<A: Adapter>(socket: SocketRef<A>) {
    socket.on("fence", async |ack: AckSender<A>| {
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
