//! Text and attachments → Socket.IO packets (Socket.IO protocol v5, "Packet encoding"; the grammar stands on
//! [`Packet`]). As tolerant as socket.io-parser 4.2.7, except for the differences that [`super`] lists.
//!
//! Next: [`super::json`], which reads the data, and [`super::attachments`], which completes it.

use thiserror::Error;

use super::socket::{Kind, Packet, RESERVED_EVENTS};
use super::{attachments, json};
use crate::value::Value;

/// Attachments that one packet may announce, as in socket.io-parser since 4.2.6 (CVE-2026-33151).
pub const MAX_ATTACHMENTS: usize = 10;

/// Why something is not a Socket.IO packet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Nothing at all.
    #[error("a Socket.IO packet has at least one character, its type")]
    Empty,
    /// The first character is no packet type.
    #[error("`{0}` is no Socket.IO packet type (0 to 6)")]
    UnknownType(char),
    /// Types 5 and 6 say first how many attachments follow.
    #[error("a binary packet begins with the number of its attachments, such as `1-`")]
    AttachmentCount,
    /// More attachments are announced than this limit.
    #[error("more attachments are announced than the {0} allowed")]
    TooManyAttachments(usize),
    /// White space before the id or the data, or after the id.
    #[error("white space stands where the id or the data should begin")]
    Space,
    /// An id that does not fit 64 bits.
    #[error("the id has too many digits")]
    IdTooLarge,
    /// A character that JSON does not allow at this place.
    #[error("the data is no JSON: `{found}` does not fit at its character {at}")]
    Json {
        /// The character.
        found: char,
        /// Its place in the JSON, in characters; the first is 1.
        at: usize,
    },
    /// The JSON ends in its middle.
    #[error("the data is no JSON: it ends too early")]
    JsonCut,
    /// Half of a surrogate pair, as `\ud800` without its partner.
    #[error("a `\\u` in the data stands for half a character")]
    HalfCharacter,
    /// A number larger than a 64-bit float can be.
    #[error("a number in the data is too large")]
    NumberTooLarge,
    /// Arrays and objects nested deeper than this limit.
    #[error("the data is nested more than {0} levels deep")]
    TooDeep(usize),
    /// JSON, but not of the shape that the type asks for.
    #[error("a packet of type {} carries {}, not {found}", .kind.name(), carries(*.kind))]
    WrongData {
        /// The packet's type.
        kind: Kind,
        /// What was found, in words.
        found: String,
    },
    /// An event with one of the [`RESERVED_EVENTS`] as its name.
    #[error("the event name `{0}` is reserved")]
    ReservedEvent(String),
    /// Text in the middle of a packet with attachments.
    #[error("a text packet came while {missing} attachment(s) of the packet before were still to come")]
    TextWhileWaiting {
        /// Attachments that were still to come.
        missing: usize,
    },
    /// An attachment without a packet.
    #[error("binary data came that no packet announced")]
    UnexpectedBinary,
    /// A placeholder whose `num` is no number of an attachment.
    #[error("the `num` of a placeholder is {0}, and there is no such attachment")]
    NoSuchAttachment(String),
    /// Two placeholders with the same `num`.
    #[error("two placeholders ask for the same attachment {0}")]
    RepeatedPlaceholder(usize),
}

/// What each type carries, in a learner's words.
fn carries(kind: Kind) -> &'static str {
    match kind {
        Kind::Connect => "an object or nothing",
        Kind::Disconnect => "nothing",
        Kind::Event | Kind::BinaryEvent => "an array that begins with the event's name",
        Kind::Ack | Kind::BinaryAck => "an array",
        Kind::ConnectError => "an object with a message",
    }
}

/// Reads the packets of one connection, in order. It holds the packet whose attachments are still to come.
///
/// Limits: `max_attachments` for a packet and [`json::MAX_NESTING`] levels of nesting; the size of a text or
/// an attachment is for Engine.IO to limit (`maxPayload`). After an error the unfinished packet is forgotten,
/// so the next text starts afresh; Node closes the connection instead.
#[derive(Debug, Clone)]
pub struct Decoder {
    max_attachments: usize,
    unfinished: Option<Unfinished>,
}

#[derive(Debug, Clone)]
struct Unfinished {
    packet: Packet,
    announced: usize,
    attachments: Vec<Option<Vec<u8>>>,
}

/// With a limit of [`MAX_ATTACHMENTS`].
impl Default for Decoder {
    fn default() -> Self {
        Self::with_limits(MAX_ATTACHMENTS)
    }
}

impl Decoder {
    /// A decoder that refuses packets with more than `max_attachments`.
    pub fn with_limits(max_attachments: usize) -> Self {
        Self { max_attachments, unfinished: None }
    }

