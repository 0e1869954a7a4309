//! `quiz --export-anki`: the questions as a file that Anki imports. Next: `list.rs`.
//!
//! Text with tabs between four columns. The lines that begin with `#` are Anki's own ("Importing", "File Headers"):
//! they say what the columns are. The first one is the note's GUID, made of the question's id, so that a second import
//! renews notes instead of doubling them. Texts become HTML, in which everything that was written is escaped.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, anyhow};
use grader::{
    quiz::model::{Kind, Question},
    scenario::model::Track,
};

use super::{super::Context, ask, chosen::Chosen, feedback, item::Item, order, sheet};
use crate::{course::Course, exit::Failure, whole};

/// How such a file begins.
const FIRST: &str = "#separator:tab";

const HEADER: &str = "\
#separator:tab
#html:true
#notetype:Basic
#deck:Socketlings
#columns:guid\tFront\tBack\tTags
#guid column:1
#tags column:4
";

/// Writes the file; `-` is the standard output.
pub(super) fn export(
    file: &Path,
    chosen: &Chosen,
    course: &Course,
    ctx: &mut Context<'_>,
) -> Result<(), Failure> {
    let mut text = HEADER.to_owned();
    let mut count = 0;
    for item in &chosen.items {
        if let Item::Question(question) = item {
            note(question, course, &mut text);
            count += 1;
        }
    }
    if file == Path::new("-") {
        write!(ctx.out, "{text}")?;
        return Ok(());
    }
    if fs::read_to_string(file).is_ok_and(|old| !old.starts_with(FIRST) && !old.trim().is_empty()) {
        return Err(Failure::usage(anyhow!(
            "`{}` is there already and was not written by this command; name another file",
            file.display()
        )));
    }
    whole::replace(file, text.as_bytes())
        .with_context(|| format!("cannot write `{}`; name another file", file.display()))
        .map_err(Failure::environment)?;
    let questions = if count == 1 { "question is" } else { "questions are" };
    writeln!(ctx.out, "{count} {questions} in `{}`. In Anki: File, Import.", file.display())?;
    Ok(())
}

fn note(question: &Question, course: &Course, text: &mut String) {
    let columns = [
        format!("socketlings:{}", question.id),
        front(question, course),
        back(question, course),
        format!(
            "socketlings {} {} {}",
            question.section.lesson,
            question.topic.as_str(),
            question.level.as_str()
        ),
    ];
    let columns = columns.map(|column| column.replace(['\t', '\r', '\n'], " "));
    let _ = writeln!(text, "{}", columns.join("\t"));
}

fn front(question: &Question, course: &Course) -> String {
    let mut front = html(&question.ask);
    if let Kind::Decode { packet, answer } = &question.kind {
        let parts: Vec<&str> = answer.keys().map(|part| ask::name(*part)).collect();
        let _ = write!(front, "<pre>{}</pre>{}", escape(packet), escape(&parts.join("; ")));
    }
    if let Some(code) = sheet::code(question, course, Track::JavaScript) {
        let _ = write!(front, "<pre>{}</pre>", escape(&code).replace('\n', "<br>"));
    }
    let all = sheet::options(question);
    let options: Vec<String> = order::shown(question, 0).into_iter().map(|at| all[at].clone()).collect();
    if !options.is_empty() {
        front.push_str(&list("ul", &options));
    }
    front
}

fn back(question: &Question, course: &Course) -> String {
    let answer = match &question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => {
            let right: Vec<String> =
                choices.iter().filter(|choice| choice.right).map(|choice| choice.text.clone()).collect();
            list("ul", &right)
        }
        Kind::Short { answers, .. } => html(&answers.join(" / ")),
        Kind::Order { steps } => {
            let steps: Vec<String> = steps.iter().map(|group| group.join("; ")).collect();
            list("ol", &steps)
        }
        Kind::Decode { answer, .. } => {
            let parts: Vec<String> =
                answer.iter().map(|(part, value)| format!("{}: `{value}`", ask::name(*part))).collect();
            list("ul", &parts)
        }
        Kind::Hears(hears) => {
            let who = |track| {
                let key = hears.key(track);
                if key.is_empty() { "nobody".to_owned() } else { key.join(", ") }
            };
            match (&hears.rust, &hears.differs) {
                (Some(_), Some(why)) => html(&format!(
                    "socket.io on Node: {}; socketioxide: {}. {why}",
                    who(Track::JavaScript),
                    who(Track::Rust)
                )),
                _ => html(&who(Track::JavaScript)),
            }
        }
        Kind::Open { points, model } => {
            let points: Vec<String> = points.iter().map(|point| point.point.clone()).collect();
            format!("{}{}", list("ul", &points), html(model))
        }
    };
    let place = feedback::place(question, course);
    format!("{answer}<hr>{}<br><small>{}</small>", html(&question.explain), escape(&place))
}

fn list(tag: &str, items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| html(item)).collect();
    format!("<{tag}><li>{}</li></{tag}>", items.join("</li><li>"))
}

/// The little Markdown that questions use: fenced blocks, code, paragraphs.
fn html(markdown: &str) -> String {
    let mut out = String::new();
    for (at, piece) in markdown.split("```").enumerate() {
        if at % 2 == 1 {
            // What stands on the fence's own line is the language.
            let code = piece.split_once('\n').map_or(piece, |(_, code)| code);
            let _ = write!(out, "<pre>{}</pre>", escape(code.trim_end()).replace('\n', "<br>"));
            continue;
        }
        for (at, text) in escape(piece.trim()).split('`').enumerate() {
            match at % 2 {
                1 => {
                    let _ = write!(out, "<code>{text}</code>");
                }
                _ => out.push_str(&text.replace("\n\n", "<br><br>")),
            }
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn markdown_becomes_html_and_nothing_in_it_acts() {
        assert_eq!(html("a < b & `<b>`"), "a &lt; b &amp; <code>&lt;b&gt;</code>");
        assert_eq!(html("one\n\ntwo"), "one<br><br>two");
        assert_eq!(html("x\n\n```js\nio.emit('a')\n  b\n```\n\ny"), "x<pre>io.emit('a')<br>  b</pre>y");
        assert_eq!(html("`"), "<code></code>");
    }
}
