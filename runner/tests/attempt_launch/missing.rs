//! What the machine lacks: said in words, with what to do, and never blamed on the learner.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use crate::stage::{Stage, skip};
use runner::attempt::{Launcher, PrepareError, RustBin, SpecKind};

async fn refusal(stage: &Stage, kind: SpecKind) -> String {
    match Launcher::prepare(stage.spec(kind), |_| {}).await {
        Err(error @ PrepareError::Environment { .. }) => error.to_string(),
        Err(PrepareError::Build(failure)) => panic!("{failure}"),
        Ok(_) => panic!("prepared"),
    }
}

/// The other half of the next test: it runs with another `PATH`.
#[tokio::test]
#[ignore = "started by `missing_tools_are_named`"]
#[expect(clippy::print_stdout, reason = "the other half reads it")]
async fn with_little_on_the_path() {
    let stage = Stage::new();
    let source = stage.write("main.js", "");
    println!("javascript: {}", refusal(&stage, SpecKind::JavaScriptServer { source }).await);
    let bin = RustBin::Main { name: "first_push".to_owned() };
    println!("rust: {}", refusal(&stage, SpecKind::RustServer { bin }).await);
}

#[test]
fn missing_tools_are_named() {
    let said = |path: &Path| {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "missing::with_little_on_the_path", "--ignored", "--nocapture"])
            .env("PATH", path)
            .env_remove("CARGO")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let nothing = said(folder.path());
    assert!(nothing.contains("javascript: Node.js was not found; install Node 20 or newer"), "{nothing}");
    assert!(nothing.contains("rust: cargo was not found; install Rust from"), "{nothing}");

    let old = folder.path().join("node");
    fs::write(&old, "#!/bin/sh\necho v18.20.4\n").unwrap();
    fs::set_permissions(&old, fs::Permissions::from_mode(0o755)).unwrap();
    let old = said(folder.path());
    assert!(old.contains("javascript: this Node is v18.20.4, which is too old; install Node 20"), "{old}");
}

#[tokio::test]
async fn a_registry_that_cannot_be_reached_is_named() {
    if Stage::with_node().await.is_none() {
        return;
    }
    // Port 1 of this machine: nobody listens there.
    let stage = Stage::with_lock_file("registry=http://127.0.0.1:1/\nfetch-retries=0\ncache=.npm-cache\n");
    let source = stage.write("main.js", "export default () => {};");
    let said = refusal(&stage, SpecKind::JavaScriptServer { source }).await;
    assert!(said.starts_with("npm could not reach the package registry; connect to the network"), "{said}");
    stage.assert_empty();
}

#[tokio::test]
async fn packages_are_installed_once_even_by_two_runners() {
    if Stage::with_node().await.is_none() {
        return;
    }
    let stage = Stage::with_lock_file("prefer-offline=true\n");
    let source = stage.write("main.js", "export default () => {};");
    let spec = || stage.spec(SpecKind::JavaScriptServer { source: source.clone() });
    let heard = std::sync::Mutex::new(Vec::new());
    let say = |event| heard.lock().unwrap().push(format!("{event:?}"));
    let (one, two) = tokio::join!(Launcher::prepare(spec(), say), Launcher::prepare(spec(), say));
    if let Err(error @ PrepareError::Environment { .. }) = &one
        && error.to_string().contains("could not reach")
    {
        skip(&error.to_string());
        return;
    }
    for launcher in [one.unwrap(), two.unwrap()] {
        launcher.launch(0, false, None).await.unwrap();
        launcher.stop().await;
    }
    let heard = heard.into_inner().unwrap();
    assert_eq!(heard.iter().filter(|event| event.contains("line: None")).count(), 1, "{heard:?}");
    assert_eq!(heard.iter().filter(|event| event.contains("another runner")).count(), 1, "{heard:?}");
    stage.assert_empty();
}
