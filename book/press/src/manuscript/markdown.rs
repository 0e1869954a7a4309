//! What stands where in a chapter's Markdown: directives, code blocks, headings, links, and how many words are its own.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::directive::{Directive, count};

/// The extensions that mdBook turns on.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_SMART_PUNCTUATION
}

/// A place in the file: line and column from 1.
pub type Place = (u32, u32);

/// A chapter's Markdown, looked at.
#[derive(Debug, Default)]
pub struct Outline {
    /// The directives, in order, with the bytes of the body that they take.
    pub directives: Vec<(Range<usize>, Directive)>,
    /// Directives that do not stand alone on their line.
    pub inline_directives: Vec<Place>,
    /// Fenced and indented code blocks.
    pub fences: Vec<Fence>,
    /// The headings' levels, texts and ids, as far as they are written.
    pub headings: Vec<Heading>,
    /// Where links and pictures go.
    pub links: Vec<(Place, String)>,
    /// Words of running text, without code blocks and HTML.
    pub words: usize,
}

/// A code block that is written in the chapter.
#[derive(Debug)]
pub struct Fence {
    /// Where it begins.
    pub place: Place,
    /// What stands behind the backticks.
    pub info: String,
    /// The bytes of the body that its first line takes.
    pub first_line: Range<usize>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// Where it begins.
    pub place: Place,
    /// From 1.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// An id that is written.
    pub id: Option<String>,
}

/// Looks at the body of a chapter that begins on `first_line` of its file.
pub fn outline(body: &str, first_line: u32) -> Outline {
    let lines = Lines::of(body, first_line);
    let mut outline = Outline::default();
    let mut literal: Vec<Range<usize>> = Vec::new();
    let mut in_code = false;
    let mut heading: Option<Heading> = None;
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                literal.push(range.clone());
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let end = body[range.start..].find('\n').map_or(body.len(), |end| range.start + end);
                let first_line = range.start..end;
                outline.fences.push(Fence { place: lines.place(range.start), info, first_line });
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Heading { level, id, .. }) => {
                let id = id.map(|id| id.to_string());
                let place = lines.place(range.start);
                heading = Some(Heading { place, level: level as u8, text: String::new(), id });
            }
            Event::End(TagEnd::Heading(_)) => outline.headings.extend(heading.take()),
            Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                outline.links.push((lines.place(range.start), dest_url.to_string()));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                outline.links.push((lines.place(range.start), dest_url.to_string()));
            }
            Event::Code(text) => {
                literal.push(range);
                outline.words += text.split_whitespace().count();
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&text);
                }
            }
            Event::Text(text) if !in_code => {
                if !body[lines.line_of(range.start)].trim_start().starts_with("{{#") {
                    outline.words += text.split_whitespace().filter(|word| has_letters(word)).count();
                }
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&text);
                }
            }
            _ => {}
        }
    }
    find_directives(body, &lines, &literal, &mut outline);
    outline
}

fn has_letters(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn find_directives(body: &str, lines: &Lines, literal: &[Range<usize>], outline: &mut Outline) {
    for (number, range) in lines.all() {
        let text = &body[range.clone()];
        let is_literal = |at: usize| literal.iter().any(|code| code.contains(&(range.start + at)));
        let mut found = text.match_indices("{{#").map(|(at, _)| at);
        let Some(at) = found.find(|at| !is_literal(*at)) else { continue };
        match Directive::read(text, number) {
            Some(directive) => outline.directives.push((range, directive)),
            None => outline.inline_directives.push((number, count(&text[..at]) + 1)),
        }
    }
}

/// Where the lines of a text begin.
struct Lines {
    starts: Vec<usize>,
    first: u32,
    text: String,
}

impl Lines {
    fn of(text: &str, first: u32) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after).collect(), first, text: text.to_owned() }
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn place(&self, offset: usize) -> Place {
        let index = self.index(offset);
        let line = self.first + u32::try_from(index).unwrap_or_default();
        (line, count(&self.text[self.starts[index]..offset]) + 1)
    }

    /// The bytes of the line at an offset, without its end.
    fn line_of(&self, offset: usize) -> Range<usize> {
        self.range(self.index(offset))
    }

    fn range(&self, index: usize) -> Range<usize> {
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..end
    }

    fn all(&self) -> impl Iterator<Item = (u32, Range<usize>)> {
        (0..self.starts.len())
            .map(|index| (self.first + u32::try_from(index).unwrap_or_default(), self.range(index)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_its_place() {
        let body = "## One `two`\n\nThree four, [five](07_rooms.md#x).\n\n{{#code demo=a}}\n\n```js fragment=\"b\"\n\
                    {{#code demo=b}}\n```\n\nSix {{#quiz}} and `{{#quiz}}`.\n";
        let outline = outline(body, 5);
        let names: Vec<_> =
            outline.directives.iter().map(|(_, found)| (found.line, found.name.as_str())).collect();
        assert_eq!(names, [(9, "code")]);
        assert_eq!(outline.inline_directives, [(15, 5)]);
        assert_eq!(outline.fences.len(), 1);
        assert_eq!(
            (outline.fences[0].place, outline.fences[0].info.as_str()),
            ((11, 1), "js fragment=\"b\"")
        );
        assert_eq!(outline.headings[0].text, "One two");
        assert_eq!(outline.links, [((7, 13), "07_rooms.md#x".to_owned())]);
    }

    #[test]
    fn a_directive_behind_one_that_is_code_is_seen() {
        let outline =
            outline("Use `{{#code …}}` as in {{#code demo=a}}\n\nUse `{{#quiz}}` or `{{#code}}`.\n", 1);
        assert_eq!((outline.inline_directives, outline.directives.len()), (vec![(1, 25)], 0));
    }

    #[test]
    fn words_are_counted_in_running_text_alone() {
        let body = "One two three.\n\n{{#code demo=a title=\"not these words\"}}\n\n- four\n\n```\nnot this\n```\n\n<b>five</b>\n";
        assert_eq!(outline(body, 1).words, 5);
    }
}
