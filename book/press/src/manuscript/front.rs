//! The front matter of a chapter: YAML between two lines `---` at its top.

use serde::Deserialize;

use super::directive::suggestion;

/// What the front matter says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// The title: the page's only `h1`.
    pub title: String,
    /// Minutes of reading, the exercises' contracts included.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// For whom it is.
    #[serde(default)]
    pub level: Option<Level>,
    /// Each completes "After this lesson you can …".
    #[serde(default)]
    pub objectives: Vec<String>,
    /// Lessons to read before, by their slugs.
    #[serde(default)]
    pub prerequisites: Vec<String>,
    /// Whether somebody is still writing it: then it is held to no size yet, and `check` says what is missing.
    #[serde(default)]
    pub unfinished: bool,
}

const KEYS: &[&str] = &["title", "minutes", "level", "objectives", "prerequisites", "unfinished"];

/// For whom a lesson is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Needs nothing but the lessons before.
    Beginner,
    /// Needs some practice.
    Intermediate,
    /// Needs a good deal of it.
    Advanced,
}

impl Level {
    /// The word in the file and on the page.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Beginner => "beginner",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
        }
    }
}

/// What is wrong with a front matter: line and column from 1, and the message.
pub type Wrong = (u32, u32, String);

/// A chapter's text, taken apart.
#[derive(Debug)]
pub struct Parts<'t> {
    /// The front matter, or what is wrong with it.
    pub front: Result<Front, Wrong>,
    /// All that comes after it.
    pub body: &'t str,
    /// The line of the file, from 1, on which the body begins.
    pub line: u32,
    /// Whether it is not known where the body begins, because the front matter has no end.
    pub is_lost: bool,
}

/// Takes a chapter apart.
pub fn split(text: &str) -> Parts<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let missing = |message: &str| Err((1, 1, message.to_owned()));
    let Some(rest) = after_fence(text) else {
        let front = missing("a chapter begins with its front matter: `---`, `title: \"…\"`, `---`");
        return Parts { front, body: text, line: 1, is_lost: false };
    };
    let mut at = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            let front = read(&rest[..at]);
            let line_of_body = u32::try_from(number).unwrap_or_default() + 3;
            return Parts { front, body: &rest[at + line.len()..], line: line_of_body, is_lost: false };
        }
        at += line.len();
    }
    let front = missing("the front matter has no end: a line `---` is missing");
    Parts { front, body: "", line: 1, is_lost: true }
}

/// What follows the first line, if that is `---`.
fn after_fence(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once('\n')?;
    (first.trim_end() == "---").then_some(rest)
}

fn read(yaml: &str) -> Result<Front, Wrong> {
    let front: Front = serde_saphyr::from_str(yaml).map_err(|error| {
        let place = error.location();
        let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        // The fence is the first line of the file.
        let line = place.map_or(1, |place| number(place.line()) + 1);
        let column = place.map_or(1, |place| number(place.column()));
        let said = error.to_string();
        let first = said.lines().next().unwrap_or_default();
        // It begins with the place within the front matter, which is not that in the file.
        let first = first.trim_start_matches("error: ");
        let message =
            first.strip_prefix("line ").and_then(|rest| rest.split_once(": ")).map_or(first, |(_, why)| why);
        (line, column, told(message, yaml.lines().nth((line as usize).saturating_sub(2)).unwrap_or_default()))
    })?;
    if front.title.trim().is_empty() {
        return Err((2, 1, "the front matter needs a `title`".to_owned()));
    }
    Ok(front)
}

/// What the parser says of a line, in the words of the book.
fn told(message: &str, line: &str) -> String {
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    let (key, value) = (key.trim(), value.trim());
    if message.starts_with("unknown field") {
        return format!("the front matter has no key `{key}`{}", suggestion(key, KEYS));
    }
    if message.starts_with("unknown variant") {
        let levels = [Level::Beginner, Level::Intermediate, Level::Advanced].map(Level::as_str);
        return format!("unknown level `{value}`; known: `{}`", levels.join("`, `"));
    }
    if message.starts_with("invalid u32") {
        return format!("`{key}` is a whole number, not `{value}`");
    }
    format!("the front matter cannot be read: {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_taken_apart() {
        let text = "---\ntitle: \"Rooms\"\nminutes: 25 # honestly\nlevel: beginner\nobjectives: [\"a\"]\n---\n\nText\n";
        let parts = split(text);
        let front = parts.front.unwrap();
        assert_eq!((front.title.as_str(), front.minutes), ("Rooms", Some(25)));
        assert_eq!(front.level, Some(Level::Beginner));
        assert_eq!((parts.body, parts.line), ("\nText\n", 7));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let place = |text: &str| split(text).front.map(drop).unwrap_err();
        assert_eq!(place("# Rooms\n").0, 1);
        assert!(place("---\ntitle: x\n").2.contains("no end"));
        assert_eq!(place("---\ntitle: x\nlevel: easy\n---\n").0, 3);
        assert_eq!(place("---\ntitle: x\nmood: good\n---\n").0, 3);
        assert!(place("---\nminutes: 5\n---\n").2.contains("title"));
        assert!(split("---\ntitle: x\n").is_lost && !split("# Rooms\n").is_lost);
    }
}
