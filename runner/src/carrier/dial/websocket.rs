//! A session that runs over WebSocket, from the beginning or after an upgrade.

use tokio::net::TcpStream;

use super::inbox::{Inbox, Order};
use crate::carrier::{CLOSED_BY_US, CUT_BY_US, frames::Frames, report::Reporter};

/// Carries packets both ways until the transport ends. Says how it ended.
pub(super) async fn carry(mut frames: Frames<TcpStream>, reporter: &Reporter, inbox: &mut Inbox) -> String {
    loop {
        tokio::select! {
            // Orders first: a server that floods us must not put off a cut.
            biased;
            order = inbox.next() => match order {
                Order::Send(packets) => frames.feed(&packets),
                Order::Close => {
                    frames.close(|packet| reporter.packet(packet)).await;
                    return CLOSED_BY_US.to_owned();
                }
                Order::Cut => {
                    cut(&frames);
                    return CUT_BY_US.to_owned();
                }
            },
            heard = frames.next() => match heard {
                Ok(packet) => reporter.packet(packet),
                Err(how) => return how,
            },
        }
    }
}

/// Makes the coming drop of the stream a reset.
fn cut(frames: &Frames<TcpStream>) {
    // Where the system refuses, the drop is a plain end of the stream without a close frame: a cut all the same.
    drop(frames.stream().set_zero_linger());
}
