//! `SUMMARY.md`: which chapters there are, in order, and where each is named.

use std::path::{Path, PathBuf};

use mdbook_summary::{Link, Summary, SummaryItem, parse_summary};

/// A chapter that the summary names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name there.
    pub name: String,
    /// Its file, below `book/src`.
    pub path: PathBuf,
    /// Line and column of the file's name in `SUMMARY.md`, from 1.
    pub place: (u32, u32),
}

/// Reads a summary. The message of an error names no place: mdBook's parser keeps it to itself.
pub fn read(text: &str) -> Result<(Summary, Vec<Entry>), String> {
    let summary = parse_summary(text).map_err(|error| format!("{error:#}"))?;
    let mut entries = Vec::new();
    let all = [&summary.prefix_chapters, &summary.numbered_chapters, &summary.suffix_chapters];
    for item in all.into_iter().flatten() {
        collect(item, text, &mut entries);
    }
    Ok((summary, entries))
}

/// Turns chapters whose files are not there yet into drafts: they are listed, and cannot be opened.
pub fn draft_missing(summary: &mut Summary, source: &Path) {
    let parts = [&mut summary.prefix_chapters, &mut summary.numbered_chapters, &mut summary.suffix_chapters];
    for item in parts.into_iter().flatten() {
        draft(item, source);
    }
}

fn draft(item: &mut SummaryItem, source: &Path) {
    if let SummaryItem::Link(link) = item {
        if link.location.as_ref().is_some_and(|path| !source.join(path).is_file()) {
            link.location = None;
        }
        link.nested_items.iter_mut().for_each(|item| draft(item, source));
    }
}

fn collect(item: &SummaryItem, text: &str, entries: &mut Vec<Entry>) {
    let SummaryItem::Link(Link { name, location, nested_items, .. }) = item else { return };
    if let Some(path) = location {
        let place = place(text, &format!("({})", path.display()));
        entries.push(Entry { name: name.clone(), path: path.clone(), place });
    }
    for item in nested_items {
        collect(item, text, entries);
    }
}

fn place(text: &str, part: &str) -> (u32, u32) {
    let found = (1..).zip(text.lines()).find_map(|(number, line)| {
        let at = line.find(part)?;
        Some((number, super::directive::count(&line[..at]) + 2))
    });
    found.unwrap_or((1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_have_their_places() {
        let (_, entries) = read("# Summary\n\n[Start](index.md)\n\n- [Rooms](07_rooms.md)\n").unwrap();
        let places: Vec<_> = entries.iter().map(|entry| (entry.name.as_str(), entry.place)).collect();
        assert_eq!(places, [("Start", (3, 9)), ("Rooms", (5, 11))]);
    }
}
