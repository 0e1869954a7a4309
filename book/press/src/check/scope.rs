//! What is looked at: the whole book, or some of its chapters. Next: [`super::lessons`].

use anyhow::anyhow;
use runner::{course::nearest, exit::Failure, verify::Problem};

use crate::{manuscript::Chapter, material::Material};

/// The chapters to look at.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Their slugs; none: all.
    slugs: Option<Vec<String>>,
}

impl Scope {
    /// The whole book.
    pub fn whole() -> Self {
        Self::default()
    }

    /// The chapters of these names, as a person types them: `07_rooms`, `7`, `rooms`, the path of the file, or
    /// `appendix_emit`. Without a name: all.
    pub fn of(material: &Material, typed: &[String]) -> Result<Self, Failure> {
        if typed.is_empty() {
            return Ok(Self::whole());
        }
        let named = |name: &String| named(material, name).map(|chapter| chapter.slug().to_owned());
        let slugs = typed.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { slugs: Some(slugs) })
    }

    /// Whether it is all of the book.
    pub fn is_whole(&self) -> bool {
        self.slugs.is_none()
    }

    /// Whether a chapter or a lesson belongs to it.
    pub fn has(&self, slug: &str) -> bool {
        self.slugs.as_ref().is_none_or(|slugs| slugs.iter().any(|have| have == slug))
    }

    /// Whether a problem does, by its file: the chapter, its demos, exercises, questions and recordings, its line in the
    /// summary.
    pub fn concerns(&self, problem: &Problem) -> bool {
        self.has_file(&problem.file)
            || self.slugs.iter().flatten().any(|slug| {
                problem.file.ends_with("SUMMARY.md") && problem.message.contains(&format!("{slug}.md"))
            })
    }

    /// Whether a file does, from the course's root.
    pub fn has_file(&self, file: &str) -> bool {
        self.slugs.as_ref().is_none_or(|slugs| {
            let mut parts = file.split('/').map(|part| part.split_once('.').map_or(part, |(name, _)| name));
            parts.any(|part| slugs.iter().any(|slug| slug == part))
        })
    }
}

/// The chapter that a person names.
pub fn named<'m>(material: &'m Material, typed: &str) -> Result<&'m Chapter, Failure> {
    let name = typed.trim_end_matches('/').trim_end_matches(".md");
    let name = name.rsplit('/').next().unwrap_or(name);
    let number: Option<u32> = name.parse().ok();
    let words = name.to_lowercase().replace([' ', '-'], "_");
    let after_number = |chapter: &Chapter| {
        chapter.number().and_then(|_| chapter.slug().split_once('_')).is_some_and(|(_, slug)| slug == words)
    };
    let chapters = &material.chapters;
    let by_slug = chapters.iter().find(|chapter| chapter.slug() == name);
    let found = by_slug.or_else(|| {
        chapters.iter().find(|chapter| {
            number.is_some_and(|number| chapter.number() == Some(number)) || after_number(chapter)
        })
    });
    found.ok_or_else(|| {
        let near = nearest(name, chapters.iter().map(Chapter::slug));
        let near = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a lesson is named by its number, or as its file is: `7`, `07_rooms`".to_owned(),
        };
        Failure::usage(anyhow!("there is no chapter `{typed}`; {near}"))
    })
}
