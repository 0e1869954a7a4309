//! `page:` and `user:`: the learner's component is shown, a person uses it and reads it.
//!
//! The page itself is the driver's: it does what it is asked, says when React has done its work, and tells all that
//! can be read whenever it changes.

use std::time::Duration;

use indexmap::IndexMap;

use crate::{
    scenario::{
        model::{Made, Text},
        play::{
            drive::{PageReply, PageRequest},
            script::{Played, Turn},
            wait::{self, Clock, Cut, Shared, until},
            world::World,
        },
    },
    transcript::What,
    value::Value,
    verdict::{Kind, Mismatch},
};

/// The pause between two looks at a page. Each counts for so much, and only when the page has answered.
const LOOK: Duration = Duration::from_millis(50);
/// More lines of a page say no more about what is not among them.
const LINES: usize = 12;

/// Shows the component for the first time.
pub(in super::super) async fn mount(world: &Shared, turn: &Turn, props: &IndexMap<String, Made>) -> Played {
    let props = made(world, props);
    deed(world, "learner", "mounts", vec![props.clone()]);
    done(world, turn, PageRequest::Mount(props)).await
}

/// Gives it other props.
pub(in super::super) async fn props(world: &Shared, turn: &Turn, props: &IndexMap<String, Made>) -> Played {
    let props = made(world, props);
    deed(world, "learner", "gets", vec![props.clone()]);
    done(world, turn, PageRequest::Props(props)).await
}

/// Takes it off the page.
pub(in super::super) async fn unmount(world: &Shared, turn: &Turn) -> Played {
    deed(world, "learner", "unmounts", Vec::new());
    done(world, turn, PageRequest::Unmount).await
}

/// Clicks what has this name, as soon as it can be clicked.
pub(in super::super) async fn click(world: &Shared, turn: &Turn, name: &Text) -> Played {
    let name = world.borrow().names.render(name);
    deed(world, &turn.actor, "clicks", vec![Value::from(name.as_str())]);
    on_the_page(world, turn, &name, "something to click", PageRequest::Click(name.clone())).await
}

/// Types into fields, one after another.
pub(in super::super) async fn type_into(
    world: &Shared,
    turn: &Turn,
    fields: &IndexMap<String, Text>,
) -> Played {
    for (field, text) in fields {
        let text = world.borrow().names.render(text);
        let into = [(field.clone(), Value::from(text.as_str()))].into_iter().collect();
        deed(world, &turn.actor, "types", vec![Value::Object(into)]);
        let request = PageRequest::Type { field: field.clone(), text };
        on_the_page(world, turn, field, "a field", request).await?;
    }
    Ok(())
}

/// The page comes to show a text. How often is judged once settled.
pub(in super::super) async fn sees(world: &Shared, turn: &Turn, text: &Text, times: Option<u32>) -> Played {
    let text = world.borrow().names.render(text);
    let least = times.map_or(1, |times| times as usize);
    if !comes(world, turn, |world| count(world, &text) >= least).await? {
        let expected = match times {
            Some(times) if times > 1 => format!("the page shows {text:?} {times} times"),
            _ => format!("the page shows {text:?}"),
        };
        return Err(mismatch(world, turn, Kind::NotShown, &text, expected));
    }
    let Some(times) = times else { return Ok(()) };
    settled(world, turn).await?;
    match count(&world.borrow(), &text) {
        found if found == times as usize => return Ok(()),
        found if found < least => {
            let expected = format!("the page shows {text:?}, and goes on showing it");
            return Err(mismatch(world, turn, Kind::NotShown, &text, expected));
        }
        _ => {}
    }
    mark(world, &text);
    let expected = match times {
        1 => format!("the page shows {text:?} once"),
        _ => format!("the page shows {text:?} {times} times"),
    };
    Err(mismatch(world, turn, Kind::Copies, &text, expected))
}

