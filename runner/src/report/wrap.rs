//! Breaking one line of text into lines that fit. Next: [`super::facts`].

use grader::diagram::shorten::{prefix, width};

/// Breaks a line at spaces into lines of at most `room` columns. A word that no line can hold is broken after a slash
/// or a comma if one is near, beginning where there is room; else it begins a line of its own and is broken anywhere.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_inclusive(' ') {
        let columns = width(word.trim_end());
        let beside = room.saturating_sub(width(&line));
        if columns > beside && !line.trim().is_empty() && (columns <= room || beside < room / 3) {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        let mut word = word;
        while width(&line) + width(word.trim_end()) > room {
            let beside = prefix(word, room.saturating_sub(width(&line)));
            let Some(head) = breakable(beside).or(line.trim().is_empty().then_some(beside)) else {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                continue;
            };
            if head.is_empty() {
                break;
            }
            lines.push(line.clone() + head);
            line.clear();
            word = &word[head.len()..];
        }
        line.push_str(word);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The part of a beginning after which a word may be broken, if there is a good place in it.
fn breakable(head: &str) -> Option<&str> {
    let good = head.rfind(['/', ',']).map_or(0, |end| end + 1);
    (good > head.len() / 2).then(|| &head[..good])
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_spaces_and_long_words_inside() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(wrap("你好吗 hi", 4), ["你好", "吗", "hi"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("he said abcdefghijklmnop", 12), ["he said", "abcdefghijkl", "mnop"]);
        assert_eq!(
            wrap("see exercises/07_rooms/main.js now", 20),
            ["see exercises/", "07_rooms/main.js now"]
        );
    }
}
