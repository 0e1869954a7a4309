//! The refusals of the Engine.IO server of Node, with its codes and messages.

use std::net::IpAddr;

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Why a request is refused. The number is the code in its JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    TransportUnknown = 0,
    SessionUnknown = 1,
    BadHandshakeMethod = 2,
    BadRequest = 3,
    Forbidden = 4,
    UnsupportedVersion = 5,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let message = match self {
            Self::TransportUnknown => "Transport unknown",
            Self::SessionUnknown => "Session ID unknown",
            Self::BadHandshakeMethod => "Bad handshake method",
            Self::BadRequest => "Bad request",
            Self::Forbidden => "Forbidden",
            Self::UnsupportedVersion => "Unsupported protocol version",
        };
        let status = if self == Self::Forbidden { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
        let json = format!(r#"{{"code":{},"message":"{message}"}}"#, self as u8);
        (status, [(header::CONTENT_TYPE, "application/json")], json).into_response()
    }
}

/// Only this machine may speak to us: a web page elsewhere must not, not even by a DNS name that leads here.
pub(super) fn is_local(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let origin = text(header::ORIGIN).is_none_or(|origin| {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        authority.is_some_and(names_loopback)
    });
    origin && text(header::HOST).is_some_and(names_loopback)
}

fn names_loopback(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_are_local() {
        for name in ["localhost", "LOCALHOST:80", "127.0.0.1:4000", "127.8.9.1", "[::1]", "[::1]:4000"] {
            assert!(names_loopback(name), "{name}");
        }
        for name in
            ["", "example.org", "localhost.example.org:80", "10.0.0.1", "127.0.0.1.example.org", "[::2]:1"]
        {
            assert!(!names_loopback(name), "{name}");
        }
    }
}
