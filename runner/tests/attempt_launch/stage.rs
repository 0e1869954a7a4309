//! A stage for attempts: a course in a folder with an awkward name, and a way to see what an attempt left behind.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use grader::{scenario::play::drive::Observation, verdict::Kind};
use runner::attempt::{LaunchFailure, Launcher, Limits, Run, Running, Spec, SpecKind};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longer than anything here takes on a busy machine; reaching it is a failure of ours.
pub(crate) const FAR: Duration = Duration::from_mins(1);

/// A course with one exercise, and a mark that all its processes carry.
pub(crate) struct Stage {
    _folder: tempfile::TempDir,
    course: PathBuf,
    dir: PathBuf,
    pub(crate) mark: String,
    pub(crate) limits: Limits,
}

impl Stage {
    /// A course without packages.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().unwrap();
        let course = folder.path().join("un cours d'été — 課程");
        let dir = course.join("exercises/01_why_real_time/first_push");
        fs::create_dir_all(&dir).unwrap();
        let mark = format!("stage{}x{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        // The patience of a test: short where a program is wrong by design, far away from what a right one needs.
        let limits = Limits {
            ready: Duration::from_secs(2),
            spin: Duration::from_millis(1_500),
            elsewhere: Duration::from_millis(300),
            ..Limits::default()
        };
        Self { _folder: folder, course, dir, mark, limits }
    }

    /// A course with Node and the packages of the real one, or nothing where Node is missing.
    pub(crate) async fn with_node() -> Option<Self> {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let stage = Self::new();
        let source = stage.write("main.js", "export default () => {};");
        let mut spec = stage.spec(SpecKind::JavaScriptServer { source });
        real.clone_into(&mut spec.course);
        match Launcher::prepare(spec, |_| {}).await {
            Ok(launcher) => launcher.stop().await,
            Err(error) => return skip(&error.to_string()),
        }
        std::os::unix::fs::symlink(
            real.join("exercises/node_modules"),
            stage.course.join("exercises/node_modules"),
        )
        .unwrap();
        fs::write(stage.course.join("exercises/package.json"), r#"{"type":"module"}"#).unwrap();
        Some(stage)
    }

    /// A course whose packages were never installed, with its own settings for npm.
    pub(crate) fn with_lock_file(settings: &str) -> Self {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("exercises");
        let stage = Self::new();
        let exercises = stage.course.join("exercises");
        for name in ["package.json", "package-lock.json"] {
            fs::copy(real.join(name), exercises.join(name)).unwrap();
        }
        fs::write(exercises.join(".npmrc"), settings).unwrap();
        stage
    }

    /// A course with the Rust packages of the real one, built into the real one's folder of artifacts.
    pub(crate) fn with_rust() -> Self {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let stage = Self::new();
        // The parts of the folder of artifacts, not the folder: Cargo puts a finished binary there under its plain
        // name, and the real course would run ours in the place of its own.
        let artifacts = ["deps", "build", ".fingerprint", "incremental", ".cargo-lock"]
            .map(|part| format!("target/debug/{part}"));
        let sources = ["Cargo.toml", "Cargo.lock", "runner"].map(str::to_owned);
        for name in sources.iter().chain(&artifacts) {
            let link = stage.course.join(name);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(real.join(name), link).unwrap();
        }
        fs::copy(real.join("exercises/Cargo.toml"), stage.course.join("exercises/Cargo.toml")).unwrap();
        stage
    }

    /// Writes a file of the exercise.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn spec(&self, kind: SpecKind) -> Spec {
        Spec {
            course: self.course.clone(),
            dir: self.dir.clone(),
            exercise: "01_why_real_time/first_push".to_owned(),
            kind,
            env: vec![("STAGE".to_owned(), self.mark.clone())],
            limits: self.limits.clone(),
        }
    }

    pub(crate) async fn prepare(&self, kind: SpecKind) -> Launcher {
        Launcher::prepare(self.spec(kind), |_| {}).await.unwrap()
    }

    /// A server that we host.
    pub(crate) async fn server(&self, source: &str) -> Launcher {
        let source = self.write("main.js", source);
        self.prepare(SpecKind::JavaScriptServer { source }).await
    }

