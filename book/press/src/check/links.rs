//! Where links go: every chapter, file and anchor inside of the book has to be there. Other sites are not asked.
//!
//! A chapter's Markdown says its links with their places. All the others (raw HTML, titles, what directives show, the page that
//! says 404) are read from the built pages.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::Context as _;
use regex_lite::Regex;
use runner::{exit::Failure, verify::Problem};

use super::{Leaf, Scope, Summary};
use crate::{build, interrupt::Scratch, material::Material, show};

pub(super) fn look(
    material: &Material,
    leaves: &[Leaf<'_>],
    scope: &Scope,
    summary: &mut Summary,
) -> Result<(), Failure> {
    if leaves.is_empty() {
        return Ok(());
    }
    let folder = Scratch::new().context("cannot make a temporary folder").map_err(Failure::environment)?;
    let options = build::Options { out: Some(folder.path()), draft: true, unread: true, site_url: None };
    build::build_from(material, options)?;
    let anchors = anchors(folder.path(), leaves)?;
    let cards = material.course.exercises().map(|exercise| show::anchor(exercise.name())).collect();
    let built = Built { folder: folder.path(), anchors: &anchors, cards, link: pattern(LINK)? };
    for leaf in leaves.iter().filter(|leaf| scope.has(leaf.page.chapter.slug())) {
        for ((line, column), target) in leaf.page.chapter.outline().links {
            if let Some(message) = broken(material, leaf, &anchors, &target) {
                summary.broken_links += 1;
                summary.problems.push(leaf.problem(line, column, message));
            }
        }
        built.rest(leaf, summary);
    }
    if scope.is_whole() {
        built.lost(material, summary);
    }
    Ok(())
}

/// Within a tag: code that is shown has its `<` escaped.
const LINK: &str = r#"<[A-Za-z][^<>]*?\s(?:href|src)="([^"]+)""#;
const ID: &str = r#"\sid="([^"]+)""#;

/// A built book.
struct Built<'b> {
    folder: &'b Path,
    anchors: &'b BTreeMap<String, BTreeSet<String>>,
    /// The anchors of all exercises. A directive links to them, and `coverage.rs` says which has no card.
    cards: BTreeSet<String>,
    link: Regex,
}

impl Built<'_> {
    /// The links of a page that its Markdown does not have.
    fn rest(&self, leaf: &Leaf<'_>, summary: &mut Summary) {
        let chapter = leaf.page.chapter;
        let told: BTreeSet<String> =
            chapter.outline().links.into_iter().map(|(_, target)| as_built(&target)).collect();
        let page = format!("{}.html", chapter.slug());
        for target in self.links(&page).difference(&told) {
            if let Some(message) = self.broken(&page, target) {
                summary.broken_links += 1;
                summary.problems.push(leaf.problem(line(&chapter.text, target), 1, message));
            }
        }
    }

    /// The links of the page that says 404.
    fn lost(&self, material: &Material, summary: &mut Summary) {
        const PAGE: &str = "404.html";
        let Ok(text) = fs::read_to_string(material.book().join("src/404.md")) else { return };
        for target in self.links(PAGE) {
            if let Some(message) = self.broken(PAGE, &target) {
                summary.broken_links += 1;
                let (file, line) = ("book/src/404.md".to_owned(), line(&text, &target));
                summary.problems.push(Problem { file, line, column: 1, message });
            }
        }
    }

    /// Where the text of a page leads, without what stands around it on each page.
    fn links(&self, page: &str) -> BTreeSet<String> {
        let html = fs::read_to_string(self.folder.join(page)).unwrap_or_default();
        let main = html.split_once("<main>").map_or("", |(_, after)| after);
        let main = main.rsplit_once("</main>").map_or(main, |(before, _)| before);
        self.link.captures_iter(main).map(|found| found[1].replace("&amp;", "&")).collect()
    }

    fn broken(&self, page: &str, target: &str) -> Option<String> {
        if is_elsewhere(target) {
            return None;
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split('?').next().unwrap_or(path);
        let own = Path::new(page);
        let path = if path.is_empty() { own.to_owned() } else { own.with_file_name(path) };
        // The page to print is not in a book that nobody will read.
        if path == Path::new("print.html") {
            return None;
        }
        let file = self.folder.join(&path);
        let is_there = file.is_file() || file.join("index.html").is_file();
        // From the root of a host it leads out of the book.
        if path.is_absolute() || !is_there {
            return Some(format!("`{target}` leads nowhere: the built book has no such file"));
        }
        let there = self.anchors.get(path.with_extension("").to_str()?)?;
        if self.cards.contains(anchor) { None } else { no_anchor(target, anchor, there) }
    }
}

