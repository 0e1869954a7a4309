//! A real terminal: tmux, with a runner in it and a person's hands on it.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use crate::{
    desk::{Desk, FAR, skip},
    left,
};

/// One terminal, gone with everything in it when it is dropped.
pub(crate) struct Terminal {
    socket: PathBuf,
    code: PathBuf,
    mark: String,
}

impl Terminal {
    /// Types a shell command into a terminal of so many columns and rows. None where there is no tmux.
    pub(crate) fn open(desk: &Desk, name: &str, shell: &str, (columns, rows): (u16, u16)) -> Option<Self> {
        if Command::new("tmux").arg("-V").stdout(Stdio::null()).status().is_err() {
            skip("tmux");
            return None;
        }
        let folder = desk.course.parent().unwrap();
        let terminal = Self {
            socket: folder.join(format!("{name}.tmux")),
            code: folder.join(format!("{name}.code")),
            mark: desk.mark.clone(),
        };
        // The program is a script, so that no shell of the person's is asked about quotes.
        let script = folder.join(format!("{name}.sh"));
        let text = format!("#!/bin/sh\n{shell}\necho $? > '{}'\nsleep 1000\n", terminal.code.display());
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = desk.command("tmux", ["-u", "-f", "/dev/null", "-S"]);
        command.arg(&terminal.socket).args(["new-session", "-d", "-x"]).arg(columns.to_string());
        command.arg("-y").arg(rows.to_string()).arg(&script);
        command.env("LC_ALL", "C.UTF-8").env("SHELL", "/bin/sh").env_remove("TMUX").env_remove("NO_COLOR");
        command.env_remove("VISUAL").env_remove("EDITOR");
        assert!(command.status().unwrap().success(), "tmux does not start");
        Some(terminal)
    }

    /// A watch with these arguments.
    pub(crate) fn watch(desk: &Desk, name: &str, args: &str, size: (u16, u16)) -> Option<Self> {
        Self::open(desk, name, &format!("'{}' watch {args}", env!("CARGO_BIN_EXE_runner")), size)
    }

    pub(crate) fn tmux(&self, args: &[&str]) -> String {
        let output = Command::new("tmux").arg("-S").arg(&self.socket).args(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Presses keys, by tmux's names.
    pub(crate) fn press(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    /// Types letters.
    pub(crate) fn write(&self, text: &str) {
        self.tmux(&["send-keys", "-l", text]);
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.tmux(&["resize-window", "-x", &columns.to_string(), "-y", &rows.to_string()]);
    }

    pub(crate) fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Waits until all of these stand on the screen.
    #[track_caller]
    pub(crate) fn shows(&self, texts: &[&str]) -> String {
        self.until(&format!("{texts:?}"), |screen| texts.iter().all(|text| screen.contains(text)))
    }

    #[track_caller]
    pub(crate) fn until(&self, what: &str, is_there: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let screen = self.screen();
            if is_there(&screen) {
                return screen;
            }
            assert!(began.elapsed() < FAR / 4, "{what} never came:\n{screen}");
        }
    }

    /// Waits for the end of what was typed; its exit code.
    #[track_caller]
    pub(crate) fn ended(&self) -> i32 {
        let began = Instant::now();
        loop {
            let code = fs::read_to_string(&self.code).unwrap_or_default();
            if let Ok(code) = code.trim().parse() {
                return code;
            }
            assert!(began.elapsed() < FAR / 4, "it never ended:\n{}", self.screen());
            std::thread::yield_now();
        }
    }

    /// The watches that run in here.
    pub(crate) fn runners(&self) -> Vec<i32> {
        let runner = format!("{} watch", Path::new(env!("CARGO_BIN_EXE_runner")).display());
        let living = left::living(&self.mark);
        living
            .iter()
            .filter_map(|process| process.split_once(": "))
            .filter(|(_, arguments)| arguments.starts_with(&runner))
            .map(|(pid, _)| pid.parse().unwrap())
            .collect()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}
