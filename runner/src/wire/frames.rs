//! The WebSocket frames of one direction, read beside what passes (RFC 6455, section 5; RFC 7692).
//!
//! Nothing is answered and nothing refused here. What cannot be read ends the reading, not the connection.
//! Next: [`super::inflate`].

use super::{
    inflate::Inflater,
    room::{Kept, Room},
};

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A whole text message.
    Text(String),
    /// A whole binary message.
    Binary(Vec<u8>),
    /// A close frame: code and reason.
    Close(Option<(u16, String)>),
    /// A ping or pong of the WebSocket itself.
    Heartbeat,
    /// A message of so many bytes is too long to be read.
    TooLong(u64),
    /// From here on nothing can be read; why, and what came.
    Unreadable(&'static str, Vec<u8>),
}

/// Reads the frames of one direction.
pub(super) struct Frames {
    room: Room,
    at: At,
    head: Vec<u8>,
    message: Option<Message>,
    control: Vec<u8>,
    inflater: Option<Inflater>,
}

enum At {
    Head,
    Payload { opcode: u8, last: bool, mask: Option<[u8; 4]>, left: u64, offset: usize },
    Lost,
}

struct Message {
    binary: bool,
    deflated: bool,
    kept: Kept,
}

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PONG: u8 = 10;

impl Frames {
    /// `extensions` is what the two sides agreed on: the answer's `Sec-WebSocket-Extensions`.
    pub(super) fn new(room: &Room, extensions: Option<&str>) -> Self {
        let names = extensions.unwrap_or_default().split(',');
        let deflate = names
            .into_iter()
            .any(|one| one.split(';').next().is_some_and(|name| name.trim() == "permessage-deflate"));
        Self {
            room: room.clone(),
            at: At::Head,
            head: Vec::new(),
            message: None,
            control: Vec::new(),
            inflater: deflate.then(Inflater::default),
        }
    }

    /// What came was lost: there is no finding back.
    pub(super) fn lose(&mut self) {
        self.at = At::Lost;
        self.message = None;
    }

