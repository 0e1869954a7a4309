//! Where links go: every chapter, file and anchor inside of the book has to be there. Other sites are not asked.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use regex_lite::Regex;
use runner::exit::Failure;

use super::{Leaf, Scope, Summary};
use crate::{build, interrupt::Scratch, material::Material};

pub(super) fn look(
    material: &Material,
    leaves: &[Leaf<'_>],
    scope: &Scope,
    summary: &mut Summary,
) -> Result<(), Failure> {
    if leaves.is_empty() {
        return Ok(());
    }
    let anchors = anchors(material, leaves)?;
    for leaf in leaves.iter().filter(|leaf| scope.has(leaf.page.chapter.slug())) {
        for ((line, column), target) in leaf.page.chapter.outline().links {
            if let Some(message) = broken(material, leaf, &anchors, &target) {
                summary.broken_links += 1;
                summary.problems.push(leaf.problem(line, column, message));
            }
        }
    }
    Ok(())
}

/// What is wrong with a link.
fn broken(
    material: &Material,
    leaf: &Leaf<'_>,
    anchors: &BTreeMap<String, BTreeSet<String>>,
    target: &str,
) -> Option<String> {
    if ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let path = path.split('?').next().unwrap_or(path);
    let file = if path.is_empty() { leaf.page.chapter.path.clone() } else { path.to_owned() };
    let Some(slug) = file.strip_suffix(".md") else {
        let is_page = std::path::Path::new(&file).extension().is_some_and(|extension| extension == "html");
        if is_page && file != "print.html" {
            return Some(format!("`{target}`: link to the chapter's `.md`"));
        }
        let source = material.book().join("src").join(&file);
        return (!source.is_file() && file != "print.html").then(|| format!("`{target}` leads nowhere"));
    };
    if material.chapter(slug).is_none() {
        return Some(format!("`{target}` leads nowhere: there is no chapter `{file}`"));
    }
    let anchor = anchor.filter(|anchor| !anchor.is_empty())?;
    let there = anchors.get(slug)?;
    (!there.contains(anchor)).then(|| {
        let names: Vec<&str> = there.iter().map(String::as_str).collect();
        let near = runner::course::nearest(anchor, names.into_iter());
        let near = near.first().map_or(String::new(), |near| format!("; did you mean `#{near}`?"));
        format!("`{target}` leads nowhere: the chapter has no `#{anchor}`{near}")
    })
}

/// The anchors of each page, as mdBook makes them: read from the built book. What a page that cannot be shown in full would
/// have is not known.
fn anchors(material: &Material, leaves: &[Leaf<'_>]) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
    let folder = Scratch::new().context("cannot make a temporary folder").map_err(Failure::environment)?;
    let options = build::Options { out: Some(folder.path()), draft: true, unread: true, site_url: None };
    build::build_from(material, options)?;
    let id = Regex::new(r#"\sid="([^"]+)""#).context("a pattern").map_err(Failure::course)?;
    let mut anchors = BTreeMap::new();
    let is_whole = |leaf: &&Leaf<'_>| {
        !leaf.shown.is_unread && leaf.shown.problems.is_empty() && leaf.shown.follows_from.is_empty()
    };
    for leaf in leaves.iter().filter(is_whole) {
        let chapter = leaf.page.chapter;
        let path = folder.path().join(format!("{}.html", chapter.slug()));
        let html = std::fs::read_to_string(path).unwrap_or_default();
        let ids = id.captures_iter(&html).map(|found| found[1].to_owned()).collect();
        anchors.insert(chapter.slug().to_owned(), ids);
    }
    Ok(anchors)
}
