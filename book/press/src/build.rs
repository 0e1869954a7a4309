//! Builds the book with mdBook, in this process. Next: [`crate::site`].

use std::{
    fs, mem,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use mdbook_driver::{MDBook, config::Config};
use runner::{exit::Failure, verify::Problem};

use crate::{interrupt::Scratch, manuscript::summary, material::Material, place, preprocess::show, site};

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
    build_from(&Material::open(root)?, options)
}

/// Builds the book from what has been read of it.
pub fn build_from(material: &Material, options: Options<'_>) -> Result<Built, Failure> {
    let mut book = load(material.course.root(), options).map_err(Failure::course)?;
    let (shown, problems) = show(material, mem::take(&mut book.book));
    if !problems.is_empty() && !options.draft {
        return Ok(Built { folder: None, problems });
    }
    book.book = shown;
    book.build().map_err(|error| Failure::course(error.context("mdBook cannot build the book")))?;
    let folder = book.build_dir_for("html");
    site::write(&material.chapters, &folder)?;
    Ok(Built { folder: Some(folder), problems })
}

/// The same into the folder where it is to be, at once or not at all: until it is whole, what was there before stays. `finish`
/// is what has to be done in the new folder before that.
pub fn build_whole(
    material: &Material,
    options: Options<'_>,
    finish: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<Built, Failure> {
    let root = material.course.root();
    let target = match options.out {
        Some(out) => place::named(root, out)?,
        // Its author has named it as the folder of the book, and mdBook empties it, too.
        None => place::beside_the_course(root, &folder(root).map_err(Failure::course)?)?,
    };
    let cannot = || format!("cannot write into `{}`", target.display());
    let scratch = Scratch::within(&target).with_context(cannot).map_err(Failure::environment)?;
    let built = build_from(material, Options { out: Some(scratch.path()), ..options })?;
    if built.folder.is_none() {
        return Ok(built);
    }
    finish(scratch.path())?;
    scratch.replace(&target).with_context(cannot).map_err(Failure::environment)?;
    Ok(Built { folder: Some(target), ..built })
}

/// Where `book.toml` says that the book is to be.
fn folder(root: &Path) -> anyhow::Result<PathBuf> {
    let table = settings(root)?;
    let named = table.get("build").and_then(|build| build.get("build-dir")).and_then(toml::Value::as_str);
    // mdBook's own default.
    Ok(std::path::absolute(root.join("book").join(named.unwrap_or("book")))?)
}

/// What `book.toml` says.
fn settings(root: &Path) -> anyhow::Result<toml::Table> {
    let path = root.join("book/book.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    text.parse().with_context(|| format!("`{}` is no TOML", path.display()))
}

/// The book, ready to be built. Chapters that are not written yet are listed, and cannot be opened.
fn load(root: &Path, options: Options<'_>) -> anyhow::Result<MDBook> {
    let folder = root.join("book");
    let mut table = settings(root)?;
    // It is for a stock mdBook. Here everything is shown before mdBook builds.
    table.remove("preprocessor");
    let mut config: Config = table.to_string().parse().context("`book/book.toml` cannot be used")?;
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
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let (mut summary, _) =
        summary::read(&text).map_err(|why| anyhow::anyhow!("`{}`: {why}", path.display()))?;
    summary::draft_missing(&mut summary, &source);
    MDBook::load_with_config_and_summary(&folder, config, summary)
}
