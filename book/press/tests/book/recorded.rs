//! Recording, with a real Node: twice is the same, and what does not pass is told with its place.

use std::path::Path;

use press::recording::{Came, Recording, model::What, record};

use crate::support::{Small, demo, wanted};

/// The small course with the packages of the real one, and its demo in JavaScript alone.
fn with_packages() -> Option<Small> {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises/node_modules");
    if !packages.is_dir() {
        assert!(std::env::var_os("REQUIRE_ALL").is_none(), "run `npm ci` in `exercises` first");
        return None;
    }
    let small = Small::new();
    std::os::unix::fs::symlink(
        packages.canonicalize().expect("a path"),
        small.root().join("exercises/node_modules"),
    )
    .expect("a link");
    small.change("book/demos/01_small/greeting/demo.yaml", "[javascript, rust]", "[javascript]");
    Some(small)
}

async fn recorded(small: &Small) -> Came {
    let material = small.material();
    let found = material.find(&demo()).expect("the demo");
    record(&material.course, &material.causes, &found, &wanted(&demo())).await
}

async fn recording(small: &Small) -> Recording {
    match recorded(small).await {
        Came::Recorded(recording) => recording,
        other => panic!("{other:?}"),
    }
}

const BUSY: &str = r#"
  - id: crowd
    title: "three at once"
    why: "The order in which a server reaches three clients is chance. Here it is not."
    steps:
      - asha, ravi, meera: connect
      - asha, ravi, meera: { hear: [hello, { name: asha }] }
      - asha: { emit: [say, $id], ack: [!string] }
      - asha, ravi, meera: { hear: [said, !string, !integer, !string] }
"#;

const SERVER: &str = r"
import { randomUUID } from 'node:crypto';
export default function register(io) {
  // region: greet
  io.on('connection', (socket) => {
    socket.emit('hello', { name: 'asha' });
    socket.on('say', (text, ack) => {
      const id = randomUUID();
      io.emit('said', id, Date.now(), socket.id);
      ack(id);
    });
  });
  // endregion
}
";

#[tokio::test]
async fn two_recordings_are_equal() {
    let Some(small) = with_packages() else { return };
    let yaml = small.read("book/demos/01_small/greeting/demo.yaml");
    let yaml = yaml.replace("tracks:", "vars: { id: !fresh word }\ntracks:") + BUSY.trim_start_matches('\n');
    small.write("book/demos/01_small/greeting/demo.yaml", &yaml);
    small.write("book/demos/01_small/greeting/main.js", SERVER);
    let first = recording(&small).await;
    for _ in 0..3 {
        assert_eq!(first.to_json(), recording(&small).await.to_json());
    }
    let crowd = first.scenario("crowd").expect("recorded");
    let entries = &crowd.runs[0].entries;
    let said: Vec<&str> = entries
        .iter()
        .filter(|entry| matches!(&entry.what, What::Packet { frame, .. } if frame.contains("said")))
        .map(|entry| entry.actor.as_str())
        .collect();
    assert_eq!(said, ["asha", "ravi", "meera"]);
    let text = first.to_json();
    for housekeeping in ["/~", "\"frame\":\"2\"", "\"frame\":\"3\""] {
        assert!(!text.contains(housekeeping), "{text}");
    }
    let back: Recording = serde_json::from_str(&text).expect("it can be read");
    assert_eq!(back, first);
}

#[tokio::test]
async fn a_demo_that_does_not_pass_is_a_problem_with_the_mismatch() {
    let Some(small) = with_packages() else { return };
    small.change("book/demos/01_small/greeting/main.js", "'asha'", "'ravi'");
    let Came::Wrong(problem) = recorded(&small).await else { panic!("it passed") };
    assert_eq!((problem.file.as_str(), problem.line), ("book/demos/01_small/greeting/demo.yaml", 10));
    assert!(problem.message.contains("it must pass in javascript, but it failed for `different-hello` [{ different: hello, to: asha, in: hello }"), "{}", problem.message);
    small.write("book/demos/01_small/greeting/main.js", "export default (");
    let Came::Wrong(problem) = recorded(&small).await else { panic!("it passed") };
    assert!(problem.file.ends_with("main.js") && problem.message.contains("SyntaxError"), "{problem:?}");
}