    /// Takes what follows Engine.IO's `4`. Gives the packet, or nothing yet if its attachments are still to
    /// come.
    pub fn text(&mut self, text: &str) -> Result<Option<Packet>, DecodeError> {
        let missing = self.missing();
        if self.unfinished.take().is_some() {
            return Err(DecodeError::TextWhileWaiting { missing });
        }
        let (packet, announced) = read(text, self.max_attachments)?;
        if announced == 0 {
            return Ok(Some(packet));
        }
        self.unfinished = Some(Unfinished { packet, announced, attachments: Vec::new() });
        Ok(None)
    }

    /// Takes an attachment. Gives the packet when it was the last one; only then are the placeholders checked.
    pub fn binary(&mut self, attachment: Vec<u8>) -> Result<Option<Packet>, DecodeError> {
        let mut unfinished = self.unfinished.take().ok_or(DecodeError::UnexpectedBinary)?;
        unfinished.attachments.push(Some(attachment));
        if unfinished.attachments.len() < unfinished.announced {
            self.unfinished = Some(unfinished);
            return Ok(None);
        }
        let Unfinished { mut packet, attachments: mut bytes, .. } = unfinished;
        if let Some(data) = &mut packet.data {
            attachments::put_back(data, &mut bytes)?;
        }
        Ok(Some(packet))
    }

    /// Whether attachments are still to come.
    pub fn is_waiting(&self) -> bool {
        self.unfinished.is_some()
    }

    /// How many attachments are still to come.
    pub fn missing(&self) -> usize {
        self.unfinished.as_ref().map_or(0, |unfinished| unfinished.announced - unfinished.attachments.len())
    }
}

/// What one text says by itself: the packet, still with placeholders, and the number of its attachments.
pub(crate) fn head(text: &str) -> Result<(Packet, usize), DecodeError> {
    read(text, MAX_ATTACHMENTS)
}

/// The packet, still with placeholders, and the number of its attachments.
fn read(text: &str, max_attachments: usize) -> Result<(Packet, usize), DecodeError> {
    let mut rest = text.chars();
    let digit = rest.next().ok_or(DecodeError::Empty)?;
    let kind = Kind::from_digit(digit).ok_or(DecodeError::UnknownType(digit))?;
    let (announced, rest) =
        if kind.is_binary() { announced(rest.as_str(), max_attachments)? } else { (0, rest.as_str()) };
    let (namespace, rest) = namespace(rest);
    let (id, rest) = id(rest)?;
    let data = if rest.is_empty() { None } else { Some(json::read(rest)?) };
    if let Some(data) = &data {
        check(kind, data)?;
    }
    let kind = kind.with_attachments(false);
    Ok((Packet { kind, namespace: namespace.to_owned(), id, data }, announced))
}

fn announced(text: &str, max: usize) -> Result<(usize, &str), DecodeError> {
    let (count, rest) = text.split_once('-').ok_or(DecodeError::AttachmentCount)?;
    if count.is_empty() || !count.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecodeError::AttachmentCount);
    }
    match count.parse() {
        Ok(0) => Err(DecodeError::AttachmentCount),
        Ok(count) if count <= max => Ok((count, rest)),
        // More digits than fit a usize are more than any limit.
        _ => Err(DecodeError::TooManyAttachments(max)),
    }
}

fn namespace(text: &str) -> (&str, &str) {
    if text.starts_with('/') { text.split_once(',').unwrap_or((text, "")) } else { ("/", text) }
}

fn id(text: &str) -> Result<(Option<u64>, &str), DecodeError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(digits);
    if rest.starts_with(is_space) {
        return Err(DecodeError::Space);
    }
    if digits.is_empty() {
        return Ok((None, rest));
    }
    digits.parse().map(|id| (Some(id), rest)).map_err(|_| DecodeError::IdTooLarge)
}

/// What JavaScript takes for white space, and so for the number 0 where a digit is looked for (ECMA-262,
/// `StringToNumber`).
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

fn check(kind: Kind, data: &Value) -> Result<(), DecodeError> {
    let found = match (kind, data) {
        (Kind::Connect, Value::Object(_))
        | (Kind::ConnectError, Value::Object(_) | Value::String(_))
        | (Kind::Ack | Kind::BinaryAck, Value::Array(_)) => return Ok(()),
        (Kind::Event | Kind::BinaryEvent, Value::Array(items)) => match items.first() {
            Some(Value::String(name)) if RESERVED_EVENTS.contains(&name.as_str()) => {
                return Err(DecodeError::ReservedEvent(name.clone()));
            }
            Some(Value::String(_) | Value::Number(_)) => return Ok(()),
            Some(other) => format!("an array that begins with {}", other.kind()),
            None => "an empty array".to_owned(),
        },
        (_, other) => other.kind().to_owned(),
    };
    Err(DecodeError::WrongData { kind, found })
}
