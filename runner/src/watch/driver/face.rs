//! The session on a screen: keys in, frames out. Next: `editor.rs`.

use std::{env, ffi::OsString, io, path::Path, process::Stdio, sync::Arc, time::Duration};

use rustix::process::{Signal, kill_current_process_group};
use tokio::{process::Command, runtime::Builder, time::timeout};

use super::{
    Start, WatchError,
    editor::{How, Surroundings, how},
    screen::Screen,
    session::Session,
    signals::Signals,
};
use crate::{
    exit::Exit,
    report::style::Style,
    watch::{
        Desk,
        model::{Effect, Event},
    },
};

/// After this a stop that was asked for has not come, and does not come: nobody would let us go on.
const STOPS_WITHIN: Duration = Duration::from_millis(100);

/// Runs a session on the terminal until somebody ends it. Nothing that it started is left then, and the terminal is as
/// it was.
///
/// # Errors
/// When the terminal or the system refuses.
pub fn on_screen(desk: Arc<dyn Desk>, start: &Start, style: Style) -> Result<Exit, WatchError> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(WatchError::System)?;
    runtime.block_on(async {
        let signals = Signals::listen().map_err(WatchError::System)?;
        let mut face = Face { screen: Screen::take().map_err(WatchError::Terminal)?, signals };
        let size = face.screen.size().map_err(WatchError::Terminal)?;
        let (mut session, effects) = Session::begin(desk, start, size, style)?;
        let ended = face.run(&mut session, effects).await;
        session.end();
        ended.map_err(WatchError::Terminal)
    })
}

struct Face {
    screen: Screen,
    signals: Signals,
}

impl Face {
    async fn run(&mut self, session: &mut Session, mut effects: Vec<Effect>) -> io::Result<Exit> {
        loop {
            if let Some(exit) = self.perform(session, effects).await? {
                return Ok(exit);
            }
            self.screen.draw(&session.model)?;
            let event = tokio::select! {
                event = session.news() => event,
                event = self.signals.next() => event,
                // A terminal that is gone is one that hung up.
                event = self.screen.next() => event.unwrap_or(Event::Ask(Exit::Interrupted)),
            };
            effects = self.take(session, event)?;
            // What came at the same moment makes one frame.
            while let Some(event) = session.waiting() {
                effects.extend(self.take(session, event)?);
            }
        }
    }

    fn take(&mut self, session: &mut Session, event: Event) -> io::Result<Vec<Effect>> {
        if matches!(event, Event::Continued) {
            // Whoever stopped us may have drawn, and set the terminal to something else.
            self.screen.give_back();
            self.screen.take_again()?;
        }
        Ok(session.take(event))
    }

    /// What only a screen can do. Says how to end.
    async fn perform(&mut self, session: &mut Session, effects: Vec<Effect>) -> io::Result<Option<Exit>> {
        let mut queue: Vec<Effect> = effects;
        while !queue.is_empty() {
            for effect in std::mem::take(&mut queue) {
                match effect {
                    Effect::Leave(exit) => return Ok(Some(exit)),
                    Effect::Redraw => self.screen.forget()?,
                    Effect::Suspend => {
                        self.suspend().await?;
                        queue.extend(session.take(Event::Continued));
                    }
                    Effect::Open(exercise) => {
                        let note = self.open(session, &exercise).await?;
                        queue.extend(note.into_iter().flat_map(|note| session.take(Event::Note(note))));
                    }
                    Effect::Quiz(exercise) => {
                        let note = self.quiz(session, &exercise).await?;
                        queue.extend(note.into_iter().flat_map(|note| session.take(Event::Note(note))));
                    }
                    _ => {}
                }
            }
        }
        Ok(None)
    }

    /// The whole group stops, as it does by a shell's Ctrl-Z: `cargo run` stands between us and the shell.
    async fn suspend(&mut self) -> io::Result<()> {
        self.screen.give_back();
        kill_current_process_group(Signal::TSTP)?;
        // Where no shell could let us go on, the system does not stop us at all.
        drop(timeout(STOPS_WITHIN, self.signals.continued()).await);
        self.screen.take_again()
    }

    /// Opens the file; what is to be said about it comes back.
    async fn open(&mut self, session: &Session, exercise: &str) -> io::Result<Option<String>> {
        let Some(file) = session.desk.file(exercise) else { return Ok(None) };
        let how = how(&file, &Surroundings::here(|name| env::var(name).ok(), self.screen.size()?.0));
        match how {
            Ok(How::Beside(argv, by)) => Ok(beside(&argv, &file, &by)),
            Ok(How::Here(argv)) => {
                let argv: Vec<OsString> = argv.into_iter().map(OsString::from).collect();
                let failed = self.here(&argv).await?;
                Ok(failed.map(|error| format!("the editor cannot be started: {error}; set `EDITOR`")))
            }
            Err(why) => Ok(Some(why)),
        }
    }

    /// Asks the questions of the lesson; what is to be said about it comes back.
    async fn quiz(&mut self, session: &Session, exercise: &str) -> io::Result<Option<String>> {
        let Some(quiz) = session.desk.quiz(exercise) else { return Ok(None) };
        let argv: Vec<OsString> =
            ["sh", "-c", AND_WAIT, "sh"].into_iter().map(OsString::from).chain(quiz).collect();
        let failed = self.here(&argv).await?;
        Ok(failed.map(|error| format!("the quiz cannot be started: {error}")))
    }

    /// In this terminal: we step aside until the command ends. Answers why it could not be started.
    async fn here(&mut self, argv: &[OsString]) -> io::Result<Option<io::Error>> {
        self.screen.give_back();
        let ended = match argv.split_first() {
            Some((program, arguments)) => Command::new(program).args(arguments).status().await,
            None => Ok(std::process::ExitStatus::default()),
        };
        self.signals.forget_interrupts();
        self.screen.take_again()?;
        Ok(ended.err())
    }
}

/// Runs the command, and leaves what it said on the screen until Enter is pressed. Ctrl-C is the command's.
const AND_WAIT: &str = r#"
trap : INT
"$@"
printf '\nEnter goes back to the watch. '
read -r line
"#;

/// In a window or a pane of its own, which outlives us.
fn beside(argv: &[String], file: &Path, by: &str) -> Option<String> {
    let (program, arguments) = argv.split_first()?;
    let name = file.file_name().unwrap_or_default().display();
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    Some(match started {
        Ok(_) => format!("{name} is open: {by}"),
        Err(error) => format!("`{program}` cannot be started: {error}; set `EDITOR`"),
    })
}
