//! The headings of a page of the book, with the ids that mdBook gives them. Next: `quizzes.rs`.
//!
//! mdBook 0.5 (`mdbook-html`, `id_from_content`): the heading's text without markup, in small letters; letters, digits,
//! `_` and `-` stay, white space becomes `-`, everything else goes. A heading that another one equals gets `-1`, `-2`, …
//! `## Title {#id}` names its own.

use std::{collections::BTreeSet, fs, io};

use super::{Course, CourseError};

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its id on the page: `a-room-is-a-label`.
    pub id: String,
    /// Its text without markup: `A room is a label`.
    pub title: String,
}

impl Course {
    /// The headings of `book/src/PAGE.md`; none when the book has no such page.
    pub fn headings(&self, page: &str) -> Result<Option<Vec<Heading>>, CourseError> {
        let path = self.root().join("book/src").join(format!("{page}.md"));
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(headings(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CourseError::unreadable(&path, error)),
        }
    }
}

fn headings(markdown: &str) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut used = BTreeSet::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let start = line.trim_start();
        let ticks = &start[..start.len() - start.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(open) if ticks.starts_with(open) && start.trim_end() == ticks => fence = None,
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => headings.extend(heading(line, &mut used)),
            Some(_) => {}
        }
    }
    headings
}

fn heading(line: &str, used: &mut BTreeSet<String>) -> Option<Heading> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    if !(1..=6).contains(&level) || !text.starts_with([' ', '\t']) {
        return None;
    }
    let text = text.trim().trim_end_matches('#').trim_end();
    let named = text.strip_suffix('}').and_then(|text| text.rsplit_once("{#"));
    let (title, id) = match named {
        Some((title, id)) => (title.trim_end(), id.to_owned()),
        None => (text, id_of(&without_markup(text))),
    };
    Some(Heading { title: without_markup(title), id: unique(&id, used) })
}

fn id_of(title: &str) -> String {
    let keep = |letter: char| match letter {
        _ if letter.is_alphanumeric() || letter == '_' || letter == '-' => Some(letter),
        _ if letter.is_whitespace() => Some('-'),
        _ => None,
    };
    title.trim().to_lowercase().chars().filter_map(keep).collect()
}

fn unique(id: &str, used: &mut BTreeSet<String>) -> String {
    let mut candidate = id.to_owned();
    let mut counter = 1;
    while !used.insert(candidate.clone()) {
        candidate = format!("{id}-{counter}");
        counter += 1;
    }
    candidate
}

/// Without backticks, stars and the targets of links.
fn without_markup(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '`' | '*' | '[' => {}
            ']' if rest.starts_with('(') => rest = rest.split_once(')').map_or("", |(_, after)| after),
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::headings;

    fn ids(markdown: &str) -> Vec<String> {
        headings(markdown).into_iter().map(|heading| heading.id).collect()
    }

    /// The ids are those of the built book (mdBook 0.5.4).
    #[test]
    fn ids_are_those_of_mdbook() {
        let page = "---\ntitle: \"x\"\n---\n\n## Join, leave, address\n### `io.to(room)` and *its* kin\n## \"It hangs\"\n\
                    ## From the client: again, until somebody answers\n## Engine.IO v4\n## Räume\n## a_b c-d\n";
        assert_eq!(
            ids(page),
            [
                "join-leave-address",
                "iotoroom-and-its-kin",
                "it-hangs",
                "from-the-client-again-until-somebody-answers",
                "engineio-v4",
                "räume",
                "a_b-c-d",
            ]
        );
    }

    #[test]
    fn what_is_no_heading_has_no_id() {
        let page =
            "#no\n#######  seven\n```sh\n# a comment\n```\n~~~~\n## x\n~~~\n## y\n~~~~\ntext # no\n## Yes\n";
        assert_eq!(ids(page), ["yes"]);
    }

    #[test]
    fn twins_are_counted_and_names_are_taken() {
        let page =
            "## Try it\n## Try it\n## Try it {#mine}\n## Try it ##\n## See [rooms](07_rooms.md#x) now\n";
        assert_eq!(ids(page), ["try-it", "try-it-1", "mine", "try-it-2", "see-rooms-now"]);
        assert_eq!(headings(page)[4].title, "See rooms now");
        assert_eq!(headings(page)[2].title, "Try it");
    }
}