    /// Reads on.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        let mut rest = bytes;
        loop {
            match &mut self.at {
                At::Lost => return frames,
                At::Head => {
                    let Some(byte) = rest.first() else { return frames };
                    self.head.push(*byte);
                    rest = &rest[1..];
                    if let Err(why) = self.head_grew() {
                        let came = [self.head.as_slice(), rest].concat();
                        self.lose();
                        frames.push(Frame::Unreadable(why, came));
                    }
                }
                At::Payload { opcode, mask, left, offset, .. } => {
                    let now = usize::try_from(*left).map_or(rest.len(), |left| left.min(rest.len()));
                    if now == 0 && *left > 0 {
                        return frames;
                    }
                    let mut part = rest[..now].to_vec();
                    if let Some(mask) = mask {
                        part.iter_mut()
                            .enumerate()
                            .for_each(|(index, byte)| *byte ^= mask[(*offset + index) % 4]);
                    }
                    rest = &rest[now..];
                    *offset += now;
                    *left -= now as u64;
                    let ended = *left == 0;
                    if *opcode >= CLOSE {
                        self.control.extend(part);
                    } else if let Some(message) = &mut self.message {
                        message.kept.push(&part);
                    }
                    if ended {
                        frames.extend(self.frame_ended());
                    }
                }
            }
        }
    }

    /// Reads the head of a frame as soon as it is complete.
    fn head_grew(&mut self) -> Result<(), &'static str> {
        let [first, second, ..] = self.head.as_slice() else { return Ok(()) };
        let (last, opcode, reserved) = (first & 0x80 != 0, first & 0x0f, first & 0x70);
        let deflated = reserved == 0x40 && self.inflater.is_some();
        let masked = second & 0x80 != 0;
        let wide = match second & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let size = 2 + wide + if masked { 4 } else { 0 };
        if self.head.len() < size {
            return Ok(());
        }
        let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let left = if wide == 0 { u64::from(second & 0x7f) } else { number(&self.head[2..2 + wide]) };
        let mask = self.head[2 + wide..size].try_into().ok();
        if reserved != 0 && !deflated {
            return Err("it uses an extension that nobody agreed on");
        }
        match opcode {
            CONTINUATION if self.message.is_none() => return Err("a message goes on that never began"),
            CONTINUATION => {}
            TEXT | BINARY if self.message.is_some() => return Err("a message begins inside another"),
            TEXT | BINARY => {
                let kept = self.room.keep();
                self.message = Some(Message { binary: opcode == BINARY, deflated, kept });
            }
            CLOSE..=PONG if last && wide == 0 => {}
            _ => return Err("it is no frame of a WebSocket"),
        }
        self.at = At::Payload { opcode, last, mask, left, offset: 0 };
        self.head.clear();
        Ok(())
    }

    fn frame_ended(&mut self) -> Option<Frame> {
        let At::Payload { opcode, last, .. } = std::mem::replace(&mut self.at, At::Head) else { return None };
        match opcode {
            CLOSE => {
                let payload = std::mem::take(&mut self.control);
                Some(Frame::Close(payload.split_first_chunk().map(|(code, reason)| {
                    (u16::from_be_bytes(*code), String::from_utf8_lossy(reason).into_owned())
                })))
            }
            opcode if opcode > CLOSE => {
                self.control.clear();
                Some(Frame::Heartbeat)
            }
            _ if !last => None,
            _ => self.message.take().map(|message| self.message_ended(&message)),
        }
    }

    fn message_ended(&mut self, message: &Message) -> Frame {
        let too_long = Frame::TooLong(message.kept.total());
        let Some(bytes) = message.kept.whole() else {
            if message.deflated {
                // What follows is written in words of what is lost.
                self.lose();
                return Frame::Unreadable("a compressed message is too long to be read", Vec::new());
            }
            return too_long;
        };
        let bytes = match self.inflater.as_mut().filter(|_| message.deflated) {
            None => bytes.to_vec(),
            Some(inflater) => match inflater.message(bytes, &mut self.room.keep()) {
                Ok(Some(whole)) => whole,
                Ok(None) => return too_long,
                Err(_) => {
                    let came = bytes.to_vec();
                    self.lose();
                    return Frame::Unreadable("its compression is broken", came);
                }
            },
        };
        if message.binary {
            return Frame::Binary(bytes);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Frame::Text(text),
            Err(error) => Frame::Unreadable("its text is not UTF-8", error.into_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frame(first: u8, payload: &[u8], mask: Option<[u8; 4]>) -> Vec<u8> {
        let bit = if mask.is_some() { 0x80 } else { 0 };
        let mut bytes = vec![first];
        match payload.len() {
            length @ 0..=125 => bytes.push(bit | u8::try_from(length).expect("short")),
            length @ 126..=0xffff => {
                bytes.push(bit | 0x7e);
                bytes.extend(u16::try_from(length).expect("short").to_be_bytes());
            }
            length => {
                bytes.push(bit | 0x7f);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        bytes.extend(mask.unwrap_or_default().iter().take(if mask.is_some() { 4 } else { 0 }));
        let mask = mask.unwrap_or_default();
        bytes.extend(payload.iter().enumerate().map(|(index, byte)| byte ^ mask[index % 4]));
        bytes
    }

    fn read(bytes: &[u8], step: usize, extensions: Option<&str>) -> Vec<Frame> {
        let mut frames = Frames::new(&Room::default(), extensions);
        bytes.chunks(step).flat_map(|piece| frames.read(piece)).collect()
    }

    #[test]
    fn frames_are_read_however_they_are_cut() {
        let mask = Some([1, 2, 3, 4]);
        let long = "é".repeat(40_000);
        let bytes = [
            frame(0x81, b"40", mask),
            frame(0x01, b"42[", mask),
            frame(0x89, b"ping", None),
            frame(0x80, b"1]", mask),
            frame(0x82, &[0, 255], None),
            frame(0x81, b"", None),
            frame(0x81, long.as_bytes(), mask),
            frame(0x88, b"\x03\xe8bye", mask),
            frame(0x88, b"", None),
        ]
        .concat();
        for step in [1, 3, 1000, bytes.len()] {
            assert_eq!(
                read(&bytes, step, None),
                [
                    Frame::Text("40".to_owned()),
                    Frame::Heartbeat,
                    Frame::Text("42[1]".to_owned()),
                    Frame::Binary(vec![0, 255]),
                    Frame::Text(String::new()),
                    Frame::Text(long.clone()),
                    Frame::Close(Some((1000, "bye".to_owned()))),
                    Frame::Close(None),
                ],
                "{step}"
            );
        }
    }

    /// The examples of RFC 7692, section 7.2.3: "Hello", twice with one window, and in a stored block.
    #[test]
    fn compressed_messages_are_read() {
        let bytes = [
            frame(0xc1, &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], None),
            frame(0x41, &[0xf2, 0x00], None),
            frame(0x80, &[0x11, 0x00, 0x00], None),
            frame(0xc1, &[0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00], None),
            // With the last block marked as the last.
            frame(0xc1, &[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00], None),
            frame(0xc1, &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], None),
            frame(0x81, b"plain", None),
        ]
        .concat();
        let hello = || Frame::Text("Hello".to_owned());
        let expected = [hello(), hello(), hello(), hello(), hello(), Frame::Text("plain".to_owned())];
        for step in [1, bytes.len()] {
            assert_eq!(read(&bytes, step, Some("permessage-deflate; client_max_window_bits")), expected);
        }
    }

    #[test]
    fn what_is_no_frame_ends_the_reading() {
        for (bytes, extensions) in [
            (b"HTTP/1.1 200 OK".as_slice(), None),
            (&frame(0xc1, &[0xf2, 0x48], None), None),
            (&frame(0x80, b"x", None), None),
            (&[frame(0x01, b"x", None), frame(0x81, b"y", None)].concat(), None),
            (&frame(0x09, b"ping in parts", None), None),
            (&frame(0x8b, b"", None), None),
            (&frame(0xc1, &[0xff; 20], None), Some("permessage-deflate")),
        ] {
            let frames = read(&[bytes, &frame(0x81, b"later", None)].concat(), 1, extensions);
            assert!(matches!(frames.as_slice(), [Frame::Unreadable(..)]), "{bytes:?} {frames:?}");
        }
        let text = read(&[frame(0x81, &[0xff], None), frame(0x81, b"later", None)].concat(), 99, None);
        assert_eq!(
            text,
            [Frame::Unreadable("its text is not UTF-8", vec![0xff]), Frame::Text("later".to_owned())]
        );
    }

    proptest! {
        /// Whatever comes: no panic, and the same however it is cut.
        #[test]
        fn any_bytes_are_read_alike(
            pieces in proptest::collection::vec((any::<u8>(), proptest::collection::vec(any::<u8>(), 0..40)), 0..8),
            garbage in proptest::collection::vec(any::<u8>(), 0..60),
            step in 1_usize..50,
            deflated in any::<bool>(),
        ) {
            let frames: Vec<u8> = pieces.iter().flat_map(|(first, payload)| frame(*first, payload, None)).collect();
            let bytes = [frames, garbage].concat();
            let extensions = deflated.then_some("permessage-deflate");
            prop_assert_eq!(lost_tail(read(&bytes, step, extensions)), lost_tail(read(&bytes, usize::MAX, extensions)));
        }
    }

    /// How much came with what could not be read depends on the cut.
    fn lost_tail(mut frames: Vec<Frame>) -> Vec<Frame> {
        for frame in &mut frames {
            if let Frame::Unreadable(_, bytes) = frame {
                bytes.clear();
            }
        }
        frames
    }

    #[test]
    fn a_huge_message_is_counted_and_the_next_is_read() {
        let huge = vec![b'x'; 17 * 1024 * 1024];
        let bytes = [frame(0x81, &huge, None), frame(0x81, b"next", None)].concat();
        let expected = [Frame::TooLong(huge.len() as u64), Frame::Text("next".to_owned())];
        assert_eq!(read(&bytes, 64 * 1024, None), expected);
    }
}
