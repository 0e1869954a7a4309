//! The preprocessor of mdBook: chapters in, chapters with everything shown out. Next: [`crate::build`].

use std::{cell::RefCell, path::Path, rc::Rc};

use mdbook_preprocessor::{
    Preprocessor, PreprocessorContext,
    book::{Book, BookItem},
    errors::{Error, Result},
};
use runner::verify::Problem;

use crate::{
    manuscript::Chapter,
    material::Material,
    show::{Page, html::escape},
};

/// Our preprocessor.
#[derive(Debug, Clone, Default)]
pub struct Press {
    /// Where the problems of a draft go. Without it a problem ends the build; with it the page says what it cannot show.
    pub draft: Option<Rc<RefCell<Vec<Problem>>>>,
}

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
        match &self.draft {
            Some(draft) => *draft.borrow_mut() = problems,
            None if problems.is_empty() => {}
            None => return Err(Error::new(Unshown { problems })),
        }
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }
}

/// Shows all chapters of a book, and tells what could not be shown.
pub fn show(material: &Material, mut book: Book) -> (Book, Vec<Problem>) {
    let mut problems = material.problems.clone();
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return };
        let Some(path) = &chapter.source_path else { return };
        let path = path.display().to_string().replace('\\', "/");
        let written = Chapter::new(path, std::mem::take(&mut chapter.content));
        let shown = Page { material, chapter: &written }.show();
        chapter.content = shown.markdown;
        problems.extend(shown.problems);
    });
    problems.sort();
    problems.dedup();
    (book, problems)
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
