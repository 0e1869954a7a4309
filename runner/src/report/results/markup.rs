//! Writing HTML: text that cannot act, and tables that can be read without seeing them. Next: `page.css`.

use std::fmt::Write as _;

/// Text, as text: nothing in it is markup, in an element or in a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// What a stranger wrote: its direction of writing does not reach the text around it.
pub(super) fn theirs(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// A share as a bar. It is only to be looked at: the numbers stand beside it.
pub(super) fn bar(part: usize, of: usize) -> String {
    let percent = (part * 100).checked_div(of).unwrap_or(0).min(100);
    format!("<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:{percent}%\"></span></span>")
}

/// A table, whose first cell of each row is that row's head. Cells are markup already.
pub(super) struct Table {
    text: String,
    numbers: Vec<bool>,
}

/// A column's head, as markup, and whether it holds numbers.
pub(super) type Head = (String, bool);

impl Table {
    /// A table with a caption, which is also the name of the region in which it scrolls.
    pub(super) fn new(id: &str, caption: &str, heads: &[Head]) -> Self {
        let caption = escape(caption);
        let mut text = format!(
            "<div class=\"wide\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table>\n\
             <caption id=\"{id}\">{caption}</caption>\n<thead><tr>"
        );
        for (head, is_number) in heads {
            // Writing to a string cannot fail.
            let _ = write!(text, "<th scope=\"col\"{}>{head}</th>", class(*is_number));
        }
        text.push_str("</tr></thead>\n<tbody>\n");
        Self { text, numbers: heads.iter().map(|(_, is_number)| *is_number).collect() }
    }

    pub(super) fn row(&mut self, cells: &[String]) {
        self.text.push_str("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            let class = class(self.numbers.get(at).copied().unwrap_or_default());
            let _ = if at == 0 {
                write!(self.text, "<th scope=\"row\"{class}>{cell}</th>")
            } else {
                write!(self.text, "<td{class}>{cell}</td>")
            };
        }
        self.text.push_str("</tr>\n");
    }

    pub(super) fn end(self) -> String {
        self.text + "</tbody>\n</table>\n</div>\n"
    }
}

const fn class(is_number: bool) -> &'static str {
    if is_number { " class=\"number\"" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::{bar, theirs};

    #[test]
    fn nothing_that_was_written_acts() {
        assert_eq!(
            theirs("<img src=x onerror='a(\"b\")'> & co"),
            "<bdi>&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt; &amp; co</bdi>"
        );
        assert!(bar(9, 4).contains("width:100%") && bar(0, 0).contains("width:0%"));
    }
}
