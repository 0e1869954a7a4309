//! What comes in, and what goes out. Next: `keys.rs`.

use super::Outline;
use crate::{
    exit::Exit,
    watch::{Answer, Errand, Told},
};

/// A key, as far as the watch knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter, a digit, a sign.
    Letter(char),
    /// Return.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Back,
    /// Tab.
    Tab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the top.
    Home,
    /// To the end.
    End,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
    /// Ctrl-L: draw everything again.
    Redraw,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The window has so many columns and rows now.
    Resized(u16, u16),
    /// Something of the current exercise was written, renamed or deleted.
    Saved {
        /// Whether the system says that the writer has finished with that file.
        whole: bool,
    },
    /// The time has come that [`super::Model::due`] named.
    Tick,
    /// A check goes on.
    Progress {
        /// Which.
        run: u64,
        /// What it does.
        line: String,
    },
    /// A check has a verdict.
    Ended {
        /// Which.
        run: u64,
        /// The verdict.
        told: Box<Told>,
    },
    /// A check could not be made.
    Refused {
        /// Which.
        run: u64,
        /// Why, and what to do.
        why: String,
    },
    /// Progress was kept, or could not be.
    Recorded {
        /// The exercises as they are now.
        outline: Outline,
        /// What went wrong.
        notices: Vec<String>,
    },
    /// An errand is back.
    Told {
        /// Which.
        errand: Errand,
        /// For which exercise.
        exercise: String,
        /// What it brings, or why it brings nothing.
        answer: Result<Answer, String>,
    },
    /// Something worth one line.
    Note(String),
    /// The process was stopped and goes on.
    Continued,
    /// The system asks us to end.
    Ask(Exit),
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the running check, with all that it started.
    Cancel,
    /// A check of this exercise is about to come: whatever does not depend on the learner's file can begin.
    Warm(String),
    /// Check.
    Check {
        /// Its number: comes back with its news.
        run: u64,
        /// The exercise.
        exercise: String,
    },
    /// Listen to the files of this exercise from now on.
    Follow(String),
    /// Run an errand.
    Run(Errand, String),
    /// Open the exercise's file in the editor.
    Open(String),
    /// Ask the questions of the exercise's lesson, in our place.
    Quiz(String),
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// End.
    Leave(Exit),
}
