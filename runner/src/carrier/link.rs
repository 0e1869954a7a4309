//! One HTTP/1.1 connection to the program under test. [`super::http`] uses one a call, [`super::dial`] keeps some.

use std::{io, net::SocketAddr};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::http1::{self, SendRequest},
    header::HeaderMap,
};
use hyper_util::rt::TokioIo;
use thiserror::Error;
use tokio::{net::TcpStream, task::AbortHandle};

use super::{MAX_BYTES, words};

/// A request with its whole body.
pub(super) type Ask = Request<Full<Bytes>>;

/// An answer with its whole body.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub(super) enum Failure {
    /// No connection: nobody listens.
    #[error("{}", words::of_io(.0))]
    Unreachable(io::Error),
    /// The request cannot be written.
    #[error("the request cannot be sent: {0}")]
    Unsendable(String),
    /// The exchange broke off; in words.
    #[error("{0}")]
    Broken(String),
    /// The answer is too long.
    #[error("an HTTP body over {MAX_BYTES} bytes")]
    TooLarge,
}

impl From<hyper::Error> for Failure {
    fn from(error: hyper::Error) -> Self {
        Self::Broken(words::of_http(&error))
    }
}

/// The connection. Dropping it closes the TCP connection, pending request or not.
pub(super) struct Link {
    sender: SendRequest<Full<Bytes>>,
    driver: AbortHandle,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Link {
    pub(super) async fn connect(addr: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(addr).await.map_err(Failure::Unreachable)?;
        stream.set_nodelay(true).map_err(Failure::Unreachable)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Its error is told to the request that waits.
        let driver = tokio::spawn(async move { drop(connection.with_upgrades().await) }).abort_handle();
        Ok(Self { sender, driver })
    }

    /// Whether another request can be sent. A server may close a connection after any answer.
    pub(super) async fn is_open(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends `ask`, which was not sent if the error holds it.
    pub(super) async fn send(&mut self, ask: Ask) -> Result<Response<Incoming>, (Failure, Option<Ask>)> {
        self.sender.try_send_request(ask).await.map_err(|mut refused| {
            let unsent = refused.take_message();
            (refused.into_error().into(), unsent)
        })
    }
}

/// Reads the whole body, up to [`MAX_BYTES`].
pub(super) async fn whole(response: Response<Incoming>) -> Result<Answer, Failure> {
    let (head, body) = response.into_parts();
    let body = Limited::new(body, MAX_BYTES).collect().await.map_err(|error| {
        match error.downcast::<hyper::Error>() {
            Ok(broken) => Failure::from(*broken),
            Err(other) if other.is::<LengthLimitError>() => Failure::TooLarge,
            Err(other) => Failure::Broken(other.to_string()),
        }
    })?;
    Ok(Answer { status: head.status.as_u16(), headers: head.headers, body: body.to_bytes() })
}
