//! A learner's desk: a small course in a folder with an awkward name, and the runner started there.

use std::{
    ffi::OsStr,
    fs,
    io::Read,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::left;

/// Far beyond what any check here needs on a busy machine; reaching it is a hang.
pub(crate) const FAR: Duration = Duration::from_mins(4);

/// The exercise that most programs here are graded against.
pub(crate) const ROOMS: &str = "07_rooms/members_only";
/// The exercise with the fewest scenarios.
pub(crate) const SHORT: &str = "01_why_real_time/first_push";
/// An exercise without a program.
pub(crate) const FRAMES: &str = "04_on_the_wire/shake_hands";
/// An exercise for client programs.
pub(crate) const CLIENT: &str = "15_client_lifecycle/come_back";
/// The Node server of `ROOMS` as a program of its own.
pub(crate) const OWN_SERVER: &str = "import { createServer } from 'node:http';\nimport { Server } from 'socket.io';\n\
     import register from './answers/solution.js';\n\
     const server = createServer();\nregister(new Server(server));\n\
     server.listen(process.env.PORT ?? 0, '127.0.0.1', () => console.log(`at ${server.address().port}.`));\n";

/// The course, as copied from the real one.
pub(crate) struct Desk {
    _folder: tempfile::TempDir,
    pub(crate) course: PathBuf,
    /// In the environment and in the paths of everything that is started here.
    pub(crate) mark: String,
}

/// A runner that ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The real course.
pub(crate) fn real() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

impl Desk {
    /// A desk without Node's packages.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
        let course = folder.path().join("un cours d'été — 課程");
        for exercise in [ROOMS, CLIENT, SHORT, FRAMES, "05_acknowledgements/ack_every_path"] {
            copy(&real().join("exercises").join(exercise), &course.join("exercises").join(exercise));
        }
        for file in ["causes.yaml", "package.json"] {
            fs::copy(real().join("exercises").join(file), course.join("exercises").join(file)).unwrap();
        }
        fs::write(course.join("Cargo.toml"), "[workspace]\n").unwrap();
        Self { _folder: folder, course, mark }
    }

    /// A desk with Node and the packages of the real course; none where Node is missing.
    pub(crate) fn with_node() -> Option<Self> {
        if let Err(why) = node_is_ready() {
            skip(&format!("Node 20 or newer with its packages: {why}"));
            return None;
        }
        let desk = Self::bare();
        symlink(real().join("exercises/node_modules"), desk.course.join("exercises/node_modules")).unwrap();
        Some(desk)
    }

    /// A file of an exercise.
    pub(crate) fn path(&self, exercise: &str, name: &str) -> PathBuf {
        self.course.join("exercises").join(exercise).join(name)
    }

    /// Writes a file of an exercise.
    pub(crate) fn write(&self, exercise: &str, name: &str, text: &str) -> PathBuf {
        let path = self.path(exercise, name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The solution of `ROOMS` with one thing in it replaced.
    pub(crate) fn solution_with(&self, from: &str, to: &str) -> String {
        let solution = fs::read_to_string(self.path(ROOMS, "answers/solution.js")).unwrap();
        assert!(solution.contains(from), "the solution has no `{from}` any more");
        solution.replacen(from, to, 1)
    }

    /// The solution of `ROOMS` with something below it.
    pub(crate) fn solution_and(&self, more: &str) -> String {
        fs::read_to_string(self.path(ROOMS, "answers/solution.js")).unwrap() + more
    }

    /// Where Node's listeners are written down.
    pub(crate) fn witness(&self) -> PathBuf {
        self.course.join("../witness")
    }

    /// The runner in the course's folder, marked.
    pub(crate) fn runner<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        self.command(env!("CARGO_BIN_EXE_runner"), args)
    }

    /// Any program in the course's folder, marked.
    pub(crate) fn command<S: AsRef<OsStr>>(
        &self,
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = S>,
    ) -> Command {
        let hook = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/withstand/witness.cjs");
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(&self.course)
            .env("WITHSTAND", &self.mark)
            .env("WITNESS", self.witness())
            .env("NODE_OPTIONS", format!("--require \"{}\"", hook.display()))
            .env_remove("SOCKETLINGS_COURSE")
            .stdin(Stdio::null());
        command
    }

    /// Runs the runner to its end; nothing is left then.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ended {
        let ended = end(self.runner(args));
        self.assert_empty();
        ended
    }

    /// `check EXERCISE --json …`
    pub(crate) fn check(&self, exercise: &str, more: &[&str]) -> Ended {
        self.run(["check", exercise, "--json"].iter().chain(more))
    }

    /// Grades a JavaScript text in the place of the learner's file of `ROOMS`.
    pub(crate) fn grade(&self, source: &str) -> Ended {
        self.write(ROOMS, "main.js", source);
        self.check(ROOMS, &["--track", "javascript"])
    }

    /// Fails if a process or a port of this desk is left.
    pub(crate) fn assert_empty(&self) {
        left::assert_nothing(&self.mark);
        left::assert_closed(&self.witness());
    }
}

