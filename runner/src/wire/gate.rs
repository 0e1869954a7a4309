//! Who may use the proxy, and what is changed in a request: nothing but its idea of where it is sent.
//!
//! - `Host` must be ours. So no page reaches the target by a DNS name that leads here. It becomes the target's.
//! - A page's origin must be ours, another one of this computer, or one that was allowed. Ours becomes the target's;
//!   any other passes as it is, so that the target's own rules (CORS) decide as they would without us.
//! - Without an `Origin`, a request that a browser calls `cross-site` counts as its `Referer` says, unless it opens a
//!   page of its own (nothing of which another page can read).
//! - No forward proxy: a target in full (`GET http://…`) and CONNECT are refused.
//! - What cannot be read as HTTP/1.1 cannot be checked, and is refused.
//!
//! Next: [`super::conversation`].

use std::{net::SocketAddr, ops::Range};

use thiserror::Error;

use super::{
    head::{Found, HeadError, RequestHead},
    target::Target,
};

/// Decides about requests.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    /// What `Host` may say.
    own: Vec<String>,
    /// What `Host` becomes.
    target: String,
    /// Origins that may ask besides those of this computer.
    allowed: Vec<String>,
}

/// Why a request is not passed on.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Refusal {
    #[error("the request cannot be passed on: {0}")]
    Head(#[from] HeadError),
    #[error("the request cannot be passed on: {0}")]
    Body(#[from] super::body::Broken),
    #[error("only requests to the address of `runner wire` itself are passed on; this one is for `{0}`")]
    Host(String),
    #[error("a page of {0} may not use `runner wire`; if it is yours, start it with `--allow-origin {0}`")]
    Origin(String),
    #[error("a page of another site may not use `runner wire`")]
    CrossSite,
    #[error("`runner wire` stands before one server and is no proxy for others")]
    ForwardProxy,
}

impl Refusal {
    /// The whole answer to the client.
    pub(super) fn answer(&self) -> String {
        let status = match self {
            Self::Head(HeadError::TooLong) => "431 Request Header Fields Too Large",
            Self::Head(HeadError::NotHttp) | Self::Body(_) | Self::ForwardProxy => "400 Bad Request",
            Self::Host(_) | Self::Origin(_) | Self::CrossSite => "403 Forbidden",
        };
        let words = format!("{self}\n");
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{words}",
            words.len()
        )
    }
}

impl Gate {
    /// A gate at `own`, before `target`. `allowed` are origins such as `https://chat.test`.
    pub(super) fn new(own: SocketAddr, target: &Target, allowed: &[String]) -> Self {
        let names = [own.to_string(), format!("localhost:{}", own.port())];
        Self { own: names.into(), target: target.authority(), allowed: allowed.to_vec() }
    }

    /// Lets a request pass or not.
    pub(super) fn admit(&self, head: &RequestHead) -> Result<(), Refusal> {
        if !(head.target.starts_with('/') || head.target == "*") {
            return Err(Refusal::ForwardProxy);
        }
        let fields = &head.fields;
        let hosts: Vec<&str> = fields.all("host").collect();
        let [host] = hosts.as_slice() else { return Err(Refusal::Host(hosts.join(", "))) };
        if !self.is_own(host) {
            return Err(Refusal::Host((*host).to_owned()));
        }
        let origins: Vec<&str> = fields.all("origin").collect();
        match origins.as_slice() {
            [] => self.admit_without_origin(head),
            [origin] if self.may_ask(origin) => Ok(()),
            several => Err(Refusal::Origin(several.join(", "))),
        }
    }

    fn admit_without_origin(&self, head: &RequestHead) -> Result<(), Refusal> {
        let fields = &head.fields;
        let opens_a_page = head.method == "GET" && fields.get("sec-fetch-mode") == Some("navigate");
        if fields.get("sec-fetch-site") != Some("cross-site") || opens_a_page {
            return Ok(());
        }
        match fields.get("referer").map(origin_of) {
            Some(origin) if self.may_ask(origin) => Ok(()),
            Some(origin) => Err(Refusal::Origin(origin.to_owned())),
            None => Err(Refusal::CrossSite),
        }
    }

    /// The bytes of a request's head as the target gets them.
    pub(super) fn rewritten(&self, bytes: &[u8], found: &Found) -> Vec<u8> {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        for ((name, value), place) in found.head.fields.0.iter().zip(&found.values) {
            let ours = value.strip_prefix("http://").filter(|rest| self.is_own(authority(rest)));
            let change = match name.to_ascii_lowercase().as_str() {
                "host" => self.target.clone(),
                "origin" | "referer" => match ours {
                    Some(rest) => format!("http://{}{}", self.target, &rest[authority(rest).len()..]),
                    None => continue,
                },
                _ => continue,
            };
            changes.push((place.clone(), change));
        }
        let mut out = Vec::with_capacity(found.head.size + 64);
        let mut done = 0;
        for (place, change) in changes {
            out.extend_from_slice(&bytes[done..place.start]);
            out.extend_from_slice(change.as_bytes());
            done = place.end;
        }
        out.extend_from_slice(&bytes[done..found.head.size]);
        out
    }

