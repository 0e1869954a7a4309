//! Builds the book with mdBook, in this process. Next: [`crate::site`].

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use mdbook_driver::{MDBook, config::Config};
use runner::{exit::Failure, verify::Problem};

use crate::{
    manuscript::summary,
    preprocess::{Press, Unshown},
    site,
};

/// What came of a build.
#[derive(Debug)]
pub enum Built {
    /// The book stands in this folder.
    Book(PathBuf),
    /// Something could not be shown; nothing was written.
    Problems(Vec<Problem>),
}

/// Builds the book of the course in `root`. `out`: where to, if not where `book.toml` says. `site_url`: the path under
/// which it will be served.
pub fn build(root: &Path, out: Option<&Path>, site_url: Option<&str>) -> Result<Built, Failure> {
    let book = load(root, out, site_url).map_err(Failure::course)?;
    match book.build() {
        Ok(()) => {}
        Err(error) => {
            return match error.downcast::<Unshown>() {
                Ok(Unshown { problems }) => Ok(Built::Problems(problems)),
                Err(error) => Err(Failure::course(error.context("mdBook cannot build the book"))),
            };
        }
    }
    let built = book.build_dir_for("html");
    site::write(root, &built)?;
    Ok(Built::Book(built))
}

/// The book, ready to be built. Chapters that are not written yet are listed, and cannot be opened.
fn load(root: &Path, out: Option<&Path>, site_url: Option<&str>) -> anyhow::Result<MDBook> {
    let folder = root.join("book");
    let path = folder.join("book.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut table: toml::Table =
        text.parse().with_context(|| format!("`{}` is no TOML", path.display()))?;
    // It is for a stock mdBook, which would start this program a second time.
    table.remove("preprocessor");
    let mut config: Config =
        table.to_string().parse().with_context(|| format!("`{}` cannot be used", path.display()))?;
    if let Some(out) = out {
        config.build.build_dir = std::path::absolute(out)?;
    }
    if let Some(site_url) = site_url {
        config.set("output.html.site-url", site_url)?;
    }
    let source = folder.join(&config.book.src);
    let path = source.join("SUMMARY.md");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let (mut summary, _) =
        summary::read(&text).map_err(|why| anyhow::anyhow!("`{}`: {why}", path.display()))?;
    summary::draft_missing(&mut summary, &source);
    let mut book = MDBook::load_with_config_and_summary(&folder, config, summary)?;
    book.with_preprocessor(Press);
    Ok(book)
}
