//! `disconnect`, `drop` and `closed`: how a connection ends.

use std::time::Duration;

use crate::{
    scenario::{
        model::Ending,
        play::{
            drive::{Action, Doing},
            line::{Door, Stage},
            script::{Played, Turn},
            wait::{self, Clock, Cut, Shared, until},
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
    wire::socket,
};

/// A program that dies takes its connections along; its end may be seen a moment after theirs.
const LAST_GASP: Duration = Duration::from_millis(500);
/// On a busy machine that moment is longer: a program that lives no more is waited for until its end was seen.
const BURIAL: Duration = Duration::from_secs(20);

/// `41`, then close; with `in:` only that namespace is left.
pub(in super::super) fn disconnect(world: &Shared, turn: &Turn) {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let Some(&index) = world.current.get(&turn.actor) else { return };
    let wanted = turn.namespace.as_ref().map(|text| world.names.render(text));
    let line = &mut world.lines[index];
    let namespace = wanted.clone().unwrap_or_else(|| line.home().to_owned());
    line.peer.say(&socket::Packet::disconnect(&namespace));
    line.doors.insert(namespace, Door::Left);
    let others = line.doors.values().any(|door| *door == Door::In);
    world.spoke(index);
    world.flush();
    if wanted.is_none() || !others {
        world.lines[index].end_by_us();
        let conn = world.lines[index].conn;
        world.act(Action::Close(conn));
    }
}

/// Cuts the line without a word.
pub(in super::super) fn cut(world: &Shared, turn: &Turn) {
    let mut world = world.borrow_mut();
    let Some(&index) = world.current.get(&turn.actor) else { return };
    world.flush();
    world.lines[index].end_by_us();
    let conn = world.lines[index].conn;
    world.act(Action::Cut(conn));
}

/// The program must end the connection.
pub(in super::super) async fn closed(world: &Shared, turn: &Turn, wanted: Option<Ending>) -> Played {
    let (index, namespace) = {
        let world = world.borrow();
        let index = turn.line(&world)?;
        let wanted = turn.namespace.as_ref().map(|text| world.names.render(text));
        // A namespace that was left by the other side is no home any more, but it is the one that is meant.
        let put_out = world.lines[index].doors.iter().find(|(_, door)| matches!(door, Door::PutOut { .. }));
        let home = put_out.map_or_else(|| world.lines[index].home(), |(name, _)| name).to_owned();
        (index, wanted.unwrap_or(home))
    };
    let name = namespace.clone();
    let ended = until(world, Clock::Answered(Some(index)), turn.patience(), move |world| {
        world.lines[index].ending(&name)
    });
    let ending = ended.await.map_err(|cut| {
        turn.cut(cut, || Mismatch {
            expected: "the connection is ended".to_owned(),
            actual: "it is still open".to_owned(),
            ..turn.mismatch(Kind::NotClosed, &turn.actor)
        })
    })?;
    let mut world = world.borrow_mut();
    let line = &mut world.lines[index];
    if let Some(Door::PutOut { noticed }) = line.doors.get_mut(&namespace) {
        *noticed = true;
    }
    // Who was put out of the only namespace expects the transport to go, too. In another one there is more to lose.
    let inside = line.doors.values().any(|door| *door == Door::In);
    line.end_is_known |= ending == Ending::Transport || !inside;
    match wanted {
        Some(wanted) if wanted != ending => Err(Box::new(Mismatch {
            expected: in_words(wanted).to_owned(),
            actual: in_words(ending).to_owned(),
            saw: Some(Value::from(in_words(ending))),
            ..turn.mismatch(Kind::NotClosed, &turn.actor)
        })),
        _ => Ok(()),
    }
}

const fn in_words(ending: Ending) -> &'static str {
    match ending {
        Ending::Disconnect => "ended by a DISCONNECT packet (41)",
        Ending::Transport => "ended without a DISCONNECT packet (transport close)",
    }
}

/// The line died while a step waited on it: the program's end if that is why, else `closed`.
pub(super) async fn died(world: &Shared, turn: &Turn, index: usize) -> Box<Mismatch> {
    world.borrow_mut().failing = true;
    if let Some(mut ended) = program_ends_soon(world).await {
        ended.place = turn.place;
        return ended;
    }
    let world = world.borrow();
    let line = &world.lines[index];
    // Of a line that is gone, a DISCONNECT that a step has read already says nothing.
    let is_news = |noticed: bool| line.stage != Stage::Closed || !noticed;
    let put_out =
        line.doors.values().any(|door| matches!(door, Door::PutOut { noticed } if is_news(*noticed)));
    let how = match (&line.how, put_out) {
        (_, true) => "the server sent DISCONNECT (41)".to_owned(),
        (Some(how), false) => format!("the connection was closed: {how}"),
        (None, false) => "the connection was closed".to_owned(),
    };
    Box::new(Mismatch {
        expected: "an open connection".to_owned(),
        actual: how,
        ..turn.mismatch(Kind::Closed, &turn.actor)
    })
}

/// The program's end, if it comes within a moment.
pub(super) async fn program_ends_soon(world: &Shared) -> Option<Box<Mismatch>> {
    let seen = match wait::pause(world, LAST_GASP).await {
        Ok(()) if !lives(world).await => wait::pause(world, BURIAL).await,
        seen => seen,
    };
    match seen {
        Err(Cut::Program(mismatch)) => Some(mismatch),
        _ => None,
    }
}

/// Whether the program lives, as far as the driver can say soon.
async fn lives(world: &Shared) -> bool {
    let (latest, before) = {
        let mut world = world.borrow_mut();
        world.look();
        (world.now + BURIAL, world.looks)
    };
    let answer = until(world, Clock::Wall, Duration::MAX, move |world| {
        world.wake_at(latest);
        let seen = world.seen.filter(|_| world.looks > before).map(|doing| doing != Doing::Gone);
        seen.or((world.now >= latest).then_some(true))
    });
    // An end that is seen meanwhile is seen again by whoever waits for it.
    answer.await.unwrap_or(false)
}

/// Whether nothing more can come on this line in that namespace.
pub(super) fn is_over(line: &crate::scenario::play::line::Line, namespace: &str) -> bool {
    line.stage == Stage::Closed || matches!(line.doors.get(namespace), Some(Door::PutOut { .. }))
}
