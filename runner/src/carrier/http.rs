//! Plain HTTP requests to the program under test, for `http:` steps. One connection a call.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use grader::scenario::play::drive::{HttpReply, HttpRequest};
use http_body_util::Full;
use hyper::{
    Request,
    header::{HOST, HeaderMap, HeaderName, HeaderValue},
};
use tokio::time::timeout;

use super::{
    CALL_DEADLINE,
    link::{Ask, Failure, Link, whole},
};

/// Sends `request` and reads the whole answer, within [`CALL_DEADLINE`] and [`MAX_BYTES`](super::MAX_BYTES).
///
/// `host` is the `Host` header unless the request has one. The error says in words why there is no answer.
pub async fn call(addr: SocketAddr, host: &str, request: HttpRequest) -> Result<HttpReply, String> {
    call_within(addr, host, request, CALL_DEADLINE).await
}

/// [`call`] with another deadline.
pub async fn call_within(
    addr: SocketAddr,
    host: &str,
    request: HttpRequest,
    deadline: Duration,
) -> Result<HttpReply, String> {
    match timeout(deadline, exchange(addr, host, request)).await {
        Ok(reply) => reply.map_err(|failure| failure.to_string()),
        Err(_) => Err(format!("no HTTP answer within {} s", deadline.as_secs_f32())),
    }
}

async fn exchange(addr: SocketAddr, host: &str, request: HttpRequest) -> Result<HttpReply, Failure> {
    let HttpRequest { method, path, headers, body } = request;
    let ask = ask(&method, &path, &header_map(host, &headers)?, body)?;
    let mut link = Link::connect(addr).await?;
    let response = link.send(ask).await.map_err(|(failure, _)| failure)?;
    let answer = whole(response).await?;
    let headers = answer.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    Ok(HttpReply { status: answer.status, headers: headers.collect(), body: answer.body.into() })
}

/// A request with these headers and this body.
pub(super) fn ask(method: &str, path: &str, headers: &HeaderMap, body: Vec<u8>) -> Result<Ask, Failure> {
    let mut ask = Request::builder()
        .method(method)
        .uri(path)
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| Failure::Unsendable(format!("`{method} {path}`: {error}")))?;
    *ask.headers_mut() = headers.clone();
    Ok(ask)
}

/// The headers of the caller, with `host` unless they name another.
pub(super) fn header_map(host: &str, headers: &[(String, String)]) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let unsendable = || Failure::Unsendable(format!("the header `{name}: {value}` is not valid HTTP"));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsendable())?;
        map.append(name, HeaderValue::from_str(value).map_err(|_| unsendable())?);
    }
    if !map.contains_key(HOST) {
        let value = HeaderValue::from_str(host);
        map.insert(
            HOST,
            value.map_err(|_| Failure::Unsendable(format!("the host `{host}` is not valid HTTP")))?,
        );
    }
    Ok(map)
}
