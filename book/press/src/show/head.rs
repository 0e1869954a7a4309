//! The header of a chapter, made from its front matter, and `{{#schedule}}`.

use std::fmt::Write as _;

use super::{
    Page,
    html::{escape, inline},
};
use crate::manuscript::front::Front;

impl Page<'_> {
    /// The header: the page's only `h1`, and what a reader wants to know before.
    pub(super) fn head(&self, front: &Front) -> String {
        let mut out = String::from("<header class=\"sl-lesson-head\">");
        if let Some(number) = self.chapter.number() {
            let _ = write!(out, "<p class=\"sl-lesson-number\">Lesson {number}</p>");
        }
        // The index of the search asks for an id; `top` is where browsers go anyway.
        let _ = write!(out, "<h1 id=\"top\">{}</h1>", inline(&front.title));
        if front.unfinished {
            out.push_str(
                "<p class=\"sl-unfinished\"><strong>This lesson is still being written.</strong></p>",
            );
        }
        if front.minutes.is_some() || front.level.is_some() {
            out.push_str("<p class=\"sl-lesson-facts\">");
            if let Some(minutes) = front.minutes {
                let _ = write!(out, "<span class=\"sl-minutes\">{minutes} minutes</span> ");
            }
            if let Some(level) = front.level {
                let _ = write!(out, "<span class=\"sl-level\">{}</span>", level.as_str());
            }
            out.push_str("</p>");
        }
        if !front.objectives.is_empty() {
            out.push_str("<div class=\"sl-objectives\"><p>After this lesson you can</p><ul>");
            for objective in &front.objectives {
                let _ = write!(out, "<li>{}</li>", inline(objective));
            }
            out.push_str("</ul></div>");
        }
        if !front.prerequisites.is_empty() {
            out.push_str("<p class=\"sl-prerequisites\">Read before: ");
            for (index, slug) in front.prerequisites.iter().enumerate() {
                let comma = if index == 0 { "" } else { ", " };
                let title = self.material.chapter(slug).map_or(slug.as_str(), |chapter| chapter.title());
                let _ = write!(out, "{comma}<a href=\"{}.md\">{}</a>", escape(slug), inline(title));
            }
            out.push_str("</p>");
        }
        out.push_str("</header>");
        out
    }

    /// All lessons with their minutes.
    pub(super) fn schedule(&self) -> String {
        let mut rows = String::new();
        let mut sum = 0;
        for chapter in self.material.chapters.iter().filter(|chapter| chapter.number().is_some()) {
            let front = chapter.front.as_ref().ok();
            let minutes = front.and_then(|front| front.minutes);
            sum += minutes.unwrap_or(0);
            let level = front.and_then(|front| front.level).map_or("", |level| level.as_str());
            let exercises = self.material.course.lessons().iter().find(|lesson| lesson.id == chapter.slug());
            let _ = write!(
                rows,
                "<tr><td>{}</td><th scope=\"row\"><a href=\"{}\">{}</a></th><td>{}</td><td>{level}</td><td>{}</td></tr>",
                chapter.number().unwrap_or_default(),
                escape(&chapter.path),
                inline(chapter.title()),
                minutes.map_or(String::new(), |minutes| minutes.to_string()),
                exercises.map_or(0, |lesson| lesson.exercises.len())
            );
        }
        format!(
            "<div class=\"sl-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All lessons\"><table class=\"sl-schedule\">\
             <thead><tr><th scope=\"col\">#</th><th scope=\"col\">Lesson</th><th scope=\"col\">Minutes</th>\
             <th scope=\"col\">Level</th><th scope=\"col\">Exercises</th></tr></thead><tbody>{rows}</tbody>\
             <tfoot><tr><td></td><th scope=\"row\">All</th><td>{sum}</td><td></td><td></td></tr></tfoot></table></div>"
        )
    }
}
