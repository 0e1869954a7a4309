//! One TCP connection's conversation, as a state machine: bytes in, bytes to pass on and sights out.
//!
//! It knows where heads and bodies begin and end, because each request has to pass the [`Gate`]; after `101` it only
//! hands bytes on. What the server says is never held back and never judged. Next: [`super::pump`], its sockets.

use std::collections::VecDeque;

use bytes::Bytes;
use grader::transcript::Direction;

use super::{
    body::Body,
    gate::{Gate, Refusal},
    head::{self, MAX_HEAD},
    sight::Seen,
};

/// A conversation.
pub(super) struct Conversation<'g> {
    gate: &'g Gate,
    up: Up,
    /// What the client sent and what is not passed on yet: a head that is not complete, or what follows a request
    /// to leave HTTP that is not answered.
    held: Vec<u8>,
    down: Down,
    unread: Vec<u8>,
    /// Requests that are not answered yet.
    asked: VecDeque<Asked>,
}

struct Asked {
    method: String,
    upgrade: bool,
}

enum Up {
    Head,
    Body(Body),
    /// A request to leave HTTP is on its way.
    Waiting,
    /// HTTP is left.
    Stream,
}

enum Down {
    Head,
    Body(Body),
    Stream,
    /// It was no HTTP. All the rest passes, too.
    Unreadable,
}

/// What comes of some bytes.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outcome {
    /// To be passed on.
    pub(super) pass: Vec<u8>,
    /// What was seen, in order.
    pub(super) seen: Vec<Seen>,
}

impl<'g> Conversation<'g> {
    pub(super) fn new(gate: &'g Gate) -> Self {
        Self {
            gate,
            up: Up::Head,
            held: Vec::new(),
            down: Down::Head,
            unread: Vec::new(),
            asked: VecDeque::new(),
        }
    }

    /// Whether more of the client can be taken now.
    pub(super) fn has_room(&self) -> bool {
        self.held.len() < MAX_HEAD
    }

    /// Whether a refusal of ours would come in the place of another answer.
    pub(super) fn owes_answers(&self) -> bool {
        !self.asked.is_empty()
    }

    /// The client sent this, or nothing, if the server's answer may have changed what can be passed on.
    pub(super) fn client_says(&mut self, bytes: &[u8]) -> Result<Outcome, (Outcome, Refusal)> {
        let mut outcome = Outcome::default();
        match self.take_client(bytes, &mut outcome) {
            Ok(()) => Ok(outcome),
            Err(refusal) => Err((outcome, refusal)),
        }
    }

    fn take_client(&mut self, bytes: &[u8], outcome: &mut Outcome) -> Result<(), Refusal> {
        let mut joined;
        let mut rest = bytes;
        if !self.held.is_empty() {
            joined = std::mem::take(&mut self.held);
            joined.extend_from_slice(bytes);
            rest = &joined;
        }
        loop {
            match &mut self.up {
                Up::Waiting => {
                    self.held = rest.to_vec();
                    return Ok(());
                }
                Up::Stream => {
                    if !rest.is_empty() {
                        outcome.pass.extend_from_slice(rest);
                        let bytes = Bytes::copy_from_slice(rest);
                        outcome.seen.push(Seen::Stream(Direction::ToProgram, bytes));
                    }
                    return Ok(());
                }
                Up::Head => {
                    if rest.is_empty() {
                        return Ok(());
                    }
                    let Some(found) = head::request(rest)? else {
                        self.held = rest.to_vec();
                        return Ok(());
                    };
                    self.gate.admit(&found.head)?;
                    let body = Body::of_request(&found.head)?;
                    outcome.pass.extend(self.gate.rewritten(rest, &found));
                    rest = &rest[found.head.size..];
                    let upgrade = found.head.asks_for_upgrade();
                    self.asked.push_back(Asked { method: found.head.method.clone(), upgrade });
                    outcome.seen.push(Seen::Request(Box::new(found.head)));
                    self.up = Up::Body(body);
                }
                Up::Body(body) => {
                    let seen = &mut outcome.seen;
                    let taken = body.take(rest, &mut |data| {
                        if !data.is_empty() {
                            seen.push(Seen::RequestBody(Bytes::copy_from_slice(data)));
                        }
                    })?;
                    outcome.pass.extend_from_slice(&rest[..taken.bytes]);
                    rest = &rest[taken.bytes..];
                    if !taken.ended {
                        return Ok(());
                    }
                    outcome.seen.push(Seen::RequestEnded);
                    // The answer may have come before the request's end.
                    let waits = self.asked.back().is_some_and(|asked| asked.upgrade);
                    self.up = match (waits, &self.down) {
                        (_, Down::Stream) => Up::Stream,
                        (true, _) => Up::Waiting,
                        (false, _) => Up::Head,
                    };
                }
            }
        }
    }

