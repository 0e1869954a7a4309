//! Packets in words: one short sentence for each packet, for transcripts and for learners.
//!
//! Nothing here decides; a packet that breaks a rule is described like any other.
//! Next: [`crate::peer`], a session made of these packets.

use super::{engine, socket};
use crate::value::Value;

/// Who sent a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The client.
    Client,
    /// The server.
    Server,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Client => "the client",
            Self::Server => "the server",
        }
    }
}

/// What an Engine.IO packet is. The session's id is left out: it is a credential.
pub fn engine(packet: &engine::Packet) -> String {
    use engine::Packet;
    match packet {
        Packet::Open(handshake) => format!(
            "the server opens a session: a ping every {} ms, {} ms to answer it",
            handshake.ping_interval, handshake.ping_timeout
        ),
        Packet::Close => "the session ends".to_owned(),
        Packet::Ping(text) => match text.as_str() {
            "" => "ping: are you there?".to_owned(),
            "probe" => "a test ping on the new transport".to_owned(),
            other => format!("ping with the text {}", quoted(other)),
        },
        Packet::Pong(text) => match text.as_str() {
            "" => "pong: I am here".to_owned(),
            "probe" => "the answer to the test ping: the new transport works".to_owned(),
            other => format!("pong with the text {}", quoted(other)),
        },
        Packet::Message(text) => format!("a message of {}", count(text.chars().count(), "character")),
        Packet::Binary(bytes) => format!("{} of binary data", count(bytes.len(), "byte")),
        Packet::Upgrade => "the client moves to the new transport".to_owned(),
        Packet::Noop(_) => "nothing; it only ends a waiting GET".to_owned(),
    }
}

/// What a Socket.IO packet is, sent by `sender`.
pub fn socket(packet: &socket::Packet, sender: Side) -> String {
    use socket::Kind;
    let namespace = &packet.namespace;
    match (packet.kind, sender) {
        (Kind::Connect, Side::Client) => format!("the client asks to enter {namespace}{}", request(packet)),
        (Kind::Connect, Side::Server) => {
            format!("the server lets the client into {namespace}{}", grant(packet))
        }
        (Kind::Disconnect, Side::Client) => format!("the client leaves {namespace}"),
        (Kind::Disconnect, Side::Server) => format!("the server puts the client out of {namespace}"),
        (Kind::ConnectError, Side::Server) => {
            format!("the server does not let the client into {namespace}{}", refusal(packet))
        }
        (Kind::ConnectError, Side::Client) => {
            format!("the client sends a refusal for {namespace}, which only a server may send")
        }
        (Kind::Event | Kind::BinaryEvent, _) => event(packet),
        (Kind::Ack | Kind::BinaryAck, _) => ack(packet, sender),
    }
}

/// What an Engine.IO packet is, looking also into the Socket.IO packet that it carries or completes.
/// `decoder` is the one for the sender's direction, and is moved on.
pub fn frame(packet: &engine::Packet, decoder: &mut socket::Decoder, sender: Side) -> String {
    let (read, attachment) = match packet {
        engine::Packet::Message(text) => (decoder.text(text), false),
        engine::Packet::Binary(bytes) => (decoder.binary(bytes.clone()), true),
        other => return engine(other),
    };
    match (read, attachment) {
        (Ok(Some(packet)), false) => socket(&packet, sender),
        (Ok(Some(packet)), true) => format!("the last attachment: {}", socket(&packet, sender)),
        (Ok(None), false) => format!("a packet with {} to come", count(decoder.missing(), "attachment")),
        (Ok(None), true) => format!("an attachment, with {} more to come", decoder.missing()),
        (Err(problem), _) => format!("{} sends what cannot be read: {problem}", sender.name()),
    }
}

fn request(packet: &socket::Packet) -> &'static str {
    match &packet.data {
        Some(data) if data.get("pid").is_some() => " and to go on with an earlier session",
        Some(_) => " and shows its credentials",
        None => "",
    }
}

fn grant(packet: &socket::Packet) -> &'static str {
    let pid = packet.data.as_ref().and_then(|data| data.get("pid"));
    if pid.is_some() { "; the session can be recovered" } else { "" }
}

/// The message is an entry of an object; older servers send it as a plain string.
fn refusal(packet: &socket::Packet) -> String {
    let message = packet.data.as_ref().and_then(|data| data.get("message").unwrap_or(data).as_str());
    message.map_or_else(String::new, |message| format!(": {}", quoted(message)))
}

fn event(packet: &socket::Packet) -> String {
    let name = packet.data.as_ref().and_then(Value::as_array).and_then(<[Value]>::first);
    let event = match name {
        Some(name) => format!("event {name} with {}", arguments(packet.args())),
        None => "an event without a name".to_owned(),
    };
    let answer =
        packet.id.map_or_else(String::new, |id| format!("; the sender wants an answer to number {id}"));
    format!("{event}{}{answer}", place(packet))
}

fn ack(packet: &socket::Packet, sender: Side) -> String {
    let answers = match packet.id {
        Some(id) => format!("answers number {id}"),
        None => "answers, but to no number,".to_owned(),
    };
    format!("{} {answers} with {}{}", sender.name(), arguments(packet.args()), place(packet))
}

