//! `{{#exercise}}`: the card of an exercise.

use std::fmt::Write as _;

use super::{
    Page, anchor,
    hears::title,
    html::{block, escape, inline},
};
use crate::manuscript::directive::Wrong;

impl Page<'_> {
    /// The card.
    pub(super) fn exercise(&self, name: &str, column: u32) -> Result<String, Wrong> {
        let (exercise, loaded) = self.material.exercise(name).map_err(|why| why.at(column))?;
        let model = &loaded.exercise;
        let id = anchor(exercise.name());
        let tracks = if model.tracks.is_empty() {
            "no language needed".to_owned()
        } else {
            model.tracks.iter().map(|track| title(*track)).collect::<Vec<_>>().join(" · ")
        };
        let mut out = format!(
            "<section class=\"sl-card\" id=\"{0}\" aria-labelledby=\"{0}-title\"><h3 id=\"{0}-title\">{1}</h3>\
             <p class=\"sl-tracks\">{tracks}</p><div class=\"sl-contract\">{2}</div>",
            escape(&id),
            escape(&model.title),
            block(&model.goal)
        );
        for (number, stage) in (1..).zip(&model.stages) {
            let _ = write!(
                out,
                "<details class=\"sl-stage\"><summary>Stage {number}: {}</summary>{}{}</details>",
                escape(&stage.title),
                block(&stage.goal),
                hints(&stage.hints)
            );
        }
        let command = format!("cargo run -p runner check {}", self.material.course.shortest(exercise));
        let _ = write!(
            out,
            "<pre class=\"sl-command\"><code>{}</code></pre>{}</section>",
            escape(&command),
            hints(&model.hints)
        );
        Ok(out)
    }
}

fn hints(hints: &[String]) -> String {
    let of = hints.len();
    let mut out = String::new();
    for (number, hint) in (1..).zip(hints) {
        let _ = write!(
            out,
            "<details class=\"sl-hint\"><summary>Hint {number} of {of}</summary><p>{}</p></details>",
            inline(hint)
        );
    }
    out
}
