//! From a save to the verdict on the screen of a watch, as a person sees it: in a terminal, which is tmux.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    clock::until_line,
    course::{main_file, to_watch},
};

/// `members_only`, in a course made for measuring.
const EXERCISE: &str = "exercise_2";
const NUMBER: usize = 2;
const FAR: Duration = Duration::from_mins(1);

/// A watch in a terminal, and the course that it watches.
pub(crate) struct Screen {
    course: tempfile::TempDir,
    runner: PathBuf,
    solution: String,
    saves: std::cell::Cell<u32>,
}

impl Screen {
    pub(crate) fn open(root: &Path, runner: &Path) -> Result<Self, Box<dyn Error>> {
        let course = to_watch(root)?;
        let solution = fs::read_to_string(main_file(course.path(), NUMBER))?;
        let screen =
            Self { course, runner: runner.to_path_buf(), solution, saves: std::cell::Cell::default() };
        screen.save()?;
        let mut command =
            screen.tmux(&["-u", "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24"]);
        command.arg(runner).args(["watch", EXERCISE]).env("LC_ALL", "C.UTF-8").env_remove("TMUX");
        command.current_dir(screen.course.path()).status()?;
        screen.until(true)?;
        Ok(screen)
    }

    /// `check` of the same file: until its verdict.
    pub(crate) fn check(&self) -> Result<Duration, Box<dyn Error>> {
        let mut command = Command::new(&self.runner);
        command.args(["check", EXERCISE, "--json"]).current_dir(self.course.path());
        until_line(&mut command, "\"event\":\"check_ended\"")
    }

    /// A save: until its verdict is seen.
    pub(crate) fn saved(&self) -> Result<Duration, Box<dyn Error>> {
        let began = Instant::now();
        self.save()?;
        self.until(false)?;
        self.until(true)?;
        Ok(began.elapsed())
    }

    fn save(&self) -> Result<(), Box<dyn Error>> {
        self.saves.set(self.saves.get() + 1);
        let text = format!("{}// save {}\n", self.solution, self.saves.get());
        Ok(fs::write(main_file(self.course.path(), NUMBER), text)?)
    }

    /// Waits until the screen says that it passed, or does not say it any more.
    fn until(&self, passed: bool) -> Result<(), Box<dyn Error>> {
        let began = Instant::now();
        loop {
            let screen = self.tmux(&["capture-pane", "-p"]).output()?.stdout;
            let screen = String::from_utf8_lossy(&screen);
            if screen.contains("passed; n goes on") == passed {
                return Ok(());
            }
            if began.elapsed() > FAR {
                return Err(format!("the screen stays as it is:\n{screen}").into());
            }
        }
    }

    fn tmux(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.arg("-S").arg(self.course.path().join("tmux")).args(arguments);
        command
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // The server, with the watch in it. One that is gone needs no end.
        drop(self.tmux(&["kill-server"]).status());
    }
}
