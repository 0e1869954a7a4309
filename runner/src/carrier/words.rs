//! What the network's errors are called in a verdict. Used by every file of [`super`].

use std::{error::Error, io};

use tokio_tungstenite::tungstenite::{
    Error as WebSocketError,
    error::{CapacityError, ProtocolError},
    protocol::CloseFrame,
};

/// Characters of a body or frame that a verdict quotes.
const QUOTED: usize = 300;

const RESET: &str = "TCP connection reset";

/// An error of the operating system.
pub(super) fn of_io(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted => {
            RESET.to_owned()
        }
        io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        _ => error.to_string(),
    }
}

/// An error of an HTTP exchange.
pub(super) fn of_http(error: &hyper::Error) -> String {
    if error.is_parse() || error.is_parse_too_large() {
        return format!("the answer is no HTTP: {}", chain(error));
    }
    if let Some(io) = io_within(error) {
        return of_io(io);
    }
    if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
        return "TCP connection closed before an HTTP answer".to_owned();
    }
    chain(error)
}

/// An error of a WebSocket.
pub(super) fn of_websocket(error: &WebSocketError) -> String {
    match error {
        WebSocketError::Io(io) => of_io(io),
        WebSocketError::ConnectionClosed
        | WebSocketError::AlreadyClosed
        | WebSocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
            "TCP connection closed without a close frame".to_owned()
        }
        WebSocketError::Capacity(CapacityError::MessageTooLong { max_size, .. }) => {
            format!("a WebSocket message over {max_size} bytes")
        }
        other => format!("the WebSocket protocol was broken: {other}"),
    }
}

/// A close frame. One without a code counts as 1005 (RFC 6455, section 7.1.5).
pub(super) fn of_close(frame: Option<&CloseFrame>) -> String {
    match frame {
        None => "close frame 1005".to_owned(),
        Some(frame) if frame.reason.is_empty() => format!("close frame {}", u16::from(frame.code)),
        Some(frame) => format!("close frame {} \"{}\"", u16::from(frame.code), start_of(&frame.reason)),
    }
}

/// An HTTP answer that ends a session.
pub(super) fn of_answer(status: u16, body: &[u8]) -> String {
    format!("HTTP {status} {}", start_of_bytes(body)).trim_end().to_owned()
}

/// The beginning of a text, cut between characters.
pub(super) fn start_of(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The beginning of a body, as text.
pub(super) fn start_of_bytes(body: &[u8]) -> String {
    // Four bytes a character at most, and one character more to see that the text goes on.
    start_of(&String::from_utf8_lossy(&body[..body.len().min(4 * (QUOTED + 1))]))
}

fn io_within<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            return Some(io);
        }
        next = error.source();
    }
    None
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text = format!("{text}: {error}");
        next = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

    use super::*;

    #[test]
    fn a_close_frame_is_named_by_its_code() {
        assert_eq!(of_close(None), "close frame 1005");
        let frame = CloseFrame { code: CloseCode::Size, reason: "too big".into() };
        assert_eq!(of_close(Some(&frame)), "close frame 1009 \"too big\"");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(start_of_bytes("é".repeat(QUOTED).as_bytes()), "é".repeat(QUOTED));
        assert_eq!(start_of_bytes("é".repeat(9_999).as_bytes()), format!("{}…", "é".repeat(QUOTED)));
        assert_eq!(of_answer(404, b""), "HTTP 404");
    }
}
