//! The preprocessor of mdBook: chapters in, chapters with everything shown out. Next: [`crate::build`].

use std::{collections::BTreeMap, path::Path};

use mdbook_preprocessor::{
    Preprocessor, PreprocessorContext,
    book::{Book, BookItem},
    errors::{Error, Result},
};
use runner::verify::Problem;

use crate::{
    manuscript::Chapter,
    material::{Material, side_by_side},
    show::{Page, Shown, html::escape},
};

/// Our preprocessor, for a stock mdBook. A problem ends its build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Press;

/// What the preprocessor could not show.
#[derive(Debug, thiserror::Error)]
#[error("{} in the book", if problems.len() == 1 { "1 problem".to_owned() } else { format!("{} problems", problems.len()) })]
pub struct Unshown {
    /// Every one of them.
    pub problems: Vec<Problem>,
}

impl Preprocessor for Press {
    fn name(&self) -> &'static str {
        "press"
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        // mdBook may hand over a path from where it stands.
        let book_root = std::path::absolute(&ctx.root).unwrap_or_else(|_| ctx.root.clone());
        let root = book_root.parent().unwrap_or(Path::new("."));
        let material = Material::open(root).map_err(|failure| failure.error)?;
        let (book, problems) = show(&material, book);
        if problems.is_empty() { Ok(book) } else { Err(Error::new(Unshown { problems })) }
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }
}

/// Shows all chapters of a book, and tells what could not be shown.
pub fn show(material: &Material, mut book: Book) -> (Book, Vec<Problem>) {
    let written: Vec<(String, &str)> = book.iter().filter_map(text_of).collect();
    let shown =
        side_by_side(&written, |(_, text)| weight(text), |(path, text)| show_one(material, path, text));
    let paths = written.into_iter().map(|(path, _)| path);
    let mut shown: BTreeMap<String, Shown> = paths.zip(shown).collect();
    let mut problems = material.problems.clone();
    book.for_each_mut(|item| {
        let Some(shown) = text_of(item).and_then(|(path, _)| shown.remove(&path)) else { return };
        let BookItem::Chapter(chapter) = item else { return };
        chapter.content = shown.markdown;
        problems.extend(shown.problems);
    });
    problems.sort();
    problems.dedup();
    (book, problems)
}

/// The file of a chapter, and what mdBook has read from it.
fn text_of(item: &BookItem) -> Option<(String, &str)> {
    let BookItem::Chapter(chapter) = item else { return None };
    let path = chapter.source_path.as_ref()?;
    Some((path.display().to_string().replace('\\', "/"), &chapter.content))
}

/// How much there is to show, by a guess: two chapters are short and show what is in the whole course.
pub(crate) fn weight(text: &str) -> u64 {
    let of_all = ["{{#quiz interview}}", "{{#mistakes}}"].iter().any(|directive| text.contains(directive));
    if of_all { u64::MAX } else { text.len() as u64 }
}

fn show_one(material: &Material, path: &str, text: &str) -> Shown {
    let known = material.chapters.iter().find(|chapter| chapter.path == path && chapter.text == text);
    match known {
        Some(chapter) => Page { material, chapter }.show(),
        // Another preprocessor has been at it.
        None => Page { material, chapter: &Chapter::new(path, text) }.show(),
    }
}

/// A page that tells what is wrong instead of showing the book.
pub fn page_of(problems: &[Problem]) -> String {
    let lines: Vec<String> =
        problems.iter().map(|problem| format!("<li>{}</li>", escape(&told(problem)))).collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The book has problems</title>\
         <h1>The book has problems</h1><ol>{}</ol>",
        lines.concat()
    )
}

/// `book/src/07_rooms.md:12:3: what is wrong`
pub fn told(problem: &Problem) -> String {
    let Problem { file, line, column, message } = problem;
    if *line == 0 { format!("{file}: {message}") } else { format!("{file}:{line}:{column}: {message}") }
}
