//! One client's TCP connection and ours to the target, end to end: what comes on one goes out on the other.
//!
//! One connection for one, so that everything that belongs to a connection stays as it is: its order, its pauses, its
//! end (a FIN becomes a FIN, a reset a reset), even headers that concern only one hop. Both directions run in one task
//! of a one-thread runtime, and a sight is told before its bytes go on: so what one side says is always told before
//! the other side's answer to it. Next: [`super::conversation`].

use std::{io, sync::Mutex};

use grader::transcript::Direction;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{ReadHalf, WriteHalf},
    },
    sync::Notify,
};

use super::{
    conversation::Conversation,
    gate::{Gate, Refusal},
    sight::{End, Line, Seen, Watcher},
    target::Target,
};

/// Bytes that are read at once.
const CHUNK: usize = 32 * 1024;

/// Why a connection ends before both sides have.
enum Stop {
    /// We do not pass it on.
    Refused(Refusal),
    /// A side is gone; so must be the other.
    Broken,
}

/// What both directions of a connection share.
struct Pump<'a> {
    line: Line,
    watcher: &'a Watcher,
    conversation: Mutex<Conversation<'a>>,
    /// The server's answer may have changed what can be passed on.
    answered: Notify,
}

/// Carries one connection to its end.
pub(super) async fn carry(
    mut client: TcpStream,
    line: Line,
    gate: &Gate,
    target: &Target,
    watcher: &Watcher,
) {
    let mut server = match connect(target).await {
        Ok(server) => server,
        Err(error) => {
            let why =
                format!("{} cannot be reached: {error}; start the server, or name another URL", target.url());
            watcher.see(line, Seen::Unreachable(why));
            // As if nobody listened here either.
            drop(client.set_zero_linger());
            return;
        }
    };
    drop(client.set_nodelay(true));
    let pump =
        Pump { line, watcher, conversation: Mutex::new(Conversation::new(gate)), answered: Notify::new() };
    let ended = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        tokio::try_join!(pump.up(from_client, to_server), pump.down(from_server, to_client))
    };
    match ended {
        Ok(_) => {}
        Err(Stop::Broken) => {
            drop(client.set_zero_linger());
            drop(server.set_zero_linger());
        }
        Err(Stop::Refused(refusal)) => {
            watcher.see(line, Seen::Refused(refusal.to_string()));
            if pump.with(|talk| talk.owes_answers()) {
                drop(client.set_zero_linger());
            } else {
                refuse(&mut client, &refusal).await;
            }
        }
    }
    watcher.see(line, Seen::Gone);
}

async fn connect(target: &Target) -> io::Result<TcpStream> {
    let server = TcpStream::connect(target.place()).await?;
    server.set_nodelay(true)?;
    Ok(server)
}

/// Answers in the target's place. What the client still sends is read away, so that the answer is not lost in a reset.
async fn refuse(client: &mut TcpStream, refusal: &Refusal) {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);
    let goodbye = async {
        client.write_all(refusal.answer().as_bytes()).await?;
        client.shutdown().await?;
        let mut rest = vec![0; CHUNK];
        while client.read(&mut rest).await? > 0 {}
        io::Result::Ok(())
    };
    drop(tokio::time::timeout(PATIENCE, goodbye).await);
}

impl<'a> Pump<'a> {
    async fn up(&self, mut from: ReadHalf<'_>, mut to: WriteHalf<'_>) -> Result<(), Stop> {
        let mut buffer = vec![0; CHUNK];
        loop {
            let has_room = self.with(|talk| talk.has_room());
            let read = tokio::select! {
                biased;
                () = self.answered.notified() => Ok(None),
                read = from.read(&mut buffer), if has_room => read.map(Some),
            };
            let outcome = match read {
                Ok(Some(0)) => {
                    self.ended(Direction::ToProgram, End::Finished);
                    drop(to.shutdown().await);
                    return Ok(());
                }
                Ok(Some(count)) => self.with(|talk| talk.client_says(&buffer[..count])),
                Ok(None) => self.with(|talk| talk.client_says(&[])),
                Err(_) => {
                    self.ended(Direction::ToProgram, End::Reset);
                    return Err(Stop::Broken);
                }
            };
            let (outcome, refusal) = match outcome {
                Ok(outcome) => (outcome, None),
                Err((outcome, refusal)) => (outcome, Some(refusal)),
            };
            self.tell(outcome.seen);
            if to.write_all(&outcome.pass).await.is_err() {
                // The server takes no more, but may have said why: the other direction tells.
                return Ok(());
            }
            if let Some(refusal) = refusal {
                return Err(Stop::Refused(refusal));
            }
        }
    }

    async fn down(&self, mut from: ReadHalf<'_>, mut to: WriteHalf<'_>) -> Result<(), Stop> {
        let mut buffer = vec![0; CHUNK];
        loop {
            match from.read(&mut buffer).await {
                Ok(0) => {
                    let seen = self.with(Conversation::server_ended);
                    self.tell(seen);
                    self.ended(Direction::FromProgram, End::Finished);
                    drop(to.shutdown().await);
                    return Ok(());
                }
                Ok(count) => {
                    let bytes = &buffer[..count];
                    let seen = self.with(|talk| talk.server_says(bytes));
                    self.tell(seen);
                    self.answered.notify_one();
                    if to.write_all(bytes).await.is_err() {
                        self.ended(Direction::ToProgram, End::Reset);
                        return Err(Stop::Broken);
                    }
                }
                Err(_) => {
                    self.ended(Direction::FromProgram, End::Reset);
                    return Err(Stop::Broken);
                }
            }
        }
    }

    fn tell(&self, seen: Vec<Seen>) {
        for seen in seen {
            self.watcher.see(self.line, seen);
        }
    }

    fn ended(&self, direction: Direction, end: End) {
        self.watcher.see(self.line, Seen::Ended(direction, end));
    }

    fn with<T>(&self, act: impl FnOnce(&mut Conversation<'a>) -> T) -> T {
        let mut talk = self.conversation.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        act(&mut talk)
    }
}
