//! Engine.IO v4 and Socket.IO v5 packets, to and from text and binary.
//!
//! Two layers, as in the protocols: [`engine`] carries, [`socket`] means. Both directions are read, because the
//! grader sits in the client's chair and in the server's. [`explain`] says in words what a packet is.
//! Next: [`crate::peer`], a session made of these packets.
//!
//! # Compared with npm
//!
//! `runner/tests/differential` compares both layers with `engine.io-parser` 5.2 and `socket.io-parser` 4.2.7:
//! the same texts are accepted, and mean the same. Accepted alike, although the protocol's pages do not say
//! so: any packet without data, a DISCONNECT with an id, an event whose name is a number, a refusal that is a
//! string, leading zeros, text after Engine.IO's `1` and `5`, attachments that no placeholder asks for.
//!
//! The differences are intended. Where npm accepts and we refuse:
//!
//! | text | npm | here | why |
//! |---|---|---|---|
//! | an empty message, or white space for the type | a CONNECT: `Number("")` is 0 | [`Empty`], [`UnknownType`] | a learner who forgot the type must hear it |
//! | white space before or after the id | a digit 0, or no number at all | [`Space`] | `2 ["a"]` would ask for an answer to number 0 |
//! | attachments `1e0-`, `+1-`, `0x1-`, ` 1-` | 1 | [`AttachmentCount`] | the protocol has digits |
//! | an id over 64 bits | rounded | [`IdTooLarge`] | an id that changes cannot be answered |
//! | `"\ud800"`, half a surrogate pair | kept | [`HalfCharacter`] | it is no text, and cannot be sent on as UTF-8 |
//! | `1e400` | `Infinity` | [`NumberTooLarge`] | it cannot be sent back: `JSON.stringify` makes it `null` |
//! | data nested more than [`MAX_NESTING`] deep | no limit | [`TooDeep`] | a bounded stack |
//! | two placeholders for one attachment | the same bytes twice | [`RepeatedPlaceholder`] | a bounded size |
//! | a placeholder with `num` 0.5 | `undefined` | [`NoSuchAttachment`] | it names nothing |
//! | base64 of other characters (`-`, `_`, spaces) or of an impossible length | skipped or guessed | [`Base64`] | damaged data would become other data |
//! | Engine.IO's `0` without a whole handshake (`maxPayload` may be left out) | the client finds out later | [`Handshake`] | [`engine::Packet::Open`] has one |
//! | a polling body with one bad packet | the packets before it, then the error | the error | nothing of a damaged body is acted on |
//!
//! Where both accept:
//!
//! | text | npm | here |
//! |---|---|---|
//! | an id over 2^53 | rounded | exact |
//! | integers over 2^53 in data | rounded | exact up to 64 bits |
//! | text after Engine.IO's `1` and `5` | kept | dropped: nobody reads it |
//!
//! And one in writing: npm loses the key `__proto__` of an object in a packet with attachments; we keep it.
//!
//! [`Empty`]: socket::DecodeError::Empty
//! [`UnknownType`]: socket::DecodeError::UnknownType
//! [`Space`]: socket::DecodeError::Space
//! [`AttachmentCount`]: socket::DecodeError::AttachmentCount
//! [`IdTooLarge`]: socket::DecodeError::IdTooLarge
//! [`HalfCharacter`]: socket::DecodeError::HalfCharacter
//! [`NumberTooLarge`]: socket::DecodeError::NumberTooLarge
//! [`MAX_NESTING`]: socket::MAX_NESTING
//! [`TooDeep`]: socket::DecodeError::TooDeep
//! [`RepeatedPlaceholder`]: socket::DecodeError::RepeatedPlaceholder
//! [`NoSuchAttachment`]: socket::DecodeError::NoSuchAttachment
//! [`Base64`]: engine::DecodeError::Base64
//! [`Handshake`]: engine::DecodeError::Handshake

mod attachments;
mod decoder;
pub mod engine;
pub mod explain;
mod json;
mod payload;
pub mod socket;
