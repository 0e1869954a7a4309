//! What the front matter of a lesson's page says about how much there has to be. Next: `quizzes.rs`.
//!
//! The book reads the whole of it (crate `press`). Here two keys are enough, so a page that is wrong elsewhere does no harm.

use std::fs;

use super::Course;

/// What a lesson's page says of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// How long it takes; none when there is no page, or no number.
    pub minutes: Option<u32>,
    /// Whether somebody is still writing it.
    pub unfinished: bool,
}

impl Course {
    /// What the page of a lesson says: `book/src/07_rooms.md`. A lesson without a page says nothing.
    pub fn page(&self, lesson: &str) -> Page {
        let path = self.root().join("book/src").join(format!("{lesson}.md"));
        fs::read_to_string(path).map_or_else(|_| Page::default(), |text| page(&text))
    }
}

fn page(text: &str) -> Page {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return Page::default();
    }
    let mut page = Page::default();
    for line in lines.take_while(|line| line.trim_end() != "---") {
        let line = line.split_once(" #").map_or(line, |(before, _)| before);
        match line.split_once(':') {
            Some(("minutes", value)) => page.minutes = value.trim().parse().ok(),
            Some(("unfinished", value)) => page.unfinished = value.trim() == "true",
            _ => {}
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{Page, page};

    #[test]
    fn two_keys_are_read_and_the_text_is_not() {
        let text = "---\ntitle: \"minutes: 5\"\nminutes: 10 # at most\nunfinished: true\n---\nminutes: 30\n";
        assert_eq!(page(text), Page { minutes: Some(10), unfinished: true });
        assert_eq!(page("minutes: 10\n"), Page::default());
        assert_eq!(page("---\nminutes: many\nunfinished: false\n---\n"), Page::default());
    }
}
