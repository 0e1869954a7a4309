//! A packet for a person at a terminal: its frame in a few lines, and below it what it means.
//! Used by [`super::wire`] and [`super::hand`].

use std::fmt::Write as _;

use anstyle::Style as Escape;
use grader::diagram::{
    Charset,
    shorten::{clean, clip, prefix},
};

use super::{style::Style, wrap::wrap};

/// Lines that a frame gets.
const FRAME_LINES: usize = 3;
/// Characters of a frame that are ever shown.
pub(super) const LONGEST: usize = 4_000;

/// The lines of a packet, of which the first begins at column `indent` already.
pub(super) fn rows(style: Style, indent: usize, frame: Option<&str>, words: &str) -> String {
    let charset = style.charset();
    let room = style.columns().saturating_sub(indent).max(8);
    let faint = if style.colour { Escape::new().dimmed() } else { Escape::new() };
    let mut lines: Vec<(String, Escape)> = Vec::new();
    if let Some(frame) = frame {
        lines.extend(pieces(frame, room, charset).into_iter().map(|piece| (piece, Escape::new())));
    }
    let ink = if lines.is_empty() { Escape::new() } else { faint };
    lines.extend(wrap(&clean(words, charset), room).into_iter().map(|line| (line, ink)));
    let mut out = String::new();
    for (index, (line, ink)) in lines.iter().enumerate() {
        let indent = if index == 0 { 0 } else { indent };
        // Writing to a string cannot fail.
        writeln!(out, "{:indent$}{ink}{line}{ink:#}", "").ok();
    }
    out
}

/// As much of a frame as is ever looked at, so that a huge one costs no time.
pub(super) fn head(frame: &str) -> &str {
    frame.char_indices().nth(LONGEST + 1).map_or(frame, |(end, _)| &frame[..end])
}

/// A frame in a few lines.
fn pieces(frame: &str, room: usize, charset: Charset) -> Vec<String> {
    let text = clean(head(frame), charset);
    let mut rest = text.as_str();
    let mut lines = Vec::new();
    while !rest.is_empty() {
        if lines.len() + 1 == FRAME_LINES {
            lines.push(clip(rest, room, charset));
            break;
        }
        let piece = prefix(rest, room);
        // A character that is wider than all the room there is.
        let piece = if piece.is_empty() { rest } else { piece };
        rest = &rest[piece.len()..];
        lines.push(piece.to_owned());
    }
    lines
}