    /// The server sent this. It passes as it is.
    pub(super) fn server_says(&mut self, bytes: &[u8]) -> Vec<Seen> {
        let mut seen = Vec::new();
        let mut joined;
        let mut rest = bytes;
        if !self.unread.is_empty() {
            joined = std::mem::take(&mut self.unread);
            joined.extend_from_slice(bytes);
            rest = &joined;
        }
        while !rest.is_empty() {
            match self.take_server(rest, &mut seen) {
                Some(used) => rest = &rest[used..],
                None => break,
            }
        }
        seen
    }

    /// The server sends no more.
    pub(super) fn server_ended(&mut self) -> Vec<Seen> {
        match std::mem::replace(&mut self.down, Down::Unreadable) {
            Down::Body(Body::UntilClose) => vec![Seen::AnswerEnded],
            Down::Head if !self.unread.is_empty() => self.unreadable(&[]),
            _ => Vec::new(),
        }
    }

    /// How many bytes were used; none if more are needed.
    fn take_server(&mut self, rest: &[u8], seen: &mut Vec<Seen>) -> Option<usize> {
        match &mut self.down {
            Down::Unreadable => None,
            Down::Stream => {
                seen.push(Seen::Stream(Direction::FromProgram, Bytes::copy_from_slice(rest)));
                Some(rest.len())
            }
            Down::Body(body) => {
                let taken = body.take(rest, &mut |data| {
                    if !data.is_empty() {
                        seen.push(Seen::AnswerBody(Bytes::copy_from_slice(data)));
                    }
                });
                let Ok(taken) = taken else {
                    seen.extend(self.unreadable(rest));
                    return None;
                };
                if taken.ended {
                    self.answered(seen);
                }
                Some(taken.bytes)
            }
            Down::Head => match head::answer(rest) {
                Ok(None) => {
                    self.unread = rest.to_vec();
                    None
                }
                Ok(Some(head)) => {
                    let size = head.size;
                    self.answer(head, seen);
                    Some(size)
                }
                Err(_) => {
                    seen.extend(self.unreadable(rest));
                    None
                }
            },
        }
    }

    fn answer(&mut self, head: head::AnswerHead, seen: &mut Vec<Seen>) {
        let status = head.status;
        let asked = self.asked.front();
        let method = asked.map_or("GET", |asked| asked.method.as_str());
        let body = Body::of_answer(&head, method);
        let leaves = status == 101 && asked.is_some_and(|asked| asked.upgrade);
        if (100..200).contains(&status) && !leaves {
            // An answer before the answer: `100 Continue`.
            return;
        }
        seen.push(Seen::Answer(Box::new(head)));
        if leaves {
            self.asked.pop_front();
            self.down = Down::Stream;
            if matches!(self.up, Up::Waiting) {
                self.up = Up::Stream;
            }
            return;
        }
        match body {
            Ok(Body::Length(0)) => self.answered(seen),
            Ok(body) => self.down = Down::Body(body),
            Err(_) => seen.extend(self.unreadable(&[])),
        }
    }

    fn answered(&mut self, seen: &mut Vec<Seen>) {
        seen.push(Seen::AnswerEnded);
        self.down = Down::Head;
        if self.asked.pop_front().is_some_and(|asked| asked.upgrade) && matches!(self.up, Up::Waiting) {
            // It stays with HTTP.
            self.up = Up::Head;
        }
    }

