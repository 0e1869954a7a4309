//! Builds the book with mdBook, in this process. Next: [`crate::site`].

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    rc::Rc,
};

use anyhow::Context as _;
use mdbook_driver::{MDBook, config::Config};
use runner::{exit::Failure, verify::Problem};

use crate::{
    manuscript::summary,
    material,
    preprocess::{Press, Unshown},
    site,
};

/// How to build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Where to, if not where `book.toml` says.
    pub out: Option<&'a Path>,
    /// The path under which it will be served: `/socketlings/`.
    pub site_url: Option<&'a str>,
    /// Whether what cannot be shown is left out, with a word about it on the page.
    pub draft: bool,
    /// Whether nobody will read it: without a search index, which is half of the work, and without the page to print.
    pub unread: bool,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built {
    /// Where the book stands; `None` when nothing was written because of the problems.
    pub folder: Option<PathBuf>,
    /// What could not be shown.
    pub problems: Vec<Problem>,
}

/// Builds the book of the course in `root`.
pub fn build(root: &Path, options: Options<'_>) -> Result<Built, Failure> {
    let draft = options.draft.then(|| Rc::new(RefCell::new(Vec::new())));
    let book = load(root, options, Press { draft: draft.clone() }).map_err(Failure::course)?;
    if let Err(error) = book.build() {
        return match error.downcast::<Unshown>() {
            Ok(Unshown { problems }) => Ok(Built { folder: None, problems }),
            Err(error) => Err(Failure::course(error.context("mdBook cannot build the book"))),
        };
    }
    let folder = book.build_dir_for("html");
    site::write(&material::chapters(root), &folder)?;
    let problems = draft.map_or_else(Vec::new, |draft| draft.take());
    Ok(Built { folder: Some(folder), problems })
}

/// The book, ready to be built. Chapters that are not written yet are listed, and cannot be opened.
fn load(root: &Path, options: Options<'_>, press: Press) -> anyhow::Result<MDBook> {
    let folder = root.join("book");
    let path = folder.join("book.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut table: toml::Table = text.parse().with_context(|| format!("`{}` is no TOML", path.display()))?;
    // It is for a stock mdBook, which would start this program a second time.
    table.remove("preprocessor");
    let mut config: Config =
        table.to_string().parse().with_context(|| format!("`{}` cannot be used", path.display()))?;
    if let Some(out) = options.out {
        config.build.build_dir = std::path::absolute(out)?;
    }
    if let Some(site_url) = options.site_url {
        config.set("output.html.site-url", site_url)?;
    }
    if options.unread {
        config.set("output.html.search.enable", false)?;
        config.set("output.html.print.enable", false)?;
    }
    let source = folder.join(&config.book.src);
    let path = source.join("SUMMARY.md");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let (mut summary, _) =
        summary::read(&text).map_err(|why| anyhow::anyhow!("`{}`: {why}", path.display()))?;
    summary::draft_missing(&mut summary, &source);
    let mut book = MDBook::load_with_config_and_summary(&folder, config, summary)?;
    book.with_preprocessor(press);
    Ok(book)
}
