//! Hands a browser's request on to the program, and what comes back to the browser; WebSocket included.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One request, on a connection of its own. The program sees itself as `Host` and `Origin`, as if the page were its own.
pub(super) async fn relay(program: SocketAddr, request: Request) -> Response {
    match exchange(program, request).await {
        Ok(response) => response,
        Err(error) => {
            let words = format!("the program at {program} does not answer: {error}\n");
            (StatusCode::BAD_GATEWAY, words).into_response()
        }
    }
}

type Error = Box<dyn std::error::Error + Send + Sync>;

async fn exchange(program: SocketAddr, mut request: Request) -> Result<Response, Error> {
    let stream = TcpStream::connect(program).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection.with_upgrades());

    let browser = hyper::upgrade::on(&mut request);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).parse()?;
    *request.uri_mut() = path;
    let headers = request.headers_mut();
    headers.insert(header::HOST, HeaderValue::try_from(program.to_string())?);
    if headers.contains_key(header::ORIGIN) {
        headers.insert(header::ORIGIN, HeaderValue::try_from(format!("http://{program}"))?);
    }
    let mut response = sender.send_request(request).await?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        let program = hyper::upgrade::on(&mut response);
        tokio::spawn(async move {
            // Either side may hang up at any time; then the other is hung up, too.
            let (browser, program) = tokio::try_join!(browser, program)?;
            let (mut browser, mut program) = (TokioIo::new(browser), TokioIo::new(program));
            tokio::io::copy_bidirectional(&mut browser, &mut program).await?;
            Ok::<_, Error>(())
        });
    }
    Ok(response.map(Body::new))
}
