//! A table that fits: where there is no room, it does without its less important columns, and then shortens the first one.
//! In plain words each row is a sentence. Next: `csv.rs`.

use grader::diagram::shorten::width;

use crate::report::sheet::{Ink, Sheet};

/// Between two columns.
const GAP: usize = 2;
/// Nothing is left out for what is longer than this in the first column.
const FIRST: usize = 26;
/// The first column gets at least so many.
const FEWEST: usize = 12;

/// A column.
pub(super) struct Column {
    head: &'static str,
    is_number: bool,
    /// Columns of a higher number go first; 0 never goes.
    drop: u8,
}

/// Text, from the left.
pub(super) const fn text(head: &'static str, drop: u8) -> Column {
    Column { head, is_number: false, drop }
}

/// Numbers, from the right.
pub(super) const fn number(head: &'static str, drop: u8) -> Column {
    Column { head, is_number: true, drop }
}

/// Writes rows under their heads. Each row has as many cells as there are columns.
pub(super) fn write(sheet: &mut Sheet, columns: &[Column], rows: &[Vec<String>], plain: bool) {
    if plain {
        for row in rows {
            sheet.paragraph(2, &sentence(columns, row), Ink::Plain);
        }
        return;
    }
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| sheet.safe(cell)).collect()).collect();
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            rows.iter().map(|row| width(&row[at])).chain([width(column.head)]).max().unwrap_or(0)
        })
        .collect();
    let mut shown: Vec<usize> = (0..columns.len()).collect();
    let room = sheet.columns().saturating_sub(2);
    let others = |shown: &[usize]| shown.iter().skip(1).map(|at| widths[*at] + GAP).sum::<usize>();
    while others(&shown) + widths[0].min(FIRST) > room {
        let can_go = shown.iter().copied().filter(|at| columns[*at].drop > 0);
        let Some(last) = can_go.max_by_key(|at| columns[*at].drop) else { break };
        shown.retain(|at| *at != last);
    }
    let left = room.saturating_sub(others(&shown)).max(FEWEST);
    widths[0] = widths[0].min(left);
    let heads: Vec<String> = columns.iter().map(|column| column.head.to_owned()).collect();
    for (row, ink) in [(&heads, Ink::Faint)].into_iter().chain(rows.iter().map(|row| (row, Ink::Plain))) {
        let mut line = String::new();
        for at in &shown {
            let cell = grader::diagram::shorten::clip(&row[*at], widths[*at], sheet.charset());
            let pad = " ".repeat(widths[*at].saturating_sub(width(&cell)));
            if *at != shown[0] {
                line.push_str(&" ".repeat(GAP));
            }
            let (before, after) =
                if columns[*at].is_number { (pad, String::new()) } else { (String::new(), pad) };
            line.push_str(&(before + &cell + &after));
        }
        sheet.line(2, &[(line.trim_end(), ink)]);
    }
}

/// `Asha: exercises 3 of 5, checks 12`.
fn sentence(columns: &[Column], row: &[String]) -> String {
    let facts = columns.iter().zip(row).skip(1).filter(|(_, cell)| !matches!(cell.as_str(), "" | "-"));
    let facts: Vec<String> = facts.map(|(column, cell)| format!("{} {cell}", column.head)).collect();
    format!("{}: {}.", row[0], facts.join(", "))
}
