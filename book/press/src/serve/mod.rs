//! The book in the browser while it is being written: built anew after each change, and shown anew.
//!
//! `watch.rs` notices changes, `builder.rs` builds on a thread of its own, `page.rs` answers the browser. Each build goes
//! into a folder of its own, and a page is never read from one that is half written. Next: [`crate::publish`].

mod builder;
mod page;
mod watch;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use runner::verify::Problem;
use tokio::{net::TcpListener, sync::watch as channel};

pub use builder::{Builder, Told};

/// What is shown now.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// Grows with each build, from one process to the next, too; 0 before the first one.
    pub number: u64,
    /// Where it is; none before the first build that succeeded.
    pub folder: Option<PathBuf>,
    /// What cannot be shown in it, or why it could not be built.
    pub problems: Vec<Problem>,
}

/// A port that is open.
#[derive(Debug)]
pub struct Desk {
    listener: TcpListener,
    addr: SocketAddr,
}

impl Desk {
    /// Opens a port of 127.0.0.1; `port` 0: one that the system chooses.
    pub async fn open(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let addr = listener.local_addr()?;
        Ok(Self { listener, addr })
    }

    /// What to type into the browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.addr)
    }

    /// Serves the newest edition until it is dropped.
    pub async fn serve(self, editions: channel::Receiver<Edition>) -> io::Result<()> {
        let router = page::router(Arc::new(page::Room { own: self.addr, editions }));
        let listener = axum::serve::ListenerExt::tap_io(self.listener, |stream| {
            stream.set_nodelay(true).ok();
        });
        axum::serve(listener, router).await
    }
}
