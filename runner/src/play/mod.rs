//! Playing by hand what the checks play by themselves: at a prompt ([`hand`]), and on a page in the browser.
//!
//! The page: one port serves the exercise's `page/` folder, the official client (`/socket.io.js`), a common style sheet
//! (`/play.css`), and hands everything else on to the program: so a page needs no address and no CORS.
//! Only this computer's browser gets an answer, and only for pages of this port. Next: [`relay`].

pub mod hand;
mod relay;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::watch};

/// The official client 4.8.3, as published on npm (MIT): a page must work where there is no Node.
const CLIENT: &str = include_str!("socket.io.min.js");
/// What all pages look like.
const STYLE: &str = include_str!("play.css");

/// A port that is open, for a page and a program that follow.
pub struct Stage {
    listener: TcpListener,
    addr: SocketAddr,
}

/// What stands behind the port.
struct Scene {
    /// Our own address: who asks for another one is refused.
    own: SocketAddr,
    /// The exercise's `page/` folder.
    folder: PathBuf,
    /// Where the learner's program listens at the moment.
    program: watch::Receiver<SocketAddr>,
}

impl Stage {
    /// Opens a port of 127.0.0.1; `port` 0: one that the system chooses.
    pub async fn open(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let addr = listener.local_addr()?;
        Ok(Self { listener, addr })
    }

    /// What to type into the browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.addr)
    }

    /// Serves until it is dropped. `program` is where the program listens, which may change.
    pub async fn serve(self, folder: &Path, program: watch::Receiver<SocketAddr>) -> io::Result<()> {
        let scene = Arc::new(Scene { own: self.addr, folder: folder.to_path_buf(), program });
        let router = Router::new().fallback(answer).with_state(scene);
        // TCP_NODELAY: without it each answer of a relayed poll waits 40 ms for the browser's acknowledgement.
        let listener = axum::serve::ListenerExt::tap_io(self.listener, |stream| {
            stream.set_nodelay(true).ok();
        });
        axum::serve(listener, router).await
    }
}

async fn answer(State(scene): State<Arc<Scene>>, request: Request) -> Response {
    if !is_own(request.headers(), scene.own) {
        let words = "only pages of this address are served here\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    if request.method() == Method::GET
        && let Some(page) = page(&scene, request.uri().path())
    {
        return page;
    }
    let program = *scene.program.borrow();
    relay::relay(program, request).await
}

/// Another site must not speak to the learner's server through us, not even by a DNS name that leads here.
fn is_own(headers: &HeaderMap, own: SocketAddr) -> bool {
    let names = [own.to_string(), format!("localhost:{}", own.port())];
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let host = text(header::HOST).is_some_and(|host| names.iter().any(|name| name == host));
    let origin = text(header::ORIGIN).is_none_or(|origin| {
        origin.strip_prefix("http://").is_some_and(|origin| names.iter().any(|name| name == origin))
    });
    // Browsers name no origin when a page only asks for an image or a script.
    let is = |name: &'static str, value: &str| text(HeaderName::from_static(name)) == Some(value);
    let is_embedded = is("sec-fetch-site", "cross-site") && !is("sec-fetch-mode", "navigate");
    host && origin && !(is_embedded && text(header::ORIGIN).is_none())
}

/// A file of the page; `None`: the path is the program's.
fn page(scene: &Scene, path: &str) -> Option<Response> {
    let name = match path {
        "/" => "index.html",
        "/socket.io.js" => return Some(file(CLIENT.into(), "text/javascript; charset=utf-8")),
        "/play.css" => return Some(file(STYLE.into(), "text/css; charset=utf-8")),
        other => other.strip_prefix('/')?,
    };
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if name.starts_with('.') || !name.chars().all(is_plain) {
        return None;
    }
    let kind = match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    // Read anew each time: whoever works on a page only has to reload it.
    Some(file(std::fs::read(scene.folder.join(name)).ok()?.into(), kind))
}

fn file(content: Body, kind: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'self'; base-uri 'none'; frame-ancestors 'self'"),
    ];
    let headers: HeaderMap =
        headers.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
    (headers, content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_answered() {
        let own: SocketAddr = "127.0.0.1:4000".parse().unwrap();
        let asked = |host: &'static str, origin: Option<&'static str>| {
            let mut headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
            headers.extend(origin.map(|origin| (header::ORIGIN, HeaderValue::from_static(origin))));
            is_own(&headers, own)
        };
        assert!(asked("127.0.0.1:4000", None));
        assert!(asked("localhost:4000", Some("http://localhost:4000")));
        for (host, origin) in [
            ("127.0.0.1:4001", None),
            ("example.org:4000", None),
            ("localhost", None),
            ("127.0.0.1:4000", Some("http://example.org")),
            ("127.0.0.1:4000", Some("null")),
            ("127.0.0.1:4000", Some("https://127.0.0.1:4000")),
        ] {
            assert!(!asked(host, origin), "{host} {origin:?}");
        }
    }

    #[test]
    fn a_page_cannot_be_left() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("page")).unwrap();
        for name in ["page/index.html", "page/page.js", "secret.js"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let addr = "127.0.0.1:1".parse().unwrap();
        let scene = Scene {
            own: addr,
            folder: folder.path().join("page"),
            program: watch::Sender::new(addr).subscribe(),
        };
        for there in ["/", "/index.html", "/page.js", "/socket.io.js", "/play.css"] {
            assert!(page(&scene, there).is_some(), "{there}");
        }
        for not in
            ["/../secret.js", "/..%2fsecret.js", "//secret.js", "/.page.js", "/socket.io/", "/none.js", ""]
        {
            assert!(page(&scene, not).is_none(), "{not}");
        }
    }
}
