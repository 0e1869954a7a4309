//! `send:` and `receive:`: raw frames, compared as packets and never as text.

use super::{silence::frame_text, words};
use crate::{
    scenario::{
        model::{FramePattern, Text},
        play::{
            drive::Fence,
            names::Names,
            script::{Played, Turn},
            wait::{Clock, Shared, until},
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
    wire::{engine, socket},
};

/// Sends a raw frame. What its message says may be against the Socket.IO protocol.
pub(in super::super) fn send(world: &Shared, turn: &Turn, text: &Text) {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let Some(&line) = world.current.get(&turn.actor) else { return };
    turn.becomes_me(world);
    let text = world.names.render(text);
    // The reader refuses what is no Engine.IO packet, as far as it can be known before names have their values.
    let packet = engine::Packet::from_text(&text).unwrap_or(engine::Packet::Message(text));
    if matches!(packet, engine::Packet::Ping(_)) && world.fence == Fence::Client {
        world.flush();
        world.lines[line].ping_of_a_step();
    }
    world.lines[line].peer.send(packet);
    world.spoke(line);
    world.flush();
}

/// Expects the next frame that no step has read. Heartbeats and the handshake are not frames to be read, but for the
/// answer to a ping that a step has sent.
pub(in super::super) async fn receive(world: &Shared, turn: &Turn, wanted: &FramePattern) -> Played {
    let line = turn.line(&world.borrow())?;
    let came = until(world, Clock::Answered(Some(line)), turn.patience(), |world| {
        let line = &mut world.lines[line];
        match line.arrivals.iter_mut().find(|arrival| !arrival.read) {
            Some(arrival) => {
                arrival.read = true;
                Some(Some((arrival.packet.clone(), arrival.entry)))
            }
            None => super::leave::is_over(line, line.home()).then_some(None),
        }
    });
    turn.becomes_me(&mut world.borrow_mut());
    let expected = words::frame_pattern(wanted, &world.borrow().names);
    let came = came.await.map_err(|cut| {
        turn.cut(cut, || Mismatch {
            expected: expected.clone(),
            actual: "nothing".to_owned(),
            ..turn.mismatch(Kind::Missing, "frame")
        })
    })?;
    let Some((packet, entry)) = came else { return Err(super::leave::died(world, turn, line).await) };
    let frame = frame_text(&packet);
    let mut world = world.borrow_mut();
    if frame_matches(wanted, &frame, &world.names) {
        return Ok(());
    }
    world.transcript.entries[entry].marked = true;
    Err(Box::new(Mismatch {
        saw: Some(Value::from(frame.as_str())),
        expected,
        actual: frame,
        ..turn.mismatch(Kind::Different, "frame")
    }))
}

/// Whether a frame is what the pattern says: the same packets (type, namespace, id, JSON value), or with a
/// trailing `…` a text that begins so.
pub(in super::super) fn frame_matches(wanted: &FramePattern, frame: &str, names: &Names) -> bool {
    let wanted_text = names.render(&wanted.frame);
    if wanted.open_end {
        return without_spaces(frame).starts_with(&without_spaces(&wanted_text));
    }
    let split = |text: &str| -> Vec<String> { text.split('\u{1e}').map(str::to_owned).collect() };
    let (wanted, frame) = (split(&wanted_text), split(frame));
    wanted.len() == frame.len() && wanted.iter().zip(&frame).all(|(wanted, frame)| same_packet(wanted, frame))
}

fn same_packet(wanted: &str, frame: &str) -> bool {
    if wanted == frame {
        return true;
    }
    let (Ok(a), Ok(b)) = (engine::Packet::from_text(wanted), engine::Packet::from_text(frame)) else {
        return false;
    };
    match (&a, &b) {
        (engine::Packet::Message(a), engine::Packet::Message(b)) => {
            matches!((whole(a), whole(b)), (Some(a), Some(b)) if a == b)
        }
        _ => a == b,
    }
}

/// The Socket.IO packet of a message, and how many attachments it announces. They come in other frames; here each is
/// stood for by its number.
fn whole(text: &str) -> Option<(socket::Packet, u8)> {
    let mut decoder = socket::Decoder::default();
    let mut packet = decoder.text(text).ok()?;
    let mut number = 0;
    while packet.is_none() && usize::from(number) < socket::MAX_ATTACHMENTS {
        packet = decoder.binary(vec![number]).ok()?;
        number += 1;
    }
    Some((packet?, number))
}

/// The frame without the spaces that JSON allows between its parts: they mean nothing. Before the JSON, in type,
/// namespace and id, they are against the protocol and stay.
fn without_spaces(frame: &str) -> String {
    let (mut in_json, mut inside, mut escaped) = (false, false, false);
    let means_something = |letter: &char| {
        let keep = inside || !in_json || !letter.is_ascii_whitespace();
        in_json |= matches!(letter, '[' | '{' | '"');
        if *letter == '"' && !escaped {
            inside = !inside;
        }
        escaped = inside && *letter == '\\' && !escaped;
        keep
    };
    frame.chars().filter(means_something).collect()
}