fn arguments(args: &[Value]) -> String {
    let binary = if args.iter().any(Value::has_bytes) { ", some of it binary" } else { "" };
    match args.len() {
        0 => "no arguments".to_owned(),
        number => format!("{}{binary}", count(number, "argument")),
    }
}

fn place(packet: &socket::Packet) -> String {
    if packet.namespace == "/" { String::new() } else { format!(", in {}", packet.namespace) }
}

fn count(number: usize, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::engine::Packet;

    /// The sentences for what `sender` sends, one a line.
    fn sentences(sender: Side, texts: &[&str]) -> String {
        let mut decoder = socket::Decoder::default();
        let lines = texts.iter().map(|text| {
            let packet = Packet::from_text(text).expect("an Engine.IO packet");
            format!("{text:<44} {}", frame(&packet, &mut decoder, sender))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn engine_packets() {
        let open = r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1}"#;
        let texts = [open, "1", "2", "2probe", "2x", "3", "3probe", "3x", "4a", "bAQ==", "bAQI=", "5", "6"];
        let actual: Vec<String> =
            texts.iter().map(|text| engine(&Packet::from_text(text).expect("an Engine.IO packet"))).collect();
        snapbox::assert_data_eq!(
            actual.join("\n"),
            snapbox::str![[r#"
the server opens a session: a ping every 25000 ms, 20000 ms to answer it
the session ends
ping: are you there?
a test ping on the new transport
ping with the text "x"
pong: I am here
the answer to the test ping: the new transport works
pong with the text "x"
a message of 1 character
1 byte of binary data
2 bytes of binary data
the client moves to the new transport
nothing; it only ends a waiting GET
"#]]
        );
    }

    #[test]
    fn what_a_client_sends() {
        let actual = sentences(
            Side::Client,
            &[
                "40",
                r#"40/staff,{"token":"x"}"#,
                r#"40{"pid":"p","offset":"o"}"#,
                "41/staff,",
                r#"42["joinRoom"]"#,
                r#"42/staff,7["joinRoom",{}]"#,
                "42[5,1,2]",
                "42",
                "437[]",
                r#"43/staff,7["ok"]"#,
                r#"43["ok"]"#,
                r#"44{"message":"no"}"#,
                r#"452-["f",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#,
                "bAQ==",
                "bAQ==",
                r#"461-7[{"_placeholder":true,"num":0}]"#,
                "bAQ==",
                "49",
                "3",
            ],
        );
        snapbox::assert_data_eq!(
            actual,
            snapbox::str![[r#"
40                                           the client asks to enter /
40/staff,{"token":"x"}                       the client asks to enter /staff and shows its credentials
40{"pid":"p","offset":"o"}                   the client asks to enter / and to go on with an earlier session
41/staff,                                    the client leaves /staff
42["joinRoom"]                               event "joinRoom" with no arguments
42/staff,7["joinRoom",{}]                    event "joinRoom" with 1 argument, in /staff; the sender wants an answer to number 7
42[5,1,2]                                    event 5 with 2 arguments
42                                           an event without a name
437[]                                        the client answers number 7 with no arguments
43/staff,7["ok"]                             the client answers number 7 with 1 argument, in /staff
43["ok"]                                     the client answers, but to no number, with 1 argument
44{"message":"no"}                           the client sends a refusal for /, which only a server may send
452-["f",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}] a packet with 2 attachments to come
bAQ==                                        an attachment, with 1 more to come
bAQ==                                        the last attachment: event "f" with 2 arguments, some of it binary
461-7[{"_placeholder":true,"num":0}]         a packet with 1 attachment to come
bAQ==                                        the last attachment: the client answers number 7 with 1 argument, some of it binary
49                                           the client sends what cannot be read: `9` is no Socket.IO packet type (0 to 6)
3                                            pong: I am here
"#]]
        );
    }

    #[test]
    fn what_a_server_sends() {
        let actual = sentences(
            Side::Server,
            &[
                r#"40{"sid":"s"}"#,
                r#"40/staff,{"sid":"s","pid":"p"}"#,
                "41/staff,",
                r#"42["price",1]"#,
                r#"427["price"]"#,
                "437[1,2]",
                r#"44/staff,{"message":"Invalid namespace"}"#,
                r#"44"no""#,
                "44",
                r#"451-["f",[{"_placeholder":true,"num":0}]]"#,
                "bAQ==",
                "bAQ==",
            ],
        );
        snapbox::assert_data_eq!(
            actual,
            snapbox::str![[r#"
40{"sid":"s"}                                the server lets the client into /
40/staff,{"sid":"s","pid":"p"}               the server lets the client into /staff; the session can be recovered
41/staff,                                    the server puts the client out of /staff
42["price",1]                                event "price" with 1 argument
427["price"]                                 event "price" with no arguments; the sender wants an answer to number 7
437[1,2]                                     the server answers number 7 with 2 arguments
44/staff,{"message":"Invalid namespace"}     the server does not let the client into /staff: "Invalid namespace"
44"no"                                       the server does not let the client into /: "no"
44                                           the server does not let the client into /
451-["f",[{"_placeholder":true,"num":0}]]    a packet with 1 attachment to come
bAQ==                                        the last attachment: event "f" with 1 argument, some of it binary
bAQ==                                        the server sends what cannot be read: binary data came that no packet announced
"#]]
        );
    }
}
