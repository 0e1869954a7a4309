//! What a client asks, and who answers it: the checks of Node's Engine.IO server, in its order.
//! Next: [`super::session`].

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{ConnectInfo, Query, Request, State},
    http::{
        HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_HEADERS, CONTENT_TYPE, ORIGIN, VARY,
        },
    },
    response::{IntoResponse, Response},
};
use grader::scenario::model::Transport;

use super::{
    Hall,
    gate::Knife,
    polling,
    refusal::{Refusal, is_local},
    session::{CarriedBy, Session},
    websocket::Handshake,
};

/// Answers a request to the Engine.IO path.
pub(super) async fn answer(
    State(hall): State<Arc<Hall>>,
    ConnectInfo(knife): ConnectInfo<Knife>,
    request: Request,
) -> Response {
    if !is_local(request.headers()) {
        return Refusal::Forbidden.into_response();
    }
    let origin = request.headers().get(ORIGIN).cloned();
    let wanted = request.headers().get(ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let preflight = request.method() == Method::OPTIONS;
    let mut response = if preflight {
        StatusCode::NO_CONTENT.into_response()
    } else {
        dispatch(&hall, knife, request).await.unwrap_or_else(IntoResponse::into_response)
    };
    if let Some(origin) = origin {
        allow(&mut response, origin, wanted);
    }
    response
}

/// Lets a page of this machine, served from another port, read the answer.
fn allow(response: &mut Response, origin: HeaderValue, wanted: Option<HeaderValue>) {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    if let Some(wanted) = wanted {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET,POST"));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    }
}

async fn dispatch(hall: &Hall, knife: Knife, mut request: Request) -> Result<Response, Refusal> {
    let query: Query<Vec<(String, String)>> =
        Query::try_from_uri(request.uri()).map_err(|_| Refusal::BadRequest)?;
    let Query(query) = query;
    let value = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let transport = match value("transport") {
        Some("polling") => Transport::Polling,
        Some("websocket") => Transport::Websocket,
        _ => return Err(Refusal::TransportUnknown),
    };
    let handshake = match transport {
        Transport::Websocket => Some(Handshake::read(&mut request).ok_or(Refusal::BadRequest)?),
        _ => None,
    };
    let Some(sid) = value("sid") else {
        if request.method() != Method::GET {
            return Err(Refusal::BadHandshakeMethod);
        }
        if value("EIO") != Some("4") {
            return Err(Refusal::UnsupportedVersion);
        }
        let session = hall.welcome(transport, query);
        return Ok(match handshake {
            Some(handshake) => {
                session.attach(knife);
                handshake.carry(session)
            }
            None => polling::get(&session, knife).await,
        });
    };
    let session = hall.find(sid).ok_or(Refusal::SessionUnknown)?;
    session.arrives();
    match handshake {
        Some(handshake) if session.carried_by() == CarriedBy::Polling => {
            session.attach(knife);
            Ok(handshake.upgrade(session))
        }
        Some(_) => Err(Refusal::BadRequest),
        None => poll(&session, knife, request).await,
    }
}

async fn poll(session: &Session, knife: Knife, request: Request<Body>) -> Result<Response, Refusal> {
    if session.carried_by() == CarriedBy::Websocket {
        return Err(Refusal::BadRequest);
    }
    let content = request.headers().get(CONTENT_TYPE);
    match *request.method() {
        Method::GET => Ok(polling::get(session, knife).await),
        // Binary bodies belong to version 3 of the protocol.
        Method::POST if content.is_some_and(|content| content == "application/octet-stream") => {
            Err(Refusal::BadRequest)
        }
        Method::POST => Ok(polling::post(session, request.into_body()).await),
        _ => Err(Refusal::BadRequest),
    }
}
