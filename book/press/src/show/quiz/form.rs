//! How a question is asked: its text, its code or packet, and its controls, which are native ones.
//!
//! Code stands outside of the form, because mdBook puts buttons into it.

use std::fmt::Write as _;

use grader::quiz::{
    judge::{Answer, judge},
    model::{Choice, Hears, Kind, Part, Question},
};
use grader::scenario::model::Track;
use runner::verify::Problem;
use sha2::{Digest, Sha256};

use super::{
    super::{
        Page,
        ask::Code,
        html::{block, escape, inline},
    },
    Asked,
};
use crate::recording::Program;

impl Page<'_> {
    /// The question and its form.
    pub(super) fn form(&self, asked: Asked<'_>) -> Result<String, Problem> {
        let question = asked.question;
        let id = escape(&question.id);
        let (shown, controls) = match &question.kind {
            Kind::Choice { choices } => (String::new(), picks(&id, "Choose one", "radio", choices)),
            Kind::Choices { choices } => {
                (String::new(), picks(&id, "Choose all that are right", "checkbox", choices))
            }
            Kind::Short { .. } => (String::new(), short(&id)),
            Kind::Order { steps } => (String::new(), order(&id, question, steps)),
            Kind::Decode { packet, answer } => {
                let shown = format!(
                    "<pre class=\"sl-packet\"><code class=\"nohighlight\">{}</code></pre>",
                    escape(packet)
                );
                (shown, parts(&id, answer.keys().copied()))
            }
            Kind::Hears(hears) => (self.code_of_question(asked, hears)?, actors(&id, hears)),
            Kind::Open { .. } => (String::new(), open(&id)),
        };
        Ok(format!(
            "<div class=\"sl-ask\" id=\"{id}-ask\">{}</div>{shown}<form id=\"{id}-form\" method=\"dialog\" autocomplete=\"off\">{controls}</form>",
            block(&question.ask)
        ))
    }

    /// The region of the demo that a `hears` question shows, in each language.
    fn code_of_question(&self, asked: Asked<'_>, hears: &Hears) -> Result<String, Problem> {
        let Some(region) = &hears.show else { return Ok(String::new()) };
        let program = Program::Demo(hears.demo.clone());
        let code = Code { program, region: Some(region.clone()), file: None, title: None };
        let (html, _) = self
            .code(&code, 1)
            .map_err(|wrong| asked.problem(self, asked.question.places.show, wrong.message))?;
        Ok(html)
    }
}

/// A group of controls that belong together: what to do is its name, the question describes it.
fn group(id: &str, what: &str, inside: &str) -> String {
    format!("<fieldset aria-describedby=\"{id}-ask\"><legend>{what}</legend>{inside}</fieldset>")
}

fn picks(id: &str, what: &str, kind: &str, choices: &[Choice]) -> String {
    let mut inside = String::new();
    for (value, choice) in choices.iter().enumerate() {
        inside.push_str(&pick(kind, "pick", &value.to_string(), &inline(&choice.text)));
    }
    group(id, what, &inside)
}

fn pick(kind: &str, name: &str, value: &str, html: &str) -> String {
    format!(
        "<label class=\"sl-pick\"><input type=\"{kind}\" name=\"{name}\" value=\"{}\"><span>{html}</span></label>",
        escape(value)
    )
}

fn actors(id: &str, hears: &Hears) -> String {
    let mut inside = String::new();
    for actor in &hears.actors {
        inside.push_str(&pick("checkbox", "pick", actor, &escape(&with_capital(actor))));
    }
    // A name of its own: an actor may be called anything.
    inside.push_str(&pick("checkbox", "nobody", "nobody", "Nobody"));
    let what = format!("Who hears <code>{}</code>? Choose all who do, or nobody", escape(&hears.event));
    // The script says which of the two is meant: the one whose code is shown.
    let server = if hears.rust.is_some() {
        "<p class=\"sl-server\">Node and socketioxide differ here. The answer has both.</p>"
    } else {
        ""
    };
    format!("{server}{}", group(id, &what, &inside))
}

fn short(id: &str) -> String {
    field(id, "typed", "Your answer, in a few words", "")
}

/// A line to type, with a word about what belongs there.
fn field(id: &str, name: &str, label: &str, hint: &str) -> String {
    let hint = if hint.is_empty() { String::new() } else { format!(" <small>{hint}</small>") };
    format!(
        "<p class=\"sl-field\"><label for=\"{id}-{name}\">{label}{hint}</label><input type=\"text\" id=\"{id}-{name}\" name=\"{name}\" \
         aria-describedby=\"{id}-ask\" autocapitalize=\"off\" spellcheck=\"false\"></p>"
    )
}

fn open(id: &str) -> String {
    format!(
        "<p class=\"sl-field\"><label for=\"{id}-typed\">Your answer, in your own words</label><textarea id=\"{id}-typed\" \
         name=\"typed\" rows=\"5\" aria-describedby=\"{id}-ask\"></textarea></p>"
    )
}

fn parts(id: &str, asked: impl Iterator<Item = Part>) -> String {
    let mut inside = String::new();
    for part in asked {
        let (label, hint) = words(part);
        let Some(known) = part.known() else {
            inside.push_str(&field(id, part.as_str(), label, hint));
            continue;
        };
        let _ = write!(
            inside,
            "<p class=\"sl-field\"><label for=\"{id}-{0}\">{label}</label><select id=\"{id}-{0}\" name=\"{0}\" \
             aria-describedby=\"{id}-ask\"><option value=\"\">choose …</option>",
            part.as_str()
        );
        for option in known {
            let _ = write!(inside, "<option>{option}</option>");
        }
        inside.push_str("</select></p>");
    }
    group(id, "Take the packet apart", &format!("<div class=\"sl-parts\">{inside}</div>"))
}

/// What a part is called, and how it is written.
pub(super) const fn words(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Engine => ("Engine.IO packet", ""),
        Part::Type => ("Socket.IO packet", ""),
        Part::Namespace => ("Namespace", "with its slash"),
        Part::Ack => ("Acknowledgement", "its number, or none"),
        Part::Event => ("Event", "its name, or none"),
        Part::Arguments => ("Arguments", "a JSON list, without the event"),
        Part::Attachments => ("Attachments", "how many follow"),
    }
}

fn order(id: &str, question: &Question, steps: &[Vec<String>]) -> String {
    let texts: Vec<&String> = steps.iter().flatten().collect();
    let mut inside = String::from("<ol class=\"sl-steps\">");
    for step in mixed(question, texts.len()) {
        let _ = write!(
            inside,
            "<li data-step=\"{step}\"><span class=\"sl-step\">{}</span></li>",
            texts.get(step).map_or(String::new(), |text| inline(text))
        );
    }
    inside.push_str("</ol>");
    group(id, "Put these into their order", &inside)
}

/// The steps in an order that is always the same, and never a right one.
fn mixed(question: &Question, count: usize) -> Vec<usize> {
    let mut steps: Vec<usize> = (0..count).collect();
    let by = |step: &usize| Sha256::digest(format!("{} {step}", question.id)).to_vec();
    steps.sort_by_key(by);
    let is_right = |steps: &[usize]| {
        judge(question, &Answer::Order(steps.to_vec()), Track::JavaScript).is_ok_and(|outcome| outcome.right)
    };
    for _ in 0..count {
        if !is_right(&steps) {
            break;
        }
        steps.rotate_left(1);
    }
    steps
}

/// `asha` → `Asha`: as the text around it writes her.
pub(super) fn with_capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
