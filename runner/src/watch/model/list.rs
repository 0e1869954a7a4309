//! The list of all exercises, narrowed by what is typed. Next: [`crate::watch::view`].

use super::{Entry, Key, Outline};

/// What is typed, and what is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What was typed: words that must all be found in an exercise's name, title, lesson or state.
    pub filter: String,
    /// Which of the exercises that are left is chosen.
    pub chosen: usize,
}

/// What comes of a key in the list.
pub(super) enum Pressed {
    /// It stays open.
    Stay,
    /// It closes.
    Close,
    /// Go to this exercise.
    Go(usize),
}

impl List {
    /// With the current exercise chosen.
    pub(super) const fn at(current: usize) -> Self {
        Self { filter: String::new(), chosen: current }
    }

    /// The indexes of the exercises that the filter leaves.
    pub fn left(&self, outline: &Outline) -> Vec<usize> {
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let fits = |entry: &Entry| {
            let lesson = outline.lessons.iter().find(|(number, _)| *number == entry.lesson);
            let lesson = lesson.map_or("", |(_, title)| title);
            let text = format!("{} {} {lesson} {}", entry.id, entry.title, entry.state.word()).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        (0..outline.entries.len()).filter(|at| fits(&outline.entries[*at])).collect()
    }

    pub(super) fn press(&mut self, key: Key, outline: &Outline, rows: usize) -> Pressed {
        let left = self.left(outline);
        let last = left.len().saturating_sub(1);
        match key {
            Key::Escape => return Pressed::Close,
            Key::Enter => return left.get(self.chosen).map_or(Pressed::Stay, |at| Pressed::Go(*at)),
            Key::Up => self.chosen = self.chosen.saturating_sub(1),
            Key::Down => self.chosen = (self.chosen + 1).min(last),
            Key::PageUp => self.chosen = self.chosen.saturating_sub(rows),
            Key::PageDown => self.chosen = (self.chosen + rows).min(last),
            Key::Home => self.chosen = 0,
            Key::End => self.chosen = last,
            Key::Letter(letter) => {
                self.filter.push(letter);
                self.chosen = 0;
            }
            Key::Back => {
                self.filter.pop();
                self.chosen = 0;
            }
            Key::Tab | Key::Interrupt | Key::Suspend | Key::Redraw => {}
        }
        Pressed::Stay
    }
}
