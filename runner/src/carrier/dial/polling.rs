//! A session that runs over HTTP long-polling (Engine.IO protocol v4, "HTTP long-polling").
//!
//! Two loops side by side, each with its own connection: `pull` keeps one GET pending, `push` sends POSTs one after
//! another. A third, in a session that is to move, probes the WebSocket. Next: [`super::upgrade`].

use std::future::pending;

use grader::{
    transcript::Direction,
    wire::engine::{Packet, decode_payload, encode_payload},
};
use tokio::{
    net::TcpStream,
    sync::watch,
    time::{sleep, timeout},
};

use super::{
    handshake::{Door, Polling},
    inbox::{Inbox, Order},
    lane::Lane,
    upgrade, websocket,
};
use crate::carrier::{
    CLOSE_DEADLINE, CLOSED_BY_US, CUT_BY_US, MAX_BYTES, UPGRADE_DEADLINE,
    frames::Frames,
    link::{Answer, Failure},
    report::Reporter,
    words,
};

/// What the loops must know of each other. Later in this order includes what is before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Phase {
    /// `1` is on its way: whatever the pending GET brings now is no news.
    Closing,
    Running,
    /// The probe was answered: no new GET, no new POST.
    Pausing,
    /// The pending GET has come back too.
    Paused,
}

/// What the loops share.
struct Session<'a> {
    door: &'a Door,
    path: String,
    max_payload: usize,
    upgrades: bool,
    reporter: &'a Reporter,
    phase: watch::Sender<Phase>,
}

/// Carries packets both ways until the transport ends, over a WebSocket once it has moved. Says how it ended.
pub(super) async fn carry(opened: Polling, upgrade: bool, reporter: &Reporter, inbox: &mut Inbox) -> String {
    let Polling { door, handshake, rest, mut pull } = opened;
    let sid = handshake.sid.clone();
    let upgrades = upgrade && handshake.upgrades.iter().any(|name| name == "websocket");
    let session = Session {
        path: door.path("polling", Some(&sid)),
        max_payload: handshake.max_payload.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(MAX_BYTES),
        door: &door,
        upgrades,
        reporter,
        phase: watch::Sender::new(Phase::Running),
    };
    reporter.packet(Packet::Open(handshake));
    for packet in rest {
        reporter.packet(packet);
    }
    let moved = tokio::try_join!(session.push(inbox), session.pull(&mut pull), session.probe(&sid));
    match moved {
        Ok(((), (), mut frames)) => {
            drop(pull);
            upgrade::complete(&mut frames, reporter);
            websocket::carry(frames, reporter, inbox).await
        }
        Err(how) => how,
    }
}

