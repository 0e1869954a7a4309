//! A WebSocket that carries Engine.IO packets, one packet a frame. Both chairs use it.
//!
//! Reading never waits for writing: what is fed goes out while the next frame is awaited, so a program that does not
//! read cannot stop us from hearing it, or from cutting its line.

use std::future::poll_fn;

use bytes::Bytes;
use futures_util::{FutureExt, SinkExt, StreamExt};
use grader::wire::engine::{Frame, Packet};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        protocol::{CloseFrame, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};

use super::{CLOSE_DEADLINE, words};

/// Bytes.
const READ_AT_ONCE: usize = 8 * 1024;

/// The open WebSocket.
pub(super) struct Frames<S> {
    socket: WebSocketStream<S>,
    unflushed: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Frames<S> {
    /// Takes over `stream` after its HTTP handshake; `read` is what came with the handshake's last bytes.
    pub(super) async fn new(stream: S, read: Bytes, role: Role, limit: usize) -> Self {
        // Frames are small here, and the whole buffer is cleared before each read.
        let config = WebSocketConfig::default()
            .max_message_size(Some(limit))
            .max_frame_size(Some(limit))
            .read_buffer_size(READ_AT_ONCE);
        let socket = WebSocketStream::from_partially_read(stream, read.into(), role, Some(config)).await;
        Self { socket, unflushed: false }
    }

    /// Queues packets, and writes as much as goes without waiting; [`Self::next`] writes the rest.
    ///
    /// A failure is not told here: [`Self::next`] first brings what came before it, then the reason.
    pub(super) fn feed(&mut self, packets: &[Packet]) {
        for packet in packets {
            let message = match packet.to_frame() {
                Frame::Text(text) => Message::text(text),
                Frame::Binary(bytes) => Message::binary(bytes),
            };
            drop(self.socket.start_send_unpin(message));
        }
        self.flush_now();
    }

    /// The next packet, or how the transport ended. Cancel safe.
    pub(super) async fn next(&mut self) -> Result<Packet, String> {
        loop {
            let message = match self.event().await {
                Some(Ok(message)) => message,
                Some(Err(error)) => {
                    if matches!(error, Error::Capacity(_)) {
                        let frame = CloseFrame { code: CloseCode::Size, reason: "".into() };
                        drop(self.socket.start_send_unpin(Message::Close(Some(frame))));
                        self.flush_now();
                    }
                    return Err(words::of_websocket(&error));
                }
                None => return Err(words::of_websocket(&Error::ConnectionClosed)),
            };
            match message {
                Message::Binary(bytes) => return Ok(Packet::Binary(bytes.into())),
                Message::Text(text) => {
                    return Packet::from_text(&text).map_err(|problem| {
                        format!("the frame `{}` is no Engine.IO packet: {problem}", words::start_of(&text))
                    });
                }
                Message::Close(frame) => {
                    // Our half of the closing handshake, as far as it goes without waiting.
                    self.flush_now();
                    return Err(words::of_close(frame.as_ref()));
                }
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => self.unflushed = true,
            }
        }
    }

    /// Closes politely. What still comes before the other side's close frame goes to `heard`.
    pub(super) async fn close(&mut self, mut heard: impl FnMut(Packet)) {
        if self.socket.start_send_unpin(Message::Close(None)).is_err() {
            return;
        }
        self.unflushed = true;
        // The end comes in any case; a program that ignores the close frame only delays it.
        drop(
            timeout(CLOSE_DEADLINE, async {
                while let Ok(packet) = self.next().await {
                    heard(packet);
                }
            })
            .await,
        );
    }

    /// The stream below, for cutting it.
    pub(super) fn stream(&self) -> &S {
        self.socket.get_ref()
    }

    fn flush_now(&mut self) {
        self.unflushed = self.socket.flush().now_or_never().is_none();
    }

    async fn event(&mut self) -> Option<Result<Message, Error>> {
        poll_fn(|context| {
            if self.unflushed {
                self.unflushed = self.socket.poll_flush_unpin(context).is_pending();
            }
            self.socket.poll_next_unpin(context)
        })
        .await
    }
}
