//! The book as it was written: `SUMMARY.md`, its chapters, and what stands where in them.
//!
//! | file | holds |
//! |---|---|
//! | `summary.rs` | which chapters there are, in order |
//! | `front.rs` | the front matter of a chapter |
//! | `markdown.rs` | what stands where in its text |
//! | `directive.rs` | one directive, with the place of each part |
//!
//! Next: [`crate::material`].

pub mod directive;
pub mod front;
pub mod markdown;
pub mod summary;

use front::{Front, Wrong};

/// A chapter as it was written.
#[derive(Debug)]
pub struct Chapter {
    /// Its file, below `book/src`: `07_rooms.md`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Its front matter, or what is wrong with it.
    pub front: Result<Front, Wrong>,
    /// Where the body begins, in bytes, and on which line.
    pub body: (usize, u32),
    /// Whether it is not known where the body begins.
    pub is_lost: bool,
}

impl Chapter {
    /// A chapter with this text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = front::split(&text);
        let body = (text.len() - parts.body.len(), parts.line);
        let (front, is_lost) = (parts.front, parts.is_lost);
        Self { path: path.into(), front, body, is_lost, text }
    }

    /// Its file as problems name it, from the course's root.
    pub fn file(&self) -> String {
        format!("book/src/{}", self.path)
    }

    /// `07_rooms`
    pub fn slug(&self) -> &str {
        self.path.strip_suffix(".md").unwrap_or(&self.path)
    }

    /// The lesson's number; none for what is no lesson.
    pub fn number(&self) -> Option<u32> {
        let (number, _) = self.slug().split_once('_')?;
        number.parse().ok()
    }

    /// All but the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body.0..]
    }

    /// Its title, or its name when it has none.
    pub fn title(&self) -> &str {
        self.front.as_ref().map_or_else(|_| self.slug(), |front| &front.title)
    }

    /// Whether somebody is still writing it.
    pub fn is_unfinished(&self) -> bool {
        self.front.as_ref().is_ok_and(|front| front.unfinished)
    }

    /// What stands where in its body.
    pub fn outline(&self) -> markdown::Outline {
        markdown::outline(self.body(), self.body.1)
    }
}
