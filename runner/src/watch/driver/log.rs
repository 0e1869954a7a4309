//! The session as a log: each save gets one report, as `check` prints it. For screen readers, pipes and odd terminals.
//! Next: [`crate::commands`].

use std::{io::Write, sync::Arc};

use tokio::runtime::Builder;

use super::{Start, WatchError, session::Session, signals::Signals};
use crate::{
    exit::Exit,
    report::style::Style,
    watch::{
        Desk,
        model::{Effect, Event, Key, Work},
    },
};

/// Runs a session that prints each verdict, until Ctrl-C. After a pass it goes on to the next exercise, unless the
/// learner named one.
///
/// # Errors
/// When the output is gone or the system refuses.
pub fn as_log(
    desk: Arc<dyn Desk>,
    start: &Start,
    style: Style,
    out: &mut dyn Write,
) -> Result<Exit, WatchError> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(WatchError::System)?;
    runtime.block_on(async {
        let mut signals = Signals::listen().map_err(WatchError::System)?;
        let (mut session, _) = Session::begin(desk, start, (80, 24), style)?;
        let mut log = Log { out, style, stays: start.named };
        let ended = log.run(&mut session, &mut signals).await;
        session.end();
        ended
    })
}

struct Log<'o> {
    out: &'o mut dyn Write,
    style: Style,
    stays: bool,
}

impl Log<'_> {
    async fn run(&mut self, session: &mut Session, signals: &mut Signals) -> Result<Exit, WatchError> {
        self.watching(session)?;
        loop {
            let event = tokio::select! {
                event = session.news() => event,
                event = signals.next() => event,
            };
            // Whoever stopped us has not drawn on a log.
            if matches!(event, Event::Continued) {
                continue;
            }
            let refused = match &event {
                Event::Refused { why, .. } => Some(why.clone()),
                _ => None,
            };
            let before = session.model.work.clone();
            let recorded = matches!(event, Event::Recorded { .. });
            let mut effects = session.take(event);
            if before != session.model.work {
                self.tell(session, refused)?;
            }
            if let Some(note) = session.model.note.take() {
                self.say(&note)?;
            }
            // Only now the outline knows of the pass.
            if recorded && !self.stays && session.model.work == (Work::Done { passed: true }) {
                let before = session.model.current;
                effects.extend(session.take(Event::Key(Key::Letter('n'))));
                if session.model.current != before {
                    self.watching(session)?;
                }
            }
            if let Some(Effect::Leave(exit)) =
                effects.iter().find(|effect| matches!(effect, Effect::Leave(_)))
            {
                return Ok(*exit);
            }
        }
    }

    fn watching(&mut self, session: &Session) -> Result<(), WatchError> {
        let edit = &session.model.entry().edit;
        self.say(&format!("Watching {edit}: each save is checked. Ctrl-C ends.\n"))
    }

    fn tell(&mut self, session: &Session, refused: Option<String>) -> Result<(), WatchError> {
        match (&session.model.work, session.model.told(), refused) {
            (Work::Done { .. }, Some(told), _) => self.say(&told.text(self.style)),
            (Work::Refused, _, Some(why)) => self.say(&format!("Not checked: {why}\n")),
            _ => Ok(()),
        }
    }

    fn say(&mut self, text: &str) -> Result<(), WatchError> {
        writeln!(self.out, "{text}").and_then(|()| self.out.flush()).map_err(WatchError::Output)
    }
}
