//! The GETs and POSTs of a session (Engine.IO protocol v4, "HTTP long-polling").

use axum::{
    body::{Body, to_bytes},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use grader::{
    transcript::Direction,
    wire::engine::{Packet, decode_payload, encode_payload},
};

use super::{
    MAX_PAYLOAD,
    gate::Knife,
    refusal::Refusal,
    session::{CarriedBy, Session},
};
use crate::carrier::words;

/// Waits until there is something to tell the client, and tells it.
pub(super) async fn get(session: &Session, knife: Knife) -> Response {
    let Some(pending) = session.begin_get(knife) else {
        session.over("two GETs of the session at once".to_owned(), Packet::Close);
        return Refusal::BadRequest.into_response();
    };
    let mut changes = session.changes();
    let packets = loop {
        if let Some(packets) = session.for_get() {
            break packets;
        }
        // It cannot fail: the session holds the sender.
        drop(changes.changed().await);
    };
    if let [noop @ Packet::Noop(_)] = packets.as_slice()
        && session.carried_by() != CarriedBy::Polling
    {
        session.reporter.aside(Direction::ToProgram, noop.clone());
    }
    pending.answered();
    text(encode_payload(&packets))
}

/// Takes what the client sends.
pub(super) async fn post(session: &Session, body: Body) -> Response {
    let Some(_posting) = session.begin_post() else {
        session.over("two POSTs of the session at once".to_owned(), Packet::Close);
        return Refusal::BadRequest.into_response();
    };
    let Ok(body) = to_bytes(body, MAX_PAYLOAD).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let packets = match read(&body) {
        Ok(packets) => packets,
        Err(problem) => {
            session.over(problem, Packet::Close);
            return Refusal::BadRequest.into_response();
        }
    };
    for packet in packets {
        let ended = packet == Packet::Close;
        session.hear(packet);
        if ended {
            session.over("Engine.IO close packet `1`".to_owned(), Packet::Noop(String::new()));
            break;
        }
    }
    text("ok".to_owned())
}

fn read(body: &[u8]) -> Result<Vec<Packet>, String> {
    let text = std::str::from_utf8(body).map_err(|_| "a POST body that is not UTF-8".to_owned())?;
    decode_payload(text, MAX_PAYLOAD).map_err(|problem| {
        format!("the POST body `{}` is no Engine.IO payload: {problem}", words::start_of(text))
    })
}

fn text(body: String) -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=UTF-8")], body).into_response()
}
