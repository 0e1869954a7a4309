//! One side of long-polling: requests one after another, over a connection that is kept while it is good.
//! Next: [`super::polling`].

use std::{net::SocketAddr, time::Duration};

use hyper::header::HeaderMap;
use tokio::time::Instant;

use crate::carrier::{
    http,
    link::{Answer, Failure, Link, whole},
};

/// A connection that was idle longer is not used again: the server may be closing it at this moment (Node after
/// 5 s, gunicorn after 2 s), and then nobody knows whether a POST was handled.
const KEPT: Duration = Duration::from_secs(1);

/// The connection and the headers of every request on it.
pub(super) struct Lane {
    addr: SocketAddr,
    headers: HeaderMap,
    kept: Option<(Link, Instant)>,
}

impl Lane {
    pub(super) fn new(addr: SocketAddr, headers: HeaderMap) -> Self {
        Self { addr, headers, kept: None }
    }

    /// Sends a request and reads its whole answer. Dropping the future closes the connection.
    pub(super) async fn ask(&mut self, method: &str, path: &str, body: Vec<u8>) -> Result<Answer, Failure> {
        let mut ask = http::ask(method, path, &self.headers, body)?;
        if let Some((mut link, since)) = self.kept.take()
            && since.elapsed() < KEPT
            && link.is_open().await
        {
            match link.send(ask).await {
                Ok(response) => return self.keep(link, whole(response).await),
                Err((_, Some(unsent))) => ask = unsent,
                Err((failure, None)) => return Err(failure),
            }
        }
        let mut link = Link::connect(self.addr).await?;
        let response = link.send(ask).await.map_err(|(failure, _)| failure)?;
        self.keep(link, whole(response).await)
    }

    fn keep(&mut self, link: Link, answer: Result<Answer, Failure>) -> Result<Answer, Failure> {
        if answer.is_ok() {
            self.kept = Some((link, Instant::now()));
        }
        answer
    }
}
