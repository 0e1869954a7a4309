//! What a telling diagram leaves out, because it happens in every scenario.
//!
//! Next: [`super::columns`].

use std::collections::BTreeSet;

use super::{Arrow, Saying, gather::Sketch};
use crate::transcript::Direction;

/// Drops what always happens, unless the mismatch is about it or nothing else is left.
///
/// `with_acks`: a story tells the answers, too, whatever the mismatch is about. A reader who has seen the question would take them
/// for missing.
pub(super) fn leave_out(sketches: &mut Vec<Sketch>, program_is_client: bool, with_acks: bool) {
    let marked = sketches.iter().find(|sketch| sketch.arrow.marked);
    // A remark is marked when something never came, an end when the program died: what came before may tell why.
    let about = marked
        .map(|sketch| sketch.arrow.saying)
        .filter(|saying| !matches!(saying, Saying::Note | Saying::End));
    let about_ack = with_acks
        || about.is_none_or(|saying| saying == Saying::Ack)
        || marked.is_some_and(|sketch| asks_for_ack(&sketch.arrow));
    let about_connection = matches!(
        about,
        Some(
            Saying::Connect
                | Saying::Welcome
                | Saying::Refusal
                | Saying::Leave
                | Saying::Close
                | Saying::Transport
        )
    );
    let connecting: BTreeSet<_> = sketches
        .iter()
        .filter(|sketch| sketch.arrow.saying == Saying::Refusal || (sketch.arrow.marked && about_connection))
        .flat_map(|sketch| sketch.arrow.actors.clone())
        .collect();
    // The first connection of a client program is routine. Every later one is news; and when it comes beside the
    // first, both have to be seen, or the one looks like the other.
    let beside = program_is_client && two_at_once(sketches);
    let first = sketches
        .iter()
        .position(|sketch| program_is_client && sketch.arrow.saying == Saying::Welcome)
        .filter(|_| !beside);
    // When a program ends, all its lines close: the end is told, and once is enough.
    let ended = sketches.iter().any(|sketch| sketch.arrow.saying == Saying::End);
    let tells = |place: usize, sketch: &Sketch| {
        let arrow = &sketch.arrow;
        arrow.marked
            || !sketch.opening
                && match arrow.saying {
                    Saying::Connect | Saying::Welcome => {
                        beside
                            || first.is_some_and(|first| place > first)
                            || arrow.actors.iter().any(|actor| connecting.contains(actor))
                    }
                    Saying::Ack => about_ack,
                    Saying::Print => program_is_client,
                    Saying::Close => !(ended && arrow.direction == Some(Direction::FromProgram)),
                    _ => true,
                }
    };
    let remark = |sketch: &Sketch| sketch.arrow.saying == Saying::Note;
    let told: Vec<bool> = sketches.iter().enumerate().map(|(place, sketch)| tells(place, sketch)).collect();
    if sketches.iter().zip(&told).any(|(sketch, told)| *told && !remark(sketch)) {
        let mut told = told.into_iter();
        sketches.retain(|_| told.next().unwrap_or(true));
        return;
    }
    // Nothing passed but connections: then they are the story, and how the transports came about still is not.
    let connects = |sketch: &Sketch| {
        matches!(sketch.arrow.saying, Saying::Connect | Saying::Welcome) || sketch.arrow.marked
    };
    if sketches.iter().any(|sketch| connects(sketch) && !remark(sketch)) {
        sketches.retain(connects);
    }
}

/// Whether the same namespace is asked for once more while the line before is still open.
fn two_at_once(sketches: &[Sketch]) -> bool {
    let mut inside: Vec<&str> = Vec::new();
    sketches.iter().any(|Sketch { arrow, .. }| {
        let head = arrow.label.head.as_str();
        match arrow.saying {
            Saying::Connect if inside.contains(&head) => return true,
            Saying::Connect => inside.push(head),
            Saying::Leave | Saying::Close | Saying::Refusal => inside.clear(),
            _ => {}
        }
        false
    })
}

/// Whether an event carries a number: whoever sent it waits for an acknowledgement.
pub(super) fn asks_for_ack(arrow: &Arrow) -> bool {
    arrow.saying == Saying::Event
        && arrow.frame.as_deref().is_some_and(|frame| {
            let head = frame.split(['[', '{', '"']).next().unwrap_or_default();
            let id = head.rsplit([',', '-']).next().unwrap_or_default();
            let id = if id.len() == head.len() { id.get(2..).unwrap_or_default() } else { id };
            !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit())
        })
}
