//! The checksum of a bundle, and the text of its file. Next: `read.rs`.
//!
//! What is hashed is the text without the space between its tokens and without its last member, `sha256`. So a file
//! may be laid out in another way, or get other line ends on its way; anything else is seen.

use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::Bundle;

impl Bundle {
    /// The text of its file: a line for each exercise and each question.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let compact = serde_json::to_string(self)?;
        let seal = hex(&Sha256::digest(&compact));
        let mut text = String::from("{\n");
        // In the order of the struct, which is that of what was hashed.
        let mut member = |name: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  \"{name}\": {value},");
        };
        member("format", &serde_json::to_string(&self.format)?);
        member("version", &self.version.to_string());
        member("made_at", &self.made_at.to_string());
        member("learner", &serde_json::to_string(&self.learner)?);
        if let Some(track) = self.track {
            member("track", &serde_json::to_string(&track)?);
        }
        member("course", &serde_json::to_string(&self.course)?);
        member("exercises", &lines(self.exercises.iter())?);
        member("questions", &lines(self.questions.iter())?);
        let _ = writeln!(text, "  \"sha256\": \"{seal}\"\n}}");
        Ok(text)
    }
}

/// An object with one member a line.
fn lines<'a, V: Serialize + 'a>(
    members: impl Iterator<Item = (&'a String, &'a V)>,
) -> Result<String, serde_json::Error> {
    let mut lines = Vec::new();
    for (name, value) in members {
        lines.push(format!("    {}: {}", serde_json::to_string(name)?, serde_json::to_string(value)?));
    }
    Ok(if lines.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n  }}", lines.join(",\n")) })
}

/// Whether a text is as it was when it was sealed with this checksum.
pub(super) fn is_whole(text: &str, seal: &str) -> bool {
    let mut bare = without_space(text);
    let end = format!(",\"sha256\":\"{seal}\"}}");
    let Some(length) = bare.len().checked_sub(end.len()).filter(|_| bare.ends_with(end.as_bytes())) else {
        return false;
    };
    bare.truncate(length);
    bare.push(b'}');
    hex(&Sha256::digest(&bare)) == seal
}

/// JSON without the space between its tokens. Texts stay as they are.
fn without_space(text: &str) -> Vec<u8> {
    let mut bare = Vec::with_capacity(text.len());
    for (at, piece) in unescaped_quotes(text) {
        if at % 2 == 0 {
            for byte in piece.as_bytes() {
                if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                    bare.push(*byte);
                }
            }
        } else {
            bare.extend_from_slice(piece.as_bytes());
        }
    }
    bare
}

/// The text in pieces, by turns outside and inside of quotes. A quote belongs to the inside.
fn unescaped_quotes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = Some(text);
    (0..).map_while(move |at| {
        let left = rest?;
        let end = if at % 2 == 0 { left.find('"') } else { end_of_text(left) };
        let (piece, after) = end.map_or((left, None), |end| {
            let (piece, after) = left.split_at(end);
            (piece, Some(after))
        });
        rest = after;
        Some((at, piece))
    })
}

/// Behind the quote that ends a text, which begins with a quote. (`find` of one letter is fast even in a dev build.)
fn end_of_text(text: &str) -> Option<usize> {
    let mut from = 1;
    loop {
        let quote = from + text.get(from..)?.find('"')?;
        let before = text[..quote].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if before % 2 == 0 {
            return Some(quote + 1);
        }
        from = quote + 1;
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_space;

    #[test]
    fn only_the_space_between_tokens_goes() {
        for (text, bare) in [
            ("{ \"a b\" : [ 1,\r\n\t2 ] }\n", "{\"a b\":[1,2]}"),
            (r#"{"a \" b\\" : " c "}"#, r#"{"a \" b\\":" c "}"#),
            ("\" open ", "\" open "),
            ("\"\\", "\"\\"),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8(without_space(text)).unwrap(), bare, "{text}");
        }
    }
}
