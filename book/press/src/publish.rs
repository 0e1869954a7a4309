//! The book, ready for any static host: canonical addresses, a map of the site, and what previews are made from.
//! Next: [`crate::new`].

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use runner::{exit::Failure, verify::Problem};

use crate::{
    build::{self, Options},
    check,
    manuscript::Chapter,
    material::Material,
    place,
    show::html::escape,
    site,
};

/// Where a book will be found: `https://example.org/socketlings/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    url: String,
}

impl Base {
    /// Reads an address as it was typed.
    pub fn read(typed: &str) -> Result<Self, String> {
        let host = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
        let host = host.ok_or("an address begins with `https://`")?;
        let name = host.split('/').next().unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]%@".contains(c);
        if !host.is_ascii() {
            return Err(format!(
                "`{typed}` has letters beyond ASCII: write the host as `xn--…`, and a path with `%`"
            ));
        }
        if name.is_empty() || !host.chars().all(is_plain) {
            return Err(format!("`{typed}` is no address of a folder: leave out `?` and `#`"));
        }
        Ok(Self { url: format!("{}/", typed.trim_end_matches('/')) })
    }

    /// The path on its host: `/socketlings/`.
    fn path(&self) -> &str {
        let from = self.url.find("://").map_or(0, |at| at + 3);
        self.url[from..].find('/').map_or("/", |at| &self.url[from + at..])
    }

    /// The address of a page.
    fn page(&self, path: &str) -> String {
        if path == "index.html" { self.url.clone() } else { format!("{}{path}", self.url) }
    }
}

/// What came of it.
#[derive(Debug)]
pub enum Published {
    /// The site, and how many files it has.
    Site(PathBuf, usize),
    /// What is wrong with the book. Nothing was written.
    Problems(Vec<Problem>),
}

/// Builds the book of the course in `root` into `out`.
pub fn publish(root: &Path, out: &Path, base: Option<&Base>) -> Result<Published, Failure> {
    // The build asks, too; here it is told before anything is read.
    let out = place::named(root, out)?;
    let material = Material::open(root)?;
    // What is read on a phone, offline, leads somewhere and shows what its programs do: no recording is older than its program.
    let (summary, _) = check::inspect_recorded(&material, &check::Scope::whole())?;
    if !summary.problems.is_empty() {
        return Ok(Published::Problems(summary.problems));
    }
    let options =
        Options { out: Some(&out), site_url: Some(base.map_or("/", Base::path)), ..Options::default() };
    let mut files = 0;
    let built = build::build_whole(&material, options, |folder| {
        files = finish(folder, &material.chapters, base)?;
        Ok(())
    })?;
    Ok(match built.folder {
        Some(folder) => Published::Site(folder, files),
        None => Published::Problems(built.problems),
    })
}

/// What a host needs beside what mdBook writes. Answers how many files the site has.
fn finish(out: &Path, chapters: &[Chapter], base: Option<&Base>) -> Result<usize, Failure> {
    let write = |path: &str, text: &str| {
        fs::write(out.join(path), text)
            .with_context(|| format!("cannot write `{path}`"))
            .map_err(Failure::environment)
    };
    for chapter in chapters {
        let path = format!("{}.html", chapter.slug());
        let html = fs::read_to_string(out.join(&path))
            .with_context(|| format!("mdBook did not write `{path}`"))
            .map_err(Failure::course)?;
        write(&path, &with_head(&html, chapter, &path, base))?;
    }
    // Some hosts leave out files that begin with a line unless they are told not to.
    write(".nojekyll", "")?;
    if let Some(base) = base {
        write("sitemap.xml", &sitemap(chapters, base))?;
        write("robots.txt", &format!("User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n", base.url))?;
    }
    Ok(site::write(chapters, out)?.files.len())
}

/// The page with a canonical address and what previews are made from.
fn with_head(html: &str, chapter: &Chapter, path: &str, base: Option<&Base>) -> String {
    let description = description(chapter);
    let mut head = String::new();
    let mut property = |name: &str, value: &str| {
        let _ = writeln!(head, "<meta property=\"og:{name}\" content=\"{}\">", escape(value));
    };
    property("title", chapter.title());
    property("site_name", "Socketlings");
    property("type", if chapter.number().is_some() { "article" } else { "website" });
    property("locale", "en");
    if let Some(description) = &description {
        property("description", description);
    }
    if let Some(base) = base {
        property("url", &base.page(path));
        property("image", &format!("{}icons/icon-512.png", base.url));
        let _ = writeln!(head, "<link rel=\"canonical\" href=\"{}\">", escape(&base.page(path)));
    }
    head.push_str("<meta name=\"twitter:card\" content=\"summary\">\n");
    let html = match &description {
        Some(description) => with_description(html, description),
        None => html.to_owned(),
    };
    match html.find("</head>") {
        Some(at) => format!("{}{head}{}", &html[..at], &html[at..]),
        None => html,
    }
}

/// What a lesson is about, in its own words.
fn description(chapter: &Chapter) -> Option<String> {
    let front = chapter.front.as_ref().ok()?;
    if front.objectives.is_empty() {
        return None;
    }
    Some(format!("{}: {}.", front.title, front.objectives.join("; ")).replace('`', ""))
}

/// mdBook describes each page with the words for the whole book.
fn with_description(html: &str, description: &str) -> String {
    const START: &str = "<meta name=\"description\" content=\"";
    let Some(at) = html.find(START).map(|at| at + START.len()) else { return html.to_owned() };
    let Some(end) = html[at..].find('"') else { return html.to_owned() };
    format!("{}{}{}", &html[..at], escape(description), &html[at + end..])
}

fn sitemap(chapters: &[Chapter], base: &Base) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for chapter in chapters {
        let page = base.page(&format!("{}.html", chapter.slug()));
        let _ = writeln!(out, "  <url><loc>{}</loc></url>", escape(&page));
    }
    out.push_str("</urlset>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder() {
        let base = Base::read("https://example.org/socketlings").unwrap();
        assert_eq!(
            (base.path(), base.page("index.html")),
            ("/socketlings/", "https://example.org/socketlings/".into())
        );
        assert_eq!(base.page("07_rooms.html"), "https://example.org/socketlings/07_rooms.html");
        assert_eq!(Base::read("http://localhost:4000").unwrap().path(), "/");
        assert!(Base::read("https://bücher.example/").unwrap_err().contains("xn--"));
        for wrong in ["example.org", "https://", "https://a/?b", "javascript:alert(1)", "https://a\"b"] {
            assert!(Base::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_page_says_where_it_is_and_what_it_is_about() {
        let chapter = Chapter::new("07_rooms.md", "---\ntitle: \"A & B\"\nobjectives: [\"say <b>\"]\n---\n");
        let base = Base::read("https://example.org/").unwrap();
        let html = "<head><meta name=\"description\" content=\"book\"></head>";
        let html = with_head(html, &chapter, "07_rooms.html", Some(&base));
        assert!(
            html.contains("<link rel=\"canonical\" href=\"https://example.org/07_rooms.html\">"),
            "{html}"
        );
        assert!(html.contains("name=\"description\" content=\"A &amp; B: say &lt;b&gt;.\""), "{html}");
        assert!(html.contains("og:type\" content=\"article\""), "{html}");
    }
}