    /// A JavaScript program that listens by itself.
    pub(crate) async fn program(&self, source: &str) -> Launcher {
        let source = self.write("main.js", source);
        self.prepare(SpecKind::Program { run: Run::JavaScript { source } }).await
    }

    /// A command in the role of a client: it need not listen.
    pub(crate) async fn shell(&self, script: &str) -> Launcher {
        let argv = ["sh", "-c", script].map(Into::into).to_vec();
        self.prepare(SpecKind::Client { run: Run::Command { argv } }).await
    }

    /// Fails if any process of this stage lives.
    pub(crate) fn assert_empty(&self) {
        assert_eq!(living(&self.mark), Vec::<String>::new(), "left behind");
    }
}

/// Says why a test does nothing, and passes it unless everything is required.
#[expect(clippy::print_stderr, reason = "whoever reads the tests' output must see that this one did nothing")]
pub(crate) fn skip(why: &str) -> Option<Stage> {
    assert!(std::env::var_os("REQUIRE_ALL").is_none(), "REQUIRE_ALL is set, and: {why}");
    eprintln!("skipped: needs Node 20 or newer with its packages: {why}");
    None
}

/// The command lines of all processes that have the mark in their environment or in their arguments.
pub(crate) fn living(mark: &str) -> Vec<String> {
    let own = std::process::id().to_string();
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|pid| *pid != own && pid.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|pid| {
            let read = |name: &str| fs::read(format!("/proc/{pid}/{name}")).unwrap_or_default();
            let arguments = String::from_utf8_lossy(&read("cmdline")).replace('\0', " ");
            let environment = String::from_utf8_lossy(&read("environ")).into_owned();
            (arguments.contains(mark) || environment.contains(mark))
                .then(|| format!("{pid}: {arguments:.80}"))
        })
        .collect()
}

/// Launches a program that must not start; the stage is empty after that.
pub(crate) async fn refused(stage: &Stage, launcher: Launcher) -> LaunchFailure {
    let outcome = timeout(FAR, launcher.launch(0, false, None)).await.expect("a verdict in time");
    let failure = outcome.err().expect("a program that does not start");
    launcher.stop().await;
    stage.assert_empty();
    failure
}

/// Checks kind and words of a failure.
pub(crate) fn assert_failure(failure: &LaunchFailure, kind: Kind, words: &str) {
    assert_eq!(failure.kind, kind, "{failure:?}");
    assert!(failure.actual.contains(words), "`{words}` is not in {failure:?}");
    assert!(!failure.actual.contains("?scenario="), "{failure:?}");
}

/// The next line that the program prints.
pub(crate) async fn line(running: &mut Running) -> String {
    match timeout(FAR, running.observations.recv()).await.expect("a line in time") {
        Some(Observation::Printed(line)) => line,
        other => panic!("not a line: {other:?}"),
    }
}

/// Fails if somebody still listens there.
pub(crate) fn assert_free(addr: SocketAddr) {
    std::net::TcpListener::bind(addr).expect("a free port");
}

/// Asks a hosted server for a fence, over plain HTTP long-polling; answers the acknowledgement's packet.
pub(crate) async fn fence(addr: SocketAddr) -> String {
    let handshake = http(addr, "GET", "", "").await;
    let session = handshake.split("\"sid\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let session = format!("&sid={session}");
    http(addr, "POST", &session, "40/~,").await;
    while !http(addr, "GET", &session, "").await.contains("40/~,") {}
    http(addr, "POST", &session, "42/~,7[\"fence\"]").await;
    loop {
        let body = http(addr, "GET", &session, "").await;
        if let Some(packet) = body.split('\u{1e}').find(|packet| packet.starts_with("43/~,7")) {
            return packet.to_owned();
        }
    }
}

async fn http(addr: SocketAddr, method: &str, session: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let request = format!(
        "{method} /socket.io/?EIO=4&transport=polling{session} HTTP/1.1\r\nhost: {addr}\r\nconnection: close\r\n\
         content-type: text/plain;charset=UTF-8\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(FAR, stream.read_to_string(&mut answer)).await.expect("an answer in time").unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    body.to_owned()
}
