//! The book in the browser: who is answered, and what happens after a change.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use press::serve::{Builder, Desk, Edition};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{mpsc, watch},
};

use crate::support::Small;

async fn get(addr: &str, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(addr).await.expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_change_is_shown() {
    let small = Small::new();
    let desk = Desk::open(0).await.expect("a port");
    let addr = desk.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let (editions, newest) = watch::channel(Edition::default());
    let (say, mut said) = mpsc::unbounded_channel();
    let builder = Builder::start(small.root(), editions, say).expect("a builder");
    let mut shown = newest.clone();
    let serving = tokio::spawn(desk.serve(newest));

    let told = said.recv().await.expect("the first build");
    assert_eq!(told.problems, []);
    let first = shown.wait_for(|edition| edition.folder.is_some()).await.expect("a first edition").number;
    let page = get(&addr, "/01_small.html", &addr).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("/__press/follow.js"), "{page}");
    assert!(get(&addr, "/", &addr).await.contains("<title>"));
    assert!(get(&addr, "/none.html", &addr).await.starts_with("HTTP/1.1 404"));
    assert!(get(&addr, "//etc/passwd", &addr).await.starts_with("HTTP/1.1 404"), "it is not in the book");
    assert!(get(&addr, "/01_small.html", "example.org").await.starts_with("HTTP/1.1 403"));

    small.change("book/src/01_small.md", "{{#quiz}}", "{{#quizz}}\n\nA new line.");
    let told =
        tokio::time::timeout(Duration::from_mins(1), said.recv()).await.expect("in time").expect("a build");
    assert_eq!(told.changed.as_deref(), Some(small.root().join("book/src/01_small.md").as_path()));
    assert_eq!(told.problems.len(), 1, "{told:?}");
    shown.wait_for(|edition| edition.number == first + 1).await.expect("a second edition");
    let page = get(&addr, "/01_small.html", &addr).await;
    assert!(page.contains("A new line.") && page.contains("sl-unshown"), "{page}");
    let problems = get(&addr, "/__press/problems", &addr).await;
    assert!(problems.contains("unknown directive `quizz`"), "{problems}");

    let folder = shown.borrow().folder.clone().expect("a folder");
    serving.abort();
    drop(builder);
    assert!(!folder.exists(), "nothing is left behind");
}

#[tokio::test]
async fn before_the_first_edition_the_page_waits_for_it() {
    let desk = Desk::open(0).await.expect("a port");
    let addr = desk.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let (_editions, newest) = watch::channel(Edition::default());
    let serving = tokio::spawn(desk.serve(newest));
    let page = get(&addr, "/01_small.html", &addr).await;
    assert!(page.contains("The book is being built") && page.contains("/__press/follow.js"), "{page}");
    assert!(!page.contains("problems"), "{page}");
    serving.abort();
}

/// A file below `exercises` that is written all the time, such as a log.
#[tokio::test]
async fn a_file_that_keeps_changing_stops_neither_a_build_nor_the_end() {
    let small = Small::new();
    let (editions, _newest) = watch::channel(Edition::default());
    let (say, mut said) = mpsc::unbounded_channel();
    let builder = Builder::start(small.root(), editions, say).expect("a builder");
    said.recv().await.expect("the first build");
    let over = Arc::new(AtomicBool::new(false));
    let (log, flag) = (small.root().join("exercises/log.txt"), over.clone());
    let writer = thread::spawn(move || {
        let mut lines = 0_u64;
        while !flag.load(Ordering::Relaxed) {
            lines += 1;
            fs::write(&log, lines.to_string()).expect("written");
        }
    });
    let told = tokio::time::timeout(Duration::from_mins(1), said.recv()).await;
    drop(builder);
    over.store(true, Ordering::Relaxed);
    writer.join().expect("written");
    told.expect("a build in time").expect("a build");
}
