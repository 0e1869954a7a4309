//! Where the body of an HTTP/1.1 message ends (RFC 9112, sections 6 and 7). Next: [`super::conversation`].

use thiserror::Error;

use super::head::{AnswerHead, Fields, RequestHead};

/// The longest line that says how long a chunk is, and the longest of the lines after the last chunk.
const MAX_LINE: usize = 8 * 1024;

/// A body that is not where it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the length of its body cannot be read")]
pub(super) struct Broken;

/// How far a body goes from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    /// So many bytes are still to come.
    Length(u64),
    /// In pieces that say how long they are.
    Chunks(Chunks),
    /// Until the connection ends.
    UntilClose,
}

/// What a part of a message's bytes was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// So many bytes belong to this body.
    pub(super) bytes: usize,
    /// The body is complete.
    pub(super) ended: bool,
}

impl Body {
    /// The body of a request.
    pub(super) fn of_request(head: &RequestHead) -> Result<Self, Broken> {
        Ok(of_fields(&head.fields)?.unwrap_or(Self::Length(0)))
    }

    /// The body of an answer to a request with this method.
    pub(super) fn of_answer(head: &AnswerHead, method: &str) -> Result<Self, Broken> {
        if method == "HEAD" || matches!(head.status, 100..=199 | 204 | 304) {
            return Ok(Self::Length(0));
        }
        Ok(of_fields(&head.fields)?.unwrap_or(Self::UntilClose))
    }

    /// Takes what belongs to the body; what it carries goes to `data`.
    pub(super) fn take(&mut self, bytes: &[u8], data: &mut dyn FnMut(&[u8])) -> Result<Taken, Broken> {
        match self {
            Self::Length(left) => {
                let now = usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
                *left -= now as u64;
                data(&bytes[..now]);
                Ok(Taken { bytes: now, ended: *left == 0 })
            }
            Self::Chunks(chunks) => chunks.take(bytes, data),
            Self::UntilClose => {
                data(bytes);
                Ok(Taken { bytes: bytes.len(), ended: false })
            }
        }
    }
}

fn of_fields(fields: &Fields) -> Result<Option<Body>, Broken> {
    let mut codings = fields.all("transfer-encoding").flat_map(|value| value.split(',')).peekable();
    let lengths: Vec<&str> = fields.all("content-length").collect();
    if codings.peek().is_some() {
        // Both lengths at once are how one message is smuggled inside another.
        let chunked = codings.last().is_some_and(|last| last.trim().eq_ignore_ascii_case("chunked"));
        return if chunked && lengths.is_empty() {
            Ok(Some(Body::Chunks(Chunks::default())))
        } else {
            Err(Broken)
        };
    }
    let Some((first, rest)) = lengths.split_first() else { return Ok(None) };
    if rest.iter().any(|other| other != first) || !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Broken);
    }
    first.parse().map(|length| Some(Body::Length(length))).map_err(|_| Broken)
}

/// A body in chunks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chunks {
    at: At,
    line: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    /// In the line with a chunk's size.
    #[default]
    Size,
    /// In a chunk, with so many bytes to come.
    Data(u64),
    /// In the line end after a chunk.
    AfterData,
    /// In the lines after the last chunk.
    Trailer,
}

impl Chunks {
    fn take(&mut self, bytes: &[u8], data: &mut dyn FnMut(&[u8])) -> Result<Taken, Broken> {
        let mut used = 0;
        while used < bytes.len() {
            let rest = &bytes[used..];
            if let At::Data(left) = self.at {
                let now = usize::try_from(left).map_or(rest.len(), |left| left.min(rest.len()));
                data(&rest[..now]);
                used += now;
                let left = left - now as u64;
                self.at = if left == 0 { At::AfterData } else { At::Data(left) };
                continue;
            }
            let end = rest.iter().position(|byte| *byte == b'\n');
            let now = end.map_or(rest.len(), |end| end + 1);
            self.line.extend_from_slice(&rest[..now]);
            used += now;
            if self.line.len() > MAX_LINE {
                return Err(Broken);
            }
            if end.is_some() && self.line_ended()? {
                return Ok(Taken { bytes: used, ended: true });
            }
        }
        Ok(Taken { bytes: used, ended: false })
    }

