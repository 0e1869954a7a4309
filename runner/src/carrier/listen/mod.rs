//! The server's chair: our own Engine.IO v4 server on axum, for exercises in which the program is a client.
//!
//! A client's request passes `gate` (its TCP connection can be cut), `requests` (is it allowed, which session is
//! meant) and ends in `polling` or `websocket`; `session` stands between them and the play. Heartbeats are the play's.
//! A connection reports `Accepted`, an aside with the handshake, packets and asides, `Upgraded`, and last of all
//! exactly one `Closed`. Next: `gate`.

mod gate;
mod polling;
mod refusal;
mod requests;
mod session;
mod websocket;

use std::{
    hash::{BuildHasher, RandomState},
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{Router, routing::any};
use grader::{
    scenario::{
        model::Transport,
        play::drive::{Conn, Observation},
    },
    wire::engine::{Handshake, Packet},
};
use tokio::{
    net::TcpListener,
    sync::{mpsc::UnboundedSender, oneshot},
    task::JoinHandle,
    time::timeout,
};

use self::{
    gate::{Gate, Knife, Knives},
    session::{CarriedBy, Session},
};
use super::{CLOSE_DEADLINE, report::Reporter};

/// Bytes that a body or a message of a client may have (Node's `maxHttpBufferSize`).
pub const MAX_PAYLOAD: usize = 1_000_000;

/// The path of every Socket.IO server that says nothing else.
const PATH: &str = "/socket.io/";

/// A listening server. Dropping it cuts every connection.
pub struct Listener {
    addr: SocketAddr,
    server: JoinHandle<()>,
    life: Life,
}

/// What the server lives by.
struct Life {
    hall: Arc<Hall>,
    knives: Arc<Knives>,
    /// The server stops accepting when this is gone.
    _open: oneshot::Sender<()>,
}

impl Drop for Life {
    fn drop(&mut self) {
        self.hall.all().iter().for_each(|session| session.cut());
        self.knives.cut_all();
    }
}

impl Listener {
    /// Listens on a free port of 127.0.0.1. Needs a tokio runtime; what happens comes through `out`.
    pub async fn start(out: UnboundedSender<Observation>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let addr = listener.local_addr()?;
        let hall = Arc::new(Hall { out, secret: RandomState::new(), guests: Mutex::default() });
        let knives = Arc::new(Knives::default());
        let router = Router::new().route(PATH, any(requests::answer)).with_state(Arc::clone(&hall));
        let service = router.into_make_service_with_connect_info::<Knife>();
        let gate = Gate { listener, knives: Arc::clone(&knives) };
        let (open, closed) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let closed = async { drop(closed.await) };
            // It never fails: axum takes care of what goes wrong with a connection.
            drop(axum::serve(gate, service).with_graceful_shutdown(closed).await);
        });
        Ok(Self { addr, server, life: Life { hall, knives, _open: open } })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Sends these packets after all that was sent before. Nothing happens if the connection has ended.
    pub fn send(&self, conn: Conn, packets: Vec<Packet>) {
        self.with(conn, |session| session.send(packets));
    }

    /// Ends the session politely after all that was sent: a close frame, or `1` in the next GET.
    pub fn close(&self, conn: Conn) {
        self.with(conn, Session::close);
    }

    /// Cuts the line: TCP reset of the WebSocket, or of the pending GET's connection. Without a pending GET the client
    /// finds out with its next request, which is answered `Session ID unknown`.
    pub fn cut(&self, conn: Conn) {
        self.with(conn, Session::cut);
    }

    /// Cuts every connection and stops listening.
    pub async fn stop(self) {
        let Self { mut server, life, .. } = self;
        drop(life);
        if timeout(CLOSE_DEADLINE, &mut server).await.is_err() {
            server.abort();
        }
    }

    fn with(&self, conn: Conn, act: impl FnOnce(&Session)) {
        if let Some(session) = self.life.hall.all().iter().find(|session| session.reporter.conn == conn) {
            act(session);
        }
    }
}

/// The sessions of one server.
struct Hall {
    out: UnboundedSender<Observation>,
    /// Keys from the system's random numbers: whoever does not have them cannot guess a session id.
    secret: RandomState,
    guests: Mutex<Guests>,
}

#[derive(Default)]
struct Guests {
    sessions: Vec<Arc<Session>>,
    last: Conn,
}

impl Hall {
    /// Opens a session: the handshake waits in it for the request that asked.
    fn welcome(&self, transport: Transport, query: Vec<(String, String)>) -> Arc<Session> {
        let (carried_by, upgrades) = match transport {
            Transport::Websocket => (CarriedBy::Websocket, Vec::new()),
            _ => (CarriedBy::Polling, vec!["websocket".to_owned()]),
        };
        let mut guests = self.guests();
        guests.last += 1;
        let conn = guests.last;
        let sid = format!("{:016x}{:016x}", self.secret.hash_one((conn, 0)), self.secret.hash_one((conn, 1)));
        let open = Packet::Open(Handshake {
            sid: sid.clone(),
            upgrades,
            ping_interval: 25_000,
            ping_timeout: 20_000,
            max_payload: Some(MAX_PAYLOAD as u64),
        });
        let reporter = Reporter::new(conn, self.out.clone());
        let session = Arc::new(Session::new(sid, reporter, carried_by));
        guests.sessions.retain(|session| !session.is_over());
        guests.sessions.push(Arc::clone(&session));
        drop(guests);
        // Before the play hears of it, so that nothing it sends can come first.
        session.send(vec![open.clone()]);
        session.accept(Observation::Accepted { conn, transport, query }, open);
        if transport == Transport::Websocket {
            session.arrives();
        }
        session
    }

    fn find(&self, sid: &str) -> Option<Arc<Session>> {
        self.all().into_iter().find(|session| session.sid == sid && !session.is_over())
    }

    fn all(&self) -> Vec<Arc<Session>> {
        self.guests().sessions.clone()
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        // No code that holds the lock can leave the list half changed.
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
