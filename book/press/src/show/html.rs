//! HTML as text: everything that comes from data is escaped, and each piece is one line.
//!
//! One line, because a blank line ends an HTML block in Markdown, and the rest would be read as Markdown again.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd, html::push_html};

use crate::manuscript::markdown;

/// Text for an element's content or a quoted attribute. Line ends become `&#10;`.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for symbol in text.chars() {
        match symbol {
            // mdBook and handlebars read braces in no output of ours, and shall not begin to.
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            other => push_visible(&mut out, other),
        }
    }
    out
}

/// A character without those that are not seen, or that change how others are seen.
fn push_visible(out: &mut String, symbol: char) {
    match symbol {
        '\n' => out.push_str("&#10;"),
        '\t' => out.push('\t'),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => out.push('\u{fffd}'),
        other if other.is_control() => out.push('\u{fffd}'),
        // What turns the direction of a text around can hide what a frame says.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            let _ = write!(out, "&lt;U+{:04X}&gt;", u32::from(symbol));
        }
        other => out.push(other),
    }
}

/// A short text with `code`, *emphasis* and links; anything else stays as it is written.
pub fn inline(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text, markdown::options()) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&escape(&text)),
            Event::Code(text) => {
                let _ = write!(out, "<code>{}</code>", escape(&text));
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => out.push_str("<strong>"),
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
            Event::Start(Tag::Paragraph) if !out.is_empty() => out.push(' '),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let _ = write!(out, "<a href=\"{scheme}{}\">", escape(&harmless(&dest_url)));
            }
            Event::End(TagEnd::Link) => out.push_str("</a>"),
            _ => {}
        }
    }
    out
}

/// Markdown of whole paragraphs. HTML in it is shown, not used; its headings become bold paragraphs.
pub fn block(text: &str) -> String {
    let events = Parser::new_ext(text, markdown::options()).flat_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => vec![Event::Text(html)],
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::Heading { .. }) => vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)],
        Event::End(TagEnd::Heading(_)) => vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let dest_url = CowStr::from(harmless(&dest_url));
            vec![Event::Start(Tag::Link { link_type, dest_url, title: CowStr::from(""), id })]
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
        other => vec![other],
    });
    let mut html = String::new();
    push_html(&mut html, events);
    let mut out = String::with_capacity(html.len() + 16);
    for symbol in html.trim().chars() {
        match symbol {
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            other => push_visible(&mut out, other),
        }
    }
    out
}

/// An address that leads somewhere and runs nothing.
fn harmless(address: &str) -> String {
    let scheme = address.split(['/', '#', '?']).next().and_then(|start| start.split_once(':'));
    match scheme.map(|(scheme, _)| scheme.to_ascii_lowercase()) {
        None => address.to_owned(),
        Some(scheme) if ["http", "https", "mailto"].contains(&scheme.as_str()) => address.to_owned(),
        Some(_) => "#".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_data_becomes_markup() {
        let hostile = "<script>alert('x')</script>\n\n# {{#include /etc/passwd}} \u{202e}txt\u{0}";
        let text = escape(hostile);
        assert!(!text.contains(['<', '>', '\n', '{', '\'', '\u{202e}', '\0']), "{text}");
        assert!(text.ends_with("&lt;U+202E&gt;txt\u{fffd}"), "{text}");
        assert!(text.starts_with("&lt;script&gt;"), "{text}");
        assert_eq!(
            inline("a `<b>` <i>c</i> *d*"),
            "a <code>&lt;b&gt;</code> &lt;i&gt;c&lt;/i&gt; <em>d</em>"
        );
        assert_eq!(
            inline("[x](javascript:alert(1)) [y](07_rooms.md)"),
            "<a href=\"#\">x</a> <a href=\"07_rooms.md\">y</a>"
        );
        assert_eq!(inline("<me@example.org>"), "<a href=\"mailto:me@example.org\">me@example.org</a>");
    }

    #[test]
    fn markdown_of_a_goal_is_one_line() {
        let html = block("One.\n\n- `a`\n- b\n\n<script>x</script>\n\n```\nc\n\nd\n```\n\n# Big\n![p](q)");
        assert!(!html.contains('\n'), "{html}");
        assert!(html.contains("<li><code>a</code></li>") && html.contains("&lt;script&gt;"), "{html}");
        let hidden = block("a\u{202e}b `c\u{2066}` \u{1b}\n\n```\nd\r\re\n```\n");
        assert!(!hidden.contains(['\u{202e}', '\u{2066}', '\u{1b}', '\r', '\n']), "{hidden}");
        assert!(hidden.contains("a&lt;U+202E&gt;b <code>c&lt;U+2066&gt;</code>"), "{hidden}");
        assert!(html.contains("c&#10;&#10;d") && !html.contains("<h1") && !html.contains("<img"), "{html}");
    }
}
