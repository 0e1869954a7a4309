//! The model with everything around it that has no screen: news come in, effects are done. Next: `checks.rs`.

use std::{future::pending, sync::Arc, time::Instant};

use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::sleep_until,
};

use super::{Start, WatchError, checks::Checks, errands::Errands, files::Files};
use crate::{
    report::style::Style,
    watch::{
        Desk,
        model::{Effect, Event, Model},
        view,
    },
};

/// A watch that runs.
pub(super) struct Session {
    pub(super) model: Model,
    pub(super) desk: Arc<dyn Desk>,
    news: UnboundedReceiver<Event>,
    checks: Checks,
    errands: Errands,
    files: Files,
}

impl Session {
    /// Begins; what is left to do is the face's.
    pub(super) fn begin(
        desk: Arc<dyn Desk>,
        start: &Start,
        size: (u16, u16),
        style: Style,
    ) -> Result<(Self, Vec<Effect>), WatchError> {
        let (tell, news) = unbounded_channel();
        let teller = || {
            let tell = tell.clone();
            // Nobody listens any more: the session is over.
            move |event: Event| drop(tell.send(event))
        };
        let checks = Checks::start(Arc::clone(&desk), teller()).map_err(WatchError::System)?;
        let errands = Errands::start(Arc::clone(&desk), teller()).map_err(WatchError::System)?;
        let files = Files::new(start.poll, teller());
        let (model, effects) = Model::new(desk.outline(), &start.exercise, size, style);
        let mut session = Self { model, desk, news, checks, errands, files };
        let left = session.perform(effects);
        Ok((session, left))
    }

    /// The next thing that happened. Nothing is lost when the future is dropped.
    pub(super) async fn news(&mut self) -> Event {
        let due = async {
            match self.model.due() {
                Some(due) => sleep_until(due.into()).await,
                None => pending().await,
            }
        };
        tokio::select! {
            Some(event) = self.news.recv() => event,
            () = due => Event::Tick,
        }
    }

    /// What has happened already, without waiting.
    pub(super) fn waiting(&mut self) -> Option<Event> {
        self.news.try_recv().ok()
    }

    /// Hands an event to the model and does what comes of it; what is left to do is the face's.
    pub(super) fn take(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.model.take(event, Instant::now());
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut left = Vec::new();
        for effect in effects {
            match effect {
                Effect::Cancel => self.checks.cancel(),
                Effect::Warm(exercise) => self.checks.warm(exercise),
                Effect::Check { run, exercise } => self.checks.check(run, exercise),
                Effect::Run(errand, exercise) => {
                    let (columns, _) = view::room(&self.model);
                    self.errands.run(errand, exercise, columns);
                }
                Effect::Follow(exercise) => {
                    let followed = self.desk.file(&exercise).map(|file| self.files.follow(&file));
                    if let Some(Err(why)) = followed {
                        left.extend(self.model.take(Event::Note(why), Instant::now()));
                    }
                }
                Effect::Open(_) | Effect::Quiz(_) | Effect::Suspend | Effect::Redraw | Effect::Leave(_) => {
                    left.push(effect);
                }
            }
        }
        left
    }

    /// Ends everything; returns when nothing is left.
    pub(super) fn end(self) {
        drop(self.files);
        self.checks.end();
        self.errands.end();
    }
}
