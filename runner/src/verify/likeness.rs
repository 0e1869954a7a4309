//! Whether two programs are the same one: up to the names that they choose, comments, and layout.
//!
//! Another right program is there to keep the scenarios fair to other styles; a renamed copy of the solution
//! keeps nothing fair.

use std::collections::HashMap;

/// What is left of a program when names and layout are taken away.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// The number of a name, in the order of first appearance.
    Name(usize),
    Text(String),
    Mark(char),
}

/// Whether the two sources differ in nothing but names, comments and layout. JavaScript, TypeScript, Rust, frames
/// and scenarios.
pub(super) fn alike(one: &str, other: &str, extension: &str) -> bool {
    tokens(one, extension) == tokens(other, extension)
}

fn tokens(source: &str, extension: &str) -> Vec<Token> {
    let frames = matches!(extension, "txt" | "yaml");
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if is_comment(rest, frames) {
            if rest.starts_with("/*") { rest.find("*/").map_or(rest.len(), |at| at + 2) } else { line(rest) }
        } else if first.is_whitespace() || matches!(first, ';' | ',') {
            first.len_utf8()
        } else if matches!(first, '"' | '\'' | '`')
            && (extension != "rs" || first == '"' || is_character(rest))
        {
            let length = text(rest, first);
            tokens.push(Token::Text(rest[first.len_utf8()..length].trim_end_matches(first).to_owned()));
            length
        } else if is_letter(first) {
            let length = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
            let next = names.len();
            let word = &rest[..length];
            tokens.push(match word.parse::<u64>() {
                Ok(_) => Token::Text(word.to_owned()),
                Err(_) => Token::Name(*names.entry(word).or_insert(next)),
            });
            length
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

fn is_comment(rest: &str, frames: bool) -> bool {
    if frames { rest.starts_with('#') } else { rest.starts_with("//") || rest.starts_with("/*") }
}

fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// In Rust `'x'` is a character, and `'x` without an end is a lifetime.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    letters.next() == Some('\\') || letters.next() == Some('\'')
}

/// The length of a quoted text, with its quotes.
fn text(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "export default function register(io) {
  // Everyone hears it.
  io.on('connection', (socket) => socket.on('say', (text) => io.emit('said', text)));
}";

    #[test]
    fn names_layout_comments_and_quotes_make_no_other_program() {
        let copy = SOLUTION.replace("socket", "client").replace('\'', "\"").replace("text", "words");
        assert!(alike(
            SOLUTION,
            &copy.replace("=> ", "=>\n    ").replace("// Everyone hears it.", "/* all */"),
            "js"
        ));
    }

    #[test]
    fn another_call_another_text_and_another_order_do() {
        for (from, to) in
            [("io.emit", "socket.emit"), ("'said'", "'told'"), ("'connection', ", ""), ("text)", "5)")]
        {
            assert!(!alike(SOLUTION, &SOLUTION.replacen(from, to, 1), "js"), "{from} → {to}");
        }
    }

    #[test]
    fn rust_has_lifetimes_and_letters() {
        let source = "fn f<'a>(x: &'a str) -> char { 'x' }";
        assert!(alike(source, "fn g<'b>(y: &'b str) -> char {\n 'x' }", "rs"));
        assert!(!alike(source, "fn g<'b>(y: &'b str) -> char { 'y' }", "rs"));
    }

    #[test]
    fn frames_have_notes_of_their_own() {
        assert!(alike("# a note\n40\n42[\"say\"]", "40\n42[ \"say\" ]\n# more", "txt"));
        assert!(!alike("40\n42[\"say\"]", "40\n420[\"say\"]", "txt"));
    }
}