impl Session<'_> {
    /// Keeps one GET pending, until polling pauses.
    async fn pull(&self, lane: &mut Lane) -> Result<(), String> {
        loop {
            let answer = self.get(lane).await;
            let closing = *self.phase.borrow() == Phase::Closing;
            match answer.and_then(|answer| packets(&answer)) {
                Ok(packets) => self.hear(packets)?,
                Err(_) if closing => {}
                Err(how) => return Err(how),
            }
            let phase = *self.phase.borrow();
            match phase {
                Phase::Running => {}
                Phase::Pausing | Phase::Paused => {
                    self.phase.send_replace(Phase::Paused);
                    return Ok(());
                }
                // The loop that posts the `1` ends the session.
                Phase::Closing => return pending().await,
            }
        }
    }

    async fn get(&self, lane: &mut Lane) -> Result<Answer, String> {
        let stuck = async {
            self.reached(Phase::Pausing).await;
            sleep(UPGRADE_DEADLINE).await;
        };
        tokio::select! {
            answer = lane.ask("GET", &self.path, Vec::new()) => accepted(answer),
            () = stuck => Err("the pending GET was not answered during the upgrade".to_owned()),
        }
    }

    fn hear(&self, packets: Vec<Packet>) -> Result<(), String> {
        for packet in packets {
            let ended = packet == Packet::Close;
            match packet {
                // The server lets the GET go: housekeeping of the upgrade.
                Packet::Noop(_) if self.upgrades => self.reporter.aside(Direction::FromProgram, packet),
                _ => self.reporter.packet(packet),
            }
            if ended {
                return Err("Engine.IO close packet `1`".to_owned());
            }
        }
        Ok(())
    }

    /// Posts what the play sends, until polling has paused.
    async fn push(&self, inbox: &mut Inbox) -> Result<(), String> {
        let mut lane = self.door.lane();
        loop {
            let order = tokio::select! {
                biased;
                () = self.reached(Phase::Pausing) => {
                    return tokio::select! {
                        () = inbox.cut() => Err(CUT_BY_US.to_owned()),
                        () = self.reached(Phase::Paused) => Ok(()),
                    };
                }
                order = inbox.next() => order,
            };
            let (mut packets, last) = all_due(order, inbox);
            if last == Some(Order::Close) {
                self.phase.send_replace(Phase::Closing);
                packets.push(Packet::Close);
                // A server that does not take the `1` only delays the end.
                drop(timeout(CLOSE_DEADLINE, self.post(&mut lane, &packets, inbox)).await);
                return Err(CLOSED_BY_US.to_owned());
            }
            let sent = self.post(&mut lane, &packets, inbox).await;
            // The play's own end goes before what the server says of the last packets.
            if last.is_some() {
                return Err(CUT_BY_US.to_owned());
            }
            sent?;
        }
    }

    /// Sends packets in as many bodies as the server's limit asks for. A cut leaves the body under way a little time.
    async fn post(&self, lane: &mut Lane, packets: &[Packet], inbox: &mut Inbox) -> Result<(), String> {
        let mut rest = packets;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(fitting(rest, self.max_payload));
            rest = later;
            let given_up = async {
                inbox.cut().await;
                sleep(CLOSE_DEADLINE).await;
            };
            tokio::select! {
                biased;
                answer = lane.ask("POST", &self.path, encode_payload(now).into_bytes()) => accepted(answer)?,
                () = given_up => return Err(CUT_BY_US.to_owned()),
            };
        }
        Ok(())
    }

    /// Moves the session, if it is to move and the server will have it; otherwise never ends.
    async fn probe(&self, sid: &str) -> Result<Frames<TcpStream>, String> {
        if self.upgrades
            && let Some(frames) = upgrade::probe(self.door, sid, self.reporter).await
            && self.phase.send_if_modified(|phase| {
                let running = *phase == Phase::Running;
                if running {
                    *phase = Phase::Pausing;
                }
                running
            })
        {
            return Ok(frames);
        }
        pending().await
    }

    async fn reached(&self, wanted: Phase) {
        // It cannot fail: the sender is `self`.
        drop(self.phase.subscribe().wait_for(|phase| *phase >= wanted).await);
    }
}

/// Everything that is due, and the end if it is.
fn all_due(first: Order, inbox: &mut Inbox) -> (Vec<Packet>, Option<Order>) {
    let mut packets = Vec::new();
    let mut next = Some(first);
    while let Some(order) = next {
        match order {
            Order::Send(more) => packets.extend(more),
            end => return (packets, Some(end)),
        }
        next = inbox.now();
    }
    (packets, None)
}

/// How many of the packets go into one body; at least one, as in the official client.
fn fitting(packets: &[Packet], limit: usize) -> usize {
    let mut bytes = 0;
    let fits = packets.iter().take_while(|packet| {
        // One byte more: the separator.
        bytes += packet.to_text().len() + 1;
        bytes - 1 <= limit
    });
    fits.count().max(1)
}

/// As in the official client, only 200 will do.
fn accepted(answer: Result<Answer, Failure>) -> Result<Answer, String> {
    let answer = answer.map_err(|failure| failure.to_string())?;
    if answer.status == 200 { Ok(answer) } else { Err(words::of_answer(answer.status, &answer.body)) }
}

fn packets(answer: &Answer) -> Result<Vec<Packet>, String> {
    let body = std::str::from_utf8(&answer.body).map_err(|_| "an HTTP body that is not UTF-8".to_owned())?;
    decode_payload(body, MAX_BYTES).map_err(|problem| {
        format!("the HTTP body `{}` is no Engine.IO payload: {problem}", words::start_of(body))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_holds_what_the_server_takes_and_at_least_one_packet() {
        let packets: Vec<_> = ["a", "bc", "def"].map(|text| Packet::Message(text.to_owned())).into();
        assert_eq!(encode_payload(&packets).len(), 2 + 1 + 3 + 1 + 4);
        assert_eq!(fitting(&packets, 11), 3);
        assert_eq!(fitting(&packets, 10), 2);
        assert_eq!(fitting(&packets, 5), 1);
        assert_eq!(fitting(&packets, 0), 1);
    }
}
