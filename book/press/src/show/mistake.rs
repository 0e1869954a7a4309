//! `{{#mistake}}`: what goes wrong, in the cause's own words and on the wire; `{{#mistakes}}`: all of them.

use std::fmt::Write as _;

use super::{
    Page, anchor,
    ask::{self, Picture},
    html::{escape, inline},
    trace,
};
use crate::manuscript::directive::Wrong;

impl Page<'_> {
    /// The callout.
    pub(super) fn mistake(&self, name: &str, id: &str, column: u32) -> Result<String, Wrong> {
        let (exercise, loaded) = self.material.exercise(name).map_err(|why| why.at(column))?;
        let mistake = loaded.exercise.mistakes.iter().find(|mistake| mistake.id == id);
        let mistake = mistake.ok_or_else(|| Wrong::at(column, format!("`{name}` has no mistake `{id}`")))?;
        let program = ask::mistake(exercise.id(), id);
        let recording = self.recording(&program, column)?;
        let mut figure = String::new();
        // A program that never got so far has said nothing.
        if recording.scenarios.iter().any(|played| played.runs.iter().any(|run| run.failed.is_some())) {
            let picture = Picture {
                program,
                scenario: None,
                caption: None,
                actors: Vec::new(),
                whole: false,
                track: None,
            };
            let packets = self.packets(&picture, column)?;
            figure = trace::figure(&packets, Some("What passes on the wire"));
        }
        Ok(format!(
            "<aside class=\"sl-mistake\" aria-label=\"A mistake: {1}\"><p class=\"sl-mistake-name\">What goes wrong: <code>{0}/{1}</code></p>\
             <p class=\"sl-mistake-says\">{2}</p>{figure}<p class=\"sl-mistake-exercise\"><a href=\"{3}.md#{4}\">Exercise: {5}</a></p></aside>",
            escape(exercise.name()),
            escape(id),
            inline(&mistake.says),
            escape(exercise.lesson()),
            escape(&anchor(exercise.name())),
            escape(&loaded.exercise.title),
        ))
    }

    /// The table of all named causes.
    pub(super) fn mistakes(&self, column: u32) -> Result<String, Wrong> {
        let mut out = String::from("<div class=\"sl-causes\">");
        for lesson in self.material.course.lessons() {
            if lesson.exercises.is_empty() {
                continue;
            }
            let title =
                self.material.chapter(&lesson.id).map_or(lesson.title.as_str(), |chapter| chapter.title());
            let _ = write!(
                out,
                // Not with the lesson's title: who searches for that wants the lesson before its mistakes.
                "<h2 id=\"causes-{0}\">Lesson {1}</h2><p class=\"sl-causes-of\"><a href=\"{0}.md\">{2}</a></p><dl>",
                escape(&lesson.id),
                lesson.number,
                escape(title)
            );
            for exercise in &lesson.exercises {
                let (exercise, loaded) =
                    self.material.exercise(exercise.id()).map_err(|why| why.at(column))?;
                for mistake in &loaded.exercise.mistakes {
                    let _ = write!(
                        out,
                        "<dt><code>{}/{}</code></dt><dd>{}</dd>",
                        escape(exercise.name()),
                        escape(&mistake.id),
                        inline(&mistake.says)
                    );
                }
            }
            out.push_str("</dl>");
        }
        out.push_str("<h2 id=\"causes-general\">In any exercise</h2><dl>");
        for cause in &self.material.causes {
            let _ =
                write!(out, "<dt><code>{}</code></dt><dd>{}</dd>", escape(&cause.id), inline(&cause.says));
        }
        out.push_str("</dl></div>");
        Ok(out)
    }
}
