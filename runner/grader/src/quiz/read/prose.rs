//! Texts that learners read. Next: [`super::question`].

use super::Reader;
use crate::yaml::{
    Place, Reads,
    node::{Node, Quoting, Yaml},
    problem::shown,
};

impl Reader<'_> {
    /// A text that learners read: Markdown without HTML, and nothing that a terminal would obey.
    pub(super) fn prose(&mut self, node: &Node, what: &str) -> Option<String> {
        let text = self.text(node, what)?.trim_end().to_owned();
        if let Yaml::Text(_, Quoting::Plain { cut: true }) = node.value {
            let message = format!("{what} ends before the `#`: it is not quoted");
            self.problem_with_help(node.place, message, "write it in quotes, or as a block after `|`");
            return None;
        }
        if let Some(found) = text.chars().find(|letter| letter.is_control() && *letter != '\n') {
            let message = format!("{what} holds the control character U+{:04X}", u32::from(found));
            self.problem_with_help(node.place, message, "a terminal would obey it: take it out");
            return None;
        }
        if let Some(tag) = html(&text) {
            let message = format!("{what} holds HTML: `{}`", shown(tag));
            self.problem_with_help(
                node.place,
                message,
                "show code in backticks; Markdown is enough for the rest",
            );
            return None;
        }
        Some(text)
    }

    /// The items of a list of texts, each read as prose.
    pub(super) fn proses(&mut self, node: &Node, list: &str, item: &str) -> Option<Vec<String>> {
        let items = self.list(node, list)?;
        let texts: Vec<Option<String>> = items.iter().map(|node| self.prose(node, item)).collect();
        texts.into_iter().collect()
    }

    /// Notes when a list has too few or too many items.
    pub(super) fn in_range(
        &mut self,
        place: Place,
        (what, of): (&str, &str),
        count: usize,
        from: usize,
        to: usize,
    ) {
        if !(from..=to).contains(&count) {
            self.problem(place, format!("{what} has {from} to {to} {of}, not {count}"));
        }
    }
}

/// What looks like a tag outside of code. Code is what stands between backticks, in fences too.
fn html(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let tick = rest.find('`').unwrap_or(rest.len());
        let open = rest[..tick].match_indices('<').map(|(at, _)| at);
        let tag = open.into_iter().find(|at| {
            rest[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next))
        });
        if let Some(at) = tag {
            return Some(rest[at..].split_inclusive('>').next().unwrap_or_default());
        }
        let ticks = rest[tick..].len() - rest[tick..].trim_start_matches('`').len();
        let fence = &rest[tick..tick + ticks];
        let inside = &rest[tick + ticks..];
        // A backtick without its partner is a backtick.
        rest = match inside.find(fence).filter(|_| ticks > 0) {
            Some(end) => &inside[end + ticks..],
            None if ticks > 0 => inside,
            None => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn tags_are_seen_and_code_is_not() {
        assert_eq!(html("a <script>alert(1)</script>"), Some("<script>"));
        assert_eq!(html("`a` </b>"), Some("</b>"));
        assert_eq!(html("a ` b <img src=x>"), Some("<img src=x>"));
        assert_eq!(html("1 < 2, and a<!-- b"), Some("<!-- b"));
        for code in ["1 < 2", "`<Chat />`", "```\n<b>\n```", "``a ` <b>``", "a -> b <- c", "`", ""] {
            assert_eq!(html(code), None, "{code}");
        }
    }
}
