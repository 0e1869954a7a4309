//! The heads of HTTP/1.1 messages, read without being changed (RFC 9112, sections 3, 4 and 5).
//!
//! The pump keeps the bytes; a head only says what stands in them, and where. Next: [`super::body`].

use std::ops::Range;

use httparse::{Header, Status};
use thiserror::Error;

/// Bytes that a head may have. Node takes 16 KiB.
pub(super) const MAX_HEAD: usize = 64 * 1024;
/// Header fields that a head may have.
const MAX_FIELDS: usize = 256;

/// Header fields in their order, with the names as they were written. What is no text is replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first field of this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All fields of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether a field that is a list has this item.
    pub(super) fn lists(&self, name: &str, item: &str) -> bool {
        self.all(name).flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(item))
    }
}

/// The head of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RequestHead {
    pub(super) method: String,
    /// As it was written: `/socket.io/?EIO=4&transport=polling`.
    pub(super) target: String,
    /// `1` of HTTP/1.1.
    pub(super) minor: u8,
    pub(super) fields: Fields,
    /// Bytes of the head.
    pub(super) size: usize,
}

impl RequestHead {
    /// Whether it asks to leave HTTP for something else.
    pub(super) fn asks_for_upgrade(&self) -> bool {
        self.fields.lists("connection", "upgrade") && self.fields.get("upgrade").is_some()
    }
}

/// The head of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AnswerHead {
    pub(super) minor: u8,
    pub(super) status: u16,
    pub(super) reason: String,
    pub(super) fields: Fields,
    /// Bytes of the head.
    pub(super) size: usize,
}

/// Why a head cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum HeadError {
    #[error("it is no HTTP/1.1")]
    NotHttp,
    #[error("its head is too long")]
    TooLong,
}

/// A request's head, and where its values stand in the bytes.
pub(super) struct Found {
    pub(super) head: RequestHead,
    /// One for each field.
    pub(super) values: Vec<Range<usize>>,
}

/// Reads the head of a request. Nothing yet if it is not complete.
pub(super) fn request(bytes: &[u8]) -> Result<Option<Found>, HeadError> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    let Some(size) = complete(request.parse(bytes), bytes)? else { return Ok(None) };
    let start = bytes.as_ptr() as usize;
    let range = |value: &[u8]| {
        // Not where an empty value stands: nothing there is ever replaced.
        let at = (value.as_ptr() as usize).wrapping_sub(start);
        if value.is_empty() { 0..0 } else { at..at + value.len() }
    };
    let values = request.headers.iter().map(|field| range(field.value)).collect();
    let head = RequestHead {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        minor: request.version.unwrap_or(1),
        fields: fields_of(request.headers),
        size,
    };
    Ok(Some(Found { head, values }))
}

/// Reads the head of an answer. Nothing yet if it is not complete.
pub(super) fn answer(bytes: &[u8]) -> Result<Option<AnswerHead>, HeadError> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut answer = httparse::Response::new(&mut fields);
    let Some(size) = complete(answer.parse(bytes), bytes)? else { return Ok(None) };
    Ok(Some(AnswerHead {
        minor: answer.version.unwrap_or(1),
        status: answer.code.unwrap_or_default(),
        reason: answer.reason.unwrap_or_default().to_owned(),
        fields: fields_of(answer.headers),
        size,
    }))
}

fn complete(
    parsed: Result<Status<usize>, httparse::Error>,
    bytes: &[u8],
) -> Result<Option<usize>, HeadError> {
    match parsed {
        Ok(Status::Complete(size)) if size <= MAX_HEAD => Ok(Some(size)),
        Ok(Status::Partial) if bytes.len() < MAX_HEAD => Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => Err(HeadError::TooLong),
        Err(_) => Err(HeadError::NotHttp),
    }
}

fn fields_of(fields: &[Header<'_>]) -> Fields {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    Fields(fields.iter().map(|field| (field.name.to_owned(), text(field.value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &[u8] =
        b"GET /a?b=c HTTP/1.1\r\nHOST:  here:1 \r\nX: \r\nConnection: keep-alive, Upgrade\r\nupgrade: websocket\r\n\r\nbody";

    #[test]
    fn a_request_says_where_its_values_stand() {
        let found = request(REQUEST).expect("HTTP").expect("complete");
        assert_eq!(&REQUEST[found.values[0].clone()], b"here:1");
        assert_eq!(found.values[1], 0..0);
        assert_eq!(&REQUEST[found.head.size..], b"body");
        assert_eq!(found.head.fields.0[0], ("HOST".to_owned(), "here:1".to_owned()));
        assert!(found.head.asks_for_upgrade());
    }

    #[test]
    fn a_part_of_a_head_is_waited_for_and_a_long_one_is_not() {
        for end in 0..REQUEST.len() - 4 {
            assert!(request(&REQUEST[..end]).expect("HTTP so far").is_none(), "{end}");
        }
        let long = [b"GET / HTTP/1.1\r\nA: ".as_slice(), &vec![b'a'; MAX_HEAD]].concat();
        assert_eq!(request(&long).err(), Some(HeadError::TooLong));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MAX_FIELDS + 1));
        assert_eq!(request(many.as_bytes()).err(), Some(HeadError::TooLong));
        assert_eq!(request(b"\x16\x03\x01\x02\x00\x01").err(), Some(HeadError::NotHttp));
    }

    #[test]
    fn an_answer_needs_no_reason() {
        let head = answer(b"HTTP/1.1 204\r\n\r\n").expect("HTTP").expect("complete");
        assert_eq!((head.status, head.reason.as_str()), (204, ""));
        assert_eq!(answer(b"SSH-2.0-x\r\n"), Err(HeadError::NotHttp));
    }
}