    fn unreadable(&mut self, rest: &[u8]) -> Vec<Seen> {
        let bytes = if rest.is_empty() { std::mem::take(&mut self.unread) } else { rest.to_vec() };
        self.down = Down::Unreadable;
        // Nobody can say any more what is answered: the client's next bytes are a request like any other.
        self.asked.clear();
        if matches!(self.up, Up::Waiting) {
            self.up = Up::Head;
        }
        vec![Seen::Unreadable(bytes.into())]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::target::Target;

    const HOST: &str = "Host: 127.0.0.1:4000\r\n";

    fn gate() -> Gate {
        let target = Target::parse("http://127.0.0.1:3000").expect("an address");
        Gate::new(([127, 0, 0, 1], 4000).into(), &target, &[])
    }

    fn names(seen: &[Seen]) -> Vec<String> {
        let name = |seen: &Seen| match seen {
            Seen::Request(head) => format!("{} {}", head.method, head.target),
            Seen::RequestBody(bytes) | Seen::AnswerBody(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Seen::RequestEnded => "asked".to_owned(),
            Seen::Answer(head) => head.status.to_string(),
            Seen::AnswerEnded => "answered".to_owned(),
            Seen::Stream(_, bytes) => format!("stream {}", String::from_utf8_lossy(bytes)),
            other => format!("{other:?}"),
        };
        seen.iter().map(name).collect()
    }

    #[test]
    fn requests_and_answers_are_told_however_they_are_cut() {
        let gate = gate();
        let asked =
            format!("POST /a HTTP/1.1\r\n{HOST}Content-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n{HOST}\r\n");
        let answered = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n\
                        HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n";
        let passed = asked.replace("4000", "3000");
        for step in [1, 2, 7, 1000] {
            let mut talk = Conversation::new(&gate);
            let (mut pass, mut up, mut down) = (Vec::new(), Vec::new(), Vec::new());
            for piece in asked.as_bytes().chunks(step) {
                let outcome = talk.client_says(piece).expect("admitted");
                pass.extend(outcome.pass);
                up.extend(names(&outcome.seen));
            }
            assert_eq!(String::from_utf8(pass).expect("text"), passed, "{step}");
            assert_eq!(up.concat(), "POST /aabcaskedGET /basked", "{step}");
            assert!(talk.owes_answers());
            for piece in answered.as_bytes().chunks(step) {
                down.extend(names(&talk.server_says(piece)));
            }
            assert_eq!(down.concat(), "200okanswered304answered", "{step}");
            assert!(!talk.owes_answers());
        }
    }

    fn upgrade() -> String {
        format!("GET /ws HTTP/1.1\r\n{HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
    }

    #[test]
    fn after_101_bytes_only_pass() {
        let gate = gate();
        let mut talk = Conversation::new(&gate);
        let early = talk.client_says(format!("{}early", upgrade()).as_bytes()).expect("admitted");
        assert!(early.pass.ends_with(b"\r\n\r\n"));
        let down = talk.server_says(b"HTTP/1.1 101 Switching Protocols\r\n\r\nhello");
        assert_eq!(names(&down), ["101", "stream hello"]);
        let later = talk.client_says(b"").expect("passes");
        assert_eq!(
            (later.pass.as_slice(), names(&later.seen)),
            (b"early".as_slice(), vec!["stream early".to_owned()])
        );
        assert_eq!(talk.client_says(b"GET x").expect("passes").pass, b"GET x");
    }

    proptest! {
        /// Whatever the server says passes, however it is cut; and what is seen of it is the same.
        #[test]
        fn any_answers_are_seen_alike(
            parts in proptest::collection::vec(0_usize..7, 0..8),
            garbage in proptest::collection::vec(0_u8..128, 0..40),
            step in 1_usize..60,
        ) {
            const PARTS: [&str; 7] = [
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "x\r\n\r\n",
            ];
            let gate = gate();
            let mut bytes: Vec<u8> = parts.iter().flat_map(|part| PARTS[*part].bytes()).collect();
            bytes.extend(garbage);
            let seen = |step: usize| {
                let mut talk = Conversation::new(&gate);
                talk.client_says(upgrade().as_bytes()).expect("admitted");
                let pieces = bytes.chunks(step).flat_map(|piece| names(&talk.server_says(piece))).collect::<Vec<_>>();
                // Bodies and streams come in pieces, and what cannot be read is told as far as it came.
                let joined: Vec<String> = pieces.into_iter().filter(|name| !name.starts_with("Unreadable")).collect();
                joined.concat().replace("stream ", "")
            };
            prop_assert_eq!(seen(step), seen(usize::MAX));
        }
    }

    #[test]
    fn a_refused_upgrade_stays_with_http_and_its_gate() {
        let gate = gate();
        let mut talk = Conversation::new(&gate);
        let next = "GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n";
        talk.client_says(format!("{}{next}", upgrade()).as_bytes()).expect("held");
        assert_eq!(
            names(&talk.server_says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno")),
            ["400", "no", "answered"]
        );
        assert!(matches!(talk.client_says(b""), Err((_, Refusal::Host(_)))));
    }

    #[test]
    fn what_came_before_a_refusal_passes() {
        let gate = gate();
        let mut talk = Conversation::new(&gate);
        let both = format!("GET / HTTP/1.1\r\n{HOST}\r\nrubbish\r\n\r\n");
        let (outcome, refusal) = talk.client_says(both.as_bytes()).expect_err("rubbish");
        assert_eq!(names(&outcome.seen), ["GET /", "asked"]);
        assert_eq!(refusal, Refusal::Head(head::HeadError::NotHttp));
    }

    #[test]
    fn a_server_that_speaks_no_http_is_passed_on() {
        let gate = gate();
        let mut talk = Conversation::new(&gate);
        talk.client_says(upgrade().as_bytes()).expect("admitted");
        assert_eq!(talk.server_says(b"SSH-2.0\r\n"), [Seen::Unreadable(Bytes::from_static(b"SSH-2.0\r\n"))]);
        assert_eq!(talk.server_says(b"more"), []);
        let mut cut = Conversation::new(&gate);
        assert_eq!(cut.server_says(b"HTTP/1.1 2"), []);
        assert_eq!(cut.server_ended(), [Seen::Unreadable(Bytes::from_static(b"HTTP/1.1 2"))]);
    }

    #[test]
    fn an_answer_without_a_length_ends_with_the_connection() {
        let gate = gate();
        let mut talk = Conversation::new(&gate);
        talk.client_says(format!("GET / HTTP/1.1\r\n{HOST}\r\n").as_bytes()).expect("admitted");
        assert_eq!(names(&talk.server_says(b"HTTP/1.1 200 OK\r\n\r\nab")), ["200", "ab"]);
        assert_eq!(names(&talk.server_ended()), ["answered"]);
    }
}