    fn is_own(&self, host: &str) -> bool {
        self.own.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    fn may_ask(&self, origin: &str) -> bool {
        let local = ["http://", "https://"].iter().any(|scheme| {
            origin.strip_prefix(scheme).is_some_and(|rest| is_of_this_computer(rest, authority(rest)))
        });
        local || self.allowed.iter().any(|allowed| allowed.trim_end_matches('/') == origin)
    }
}

/// Whether an origin is nothing but a name or address of this computer, and perhaps a port.
fn is_of_this_computer(rest: &str, authority: &str) -> bool {
    let colon = authority.rfind(':').filter(|colon| !authority[*colon..].contains(']'));
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    let port = port.strip_prefix(':').unwrap_or("0");
    let host = host.to_ascii_lowercase();
    let local = host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host.parse().is_ok_and(|ip: std::net::Ipv4Addr| ip.is_loopback());
    rest == authority && local && port.parse::<u16>().is_ok()
}

/// `localhost:5173/page` → `localhost:5173`
fn authority(rest: &str) -> &str {
    &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())]
}

/// `http://localhost:5173/page` → `http://localhost:5173`
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    &url[..start + authority(&url[start..]).len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::head;

    fn gate() -> Gate {
        let own = ([127, 0, 0, 1], 4000).into();
        let target = Target::parse("http://chat.test:3000").expect("an address");
        Gate::new(own, &target, &["https://app.test".to_owned()])
    }

    fn asked(first: &str, fields: &[&str]) -> (Result<(), Refusal>, String) {
        let bytes = format!("{first} HTTP/1.1\r\n{}\r\n\r\nbody", fields.join("\r\n"));
        let found = head::request(bytes.as_bytes()).expect("HTTP").expect("complete");
        let rewritten = gate().rewritten(bytes.as_bytes(), &found);
        (gate().admit(&found.head), String::from_utf8(rewritten).expect("text"))
    }

    #[test]
    fn only_where_it_is_sent_changes() {
        let (admitted, rewritten) = asked(
            "POST /a",
            &[
                "hOST:  localhost:4000 ",
                "X:y",
                "Origin: http://127.0.0.1:4000",
                "Referer: http://localhost:4000/p?q",
            ],
        );
        assert_eq!(admitted, Ok(()));
        assert_eq!(
            rewritten,
            "POST /a HTTP/1.1\r\nhOST:  chat.test:3000 \r\nX:y\r\nOrigin: http://chat.test:3000\r\n\
             Referer: http://chat.test:3000/p?q\r\n\r\n"
        );
        let other = ["Host: 127.0.0.1:4000", "Origin: http://localhost:5173"];
        assert!(asked("GET /", &other).1.contains("\r\nOrigin: http://localhost:5173\r\n"));
    }

    #[test]
    fn only_our_own_name_is_a_host() {
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000"] {
            assert_eq!(asked("GET /", &[&format!("Host: {host}")]).0, Ok(()), "{host}");
        }
        for host in ["evil.test", "evil.test:4000", "127.0.0.1:4001", "localhost", "chat.test:3000", ""] {
            let refused = Err(Refusal::Host(host.to_owned()));
            assert_eq!(asked("GET /", &[&format!("Host: {host}")]).0, refused, "{host}");
        }
        assert!(matches!(asked("GET /", &["X: y"]).0, Err(Refusal::Host(_))));
        let twice = ["Host: 127.0.0.1:4000", "Host: evil.test"];
        assert!(matches!(asked("GET /", &twice).0, Err(Refusal::Host(_))));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let origin = |origin: &str| asked("GET /", &["Host: 127.0.0.1:4000", &format!("Origin: {origin}")]).0;
        for good in [
            "http://127.0.0.1:4000",
            "http://localhost:5173",
            "https://localhost",
            "http://[::1]:80",
            "http://chat.localhost:3000",
            "https://app.test",
        ] {
            assert_eq!(origin(good), Ok(()), "{good}");
        }
        for bad in [
            "https://evil.test",
            "null",
            "",
            "http://localhost.evil.test",
            "http://127.0.0.1.evil.test",
            "http://localhost:5173@evil.test",
            "http://localhost:x",
            "http://app.test",
            "http://chat.test:3000",
            "file://localhost",
        ] {
            assert_eq!(origin(bad), Err(Refusal::Origin(bad.to_owned())), "{bad}");
        }
    }

    #[test]
    fn a_request_without_an_origin_counts_as_its_referer_says() {
        let cross = |more: &[&str]| {
            asked("GET /", &[&["Host: 127.0.0.1:4000", "Sec-Fetch-Site: cross-site"], more].concat()).0
        };
        assert_eq!(cross(&[]), Err(Refusal::CrossSite));
        assert_eq!(cross(&["Referer: http://localhost:5173/app"]), Ok(()));
        assert!(matches!(cross(&["Referer: https://evil.test/"]), Err(Refusal::Origin(_))));
        assert_eq!(cross(&["Sec-Fetch-Mode: navigate"]), Ok(()));
        assert_eq!(asked("GET /", &["Host: 127.0.0.1:4000", "Sec-Fetch-Site: same-origin"]).0, Ok(()));
    }

    #[test]
    fn it_is_no_forward_proxy() {
        for first in ["GET http://evil.test/", "CONNECT evil.test:443"] {
            assert_eq!(asked(first, &["Host: 127.0.0.1:4000"]).0, Err(Refusal::ForwardProxy), "{first}");
        }
        assert_eq!(asked("OPTIONS *", &["Host: 127.0.0.1:4000"]).0, Ok(()));
    }

    #[test]
    fn a_refusal_is_an_answer() {
        let answer = Refusal::CrossSite.answer();
        let head = head::answer(answer.as_bytes()).expect("HTTP").expect("complete");
        assert_eq!(head.status, 403);
        assert_eq!(head.fields.get("content-length"), Some((answer.len() - head.size).to_string().as_str()));
    }
}
