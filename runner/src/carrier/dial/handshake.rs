//! Opening a session: the requests of the Engine.IO handshake (Engine.IO protocol v4, "Handshake") and of the
//! WebSocket handshake (RFC 6455, section 4). Next: [`super::websocket`] and [`super::polling`].
//!
//! Both go through hyper, so that every wrong answer is read the same way, with its whole body.

use std::net::SocketAddr;

use grader::{
    scenario::play::drive::{OpenFailure, OpenRequest},
    wire::engine::{self, DecodeError, Packet, decode_payload},
};
use hyper::header::{
    CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{
    handshake::{client::generate_key, derive_accept_key},
    protocol::Role,
};

use super::{Target, lane::Lane};
use crate::carrier::{
    MAX_BYTES,
    frames::Frames,
    http,
    link::{Answer, Failure, Link, whole},
    words,
};

/// Everything that the requests of one session have in common.
#[derive(Debug)]
pub(super) struct Door {
    addr: SocketAddr,
    path: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
}

/// A session that opened over WebSocket.
pub(super) struct Websocket {
    pub(super) handshake: engine::Handshake,
    pub(super) frames: Frames<TcpStream>,
}

/// A session that opened over polling.
pub(super) struct Polling {
    pub(super) door: Door,
    pub(super) handshake: engine::Handshake,
    /// What the server sent together with the handshake.
    pub(super) rest: Vec<Packet>,
    /// The lane of the GETs.
    pub(super) pull: Lane,
}

impl Door {
    pub(super) fn new(target: &Target, request: &OpenRequest) -> Result<Self, OpenFailure> {
        Ok(Self {
            addr: target.addr,
            path: target.path.clone(),
            query: request.query.clone(),
            headers: http::header_map(&target.host, &request.headers).map_err(not_opened)?,
        })
    }

    /// The path of one request. A query of the play's own comes instead of ours of the same name.
    pub(super) fn path(&self, transport: &str, sid: Option<&str>) -> String {
        let ours = [("EIO", Some("4")), ("transport", Some(transport)), ("sid", sid)];
        let ours = ours
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .filter(|(name, _)| self.query.iter().all(|(other, _)| other != name));
        let theirs = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut path = self.path.clone();
        for (index, (name, value)) in ours.chain(theirs).enumerate() {
            path.push(if index == 0 { '?' } else { '&' });
            percent_encode(name, &mut path);
            path.push('=');
            percent_encode(value, &mut path);
        }
        path
    }

    /// A new lane for polling requests.
    pub(super) fn lane(&self) -> Lane {
        let mut headers = self.headers.clone();
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("text/plain;charset=UTF-8"));
        Lane::new(self.addr, headers)
    }

    pub(super) async fn open_polling(self) -> Result<Polling, OpenFailure> {
        let mut pull = self.lane();
        let answer = pull.ask("GET", &self.path("polling", None), Vec::new()).await.map_err(not_opened)?;
        let packets = std::str::from_utf8(&answer.body).map(|body| decode_payload(body, MAX_BYTES));
        // What is nearly a handshake is told what it lacks; of anything else the answer itself says more.
        if let (200, Ok(Err(problem @ DecodeError::Handshake(_)))) = (answer.status, &packets) {
            let start = words::start_of_bytes(&answer.body);
            return Err(OpenFailure::NotEngineIo(format!("`{start}`: {problem}")));
        }
        let mut packets = packets.ok().and_then(Result::ok).unwrap_or_default().into_iter();
        match packets.next() {
            Some(Packet::Open(handshake)) if answer.status == 200 => {
                Ok(Polling { door: self, handshake, rest: packets.collect(), pull })
            }
            _ => Err(no_handshake(&answer)),
        }
    }

    pub(super) async fn open_websocket(self) -> Result<Websocket, OpenFailure> {
        let mut frames = self.websocket(None).await?;
        match frames.next().await {
            Ok(Packet::Open(handshake)) => Ok(Websocket { handshake, frames }),
            Ok(other) => Err(OpenFailure::NotEngineIo(format!(
                "`{}` came where the handshake `0{{…}}` belongs",
                words::start_of(&other.to_text())
            ))),
            Err(how) => Err(OpenFailure::NotEngineIo(format!("{how} before the handshake"))),
        }
    }

    /// A WebSocket to the program; with `sid` one that joins a session.
    pub(super) async fn websocket(&self, sid: Option<&str>) -> Result<Frames<TcpStream>, OpenFailure> {
        let key = generate_key();
        let accept = derive_accept_key(key.as_bytes());
        let mut headers = self.headers.clone();
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        let key = HeaderValue::try_from(key).map_err(|error| OpenFailure::NotEngineIo(error.to_string()))?;
        headers.insert(SEC_WEBSOCKET_KEY, key);
        let ask = http::ask("GET", &self.path("websocket", sid), &headers, Vec::new()).map_err(not_opened)?;

        let mut link = Link::connect(self.addr).await.map_err(not_opened)?;
        let response = link.send(ask).await.map_err(|(failure, _)| not_opened(failure))?;
        if response.status().as_u16() != 101 {
            return Err(no_handshake(&whole(response).await.map_err(not_opened)?));
        }
        if response
            .headers()
            .get(SEC_WEBSOCKET_ACCEPT)
            .is_none_or(|answer| answer.as_bytes() != accept.as_bytes())
        {
            return Err(OpenFailure::NotEngineIo("the Sec-WebSocket-Accept header is wrong".to_owned()));
        }
        let upgraded = hyper::upgrade::on(response).await.map_err(|error| not_opened(error.into()))?;
        let parts = upgraded
            .downcast::<TokioIo<TcpStream>>()
            .map_err(|_| OpenFailure::NotEngineIo("the connection did not become a WebSocket".to_owned()))?;
        Ok(Frames::new(parts.io.into_inner(), parts.read_buf, Role::Client, MAX_BYTES).await)
    }
}

fn not_opened(failure: Failure) -> OpenFailure {
    match failure {
        Failure::Unreachable(error) => OpenFailure::Refused(words::of_io(&error)),
        other => OpenFailure::NotEngineIo(other.to_string()),
    }
}

fn no_handshake(answer: &Answer) -> OpenFailure {
    OpenFailure::Http { status: answer.status, body: words::start_of_bytes(&answer.body) }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn percent_encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            for digit in [byte >> 4, byte & 15] {
                into.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use grader::scenario::model::Transport;

    use super::*;

    fn path(query: &[(&str, &str)]) -> String {
        let target = Target {
            addr: (Ipv4Addr::LOCALHOST, 1).into(),
            host: "localhost:1".to_owned(),
            path: "/socket.io/".to_owned(),
        };
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = OpenRequest { transport: Transport::Polling, query, headers: Vec::new(), node: 1 };
        Door::new(&target, &request).expect("the headers are valid").path("polling", Some("a b"))
    }

    #[test]
    fn the_query_is_percent_encoded() {
        let encoded = path(&[("room", "é&x=1")]);
        assert_eq!(encoded, "/socket.io/?EIO=4&transport=polling&sid=a%20b&room=%C3%A9%26x%3D1");
    }

    #[test]
    fn the_play_may_ask_for_another_protocol() {
        assert_eq!(path(&[("EIO", "3")]), "/socket.io/?transport=polling&sid=a%20b&EIO=3");
    }
}
