//! A person at a terminal: the line editor, texts above it, Ctrl-C. In tmux; without it the tests say so and pass,
//! unless `REQUIRE_ALL=1`.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::server::{Fault, course, has_node, server};

/// A terminal of its own tmux server. Dropping it ends both.
struct Terminal {
    socket: String,
    _folder: tempfile::TempDir,
    /// Where the exit code is written.
    code: PathBuf,
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

impl Terminal {
    /// Runs the runner in a terminal of this size; none where tmux is missing.
    fn open(name: &str, size: (&str, &str), args: &str) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            assert!(std::env::var_os("REQUIRE_ALL").is_none_or(|all| all != "1"), "needs tmux");
            skipped();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let code = folder.path().join("code");
        let terminal = Self { socket: format!("hand-{name}-{}", std::process::id()), _folder: folder, code };
        let code = terminal.code.display();
        let runner = env!("CARGO_BIN_EXE_runner");
        // The shell outlives a Ctrl-C, to tell the code; tmux itself sometimes does not know it.
        let command = format!(
            "trap : INT; LC_ALL=C.UTF-8 {runner} {args}; echo $? > {code}.new; mv {code}.new {code}; sleep 1000"
        );
        let course = course().display().to_string();
        let (width, height) = size;
        terminal.tmux(&[
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            width,
            "-y",
            height,
            "-c",
            &course,
            &command,
        ]);
        Some(terminal)
    }

    fn tmux(&self, args: &[&str]) -> String {
        let output = Command::new("tmux").args(["-L", &self.socket]).args(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-S", "-200"])
    }

    #[track_caller]
    fn until(&self, text: &str) -> String {
        self.when(|screen| screen.contains(text), text)
    }

    #[track_caller]
    fn when(&self, wanted: impl Fn(&str) -> bool, what: &str) -> String {
        let began = Instant::now();
        loop {
            let screen = self.screen();
            if wanted(&screen) {
                return screen;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "`{what}` never came:\n{screen}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The exit code of what ran, when it has ended.
    #[track_caller]
    fn code(&self) -> String {
        self.when(|_| self.code.is_file(), "the end");
        fs::read_to_string(&self.code).unwrap().trim().to_owned()
    }
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn skipped() {
    eprintln!("skipped: needs tmux");
}

#[test]
fn a_person_types_completes_and_repeats() {
    let url = format!("http://{}", server(Fault::None));
    let Some(terminal) = Terminal::open("types", ("60", "20"), &format!("play members_only --url {url}"))
    else {
        return;
    };
    terminal.until("`quit` ends it");
    // Completed: a name, a verb, an event of the exercise.
    terminal.keys(&["ash", "Tab", " con", "Tab", "Enter"]);
    terminal.until("the server lets the client into /");
    terminal.keys(&["asha emit jo", "Tab", " {roomId: physics} ack", "Enter"]);
    let screen = terminal.until("the server answers number 0");
    assert!(screen.contains("420[\"joinRoom\",{\"roomId\":\"physics\"}]"), "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 60), "{screen}");
    // The line before, again.
    terminal.keys(&["Up", "Enter"]);
    terminal.until("the server answers number 1");
    // Several lines at once, as when they are pasted.
    terminal.keys(&["who", "Enter", "frames on", "Enter", "who", "Enter"]);
    let screen = terminal.when(|screen| screen.matches("asha  is in /").count() == 2, "two answers");
    assert!(screen.contains("packets are shown"), "{screen}");
    // What comes while somebody types stands above the line, which stays.
    terminal.keys(&["ravi con"]);
    terminal.until("> ravi con");
    let mut other = Command::new(env!("CARGO_BIN_EXE_runner"))
        .args(["play", "members_only", "--url", &url])
        .current_dir(course())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    {
        use std::io::Write;
        let lines = "meera connect\nmeera emit sendMessage {roomId: physics, text: from elsewhere} ack\n";
        other.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    }
    other.wait().unwrap();
    terminal.until("from elsewhere");
    let screen = terminal.when(|screen| screen.trim_end().ends_with("> ravi con"), "the line");
    assert!(screen.contains("asha ← 42[\"receiveMessage\""), "{screen}");
    terminal.keys(&["C-c"]);
    assert_eq!(terminal.code(), "0");
}

#[test]
fn ctrl_c_leaves_nothing() {
    if !has_node() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
    let program = folder.path().join("server.mjs");
    let text = "import { createServer } from 'node:http';\ncreateServer().listen(process.env.PORT, '127.0.0.1', () => console.log('up'));\n";
    fs::write(&program, text).unwrap();
    let args = format!("play members_only -- node {}", program.display());
    let Some(terminal) = Terminal::open("saved", ("80", "24"), &args) else { return };
    terminal.until("`quit` ends it");
    terminal.until("your server prints up");
    assert!(living(&mark), "the program is not seen while it runs");
    terminal.keys(&["half a li"]);
    terminal.until("> half a li");
    terminal.keys(&["C-c"]);
    assert_eq!(terminal.code(), "0");
    let began = Instant::now();
    while living(&mark) {
        assert!(began.elapsed() < Duration::from_secs(20), "the program lives on");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a Node lives that has this in its arguments.
fn living(mark: &str) -> bool {
    let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    processes
        .filter_map(|process| fs::read(process.path().join("cmdline")).ok())
        .map(|arguments| String::from_utf8_lossy(&arguments).into_owned())
        .any(|arguments| arguments.starts_with("node") && arguments.contains(mark))
}
