//! Where everything is passed on to: a server's address as it is typed. Next: [`super::gate`].

use thiserror::Error;

/// A server that speaks plain HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    host: String,
    port: u16,
}

/// Why an address is none that we can pass on to. Ends with what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TargetError {
    /// TLS.
    #[error(
        "a server that speaks TLS cannot be listened to; name the address where it speaks plain http, behind its proxy"
    )]
    Tls,
    /// Another scheme, or none.
    #[error("it must begin with http://, like http://127.0.0.1:3000")]
    Scheme,
    /// A user's name and password.
    #[error("leave the user's name and password out; the client sends its own")]
    User,
    /// A path or a query.
    #[error("leave `{0}` out; the client's own paths are passed on as they are")]
    Path(String),
    /// No host, or no port where one should be.
    #[error("`{0}` is no address; write it like http://127.0.0.1:3000")]
    Address(String),
}

impl Target {
    /// Reads `http://127.0.0.1:3000`; `ws://` says the same. Without a port it is 80.
    pub fn parse(url: &str) -> Result<Self, TargetError> {
        let lower = url.to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("wss://") {
            return Err(TargetError::Tls);
        }
        let scheme = ["http://", "ws://"].into_iter().find(|scheme| lower.starts_with(scheme));
        let rest = &url[scheme.ok_or(TargetError::Scheme)?.len()..];
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if !matches!(path, "" | "/") {
            return Err(TargetError::Path(path.to_owned()));
        }
        if authority.contains('@') {
            return Err(TargetError::User);
        }
        let wrong = || TargetError::Address(authority.to_owned());
        let after_host = authority.rfind(']').map_or(0, |bracket| bracket + 1);
        let (host, port) = match authority[after_host..].rfind(':').map(|colon| after_host + colon) {
            Some(colon) => (&authority[..colon], authority[colon + 1..].parse().map_err(|_| wrong())?),
            None => (authority, 80),
        };
        let bracketed = host.starts_with('[') && host.ends_with(']') && host.len() > 2;
        let named = !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        if port == 0 || !(bracketed || named) {
            return Err(wrong());
        }
        Ok(Self { host: host.to_owned(), port })
    }

    /// What the `Host` header says of it.
    pub fn authority(&self) -> String {
        if self.port == 80 { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }

    /// Its address in full.
    pub fn url(&self) -> String {
        format!("http://{}", self.authority())
    }

    /// What to connect to: a name or an IP address, without brackets, and the port.
    pub(super) fn place(&self) -> (&str, u16) {
        (self.host.trim_start_matches('[').trim_end_matches(']'), self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read() {
        for (url, place, authority) in [
            ("http://127.0.0.1:3000", ("127.0.0.1", 3000), "127.0.0.1:3000"),
            ("HTTP://localhost:3000/", ("localhost", 3000), "localhost:3000"),
            ("ws://[::1]:4000", ("::1", 4000), "[::1]:4000"),
            ("http://chat.test", ("chat.test", 80), "chat.test"),
            ("http://[::1]", ("::1", 80), "[::1]"),
        ] {
            let target = Target::parse(url).expect(url);
            assert_eq!((target.place(), target.authority().as_str()), (place, authority), "{url}");
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        use TargetError as E;
        for (url, why) in [
            ("https://chat.test", E::Tls),
            ("wss://chat.test", E::Tls),
            ("127.0.0.1:3000", E::Scheme),
            ("3000", E::Scheme),
            ("http://127.0.0.1:3000/chat", E::Path("/chat".to_owned())),
            ("http://127.0.0.1:3000?a=b", E::Path("?a=b".to_owned())),
            ("http://a:b@127.0.0.1", E::User),
            ("http://", E::Address(String::new())),
            ("http://127.0.0.1:x", E::Address("127.0.0.1:x".to_owned())),
            ("http://127.0.0.1:0", E::Address("127.0.0.1:0".to_owned())),
            ("http://a b:80", E::Address("a b:80".to_owned())),
        ] {
            assert_eq!(Target::parse(url), Err(why), "{url}");
        }
    }
}
