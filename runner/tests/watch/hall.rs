//! A small course made by hand, and a model in it.

use std::time::{Duration, Instant};

use runner::{
    report::style::Style,
    watch::{
        Told,
        model::{Effect, Entry, Event, Key, Model, Outline, State},
    },
};

use crate::cases::Case;

/// Where most tests stand.
pub(crate) const ROOMS: &str = "07_rooms/members_only";

fn entry(lesson: u32, id: &str, title: &str, state: State) -> Entry {
    let name = id.rsplit('/').next().unwrap();
    Entry {
        id: id.to_owned(),
        name: name.to_owned(),
        title: title.to_owned(),
        lesson,
        state,
        stages: None,
        edit: format!("exercises/{id}/main.js"),
    }
}

/// Five exercises; the second has not passed, the fourth is in the other language, the last has stages.
pub(crate) fn outline() -> Outline {
    let mut entries = vec![
        entry(1, "01_why_real_time/first_push", "Say it first", State::Passed),
        entry(7, ROOMS, "Members only", State::Waiting),
        entry(7, "07_rooms/count_the_room", "Count the room", State::Waiting),
        entry(7, "07_rooms/in_rust_only", "Only in Rust", State::Elsewhere),
        entry(23, "23_what_you_learn/tic_tac_toe", "Tic-tac-toe", State::Failed),
    ];
    entries[4].stages = Some((1, 3));
    let lessons = [(1, "Why real time"), (7, "Rooms"), (23, "What you learn")];
    Outline {
        track: "JavaScript".to_owned(),
        lessons: lessons.map(|(number, title)| (number, title.to_owned())).to_vec(),
        entries,
    }
}

pub(crate) fn told(case: Case) -> Box<Told> {
    let mut events = case.events.into_iter();
    let began = events.next().unwrap();
    Box::new(Told::new(case.view, began, events.next_back().unwrap()))
}

/// A model with a clock.
pub(crate) struct Hall {
    pub(crate) model: Model,
    pub(crate) now: Instant,
}

impl Hall {
    /// A window of this size, at an exercise; and what was to be done first.
    pub(crate) fn at(id: &str, size: (u16, u16)) -> (Self, Vec<Effect>) {
        let (model, effects) = Model::new(outline(), id, size, Style { colour: true, ..Style::default() });
        (Self { model, now: Instant::now() }, effects)
    }

    pub(crate) fn take(&mut self, event: Event) -> Vec<Effect> {
        self.model.take(event, self.now)
    }

    pub(crate) fn press(&mut self, key: char) -> Vec<Effect> {
        self.take(Event::Key(Key::Letter(key)))
    }

    pub(crate) fn key(&mut self, key: Key) -> Vec<Effect> {
        self.take(Event::Key(key))
    }

    /// Time goes by; then the tick comes that a driver would send.
    pub(crate) fn wait(&mut self, millis: u64) -> Vec<Effect> {
        self.now += Duration::from_millis(millis);
        self.take(Event::Tick)
    }

    /// The number of the check among these effects.
    pub(crate) fn run(effects: &[Effect]) -> u64 {
        Self::runs(effects).expect("no check begins")
    }

    pub(crate) fn runs(effects: &[Effect]) -> Option<u64> {
        effects.iter().find_map(|effect| match effect {
            Effect::Check { run, .. } => Some(*run),
            _ => None,
        })
    }

    /// What stands on the right.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<String> = self.model.pane.lines.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }
}
