//! From a save to the verdict of a watch that writes a log.

use std::{
    error::Error,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use crate::course::main_file;

/// How long a learner looks at a verdict, at least: meanwhile the next Node gets ready.
const LOOK: Duration = Duration::from_secs(1);

/// A watch with its output in a pipe.
pub(crate) struct Log {
    child: Child,
    output: BufReader<ChildStdout>,
    file: PathBuf,
    solution: String,
    saves: u32,
}

impl Log {
    /// Watches exercise `number` of a course of [`crate::course::to_watch`], and is past its first verdict.
    pub(crate) fn open(runner: &Path, course: &Path, number: usize) -> Result<Self, Box<dyn Error>> {
        let file = main_file(course, number);
        let mut command = Command::new(runner);
        command.args(["watch", &format!("exercise_{number}"), "--plain"]).current_dir(course);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut log = Self { solution: fs::read_to_string(&file)?, child, output, file, saves: 0 };
        log.until_verdict()?;
        Ok(log)
    }

    /// A save: until the line of its verdict is there.
    pub(crate) fn saved(&mut self) -> Result<Duration, Box<dyn Error>> {
        std::thread::sleep(LOOK);
        self.saves += 1;
        let text = format!("{}// save {}\n", self.solution, self.saves);
        let began = Instant::now();
        fs::write(&self.file, text)?;
        self.until_verdict()?;
        Ok(began.elapsed())
    }

    fn until_verdict(&mut self) -> Result<(), Box<dyn Error>> {
        let mut line = String::new();
        while !line.contains("Well done") {
            line.clear();
            if self.output.read_line(&mut line)? == 0 {
                return Err("the watch ended".into());
            }
        }
        Ok(())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        // It ends its programs when it is told to; a kill would leave that to its guardian.
        drop(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status());
        drop(self.child.wait());
    }
}