/// After settling the page does not show a text.
pub(in super::super) async fn misses(world: &Shared, turn: &Turn, text: &Text) -> Played {
    let text = world.borrow().names.render(text);
    settled(world, turn).await?;
    if count(&world.borrow(), &text) == 0 {
        return Ok(());
    }
    mark(world, &text);
    let expected = format!("the page does not show {text:?}");
    Err(mismatch(world, turn, Kind::StillShown, &text, expected))
}

fn made(world: &Shared, props: &IndexMap<String, Made>) -> Value {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let entries = props.iter().map(|(name, made)| (name.clone(), world.maker.make(made, &world.names)));
    Value::Object(entries.collect())
}

fn deed(world: &Shared, actor: &str, verb: &str, args: Vec<Value>) {
    world.borrow_mut().write(actor, What::Deed { verb: verb.to_owned(), args }, false);
}

async fn done(world: &Shared, turn: &Turn, request: PageRequest) -> Played {
    let asked = wait::ask_page(world, request).await;
    asked.map(drop).map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))
}

async fn settled(world: &Shared, turn: &Turn) -> Played {
    let settled = wait::settle(world, Duration::ZERO).await;
    settled.map_err(|cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program")))
}

/// Does something with what has a name, as soon as that is there and can be used.
async fn on_the_page(world: &Shared, turn: &Turn, name: &str, what: &str, request: PageRequest) -> Played {
    let entry = world.borrow().transcript.entries.len() - 1;
    let stuck = |cut| turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"));
    let mut left = turn.patience();
    loop {
        let reply = wait::ask_page(world, request.clone()).await.map_err(stuck)?;
        if reply == PageReply::Done {
            return Ok(());
        }
        if left.is_zero() {
            world.borrow_mut().transcript.entries[entry].marked = true;
            let expected = format!("{what}, called {name:?}");
            let mut mismatch = mismatch(world, turn, Kind::NotShown, name, expected);
            if reply == PageReply::Disabled {
                mismatch.actual = format!("{name:?} is there, and it is disabled");
            }
            return Err(mismatch);
        }
        wait::pause(world, LOOK).await.map_err(stuck)?;
        left = left.saturating_sub(LOOK);
    }
}

/// Whether the page comes to that, in time in which it could have.
async fn comes(
    world: &Shared,
    turn: &Turn,
    condition: impl Fn(&World) -> bool + Unpin,
) -> Result<bool, Box<Mismatch>> {
    let shown = until(world, Clock::AtRest, turn.patience(), |world| condition(world).then_some(()));
    match shown.await {
        Ok(()) => Ok(true),
        Err(Cut::TimedOut) => Ok(false),
        Err(cut) => Err(turn.cut(cut, || turn.mismatch(Kind::Stuck, "program"))),
    }
}

/// How often a text can be read.
fn count(world: &World, text: &str) -> usize {
    world.page.lines.iter().map(|line| line.matches(text).count()).sum()
}

/// The moment at which the text came to be read.
fn mark(world: &Shared, text: &str) {
    let mut world = world.borrow_mut();
    let entry = world.transcript.entries.iter_mut().rev().find(
        |entry| matches!(&entry.what, What::Shows(lines) if lines.iter().any(|line| line.contains(text))),
    );
    if let Some(entry) = entry {
        entry.marked = true;
    }
}

fn mismatch(world: &Shared, turn: &Turn, kind: Kind, subject: &str, expected: String) -> Box<Mismatch> {
    let lines = &world.borrow().page.lines;
    let told: Vec<String> = lines.iter().take(LINES).map(|line| format!("{line:?}")).collect();
    let more = if lines.len() > LINES { " …" } else { "" };
    let actual = match told.len() {
        0 => "the page shows nothing".to_owned(),
        _ => format!("the page shows {}{more}", told.join(" ")),
    };
    Box::new(Mismatch {
        saw: Some(Value::from(lines.join("\n").as_str())),
        expected,
        actual,
        ..turn.mismatch(kind, subject)
    })
}
