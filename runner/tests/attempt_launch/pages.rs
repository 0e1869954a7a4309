//! Pages that we host: the right ones are shown, each in a window of its own, and each wrong file is named.

use std::path::{Path, PathBuf};

use crate::stage::{FAR, Stage, assert_failure};
use grader::{
    scenario::play::drive::{Fence, Observation, PageReply, PageRequest},
    value::Value,
    verdict::Kind,
};
use runner::attempt::{Launcher, Running, Spec, SpecKind};
use tokio::time::timeout;

/// Nobody listens there; no page here connects.
const URL: &str = "http://127.0.0.1:9";

/// `(source, kind, words)`: what must be said about a file that cannot be shown.
const WRONG: [(&str, Kind, &str); 7] = [
    ("export default function Page() { return <p>oops</b>; }", Kind::BuildFailed, "main.tsx:1:"),
    (
        "import { x } from 'no-such-package'; export default () => x;",
        Kind::Crashed,
        "Cannot find package 'no-such-package'",
    ),
    ("import { x } from './rooms'; export default () => x;", Kind::Crashed, "Cannot find module './rooms'"),
    ("export function Page() { return null; }", Kind::Crashed, "it has no default export"),
    ("export default <p>hello</p>;", Kind::Crashed, "its default export is"),
    ("const room = undefined;\nroom.name;\nexport default () => null;", Kind::Crashed, "main.tsx:2:"),
    ("for (;;) {}", Kind::Stuck, "come to an end of loading"),
];

/// The packages are those of the real course; they are installed if need be.
async fn launcher(stage: &Stage, source: &str) -> Launcher {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let source: PathBuf = stage.write("main.tsx", source);
    let spec = Spec {
        course: real.to_path_buf(),
        dir: real.join("exercises/16_react/chat_room"),
        ..stage.spec(SpecKind::Page { source })
    };
    Launcher::prepare(spec, |_| {}).await.unwrap()
}

/// What a page says to a request, and all that it told before.
async fn ask(running: &mut Running, request: PageRequest) -> (PageReply, Vec<Observation>) {
    running.page().unwrap().ask(7, request);
    let mut told = Vec::new();
    loop {
        match timeout(FAR, running.observations.recv()).await.unwrap().unwrap() {
            Observation::PageReply { id: 7, reply } => return (reply, told),
            other => told.push(other),
        }
    }
}

