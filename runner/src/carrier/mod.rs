//! The bytes side of the grader's peer: Engine.IO v4 over real sockets.
//!
//! [`dial`] sits in the client's chair (role server), [`listen`] in the server's (roles client and page), [`http`]
//! makes the plain requests of an `http:` step. All of them deal in Engine.IO packets and report
//! [`Observation`](grader::scenario::play::drive::Observation)s; what the packets mean, heartbeats included, is
//! `grader::peer`'s business. Nothing here decides whether a program is right.
//! Next: [`dial`].

pub mod dial;
pub mod http;
pub mod listen;

mod frames;
mod link;
mod report;
mod words;

use std::time::Duration;

/// Bytes that one answer, message or frame of a program under test may have. More ends the connection.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How long a program has to answer the handshake.
pub const OPEN_DEADLINE: Duration = Duration::from_secs(5);

/// How long a program has to answer a plain HTTP request.
pub const CALL_DEADLINE: Duration = Duration::from_secs(10);

/// How long either side has for each part of an upgrade (Node's `upgradeTimeout`).
pub const UPGRADE_DEADLINE: Duration = Duration::from_secs(10);

/// How long a polite end waits for the other side's answer.
pub const CLOSE_DEADLINE: Duration = Duration::from_secs(1);

/// How a connection ended that the play itself closed.
pub const CLOSED_BY_US: &str = "closed by us";

/// How a connection ended that the play itself cut.
pub const CUT_BY_US: &str = "cut by us";
