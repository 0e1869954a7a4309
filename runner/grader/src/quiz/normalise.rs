//! Texts made comparable: how a short answer is read, and when a word stands in a long one.
//!
//! The page does the same in JavaScript, so the rules name Unicode properties that both languages have. Next:
//! [`super::judge`].

/// A short answer in its plainest form: curly quotes are straight, runs of white space are one space, capitals are
/// small; then, as often as it applies, white space at the ends, a final `.`, `;` or `()`, and a pair of quotes or
/// backticks around it go away.
pub fn normalise(answer: &str) -> String {
    let plain = plain(answer);
    let mut rest = plain.as_str();
    loop {
        let before = rest;
        rest = rest.trim_matches(' ');
        for end in [".", ";", "()"] {
            rest = rest.strip_suffix(end).unwrap_or(rest);
        }
        for quote in ['"', '\'', '`'] {
            if let Some(inside) = rest.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                rest = inside;
            }
        }
        if rest == before {
            return rest.to_owned();
        }
    }
}

/// Straight quotes, single spaces, small letters.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2018}' | '\u{2019}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' => plain.push('"'),
            _ if letter.is_whitespace() || letter == '\u{feff}' => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            _ => plain.push(letter),
        }
    }
    plain.to_lowercase()
}

/// Whether a word, or several in a row, begins at the beginning of a word of the text. Both are [`plain`].
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let word = word.trim_matches(' ');
    let starts_like_a_word = word.chars().next().is_some_and(char::is_alphanumeric);
    let begins = |at: usize| {
        !starts_like_a_word || text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
    };
    !word.is_empty() && text.match_indices(word).any(|(at, _)| begins(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_an_answer_do_not_count() {
        for answer in [
            "io.emit",
            " IO.emit() ",
            "`io.emit()`",
            "\"io.emit\".",
            "\u{201c}io.emit()\u{201d};",
            "'`io.emit();`'",
            "io.emit().",
        ] {
            assert_eq!(normalise(answer), "io.emit", "{answer}");
        }
        assert_eq!(normalise("to  the\n room"), "to the room");
        assert_eq!(normalise("it's"), "it's");
        assert_eq!(normalise("\u{2019}"), "'");
        assert_eq!(normalise("\"a\" and \"b"), "\"a\" and \"b");
        assert_eq!(normalise("()"), "");
    }

    #[test]
    fn a_word_matches_from_its_beginning() {
        let text = plain("It Reconnects, and gets the\nmissed events (after-wards).");
        for word in ["reconnect", "missed events", "wards", "(after", "it"] {
            assert!(has_word(&text, word), "{word}");
        }
        for word in ["connect", "vents", "ed events", ""] {
            assert!(!has_word(&text, word), "{word}");
        }
    }
}
