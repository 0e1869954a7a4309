//! Hosts between two programs: what the next one gets, and what it must not.

use std::path::{Path, PathBuf};

use crate::stage::{FAR, Stage, line};
use grader::scenario::play::drive::Observation;
use runner::attempt::{Hosts, Launcher, Spec, SpecKind};
use tokio::time::timeout;

const TELLS: &str = "let served = 0; export default () => console.log(process.pid, served += 1, process.cwd(), process.argv[1]);";

/// Runs a program once, gives its host back, and answers what it printed first.
async fn run(hosts: &Hosts, spec: Spec) -> String {
    let launcher = Launcher::prepare_among(spec, hosts, |_| {}).await.unwrap();
    let mut running = launcher.launch(0, false, None).await.unwrap();
    let first = line(&mut running).await;
    running.stop().await;
    launcher.give_back(hosts).await;
    first
}

/// The process that printed the line.
fn process(line: &str) -> &str {
    line.split(' ').next().unwrap()
}

fn server(stage: &Stage, source: PathBuf, dir: &Path) -> Spec {
    Spec { dir: dir.to_owned(), ..stage.spec(SpecKind::JavaScriptServer { source }) }
}

#[tokio::test]
async fn the_next_program_runs_in_the_same_process_fresh_and_in_its_own_folder() {
    let Some(stage) = Stage::with_node().await else { return };
    let (one, two) = (stage.write("one/main.js", TELLS), stage.write("two/main.js", TELLS));
    let hosts = Hosts::default();
    let mut told = Vec::new();
    for source in [&one, &two, &one] {
        let folder = source.parent().unwrap();
        let first = run(&hosts, server(&stage, source.clone(), folder)).await;
        let rest = format!(" 1 {} {}", folder.display(), source.display());
        assert!(first.ends_with(&rest), "`{first}` does not end in `{rest}`");
        told.push(first);
    }
    assert!(told.iter().all(|line| process(line) == process(&told[0])), "{told:?}");
    hosts.end().await;
    stage.assert_empty();
}

#[tokio::test]
async fn another_environment_gets_another_process() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = stage.write("main.js", TELLS);
    let hosts = Hosts::default();
    let spec = server(&stage, source.clone(), source.parent().unwrap());
    let mut other = spec.clone();
    other.env.push(("SECRET".to_owned(), "another".to_owned()));
    let (one, two) = (run(&hosts, spec.clone()).await, run(&hosts, other).await);
    assert_ne!(process(&one), process(&two));
    assert_eq!(process(&run(&hosts, spec).await), process(&one));
    drop(hosts);
    stage.assert_empty();
}

#[tokio::test]
async fn a_host_that_has_ended_is_not_given_to_anybody() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = stage.write("main.js", TELLS);
    let ends = stage.write("ends.js", "export default () => { setTimeout(() => process.exit(0), 1); };");
    let hosts = Hosts::default();
    let folder = source.parent().unwrap();
    let first = run(&hosts, server(&stage, source.clone(), folder)).await;
    let launcher = Launcher::prepare_among(server(&stage, ends, folder), &hosts, |_| {}).await.unwrap();
    assert!(launcher.has_used_host().await);
    let mut running = launcher.launch(0, false, None).await.unwrap();
    while !matches!(timeout(FAR, running.observations.recv()).await.unwrap(), Some(Observation::Ended(_))) {}
    running.stop().await;
    launcher.give_back(&hosts).await;
    assert_ne!(process(&run(&hosts, server(&stage, source.clone(), folder)).await), process(&first));
    hosts.end().await;
    stage.assert_empty();
}

#[tokio::test]
async fn a_host_serves_so_many_programs_and_no_more() {
    let Some(stage) = Stage::with_node().await else { return };
    let source = stage.write("main.js", TELLS);
    let hosts = Hosts::default();
    let mut processes = Vec::new();
    for _ in 0..18 {
        let first = run(&hosts, server(&stage, source.clone(), source.parent().unwrap())).await;
        processes.push(process(&first).to_owned());
    }
    assert_eq!(processes.iter().filter(|one| **one == processes[0]).count(), 16, "{processes:?}");
    processes.dedup();
    assert_eq!(processes.len(), 2, "{processes:?}");
    hosts.end().await;
    stage.assert_empty();
}