    /// Whether it was the last line.
    fn line_ended(&mut self) -> Result<bool, Broken> {
        let line = std::mem::take(&mut self.line);
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match self.at {
            At::Size => {
                let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
                let digits = std::str::from_utf8(digits).map_err(|_| Broken)?.trim_ascii();
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return Err(Broken);
                }
                let size = u64::from_str_radix(digits, 16).map_err(|_| Broken)?;
                self.at = if size == 0 { At::Trailer } else { At::Data(size) };
            }
            At::AfterData if line.is_empty() => self.at = At::Size,
            At::Trailer => return Ok(line.is_empty()),
            At::AfterData | At::Data(_) => return Err(Broken),
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(list: &[(&str, &str)]) -> Fields {
        Fields(list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn read(mut body: Body, pieces: &[&[u8]]) -> Result<(Vec<u8>, Taken), Broken> {
        let mut carried = Vec::new();
        let mut last = Taken { bytes: 0, ended: false };
        for piece in pieces {
            last = body.take(piece, &mut |data| carried.extend_from_slice(data))?;
        }
        Ok((carried, last))
    }

    #[test]
    fn a_chunked_body_is_the_same_however_it_is_cut() {
        let body = b"4;x=y\r\nWiki\r\n006\r\npedia \r\n0\r\nTrailer: x\r\n\r\nnext";
        let whole = read(Body::Chunks(Chunks::default()), &[body]).expect("chunks");
        assert_eq!(whole, (b"Wikipedia ".to_vec(), Taken { bytes: body.len() - 4, ended: true }));
        for cut in 0..body.len() - 4 {
            let (carried, last) =
                read(Body::Chunks(Chunks::default()), &[&body[..cut], &body[cut..]]).expect("chunks");
            assert_eq!((carried.as_slice(), last.ended), (b"Wikipedia ".as_slice(), true), "{cut}");
        }
    }

    #[test]
    fn a_chunk_that_lies_is_broken() {
        for body in [b"x\r\n".as_slice(), b"\r\n", b"2\r\nabc\r\n", b"-1\r\n", b"fffffffffffffffff\r\n"] {
            assert_eq!(read(Body::Chunks(Chunks::default()), &[body]), Err(Broken), "{body:?}");
        }
        let long = vec![b'0'; MAX_LINE + 1];
        assert_eq!(read(Body::Chunks(Chunks::default()), &[&long]), Err(Broken));
    }

    #[test]
    fn the_fields_say_which_body_it_is() {
        let of = |list: &[(&str, &str)]| of_fields(&fields(list));
        assert_eq!(of(&[]), Ok(None));
        assert_eq!(of(&[("Content-Length", "3"), ("content-length", "3")]), Ok(Some(Body::Length(3))));
        assert_eq!(of(&[("Transfer-Encoding", "gzip, Chunked")]), Ok(Some(Body::Chunks(Chunks::default()))));
        for wrong in [
            [("Content-Length", "3"), ("Content-Length", "4")],
            [("Content-Length", "3"), ("Transfer-Encoding", "chunked")],
            [("Content-Length", "+3"), ("A", "b")],
            [("Transfer-Encoding", "gzip"), ("A", "b")],
        ] {
            assert_eq!(of(&wrong), Err(Broken), "{wrong:?}");
        }
    }

    #[test]
    fn some_answers_have_no_body_whatever_they_say() {
        let head = |status| AnswerHead {
            status,
            fields: fields(&[("Content-Length", "3")]),
            ..AnswerHead::default()
        };
        assert_eq!(Body::of_answer(&head(200), "GET"), Ok(Body::Length(3)));
        assert_eq!(Body::of_answer(&head(200), "HEAD"), Ok(Body::Length(0)));
        assert_eq!(Body::of_answer(&head(304), "GET"), Ok(Body::Length(0)));
        let bare = AnswerHead { status: 200, ..AnswerHead::default() };
        assert_eq!(Body::of_answer(&bare, "GET"), Ok(Body::UntilClose));
    }
}