/// A target as it stands in the built page.
fn as_built(target: &str) -> String {
    let (path, anchor) =
        target.split_once('#').map_or((target, ""), |(path, _)| (path, &target[path.len()..]));
    path.strip_suffix(".md").map_or_else(|| target.to_owned(), |page| format!("{page}.html{anchor}"))
}

/// The line on which a target stands, as far as it is written there; else the first one.
fn line(text: &str, target: &str) -> u32 {
    let written = target.replacen(".html", ".md", 1);
    let lines = (1..).zip(text.lines());
    let has = |line: &&str| line.contains(target) || line.contains(&written);
    lines.into_iter().find(|(_, line)| has(line)).map_or(1, |(number, _)| number)
}

fn is_elsewhere(target: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
}

/// What is wrong with the anchor of a link to a page that has these.
fn no_anchor(target: &str, anchor: &str, there: &BTreeSet<String>) -> Option<String> {
    if anchor.is_empty() || there.contains(anchor) {
        return None;
    }
    let near = runner::course::nearest(anchor, there.iter().map(String::as_str));
    let near = near.first().map_or(String::new(), |near| format!("; did you mean `#{near}`?"));
    Some(format!("`{target}` leads nowhere: the chapter has no `#{anchor}`{near}"))
}

/// What is wrong with a link.
fn broken(
    material: &Material,
    leaf: &Leaf<'_>,
    anchors: &BTreeMap<String, BTreeSet<String>>,
    target: &str,
) -> Option<String> {
    if is_elsewhere(target) {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or(path);
    let file = if path.is_empty() { leaf.page.chapter.path.clone() } else { path.to_owned() };
    let Some(slug) = file.strip_suffix(".md") else {
        let is_page = Path::new(&file).extension().is_some_and(|extension| extension == "html");
        if is_page && file != "print.html" {
            return Some(format!("`{target}`: link to the chapter's `.md`"));
        }
        let source = material.book().join("src").join(&file);
        return (!source.is_file() && file != "print.html").then(|| format!("`{target}` leads nowhere"));
    };
    if material.chapter(slug).is_none() {
        return Some(format!("`{target}` leads nowhere: there is no chapter `{file}`"));
    }
    no_anchor(target, anchor, anchors.get(slug)?)
}

/// The anchors of each page, as mdBook makes them: read from the built book. What a page that cannot be shown in full would
/// have is not known.
fn anchors(folder: &Path, leaves: &[Leaf<'_>]) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
    let id = pattern(ID)?;
    let mut anchors = BTreeMap::new();
    let is_whole = |leaf: &&Leaf<'_>| {
        !leaf.shown.is_unread && leaf.shown.problems.is_empty() && leaf.shown.follows_from.is_empty()
    };
    for leaf in leaves.iter().filter(is_whole) {
        let chapter = leaf.page.chapter;
        let path = folder.join(format!("{}.html", chapter.slug()));
        let html = fs::read_to_string(path).unwrap_or_default();
        let ids = id.captures_iter(&html).map(|found| found[1].to_owned()).collect();
        anchors.insert(chapter.slug().to_owned(), ids);
    }
    Ok(anchors)
}

fn pattern(pattern: &str) -> Result<Regex, Failure> {
    Regex::new(pattern).context("a pattern").map_err(Failure::course)
}
