//! Drives one play: performs its actions with carriers, hands observations back with their time.
//!
//! Everything that happens goes through one queue, so that the play sees it in the order in which the runner did.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use grader::{
    scenario::{
        model::{Exercise, Role},
        play::{
            Finished, Play,
            drive::{Action, Conn, HttpRequest, Observation, OpenFailure, OpenRequest, PageReply, Start},
        },
    },
    wire::engine::Packet,
};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::{
    setting::{Lack, Setting},
    skip,
};
use crate::{
    attempt::{LaunchFailure, Launcher, Page},
    carrier::{dial, http, listen::Listener},
};

/// No scenario takes longer than this; one that does is given up as stuck.
const AT_MOST: Duration = Duration::from_mins(5);
/// So many observations are taken in between two looks of the play.
const AT_ONCE: usize = 1_000;

/// Plays scenario `number`. `alone`: with a program of its own, shared with no other scenario.
pub(super) async fn play(
    exercise: &Exercise,
    launcher: &Launcher,
    number: usize,
    alone: bool,
    start: &Start,
) -> Result<Finished, LaunchFailure> {
    let skipped = |needs: &str| {
        let mut play = Play::new(exercise, number, start);
        play.skip(needs);
        Ok(play.finish())
    };
    if let Some(needs) = skip::of_scenario(&exercise.scenarios[number]) {
        return skipped(&needs);
    }
    let (tell, heard) = mpsc::unbounded_channel();
    let listener = match exercise.role {
        // That is this computer's fault, and nobody else's.
        Role::Client | Role::Page => match Listener::start(tell.clone()).await {
            Ok(listener) => Some(listener),
            Err(error) => return skipped(&format!("a free port on 127.0.0.1 for the sandbox: {error}")),
        },
        Role::Server | Role::Frames | Role::Tests => None,
    };
    let url = listener.as_ref().map(|listener| format!("http://{}", listener.addr()));
    let setting = match Setting::start(exercise, launcher, number, alone, url.as_deref()).await {
        Ok(setting) => setting,
        Err(Lack::Program(failure)) => return Err(failure),
        Err(Lack::Redis(needs)) => return skipped(&needs),
    };
    let mut drive = Drive {
        play: Play::new(exercise, number, start),
        began: Instant::now(),
        lines: HashMap::new(),
        listener,
        page: setting.page(),
        setting,
        tell,
        heard,
    };
    drive.run().await;
    Ok(drive.end().await)
}

struct Drive<'a> {
    play: Play,
    began: Instant,
    lines: HashMap<Conn, dial::Line>,
    listener: Option<Listener>,
    page: Option<Page>,
    setting: Setting<'a>,
    tell: UnboundedSender<Observation>,
    heard: UnboundedReceiver<Observation>,
}

impl Drive<'_> {
    async fn run(&mut self) {
        loop {
            for action in self.play.actions() {
                self.perform(action).await;
            }
            if self.play.is_over() {
                return;
            }
            if self.began.elapsed() > AT_MOST {
                return self.play.give_up(AT_MOST);
            }
            let wake = self.play.wake().unwrap_or(AT_MOST);
            let wake = tokio::time::Instant::from_std(self.began + wake.min(AT_MOST));
            let first = tokio::select! {
                biased;
                Some(observation) = self.heard.recv() => observation,
                observation = self.setting.observe() => observation,
                () = tokio::time::sleep_until(wake) => Observation::Tick,
            };
            self.take_in(first);
        }
    }

    /// Takes in all that is at hand before the play looks again: a late tick never overtakes a packet. A program that
    /// sends faster than we read must not keep the play from looking.
    fn take_in(&mut self, first: Observation) {
        let at = self.began.elapsed();
        self.play.observe(at, first);
        for _ in 0..AT_ONCE {
            let Ok(observation) = self.heard.try_recv() else { break };
            self.play.observe(at, observation);
        }
        for _ in 0..AT_ONCE {
            let Some(observation) = self.setting.observe_now() else { break };
            self.play.observe(at, observation);
        }
    }

    async fn perform(&mut self, action: Action) {
        match action {
            Action::Open { conn, request } => self.open(conn, request),
            Action::Send { conn, packets } => self.send(conn, packets),
            Action::Close(conn) => match (self.lines.get(&conn), &self.listener) {
                (Some(line), _) => line.close(),
                (None, Some(listener)) => listener.close(conn),
                (None, None) => {}
            },
            Action::Cut(conn) => match (self.lines.get(&conn), &self.listener) {
                (Some(line), _) => line.cut(),
                (None, Some(listener)) => listener.cut(conn),
                (None, None) => {}
            },
            Action::Http { id, request, within } => self.call(id, request, within),
            Action::Page { id, request } => match &self.page {
                Some(page) => page.ask(id, request),
                None => self.say(Observation::PageReply { id, reply: PageReply::Missing }),
            },
            Action::Measure => self.measure(),
            Action::Look => self.look(),
            // Nothing is taken in meanwhile; the play waits for this alone.
            Action::Switch { part, start } => match self.setting.switch(part, start).await {
                Ok(trouble) => self.say(Observation::Switched { trouble }),
                Err(needs) => self.play.skip(&needs),
            },
        }
    }

    fn open(&mut self, conn: Conn, request: OpenRequest) {
        let Some(addr) = self.setting.address(request.node) else {
            let why = OpenFailure::Refused("the program has no address".to_owned());
            return self.say(Observation::NotOpened { conn, why });
        };
        let target = dial::Target { addr, host: addr.to_string(), path: "/socket.io/".to_owned() };
        self.lines.insert(conn, dial::open(conn, target, request, self.tell.clone()));
    }

    fn send(&self, conn: Conn, packets: Vec<Packet>) {
        match (self.lines.get(&conn), &self.listener) {
            (Some(line), _) => line.send(packets),
            (None, Some(listener)) => listener.send(conn, packets),
            (None, None) => {}
        }
    }

    fn call(&self, id: u32, request: HttpRequest, within: Duration) {
        let (tell, addr) = (self.tell.clone(), self.setting.address(1));
        tokio::spawn(async move {
            let reply = match addr {
                Some(addr) => http::call_within(addr, &addr.to_string(), request, within).await,
                None => Err("the program has no address".to_owned()),
            };
            // The play may be over by now; then nobody waits for the reply.
            let _ = tell.send(Observation::HttpReply { id, reply });
        });
    }

    fn measure(&self) {
        let Some(used) = self.setting.usage() else { return };
        let tell = self.tell.clone();
        tokio::spawn(async move {
            // The play may be over by now; then nobody asks any more.
            let _ = tell.send(Observation::Used(used.await));
        });
    }

    fn look(&self) {
        let (tell, doing) = (self.tell.clone(), self.setting.doing());
        tokio::spawn(async move {
            // The play may be over by now; then nobody asks any more.
            let _ = tell.send(Observation::Seen(doing.await));
        });
    }

    /// Puts an observation of the driver's own into the queue.
    fn say(&self, observation: Observation) {
        // The receiver lives as long as this drive.
        let _ = self.tell.send(observation);
    }

    async fn end(self) -> Finished {
        for line in self.lines.values() {
            line.cut();
        }
        let output = self.setting.end().await;
        if let Some(listener) = self.listener {
            listener.stop().await;
        }
        let mut finished = self.play.finish();
        if finished.result.output.is_empty() {
            finished.result.output = output;
        }
        finished
    }
}
