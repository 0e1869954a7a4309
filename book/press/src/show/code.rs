//! `{{#code}}`: a program in tabs, one for each language.

use std::{fmt::Write as _, fs, path::Path};

use grader::scenario::model::Track;
use runner::course::regions;

use super::{Page, ask::Code, html::escape};
use crate::{
    manuscript::directive::{Wrong, suggestion},
    recording::{Found, Program},
};

/// What a file's name says of its language: its name, the value of `data-language`, the class of the highlighter.
pub(super) fn language(file: &Path) -> (&'static str, &'static str, &'static str) {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "js" | "mjs" | "cjs" => ("JavaScript", "javascript", "js"),
        "ts" | "tsx" => ("TypeScript", "typescript", "tsx"),
        "rs" => ("Rust", "rust", "rust"),
        "html" => ("HTML", "html", "html"),
        "json" => ("JSON", "json", "json"),
        "yaml" | "yml" => ("YAML", "yaml", "yaml"),
        "toml" => ("TOML", "toml", "toml"),
        "conf" => ("Configuration", "configuration", "nginx"),
        "css" => ("CSS", "css", "css"),
        _ => ("Text", "text", "plaintext"),
    }
}

impl Page<'_> {
    /// The tabs; and how many there are.
    pub(super) fn code(&self, code: &Code, column: u32) -> Result<(String, usize), Wrong> {
        let found = self.material.find(&code.program).map_err(|why| why.at(column))?;
        let mut files = Vec::new();
        if let (Found::Demo(demo, _), Some(file)) = (&found, &code.file) {
            if file.contains("..") || Path::new(file).is_absolute() {
                return Err(Wrong::at(column, format!("`{file}` is not in the demo's folder")));
            }
            files.push(demo.folder().join(file));
        } else {
            let tracks = [Some(Track::JavaScript), Some(Track::Rust), None];
            files.extend(tracks.into_iter().filter_map(|track| found.program(track)));
        }
        if files.is_empty() {
            return Err(Wrong::at(column, format!("`{}` has no program", code.program)));
        }
        let mut tabs = String::new();
        for file in &files {
            self.tab(&mut tabs, file, code.region.as_deref(), column)?;
        }
        let title = code.title.as_ref().map_or(String::new(), |title| {
            format!("<p class=\"sl-tabs-title\">{}</p>", super::html::inline(title))
        });
        Ok((format!("<div class=\"sl-tabs\">{title}{tabs}</div>"), files.len()))
    }

    fn tab(&self, out: &mut String, file: &Path, region: Option<&str>, column: u32) -> Result<(), Wrong> {
        let shown = self.material.course.shown(file);
        let text = fs::read_to_string(file)
            .map_err(|error| Wrong::at(column, format!("`{shown}` cannot be read: {error}")))?;
        let regions = regions::read(&text).map_err(|wrong| {
            let first =
                wrong.first().map_or(String::new(), |wrong| format!("{}: {}", wrong.line, wrong.message));
            Wrong::at(column, format!("the regions of `{shown}` are wrong in line {first}"))
        })?;
        let shown_text = match region {
            None => regions.whole.as_str(),
            Some(name) => regions.get(name).ok_or_else(|| {
                let near = suggestion(name, &regions.names());
                Wrong::at(column, format!("`{shown}` has no region `{name}`{near}"))
            })?,
        };
        let (name, data, class) = language(file);
        let _ = write!(
            out,
            "<section class=\"sl-tab\" data-language=\"{data}\"><p class=\"sl-tab-name\">{name} \
             <span class=\"sl-file\">{}</span></p><pre><code class=\"language-{class}\">{}&#10;</code></pre></section>",
            escape(&shown),
            escape(shown_text)
        );
        Ok(())
    }
}

/// Whether a program is a solution of an exercise that this lesson sets.
pub fn gives_away(program: &Program, lesson: &str) -> bool {
    matches!(program, Program::Answer { exercise, answer, .. }
        if exercise.starts_with(&format!("{lesson}/"))
            && matches!(answer, runner::course::Answer::Solution | runner::course::Answer::Also(_)))
}
