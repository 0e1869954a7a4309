//! The client's chair: opens Engine.IO sessions to the program under test.
//!
//! One [`open`] is one task: `handshake` opens the session, then `websocket` or `polling` carries it, and `polling`
//! with `upgrade` moves it from one to the other. A task reports in this order: `Opened`, the `Open` packet, packets
//! and asides, `Upgraded`, and last of all exactly one `Closed`; or `NotOpened` alone. The play's own ends are reported
//! too, as [`CLOSED_BY_US`](super::CLOSED_BY_US) and [`CUT_BY_US`](super::CUT_BY_US).
//! Next: `inbox`, the play's side of the task.

mod handshake;
mod inbox;
mod lane;
mod polling;
mod upgrade;
mod websocket;

use std::{net::SocketAddr, time::Duration};

use grader::{
    scenario::{
        model::Transport,
        play::drive::{Conn, Observation, OpenFailure, OpenRequest},
    },
    wire::engine::Packet,
};
use tokio::{
    sync::mpsc::{self, UnboundedSender},
    time::{Instant, timeout},
};

use self::{
    handshake::Door,
    inbox::{Command, Inbox},
};
use super::{OPEN_DEADLINE, report::Reporter};

/// Where a program listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its address.
    pub addr: SocketAddr,
    /// What the `Host` header says.
    pub host: String,
    /// The path of its Engine.IO: `/socket.io/`.
    pub path: String,
}

/// The play's hand on one connection. Dropping it cuts the connection.
#[derive(Debug)]
pub struct Line {
    commands: UnboundedSender<Command>,
}

impl Line {
    /// Sends these packets after all that was sent before. What is sent before the session is open waits for it.
    pub fn send(&self, packets: Vec<Packet>) {
        self.tell(Command::Send(packets));
    }

    /// Ends the session politely after all that was sent: WebSocket close frame, or `1` over polling.
    pub fn close(&self) {
        self.tell(Command::Close);
    }

    /// Cuts the line, even while it is held.
    ///
    /// WebSocket: TCP reset (`SO_LINGER` 0), after writing what the system takes without waiting. Polling: the TCP
    /// connections are closed, which aborts a pending GET; nothing more is sent, no `1` either.
    pub fn cut(&self) {
        self.tell(Command::Cut);
    }

    /// Delays what is sent, or closed, after this call: it waits until `time` has passed since now.
    pub fn hold(&self, time: Duration) {
        self.tell(Command::Hold(Instant::now() + time));
    }

    fn tell(&self, command: Command) {
        // The task may have ended; then it has said why, and there is nothing to send any more.
        drop(self.commands.send(command));
    }
}

/// Opens a session. Returns at once; what happens comes through `out`. Needs a tokio runtime.
pub fn open(conn: Conn, target: Target, request: OpenRequest, out: UnboundedSender<Observation>) -> Line {
    open_within(OPEN_DEADLINE, conn, target, request, out)
}

/// [`open`] with another deadline for the handshake.
pub fn open_within(
    deadline: Duration,
    conn: Conn,
    target: Target,
    request: OpenRequest,
    out: UnboundedSender<Observation>,
) -> Line {
    let (commands, inbox) = mpsc::unbounded_channel();
    let reporter = Reporter::new(conn, out);
    tokio::spawn(run(deadline, target, request, reporter, Inbox::new(inbox)));
    Line { commands }
}

async fn run(deadline: Duration, target: Target, request: OpenRequest, reporter: Reporter, mut inbox: Inbox) {
    let opened = tokio::select! {
        biased;
        () = inbox.cut() => Err(OpenFailure::NotEngineIo("given up before it was open".to_owned())),
        opened = timeout(deadline, open_session(&target, &request)) => {
            opened.unwrap_or(Err(OpenFailure::NoAnswer))
        }
    };
    match opened {
        Ok(session) => {
            let how = session.run(&reporter, &mut inbox).await;
            reporter.closed(how);
        }
        Err(why) => reporter.say(Observation::NotOpened { conn: reporter.conn, why }),
    }
}

/// A session that is open, and has not reported anything yet.
enum Session {
    Websocket(handshake::Websocket),
    Polling { session: handshake::Polling, upgrade: bool },
}

async fn open_session(target: &Target, request: &OpenRequest) -> Result<Session, OpenFailure> {
    let door = Door::new(target, request)?;
    match request.transport {
        Transport::Websocket => door.open_websocket().await.map(Session::Websocket),
        Transport::Polling => Ok(Session::Polling { session: door.open_polling().await?, upgrade: false }),
        Transport::Upgrade => Ok(Session::Polling { session: door.open_polling().await?, upgrade: true }),
    }
}

impl Session {
    /// Carries the session to its end. Says how it ended.
    async fn run(self, reporter: &Reporter, inbox: &mut Inbox) -> String {
        reporter.say(Observation::Opened(reporter.conn));
        match self {
            Self::Websocket(session) => {
                reporter.packet(Packet::Open(session.handshake));
                websocket::carry(session.frames, reporter, inbox).await
            }
            Self::Polling { session, upgrade } => polling::carry(session, upgrade, reporter, inbox).await,
        }
    }
}
