//! One session with a client program: what waits for it, and which transport carries it.
//!
//! Requests and WebSocket tasks come and go; the session stands between them and the play.
//! Next: [`super::polling`] and [`super::websocket`].

use std::{
    mem::take,
    sync::{Mutex, MutexGuard, PoisonError},
};

use grader::{scenario::play::drive::Observation, transcript::Direction, wire::engine::Packet};
use tokio::sync::watch;

use super::gate::Knife;
use crate::carrier::{CLOSED_BY_US, CUT_BY_US, report::Reporter};

/// Which transport carries a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CarriedBy {
    Polling,
    /// Polling still, but a WebSocket was probed: GETs are not held any more.
    Probing,
    Websocket,
}

/// The session.
pub(super) struct Session {
    pub(super) sid: String,
    pub(super) reporter: Reporter,
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

struct State {
    outbox: Vec<Packet>,
    carried_by: CarriedBy,
    /// The connection of the pending GET.
    get: Option<Knife>,
    posting: bool,
    /// The connection of the WebSocket, probed or in use.
    websocket: Option<Knife>,
    /// The play has closed it; the client does not know yet.
    closing: bool,
    /// It is over; a GET that is still pending gets this.
    over: Option<Packet>,
    /// What the play hears as soon as the client uses the session.
    accepted: Option<(Observation, Packet)>,
}

/// What a WebSocket task must do now.
pub(super) enum Turn {
    Send(Vec<Packet>),
    Wait,
    Close,
    Over,
}

impl Session {
    pub(super) fn new(sid: String, reporter: Reporter, carried_by: CarriedBy) -> Self {
        let state = State {
            outbox: Vec::new(),
            carried_by,
            get: None,
            posting: false,
            websocket: None,
            closing: false,
            over: None,
            accepted: None,
        };
        Self { sid, reporter, state: Mutex::new(state), changed: watch::Sender::new(()) }
    }

    /// The handshake is answered.
    pub(super) fn accept(&self, accepted: Observation, open: Packet) {
        self.state().accepted = Some((accepted, open));
    }

    /// The client uses the session: now the play hears of it. The official client forgets a session over polling that
    /// was closed before its handshake was answered, without a word (React's `StrictMode` makes it do so), and there is
    /// no connection then.
    pub(super) fn arrives(&self) {
        let mut state = self.state();
        if let Some((accepted, open)) = state.accepted.take() {
            // Under the lock, so that nothing of the session can be told before.
            self.reporter.say(accepted);
            self.reporter.aside(Direction::ToProgram, open);
        }
    }

    /// A packet came from the client.
    pub(super) fn hear(&self, packet: Packet) {
        // A session that was cut is silent, even if something was on its way.
        if !self.is_over() {
            self.reporter.packet(packet);
        }
    }

    /// What the play sends, after all that it sent before.
    pub(super) fn send(&self, packets: Vec<Packet>) {
        self.change(|state| state.outbox.extend(packets));
    }

    /// Ends the session after all that was sent.
    pub(super) fn close(&self) {
        self.change(|state| state.closing = true);
    }

    /// Cuts the connections that the session has at this moment.
    pub(super) fn cut(&self) {
        // Under one lock, so that no request finds time for a farewell.
        self.end(CUT_BY_US.to_owned(), |state| {
            state.get.iter().chain(&state.websocket).for_each(Knife::cut);
            Packet::Close
        });
    }

    /// The session has ended, unless it had before. `farewell` goes to a pending GET.
    pub(super) fn over(&self, how: String, farewell: Packet) {
        self.end(how, |_| farewell);
    }

    fn end(&self, how: String, act: impl FnOnce(&State) -> Packet) {
        let first = self.change(|state| {
            let first = state.over.is_none();
            if first {
                state.over = Some(act(state));
            }
            first
        });
        if first {
            self.reporter.closed(how);
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.state().over.is_some()
    }

    pub(super) fn carried_by(&self) -> CarriedBy {
        self.state().carried_by
    }

    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// A GET begins to wait; none if another does already.
    pub(super) fn begin_get(&self, knife: Knife) -> Option<PendingGet<'_>> {
        let mut state = self.state();
        state.get.is_none().then(|| state.get = Some(knife))?;
        Some(PendingGet { session: self, answered: false })
    }

    /// What a GET is answered with now, if it need not wait.
    pub(super) fn for_get(&self) -> Option<Vec<Packet>> {
        let mut state = self.state();
        if let Some(farewell) = &state.over {
            return Some(vec![farewell.clone()]);
        }
        if state.carried_by == CarriedBy::Websocket {
            return Some(vec![Packet::Noop(String::new())]);
        }
        let mut packets = take(&mut state.outbox);
        if state.closing {
            packets.push(Packet::Close);
            drop(state);
            self.over(CLOSED_BY_US.to_owned(), Packet::Close);
        } else if packets.is_empty() && state.carried_by == CarriedBy::Probing {
            packets.push(Packet::Noop(String::new()));
        }
        (!packets.is_empty()).then_some(packets)
    }

    /// A POST begins; none if another is under way.
    pub(super) fn begin_post(&self) -> Option<Posting<'_>> {
        let mut state = self.state();
        (!state.posting).then(|| state.posting = true)?;
        Some(Posting(self))
    }

    /// A WebSocket belongs to the session now; whether it carries it is said by [`Self::carry_by`].
    pub(super) fn attach(&self, knife: Knife) {
        self.state().websocket = Some(knife);
    }

    pub(super) fn carry_by(&self, transport: CarriedBy) {
        let moved = self.change(|state| {
            let moved = transport == CarriedBy::Websocket && state.carried_by != transport;
            state.carried_by = transport;
            moved && state.over.is_none()
        });
        if moved {
            self.reporter.say(Observation::Upgraded(self.reporter.conn));
        }
    }

    /// What the WebSocket that carries the session must do.
    pub(super) fn for_websocket(&self) -> Turn {
        let mut state = self.state();
        if state.over.is_some() {
            Turn::Over
        } else if !state.outbox.is_empty() {
            Turn::Send(take(&mut state.outbox))
        } else if state.closing {
            Turn::Close
        } else {
            Turn::Wait
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.state());
        self.changed.send_replace(());
        result
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A GET that waits. Dropped without an answer it was aborted, which ends the session.
pub(super) struct PendingGet<'a> {
    session: &'a Session,
    answered: bool,
}

impl PendingGet<'_> {
    pub(super) fn answered(mut self) {
        self.answered = true;
    }
}

impl Drop for PendingGet<'_> {
    fn drop(&mut self) {
        self.session.state().get = None;
        if !self.answered {
            self.session.over("the client aborted its pending GET".to_owned(), Packet::Close);
        }
    }
}

/// A POST that is under way.
pub(super) struct Posting<'a>(&'a Session);

impl Drop for Posting<'_> {
    fn drop(&mut self) {
        self.0.state().posting = false;
    }
}