impl Ended {
    fn new(status: ExitStatus, out: String, err: String) -> Self {
        use std::os::unix::process::ExitStatusExt;
        Self { code: status.code(), signal: status.signal(), out, err }
    }

    /// Each line of `--json`. A line that is cut is a failure.
    pub(crate) fn events(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// The last word of a check.
    pub(crate) fn verdict(&self) -> Value {
        let verdict = self.events().into_iter().find(|event| event["event"] == "check_ended");
        verdict.unwrap_or_else(|| panic!("no verdict: {self:?}"))
    }

    /// How a scenario ended, by its id: `passed`, or a kind such as `crashed`.
    pub(crate) fn outcome(&self, id: &str) -> String {
        let verdict = self.verdict();
        let scenarios = verdict["scenarios"].as_array().unwrap();
        let scenario = scenarios.iter().find(|scenario| scenario["id"] == id).unwrap();
        match &scenario["outcome"] {
            Value::String(word) => word.clone(),
            other => other["failed"]["kind"].as_str().unwrap_or("skipped").to_owned(),
        }
    }

    /// Fails unless it is a pass.
    #[track_caller]
    pub(crate) fn assert_passed(&self) {
        let verdict = self.verdict();
        assert_eq!((self.code, &verdict["passed"]), (Some(0), &Value::Bool(true)), "{verdict:#}");
        assert_eq!(verdict["cause"], Value::Null);
    }

    /// Fails unless it is no pass, for this cause, with these words somewhere in the verdict.
    #[track_caller]
    pub(crate) fn assert_failed(&self, cause: &str, words: &str) {
        let verdict = self.verdict();
        assert_eq!((self.code, &verdict["passed"]), (Some(1), &Value::Bool(false)), "{verdict:#}");
        assert_eq!(verdict["cause"]["id"], cause, "{verdict:#}");
        let whole = verdict.to_string();
        assert!(whole.contains(words), "`{words}` is not in {verdict:#}");
        assert!(!whole.contains("?scenario="), "{verdict:#}");
    }
}

/// Runs a command to its end, in bounded time.
pub(crate) fn end(mut command: Command) -> Ended {
    finish(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// Waits for a runner's end, in bounded time. Both of its outputs are piped.
pub(crate) fn finish(mut child: Child) -> Ended {
    let (tell, heard) = mpsc::channel();
    let reader = |stream: Option<Box<dyn Read + Send>>| {
        thread::spawn(move || {
            let mut text = Vec::new();
            stream.map(|mut stream| stream.read_to_end(&mut text));
            String::from_utf8_lossy(&text).into_owned()
        })
    };
    let out = reader(child.stdout.take().map(|stream| Box::new(stream) as _));
    let err = reader(child.stderr.take().map(|stream| Box::new(stream) as _));
    let pid = child.id();
    thread::spawn(move || drop(tell.send(child.wait())));
    let Ok(status) = heard.recv_timeout(FAR) else {
        let pid = rustix::process::Pid::from_raw(pid.cast_signed()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
        panic!("the runner hangs; it said {} {}", out.join().unwrap(), err.join().unwrap());
    };
    Ended::new(status.unwrap(), out.join().unwrap(), err.join().unwrap())
}

/// Says why a test does nothing, and passes it unless everything is required.
#[expect(clippy::print_stderr, reason = "whoever reads the tests' output must see that this one did nothing")]
pub(crate) fn skip(needs: &str) {
    assert!(
        std::env::var_os("REQUIRE_ALL").is_none_or(|value| value != "1"),
        "REQUIRE_ALL is set; needs {needs}"
    );
    eprintln!("skipped: needs {needs}");
}

/// Asks once: a check in the real course installs the packages where they are missing.
fn node_is_ready() -> Result<(), String> {
    static READY: OnceLock<Result<(), String>> = OnceLock::new();
    let ask = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command.args(["check", "members_only", "--track", "javascript", "--answer", "solution", "--json"]);
        let ended = end({
            command.current_dir(real()).stdin(Stdio::null());
            command
        });
        if ended.code == Some(2) { Err(ended.err) } else { Ok(()) }
    };
    READY.get_or_init(ask).clone()
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
