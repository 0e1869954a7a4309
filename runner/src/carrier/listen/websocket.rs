//! A session's WebSocket: its handshake (RFC 6455, section 4), carrying, and the upgrade from polling.

use std::{slice, sync::Arc};

use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, StatusCode,
        header::{
            CONNECTION, HeaderName, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
        },
    },
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use grader::{transcript::Direction, wire::engine::Packet};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{handshake::derive_accept_key, protocol::Role};

use super::{
    MAX_PAYLOAD,
    session::{CarriedBy, Session, Turn},
};
use crate::carrier::{CLOSED_BY_US, UPGRADE_DEADLINE, frames::Frames};

type Socket = Frames<TokioIo<Upgraded>>;

/// A request for a WebSocket, with our answer to it.
pub(super) struct Handshake {
    upgrade: OnUpgrade,
    pub(super) answer: Response,
}

impl Handshake {
    /// Nothing, if the request does not ask for a WebSocket of version 13.
    pub(super) fn read(request: &mut Request<Body>) -> Option<Self> {
        let headers = request.headers();
        let asks = names(headers, &CONNECTION, "upgrade")
            && names(headers, &UPGRADE, "websocket")
            && names(headers, &SEC_WEBSOCKET_VERSION, "13");
        let accept = derive_accept_key(headers.get(SEC_WEBSOCKET_KEY).filter(|_| asks)?.as_bytes());
        let headers =
            [(CONNECTION, "upgrade"), (UPGRADE, "websocket"), (SEC_WEBSOCKET_ACCEPT, accept.as_str())];
        let answer = (StatusCode::SWITCHING_PROTOCOLS, headers).into_response();
        Some(Self { upgrade: hyper::upgrade::on(request), answer })
    }
}

impl Handshake {
    /// Carries a session that began on this WebSocket. Returns our answer to the request.
    pub(super) fn carry(self, session: Arc<Session>) -> Response {
        tokio::spawn(async move {
            match socket(self.upgrade).await {
                Some(frames) => carry(&session, frames).await,
                None => session.over("the WebSocket handshake broke off".to_owned(), Packet::Close),
            }
        });
        self.answer
    }

    /// Moves a session from polling to this WebSocket. Returns our answer to the request.
    pub(super) fn upgrade(self, session: Arc<Session>) -> Response {
        tokio::spawn(async move {
            let Some(mut frames) = socket(self.upgrade).await else { return };
            if timeout(UPGRADE_DEADLINE, probed(&session, &mut frames)).await == Ok(true) {
                session.carry_by(CarriedBy::Websocket);
                carry(&session, frames).await;
            } else {
                // As on Node, a failed probe leaves the session where it was.
                session.carry_by(CarriedBy::Polling);
            }
        });
        self.answer
    }
}

async fn socket(upgrade: OnUpgrade) -> Option<Socket> {
    let upgraded = upgrade.await.ok()?;
    Some(Frames::new(TokioIo::new(upgraded), Bytes::new(), Role::Server, MAX_PAYLOAD).await)
}

/// `2probe`, `3probe`, `5` (Engine.IO protocol v4, "Upgrade").
async fn probed(session: &Session, frames: &mut Socket) -> bool {
    let reporter = &session.reporter;
    let Ok(probe) = frames.next().await else { return false };
    reporter.aside(Direction::FromProgram, probe.clone());
    if probe != Packet::Ping("probe".to_owned()) {
        return false;
    }
    let answer = Packet::Pong("probe".to_owned());
    frames.feed(slice::from_ref(&answer));
    reporter.aside(Direction::ToProgram, answer);
    session.carry_by(CarriedBy::Probing);
    let Ok(last) = frames.next().await else { return false };
    reporter.aside(Direction::FromProgram, last.clone());
    last == Packet::Upgrade
}

async fn carry(session: &Session, mut frames: Socket) {
    let mut changes = session.changes();
    loop {
        match session.for_websocket() {
            Turn::Send(packets) => {
                frames.feed(&packets);
                continue;
            }
            Turn::Wait => {}
            Turn::Close => {
                frames.close(|packet| session.hear(packet)).await;
                return session.over(CLOSED_BY_US.to_owned(), Packet::Close);
            }
            Turn::Over => return,
        }
        tokio::select! {
            biased;
            // It cannot fail: the session holds the sender.
            _ = changes.changed() => {}
            heard = frames.next() => match heard {
                Ok(packet) => session.hear(packet),
                Err(how) => return session.over(how, Packet::Close),
            },
        }
    }
}

/// Whether a header that is a list has this item.
fn names(headers: &HeaderMap, header: &HeaderName, item: &str) -> bool {
    let values = headers.get_all(header).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|value| value.trim().eq_ignore_ascii_case(item))
}
