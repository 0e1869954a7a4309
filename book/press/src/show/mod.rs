//! What a directive looks like: HTML that works without a script and is styled by the theme.
//!
//! | file | shows |
//! |---|---|
//! | `ask.rs` | what a directive asks for |
//! | `head.rs` | the header of a chapter; `{{#schedule}}` |
//! | `code.rs` | `{{#code}}` |
//! | `packets.rs` | which packets a picture shows |
//! | `trace.rs` | `{{#trace}}`, `{{#frame}}` |
//! | `diagram.rs` | `{{#diagram}}` |
//! | `hears.rs` | `{{#hears}}` |
//! | `mistake.rs` | `{{#mistake}}`, `{{#mistakes}}` |
//! | `card.rs` | `{{#exercise}}` |
//! | `quiz/` | `{{#quiz}}` |
//! | `html.rs` | escaping |
//!
//! Next: [`crate::preprocess`].

mod ask;
mod card;
mod code;
mod diagram;
mod head;
mod hears;
pub mod html;
mod mistake;
mod packets;
pub mod quiz;
mod trace;

use runner::verify::Problem;

pub use ask::Ask;
pub use code::gives_away;

use crate::{
    manuscript::{
        Chapter,
        directive::{Directive, Wrong},
        markdown::{Fence, Outline},
    },
    material::Material,
    recording::Wanted,
};

/// A chapter that is being shown.
#[derive(Clone, Copy)]
pub struct Page<'m> {
    /// All that there is.
    pub material: &'m Material,
    /// The chapter.
    pub chapter: &'m Chapter,
}

/// A chapter, shown.
#[derive(Debug, Default)]
pub struct Shown {
    /// Markdown with HTML in it, for mdBook.
    pub markdown: String,
    /// What could not be shown.
    pub problems: Vec<Problem>,
    /// What was asked for, in order.
    pub asks: Vec<(Ask, Directive)>,
    /// What has to be recorded for it.
    pub wanted: Vec<Wanted>,
    /// How many blocks of code come from files.
    pub snippets: usize,
    /// Whether it asks for something that is not known: a directive that cannot be understood, or a body that begins nowhere. Then
    /// nobody can say that something is missing in it.
    pub is_unread: bool,
    /// Files that are wrong themselves, and are asked for.
    pub follows_from: Vec<String>,
}

/// The anchor of an exercise's card.
pub fn anchor(exercise: &str) -> String {
    format!("exercise-{exercise}")
}

impl Page<'_> {
    /// Shows the chapter.
    pub fn show(&self) -> Shown {
        let outline = self.chapter.outline();
        let is_unread = self.chapter.is_lost || !outline.inline_directives.is_empty();
        let mut shown = Shown { is_unread, ..Shown::default() };
        let mut problem = |line: u32, column: u32, message: String| {
            shown.problems.push(Problem { file: self.chapter.file(), line, column, message });
        };
        for (line, column) in &outline.inline_directives {
            problem(*line, *column, "a directive stands alone on its line".to_owned());
        }
        match &self.chapter.front {
            Ok(front) => shown.markdown = format!("{}\n\n", self.head(front)),
            Err((line, column, message)) => problem(*line, *column, message.clone()),
        }
        self.body(&outline, &mut shown);
        shown.problems.sort();
        shown
    }

    /// The body, with its directives replaced, and the reasons of its fences taken off.
    fn body(&self, outline: &Outline, shown: &mut Shown) {
        let body = self.chapter.body();
        let mut pieces: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for (range, directive) in &outline.directives {
            let html = match self.directive(directive, shown) {
                Ok(html) => html,
                Err(Wrong { column, message, follows_from }) => {
                    let (file, line) = (self.chapter.file(), directive.line);
                    let html = format!(
                        "<p class=\"sl-unshown\">{}:{line}: {}</p>",
                        html::escape(&file),
                        html::escape(&message)
                    );
                    match follows_from {
                        Some(file) => shown.follows_from.push(file),
                        None => shown.problems.push(Problem { file, line, column, message }),
                    }
                    html
                }
            };
            let indentation = &body[range.clone()];
            let indentation = &indentation[..indentation.len() - indentation.trim_start().len()];
            pieces.push((range.clone(), format!("{indentation}{html}\n")));
        }
        for fence in &outline.fences {
            if let Some(line) = without_reason(fence, body) {
                pieces.push((fence.first_line.clone(), line));
            }
        }
        pieces.sort_by_key(|(range, _)| range.start);
        let mut at = 0;
        for (range, text) in pieces {
            shown.markdown.push_str(&body[at..range.start]);
            shown.markdown.push_str(&text);
            at = range.end;
        }
        shown.markdown.push_str(&body[at..]);
    }

    fn directive(&self, directive: &Directive, shown: &mut Shown) -> Result<String, Wrong> {
        let ask = self.ask(directive).inspect_err(|_| shown.is_unread = true)?;
        shown.wanted.extend(self.wanted(&ask, directive));
        shown.asks.push((ask.clone(), directive.clone()));
        let column = directive.column;
        match &ask {
            Ask::Code(code) => {
                let (html, tabs) = self.code(code, column)?;
                shown.snippets += tabs;
                Ok(html)
            }
            Ask::Trace(picture) => self.trace(picture, column),
            Ask::Diagram(picture) => self.diagram(picture, column),
            Ask::Hears(picture) => self.hears(picture, column),
            Ask::Frame(text) => Self::frame(text, directive.rest_column),
            Ask::Mistake(exercise, id) => self.mistake(exercise, id, column),
            Ask::Exercise(name) => self.exercise(name, column),
            Ask::Quiz => Ok(self.quiz(shown)),
            Ask::Interview => self.interview(column, shown),
            Ask::Mistakes => self.mistakes(column),
            Ask::Schedule => Ok(self.schedule()),
        }
    }
}

/// The reason of a fragment, as it is written behind the backticks: `fragment="why"`.
pub fn reason(info: &str) -> Option<&str> {
    let (_, rest) = info.split_once("fragment=\"")?;
    let (reason, _) = rest.split_once('"')?;
    (!reason.trim().is_empty()).then_some(reason)
}

/// The first line of a fence without its reason, which mdBook would take for classes.
fn without_reason(fence: &Fence, body: &str) -> Option<String> {
    let at = fence.info.find("fragment=")?;
    let line = &body[fence.first_line.clone()];
    let ticks: String = line.chars().take_while(|c| matches!(c, '`' | '~' | ' ')).collect();
    Some(format!("{ticks}{}", fence.info[..at].trim_end_matches([' ', ','])))
}
