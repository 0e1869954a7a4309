//! Answers the browser: files of the newest edition, with a script that shows the next one by itself.

use std::{
    convert::Infallible,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use futures_util::stream;
use tokio::sync::watch::Receiver;

use super::Edition;
use crate::{preprocess, site};

/// What stands in the page for following changes.
const TAG: &str = "<script src=\"/__press/follow.js\" defer></script>";
/// What is shown until there is a first edition.
const BEING_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The book is being built</title>\
                           <h1>The book is being built …</h1>";
const FOLLOW: &str = include_str!("follow.js");

/// What the answers are made from.
pub(super) struct Room {
    /// Our own address: who asks for another one is refused.
    pub(super) own: SocketAddr,
    /// The editions; the newest one is shown.
    pub(super) editions: Receiver<Edition>,
}

pub(super) fn router(room: Arc<Room>) -> Router {
    Router::new().fallback(answer).with_state(room)
}

async fn answer(State(room): State<Arc<Room>>, request: Request) -> Response {
    if !is_own(request.headers(), room.own) {
        return (StatusCode::FORBIDDEN, "only this address is served here\n").into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, "a book is only read\n").into_response();
    }
    let edition = room.editions.borrow().clone();
    match request.uri().path() {
        "/__press/follow.js" => with_type(FOLLOW.into(), "text/javascript; charset=utf-8"),
        "/__press/changes" => changes(room.editions.clone()),
        "/__press/problems" => {
            let told: Vec<String> = edition.problems.iter().map(preprocess::told).collect();
            with_type(serde_json::to_vec(&told).unwrap_or_default(), "application/json")
        }
        path => file(&edition, path),
    }
}

/// Another site must not read a book that is not published yet, not even by a DNS name that leads here.
fn is_own(headers: &HeaderMap, own: SocketAddr) -> bool {
    let mut names = vec![own.to_string(), format!("localhost:{}", own.port())];
    if own.port() == 80 {
        // Browsers do not say the port that they would take anyway.
        names.extend(["127.0.0.1", "localhost"].map(str::to_owned));
    }
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let host = text(header::HOST).is_some_and(|host| names.iter().any(|name| name == host));
    let origin = text(header::ORIGIN).is_none_or(|origin| {
        origin.strip_prefix("http://").is_some_and(|origin| names.iter().any(|name| name == origin))
    });
    host && origin
}

/// The number of the newest edition, now and whenever there is another one.
fn changes(editions: Receiver<Edition>) -> Response {
    let numbers = stream::unfold((editions, true), |(mut editions, first)| async move {
        if !first && editions.changed().await.is_err() {
            return None;
        }
        let number = editions.borrow_and_update().number;
        Some((Ok::<_, Infallible>(Event::default().data(number.to_string())), (editions, false)))
    });
    Sse::new(numbers).into_response()
}

fn file(edition: &Edition, path: &str) -> Response {
    let Some(folder) = &edition.folder else {
        let html = if edition.problems.is_empty() {
            BEING_BUILT.to_owned()
        } else {
            preprocess::page_of(&edition.problems)
        } + TAG;
        return with_type(html.into_bytes(), "text/html; charset=utf-8");
    };
    let found = inside(folder, path).and_then(|path| Some((std::fs::read(&path).ok()?, path)));
    let (status, content, path) = match found {
        Some((content, path)) => (StatusCode::OK, content, path),
        None => match std::fs::read(folder.join("404.html")) {
            Ok(content) => (StatusCode::NOT_FOUND, content, PathBuf::from("404.html")),
            Err(_) => return (StatusCode::NOT_FOUND, "there is no such page\n").into_response(),
        },
    };
    let kind = kind(&path);
    let content = if kind.starts_with("text/html") {
        followed(&String::from_utf8_lossy(&content)).into_bytes()
    } else if path.file_name().is_some_and(|name| name == site::NAME) {
        without_version(&content)
    } else {
        content
    };
    (status, with_type(content, kind)).into_response()
}

/// The file that a path asks for, in the folder and not outside of it.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = decoded(path.strip_prefix('/')?)?;
    let (folders, name) =
        path.rsplit_once('/').map_or((None, path.as_str()), |(before, name)| (Some(before), name));
    let is_plain = |part: &str| {
        !part.starts_with('.') && !part.contains(|letter: char| letter.is_control() || letter == '\\')
    };
    // An empty part would make it a path from the root of the disk.
    let is_folder = |part: &str| !part.is_empty() && is_plain(part);
    if !is_plain(name) || !folders.into_iter().flat_map(|path| path.split('/')).all(is_folder) {
        return None;
    }
    let file = folder.join(&path);
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

/// A path as it is on the disk: `a%20b` → `a b`
fn decoded(path: &str) -> Option<String> {
    let (first, rest) = path.split_once('%').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let mut bytes = first.as_bytes().to_vec();
    for part in rest.into_iter().flat_map(|rest| rest.split('%')) {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// A page with the script that follows changes.
fn followed(html: &str) -> String {
    match html.rfind("</body>") {
        Some(at) => format!("{}{TAG}{}", &html[..at], &html[at..]),
        None => format!("{html}{TAG}"),
    }
}

/// Without a version no service worker keeps what will be different in a moment.
fn without_version(site: &[u8]) -> Vec<u8> {
    let Ok(mut site) = serde_json::from_slice::<serde_json::Value>(site) else { return Vec::new() };
    if let Some(version) = site.get_mut("version") {
        *version = serde_json::Value::Null;
    }
    serde_json::to_vec(&site).unwrap_or_default()
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "xml" => "text/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn with_type(content: Vec<u8>, kind: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_be_left() {
        let folder = Path::new("/book");
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/%2E%2E%2Fsecret",
            "/a/../../b",
            "//etc/passwd",
            "/%2Fetc/passwd",
            "/a//etc/passwd",
            "//etc/passwd/..",
            "/.git/config",
            "/a\\b",
            "/a%5Cb",
            "/a%00",
            "/a%",
            "/a%g0",
            "/%ff",
        ] {
            assert_eq!(inside(folder, path), None, "{path}");
        }
        assert_eq!(inside(folder, "/a%20b/caf%C3%A9.png"), Some(PathBuf::from("/book/a b/café.png")));
        assert_eq!(inside(folder, "/"), Some(PathBuf::from("/book/")));
        assert_eq!(inside(folder, "/css/a-1.css"), Some(PathBuf::from("/book/css/a-1.css")));
    }

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
        for (host, origin) in
            [("example.org:4000", None), ("127.0.0.1:4000", Some("http://example.org")), ("localhost", None)]
        {
            assert!(!asked(host, origin), "{host} {origin:?}");
        }
        let host = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost"))]);
        assert!(is_own(&host, "127.0.0.1:80".parse().unwrap()), "a browser leaves this port out");
    }

    #[test]
    fn pages_follow_and_nothing_is_kept() {
        assert_eq!(followed("<body>x</body></html>"), format!("<body>x{TAG}</body></html>"));
        assert_eq!(without_version(br#"{"version":"1","files":[]}"#), br#"{"files":[],"version":null}"#);
    }
}
