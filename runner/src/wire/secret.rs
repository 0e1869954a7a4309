//! What is not shown and not written unless somebody asks for it: credentials, in packets, headers and addresses.
//!
//! Masked are what a client shows when it asks to be let in (`auth`), the ids that let somebody speak in a session
//! (Engine.IO's `sid`, the `pid` of a recovered one), cookies, `Authorization`, and whatever has a name like `token`.
//! What events carry is shown: it is what this is for. Next: [`super::client`].

use std::borrow::Cow;

use grader::{
    value::Value,
    wire::{
        engine::{self, Handshake},
        explain::Side,
        socket::{self, Kind},
    },
};

/// What stands in the place of a secret.
const MASK: &str = "***";

/// Parts of the names of secrets.
const NAMES: [&str; 11] = [
    "token",
    "auth",
    "secret",
    "passw",
    "apikey",
    "api-key",
    "api_key",
    "jwt",
    "session",
    "cookie",
    "credential",
];

/// Masks secrets, or lets them be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Secrets {
    pub(super) shown: bool,
}

impl Secrets {
    /// An Engine.IO packet without the session's id.
    pub(super) fn engine(self, packet: engine::Packet) -> engine::Packet {
        match packet {
            engine::Packet::Open(handshake) if !self.shown => {
                engine::Packet::Open(Handshake { sid: MASK.to_owned(), ..handshake })
            }
            other => other,
        }
    }

    /// A Socket.IO packet without credentials; nothing if it has none.
    pub(super) fn socket(self, packet: &socket::Packet, sender: Side) -> Option<socket::Packet> {
        if self.shown || packet.kind != Kind::Connect {
            return None;
        }
        let data = packet.data.as_ref()?;
        let data = match (sender, data) {
            (Side::Client, data) => masked(data),
            (Side::Server, Value::Object(entries)) if entries.contains_key("pid") => {
                let mut entries = entries.clone();
                entries.insert("pid".to_owned(), Value::from(MASK));
                Value::Object(entries)
            }
            (Side::Server, _) => return None,
        };
        Some(socket::Packet { data: Some(data), ..packet.clone() })
    }

    /// A text that could not be read: if it begins like a packet that holds secrets, only its beginning.
    pub(super) fn unread(self, text: &str) -> Cow<'_, str> {
        let kept = match text.as_bytes() {
            [b'0', ..] => 1,
            [b'4', b'0', ..] => 2,
            _ => return Cow::Borrowed(text),
        };
        if self.shown { Cow::Borrowed(text) } else { Cow::Owned(format!("{}{MASK}", &text[..kept])) }
    }

    /// A header's value.
    pub(super) fn field<'v>(self, name: &str, value: &'v str) -> Cow<'v, str> {
        if self.shown {
            return Cow::Borrowed(value);
        }
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "cookie" => Cow::Owned(value.split(';').map(cookie).collect::<Vec<_>>().join(";")),
            "set-cookie" => {
                let (pair, attributes) = value.split_at(value.find(';').unwrap_or(value.len()));
                Cow::Owned(cookie(pair) + attributes)
            }
            "authorization" | "proxy-authorization" => match value.split_once(' ') {
                Some((scheme, _)) => Cow::Owned(format!("{scheme} {MASK}")),
                None => Cow::Borrowed(MASK),
            },
            "referer" | "location" => Cow::Owned(self.target(value)),
            _ if is_secret(&name) => Cow::Borrowed(MASK),
            _ => Cow::Borrowed(value),
        }
    }

    /// The target of a request, with the secrets of its query masked.
    pub(super) fn target(self, target: &str) -> String {
        let Some((path, query)) = target.split_once('?').filter(|_| !self.shown) else {
            return target.to_owned();
        };
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if is_secret(name) => format!("{name}={MASK}"),
            _ => pair.to_owned(),
        });
        format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}

/// Whether something with this name is a secret.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "sid" | "pid" | "key") || NAMES.iter().any(|part| name.contains(part))
}

fn cookie(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) => format!("{name}={MASK}"),
        None => MASK.to_owned(),
    }
}

/// The same shape, with every value hidden.
fn masked(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), masked(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(masked).collect()),
        Value::Null => Value::Null,
        _ => Value::from(MASK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIDING: Secrets = Secrets { shown: false };

    fn json(text: &str) -> Value {
        serde_json::from_str(text).expect("json")
    }

    #[test]
    fn credentials_keep_their_shape() {
        let packet =
            socket::Packet::connect("/staff", Some(json(r#"{"token":"t","as":[1,null,{"x":true}]}"#)));
        let masked = HIDING.socket(&packet, Side::Client).expect("masked");
        assert_eq!(masked.encode()[0].to_text(), r#"40/staff,{"token":"***","as":["***",null,{"x":"***"}]}"#);
        assert_eq!(Secrets { shown: true }.socket(&packet, Side::Client), None);
        let welcome = socket::Packet::connect("/", Some(json(r#"{"sid":"s","pid":"p"}"#)));
        let masked = HIDING.socket(&welcome, Side::Server).expect("masked");
        assert_eq!(masked.encode()[0].to_text(), r#"40{"sid":"s","pid":"***"}"#);
        let event = socket::Packet::event("/", None, vec!["login".into(), "secret".into()]);
        assert_eq!(HIDING.socket(&event, Side::Client), None);
    }

    #[test]
    fn what_cannot_be_read_may_hold_credentials() {
        for (text, shown) in [
            (r#"40{"token":"t"#, "40***"),
            (r#"0{"sid":"s"#, "0***"),
            ("42[half", "42[half"),
            ("é", "é"),
            ("", ""),
        ] {
            assert_eq!(HIDING.unread(text), shown);
        }
    }

    #[test]
    fn headers_and_addresses_keep_their_names() {
        for (name, value, shown) in [
            ("Cookie", "io=abc; theme=dark", "io=***; theme=***"),
            ("set-cookie", "io=abc; Path=/; HttpOnly", "io=***; Path=/; HttpOnly"),
            ("Authorization", "Bearer x.y.z", "Bearer ***"),
            ("authorization", "xyz", "***"),
            ("X-Api-Key", "k", "***"),
            ("x-auth-token", "k", "***"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Referer", "http://a/?token=t", "http://a/?token=***"),
            ("Accept", "*/*", "*/*"),
        ] {
            assert_eq!(HIDING.field(name, value), shown, "{name}");
        }
        let target = "/socket.io/?EIO=4&transport=polling&t=abc&sid=xyz&accessToken=u&room=1";
        assert_eq!(
            HIDING.target(target),
            "/socket.io/?EIO=4&transport=polling&t=abc&sid=***&accessToken=***&room=1"
        );
        assert_eq!(Secrets { shown: true }.target(target), target);
    }
}