fn props(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn shows(told: &[Observation]) -> Vec<&str> {
    let shown = told.iter().rev().find_map(|observation| match observation {
        Observation::Shows(lines) => Some(lines.iter().map(String::as_str).collect()),
        _ => None,
    });
    shown.unwrap_or_default()
}

#[tokio::test]
async fn what_cannot_be_shown_is_named_and_leaves_nothing() {
    for (source, kind, words) in WRONG {
        let Some(stage) = Stage::with_node().await else { return };
        let launcher = launcher(&stage, source).await;
        let Err(failure) = launcher.launch(0, false, Some(URL)).await else { panic!("{source} is shown") };
        assert_failure(&failure, kind, words);
        launcher.stop().await;
        stage.assert_empty();
    }
}

#[tokio::test]
async fn a_component_is_shown_used_and_taken_off() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = "import { useState } from 'react';
        let drawn = 0;
        export default function Page({ url, room }) {
          const [text, setText] = useState('');
          const [said, say] = useState([]);
          return <form onSubmit={(event) => { event.preventDefault(); say([...said, text]); event.target.reset(); }}>
            <h1>{room} at {url}</h1>
            <p hidden>never</p>
            {said.map((line) => <li key={line}>{line}</li>)}
            <label>Message: <input onChange={({ target }) => setText(target.value)} /></label>
            <button disabled={!text}>Send <i>it</i></button>
          </form>;
        }";
    let launcher = launcher(&stage, source).await;
    assert_eq!(launcher.fence(), Fence::Client);
    let mut page = launcher.launch(0, false, Some(URL)).await.unwrap();
    assert_eq!(page.addr, None);

    let (_, told) = ask(&mut page, PageRequest::Mount(props(r#"{"room":"physics"}"#))).await;
    assert_eq!(shows(&told), ["physics at http://127.0.0.1:9", "Message:", "Send it"]);
    let click = |name: &str| PageRequest::Click(name.to_owned());
    assert_eq!(ask(&mut page, click("send it")).await.0, PageReply::Disabled);
    assert_eq!(ask(&mut page, click("Leave")).await.0, PageReply::Missing);
    for text in ["a {b} [c]", "d"] {
        let into = PageRequest::Type { field: "Message".to_owned(), text: text.to_owned() };
        assert_eq!(ask(&mut page, into).await.0, PageReply::Done);
        assert_eq!(ask(&mut page, click("Send it")).await.0, PageReply::Done);
    }
    let (_, told) = ask(&mut page, PageRequest::Props(props(r#"{"room":"chemistry"}"#))).await;
    assert_eq!(shows(&told)[..2], ["chemistry at http://127.0.0.1:9", "a {b} [c]"]);
    let (_, told) = ask(&mut page, PageRequest::Unmount).await;
    assert!(told.contains(&Observation::Shows(Vec::new())), "{told:?}");
    page.stop().await;
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn each_scenario_has_a_window_of_its_own() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = "let mounted = 0;
        window.visits = (window.visits ?? 0) + 1;
        export default function Page() { mounted += 1; return <p>{mounted > 2 ? 'again' : 'new'} {window.visits}</p>; }";
    let launcher = launcher(&stage, source).await;
    let mut one = launcher.launch(0, false, Some(URL)).await.unwrap();
    let mut two = launcher.launch(1, false, Some(URL)).await.unwrap();
    let mut alone = launcher.launch(1, true, Some(URL)).await.unwrap();
    for page in [&mut one, &mut two, &mut alone] {
        let (_, told) = ask(page, PageRequest::Mount(props("{}"))).await;
        assert_eq!(shows(&told), ["new 1"]);
    }
    one.stop().await;
    let (reply, _) = ask(&mut two, PageRequest::Rest).await;
    assert_eq!(reply, PageReply::Done, "one page's end is not another's");
    launcher.stop().await;
    stage.assert_empty();
}

#[tokio::test]
async fn an_error_takes_the_page_down_and_names_its_line() {
    for (source, place) in [
        ("export default function Page() {\n  throw new RangeError('no');\n}", "Page (main.tsx:2:"),
        (
            "import { useEffect } from 'react';\nexport default () => {\n  useEffect(() => {\n    null.x;\n  });\n  return <p>hi</p>;\n};",
            "(main.tsx:4:",
        ),
    ] {
        let Some(stage) = Stage::with_node().await else { return };
        let launcher = launcher(&stage, source).await;
        let mut page = launcher.launch(0, false, Some(URL)).await.unwrap();
        let (_, told) = ask(&mut page, PageRequest::Mount(props("{}"))).await;
        let fell = told.iter().find_map(|observation| match observation {
            Observation::Ended(end) => Some(end.last_words.join("\n")),
            _ => None,
        });
        let words = fell.unwrap_or_else(|| panic!("{told:?}"));
        assert!(
            words.starts_with("React took the component off the page\n") && words.contains(place),
            "{words}"
        );
        launcher.stop().await;
        stage.assert_empty();
    }
}

#[tokio::test]
async fn an_error_in_a_listener_is_only_printed() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = "export default () => <button onClick={() => { Promise.reject(new Error('later')); throw new Error('now'); }}>Go</button>;\n\
                  console.log('loaded', { a: 1 });";
    let launcher = launcher(&stage, source).await;
    let mut page = launcher.launch(0, false, Some(URL)).await.unwrap();
    let mut told = ask(&mut page, PageRequest::Mount(props("{}"))).await.1;
    told.extend(ask(&mut page, PageRequest::Click("Go".to_owned())).await.1);
    let (reply, rest) = ask(&mut page, PageRequest::Rest).await;
    assert_eq!(reply, PageReply::Done);
    told.extend(rest);
    let printed: Vec<&str> = told
        .iter()
        .filter_map(|observation| match observation {
            Observation::Printed(line) => Some(line.as_str()),
            _ => None,
        })
        .collect();
    for words in ["loaded { a: 1 }", "Error: now", "Uncaught (in promise) Error: later"] {
        assert!(printed.contains(&words), "{words} of {printed:?}");
    }
    launcher.stop().await;
}

#[tokio::test]
async fn a_page_that_never_rests_can_be_ended() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = "import { useEffect } from 'react';
        export default function Page() { useEffect(() => { for (;;) {} }); return <p>hi</p>; }";
    let launcher = launcher(&stage, source).await;
    let page = launcher.launch(0, false, Some(URL)).await.unwrap();
    page.page().unwrap().ask(1, PageRequest::Mount(props("{}")));
    page.stop().await;
    timeout(FAR, launcher.stop()).await.unwrap();
    stage.assert_empty();
}
