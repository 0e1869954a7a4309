//! Lessons and exercises, with their state. Next: `pane.rs`.

/// How far an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It passed.
    Passed,
    /// It was checked, and does not pass.
    Failed,
    /// It was not checked yet.
    Waiting,
    /// It does not exist in the learner's language.
    Elsewhere,
}

/// One exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `07_rooms/members_only`.
    pub id: String,
    /// `members_only`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The number of its lesson.
    pub lesson: u32,
    /// How far it is.
    pub state: State,
    /// How many of its stages have passed, and how many there are.
    pub stages: Option<(usize, usize)>,
    /// The file that the learner edits, as one would type it.
    pub edit: String,
}

/// All lessons and exercises, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The learner's language, for people.
    pub track: String,
    /// Number and title of each lesson that has exercises.
    pub lessons: Vec<(u32, String)>,
    /// All exercises.
    pub entries: Vec<Entry>,
}

impl Outline {
    /// The index of an exercise, by its full name.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.id == id)
    }

    /// How many have passed, and how many there are in the learner's language.
    pub fn count(&self) -> (usize, usize) {
        let mine = self.entries.iter().filter(|entry| entry.state != State::Elsewhere);
        mine.fold((0, 0), |(passed, all), entry| {
            (passed + usize::from(entry.state == State::Passed), all + 1)
        })
    }

    /// The next exercise that is open: after this one, or else from the beginning.
    pub(super) fn first_open(&self, after: usize) -> Option<usize> {
        let open = |at: &usize| matches!(self.entries[*at].state, State::Failed | State::Waiting);
        (after + 1..self.entries.len()).chain(0..after).find(open)
    }

    /// The exercise before (`-1`) or after (`1`) in the learner's language.
    pub(super) fn step(&self, from: usize, by: isize) -> Option<usize> {
        let mut at = from;
        loop {
            at = at.checked_add_signed(by).filter(|at| *at < self.entries.len())?;
            if self.entries[at].state != State::Elsewhere {
                return Some(at);
            }
        }
    }
}

impl State {
    /// In words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Waiting => "waiting",
            Self::Elsewhere => "other language",
        }
    }
}
