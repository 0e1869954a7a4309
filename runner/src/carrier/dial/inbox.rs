//! What the play wants of a connection, in order, with its holds kept. Next: [`super::handshake`].

use std::collections::VecDeque;

use futures_util::FutureExt;
use grader::wire::engine::Packet;
use tokio::{
    sync::mpsc::UnboundedReceiver,
    time::{Instant, sleep_until},
};

/// What [`super::Line`] says.
#[derive(Debug)]
pub(super) enum Command {
    Send(Vec<Packet>),
    Close,
    Cut,
    /// Nothing that comes after this goes out before that moment.
    Hold(Instant),
}

/// What the carrier must do now.
#[derive(Debug, PartialEq)]
pub(super) enum Order {
    Send(Vec<Packet>),
    Close,
    /// The line was cut, or nobody holds it any more.
    Cut,
}

/// The orders that wait, each with the moment from which it may be done.
pub(super) struct Inbox {
    commands: UnboundedReceiver<Command>,
    waiting: VecDeque<(Instant, Order)>,
    held_until: Instant,
    cut: bool,
}

impl Inbox {
    pub(super) fn new(commands: UnboundedReceiver<Command>) -> Self {
        Self { commands, waiting: VecDeque::new(), held_until: Instant::now(), cut: false }
    }

    /// The next order, when it is due. Cancel safe. A cut overtakes what is held, not what is due.
    pub(super) async fn next(&mut self) -> Order {
        loop {
            while let Ok(command) = self.commands.try_recv() {
                self.note(command);
            }
            let due = self.waiting.front().map(|(due, _)| *due);
            // Asked here, because a timer of the past fires only with the next millisecond.
            if due.is_some_and(|due| due <= Instant::now())
                && let Some((_, order)) = self.waiting.pop_front()
            {
                return order;
            }
            if self.cut {
                return Order::Cut;
            }
            tokio::select! {
                command = self.commands.recv() => self.note(command.unwrap_or(Command::Cut)),
                () = sleep_until(due.unwrap_or(self.held_until)), if due.is_some() => {}
            }
        }
    }

    /// The next order if it is due already.
    pub(super) fn now(&mut self) -> Option<Order> {
        self.next().now_or_never()
    }

    /// Ends when the line is cut; everything else waits on. Cancel safe.
    pub(super) async fn cut(&mut self) {
        while !self.cut {
            let command = self.commands.recv().await;
            self.note(command.unwrap_or(Command::Cut));
        }
    }

    fn note(&mut self, command: Command) {
        let due = self.held_until;
        match command {
            Command::Send(packets) => self.waiting.push_back((due, Order::Send(packets))),
            Command::Close => self.waiting.push_back((due, Order::Close)),
            Command::Cut => self.cut = true,
            Command::Hold(until) => self.held_until = self.held_until.max(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::mpsc;

    use super::*;

    fn ping() -> Vec<Packet> {
        vec![Packet::Ping(String::new())]
    }

    #[tokio::test]
    async fn a_hold_delays_only_what_comes_after_it() {
        let (commands, inbox) = mpsc::unbounded_channel();
        let mut inbox = Inbox::new(inbox);
        let until = Instant::now() + Duration::from_millis(20);
        for command in [Command::Send(ping()), Command::Hold(until), Command::Send(vec![]), Command::Close] {
            commands.send(command).expect("the inbox is open");
        }
        assert_eq!(inbox.now(), Some(Order::Send(ping())));
        assert_eq!(inbox.now(), None);
        assert_eq!(inbox.next().await, Order::Send(vec![]));
        assert!(Instant::now() >= until);
        assert_eq!(inbox.now(), Some(Order::Close));
    }

    #[tokio::test]
    async fn a_cut_overtakes_what_is_held_and_nothing_else() {
        let (commands, inbox) = mpsc::unbounded_channel();
        let mut inbox = Inbox::new(inbox);
        let never = Instant::now() + Duration::from_hours(1);
        for command in [Command::Send(ping()), Command::Hold(never), Command::Send(ping()), Command::Cut] {
            commands.send(command).expect("the inbox is open");
        }
        assert_eq!(inbox.next().await, Order::Send(ping()));
        assert_eq!(inbox.next().await, Order::Cut);
    }

    #[tokio::test]
    async fn a_line_that_nobody_holds_is_cut() {
        let (commands, inbox) = mpsc::unbounded_channel();
        let mut inbox = Inbox::new(inbox);
        commands.send(Command::Close).expect("the inbox is open");
        drop(commands);
        inbox.cut().await;
        assert_eq!(inbox.next().await, Order::Close);
        assert_eq!(inbox.next().await, Order::Cut);
    }
}
