//! The move from polling to WebSocket (Engine.IO protocol v4, "Upgrade"), as the official client does it.
//!
//! `2probe` and `3probe` pass while polling goes on. Then polling pauses: the pending GET comes back (the server
//! lets it go with `6`) and a POST under way is answered; only then `5` is sent. So nothing is lost or overtaken:
//! what the play sends meanwhile waits for the WebSocket. A probe that fails leaves the session on polling.

use grader::{transcript::Direction, wire::engine::Packet};
use tokio::{net::TcpStream, time::timeout};

use super::handshake::Door;
use crate::carrier::{UPGRADE_DEADLINE, frames::Frames, report::Reporter};

/// Opens the WebSocket and probes it. Nothing comes back if the server will not have it.
pub(super) async fn probe(door: &Door, sid: &str, reporter: &Reporter) -> Option<Frames<TcpStream>> {
    let probing = async {
        let mut frames = door.websocket(Some(sid)).await.ok()?;
        let probe = Packet::Ping("probe".to_owned());
        frames.feed(std::slice::from_ref(&probe));
        reporter.aside(Direction::ToProgram, probe);
        let answer = frames.next().await.ok()?;
        reporter.aside(Direction::FromProgram, answer.clone());
        (answer == Packet::Pong("probe".to_owned())).then_some(frames)
    };
    timeout(UPGRADE_DEADLINE, probing).await.ok()?
}

/// Tells the server that the WebSocket carries the session from now on.
pub(super) fn complete(frames: &mut Frames<TcpStream>, reporter: &Reporter) {
    frames.feed(&[Packet::Upgrade]);
    reporter.aside(Direction::ToProgram, Packet::Upgrade);
    reporter.say(grader::scenario::play::drive::Observation::Upgraded(reporter.conn));
}
