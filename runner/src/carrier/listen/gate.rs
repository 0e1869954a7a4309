//! The listening socket, whose connections can be cut from outside. Next: [`super::requests`].
//!
//! axum keeps the TCP connections to itself. So each is wrapped before axum gets it, and its handler gets a [`Knife`].

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use futures_util::task::AtomicWaker;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// Cuts one TCP connection.
#[derive(Debug, Clone)]
pub(super) struct Knife(Arc<Edge>);

#[derive(Debug, Default)]
struct Edge {
    cut: AtomicBool,
    reader: AtomicWaker,
    writer: AtomicWaker,
}

impl Knife {
    /// The next read or write on the connection fails, and its owner drops it: the peer gets a TCP reset.
    pub(super) fn cut(&self) {
        self.0.cut();
    }
}

impl Edge {
    fn cut(&self) {
        self.cut.store(true, Ordering::Release);
        self.reader.wake();
        self.writer.wake();
    }
}

/// The knives of all connections that are still open.
#[derive(Debug, Default)]
pub(super) struct Knives {
    edges: Mutex<Vec<Weak<Edge>>>,
    shut: AtomicBool,
}

impl Knives {
    /// Cuts every connection, those included that are just being accepted.
    pub(super) fn cut_all(&self) {
        self.shut.store(true, Ordering::Release);
        let edges = self.edges.lock().unwrap_or_else(PoisonError::into_inner);
        edges.iter().filter_map(Weak::upgrade).for_each(|edge| edge.cut());
    }

    fn add(&self, edge: &Arc<Edge>) {
        let mut edges = self.edges.lock().unwrap_or_else(PoisonError::into_inner);
        edges.retain(|edge| edge.strong_count() > 0);
        edges.push(Arc::downgrade(edge));
        if self.shut.load(Ordering::Acquire) {
            edge.cut();
        }
    }
}

/// What axum accepts from.
pub(super) struct Gate {
    pub(super) listener: TcpListener,
    pub(super) knives: Arc<Knives>,
}

impl Listener for Gate {
    type Io = Severable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Severable, SocketAddr) {
        let (stream, addr) = Listener::accept(&mut self.listener).await;
        // Without it an answer can wait 40 ms for the client's delayed acknowledgement. A connection that refuses it
        // is already broken, which the first read will show.
        drop(stream.set_nodelay(true));
        let edge = Arc::new(Edge::default());
        self.knives.add(&edge);
        (Severable { stream, edge }, addr)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Gate>> for Knife {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        Self(Arc::clone(&stream.io().edge))
    }
}

/// A TCP connection with a knife at it.
pub(super) struct Severable {
    stream: TcpStream,
    edge: Arc<Edge>,
}

impl Severable {
    fn severed(&self) -> Option<io::Error> {
        self.edge.cut.load(Ordering::Acquire).then(|| io::ErrorKind::ConnectionAborted.into())
    }

    fn severed_for_writing(&self, context: &Context<'_>) -> Option<io::Error> {
        self.edge.writer.register(context.waker());
        self.severed()
    }
}

impl Drop for Severable {
    fn drop(&mut self) {
        if self.severed().is_some() {
            // Makes this drop a reset. Where the system refuses it, the peer sees a plain end.
            drop(self.stream.set_zero_linger());
        }
    }
}

impl AsyncRead for Severable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.edge.reader.register(context.waker());
        match self.severed() {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Severable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.severed_for_writing(context) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.severed_for_writing(context) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_write_vectored(context, bytes),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A severed connection says no goodbye.
        match self.severed() {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_shutdown(context),
        }
    }
}
