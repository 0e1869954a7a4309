//! What is said afterwards: the answer, why the wrong ones are wrong, the explanation, what passed on the wire, and
//! where to read it.

use std::fmt::Write as _;

use grader::{
    quiz::model::{Hears, Kind, Point, WrongAnswer},
    scenario::model::Track,
};
use runner::verify::Problem;

use super::{
    super::{
        Page,
        ask::Picture,
        html::{block, escape, inline},
    },
    Asked,
    form::{with_capital, words},
};
use crate::recording::Program;

impl Page<'_> {
    /// The answer, folded. The script unfolds it after an answer of the reader's own.
    pub(super) fn answer(&self, asked: Asked<'_>) -> Result<String, Problem> {
        let question = asked.question;
        let mut picture = String::new();
        let said = match &question.kind {
            Kind::Choice { choices } | Kind::Choices { choices } => {
                let right: Vec<String> =
                    choices.iter().filter(|choice| choice.right).map(|choice| inline(&choice.text)).collect();
                let why = choices.iter().enumerate().filter_map(|(at, choice)| {
                    Some((at, inline(&choice.text), inline(choice.why.as_ref()?)))
                });
                format!("{}{}", solution(&right), whys(why))
            }
            Kind::Short { answers, wrong } => {
                let code = |text: &String| format!("<code>{}</code>", escape(text));
                let first = answers.first().map(code).unwrap_or_default();
                let first = vec![format!("The answer is {first}.")];
                let why = |(at, WrongAnswer { answer, why }): (usize, &WrongAnswer)| {
                    (at, code(answer), inline(why))
                };
                format!("{}{}", solution(&first), whys(wrong.iter().enumerate().map(why)))
            }
            Kind::Order { steps } => order(steps),
            Kind::Decode { packet, answer } => {
                let mut out = String::from("<ul class=\"sl-solution sl-parts-found\">");
                for (part, value) in answer {
                    let _ = write!(out, "<li>{}: <code>{}</code></li>", words(*part).0, escape(value));
                }
                let frame = Self::frame(packet, 1)
                    .map_err(|wrong| asked.problem(self, question.places.answer, wrong.message))?;
                out + "</ul>" + &frame
            }
            Kind::Hears(hears) => {
                picture = self.picture_of_question(asked, hears)?;
                heard(hears)
            }
            Kind::Open { points, model } => open(points, model),
        };
        Ok(format!(
            "<details class=\"sl-answer\"><summary>The answer</summary>{said}<div class=\"sl-explain\">{}</div>{picture}{}</details>",
            block(&question.explain),
            self.section(asked)
        ))
    }

    /// Where to read it.
    fn section(&self, asked: Asked<'_>) -> String {
        let section = &asked.question.section;
        let page =
            self.material.chapter(&section.lesson).map_or(section.lesson.as_str(), |chapter| chapter.title());
        format!(
            "<p class=\"sl-read-on\">Read on: <a href=\"{}.md#{}\">{}</a></p>",
            escape(&section.lesson),
            escape(&section.heading),
            if section.lesson == self.chapter.slug() {
                escape(&section.title)
            } else {
                format!("{}: {}", escape(page), escape(&section.title))
            }
        )
    }

    /// What passed on the wire: for each server, where they differ.
    fn picture_of_question(&self, asked: Asked<'_>, hears: &Hears) -> Result<String, Problem> {
        let tracks =
            if hears.rust.is_some() { vec![Some(Track::JavaScript), Some(Track::Rust)] } else { vec![None] };
        let mut figures = String::new();
        for track in tracks {
            let caption = track.map(|track| format!("From {}", server(track)));
            let picture = Picture {
                program: Program::Demo(hears.demo.clone()),
                scenario: Some(hears.scenario.clone()),
                caption,
                actors: Vec::new(),
                whole: false,
                track,
            };
            let place = asked.question.places.scenario;
            figures +=
                &self.diagram(&picture, 1).map_err(|wrong| asked.problem(self, place, wrong.message))?;
        }
        Ok(format!(
            "<details class=\"sl-wire-seen\"><summary>What passed on the wire</summary>{figures}</details>"
        ))
    }
}

fn solution(right: &[String]) -> String {
    match right {
        [one] => format!("<p class=\"sl-solution\">{one}</p>"),
        all => {
            format!("<ul class=\"sl-solution\"><li>{}</li></ul>", all.join("</li><li>"))
        }
    }
}

/// Why each wrong answer is wrong: its index, the answer, and why.
fn whys(why: impl Iterator<Item = (usize, String, String)>) -> String {
    let mut items = String::new();
    for (at, answer, why) in why {
        let _ = write!(
            items,
            "<li data-why=\"{at}\"><span class=\"sl-wrong\">{answer}</span> <span class=\"sl-why\">{why}</span></li>"
        );
    }
    if items.is_empty() {
        items
    } else {
        format!("<div class=\"sl-whys\"><p>Not right:</p><ul>{items}</ul></div>")
    }
}

fn order(steps: &[Vec<String>]) -> String {
    let mut out = String::from("<ol class=\"sl-solution\">");
    for group in steps {
        let texts: Vec<String> = group.iter().map(|step| inline(step)).collect();
        let any = if texts.len() > 1 { "in any order: " } else { "" };
        let _ = write!(out, "<li>{any}{}</li>", texts.join(" · "));
    }
    out + "</ol>"
}

fn heard(hears: &Hears) -> String {
    let event = escape(&hears.event);
    let mut out = String::from("<div class=\"sl-solution\">");
    for track in
        if hears.rust.is_some() { &[Track::JavaScript, Track::Rust][..] } else { &[Track::JavaScript][..] }
    {
        let names: Vec<String> = hears.key(*track).iter().map(|name| escape(&with_capital(name))).collect();
        let who = match names.as_slice() {
            [] => "Nobody hears".to_owned(),
            [one] => format!("{one} hears"),
            [all @ .., last] => format!("{} and {last} hear", all.join(", ")),
        };
        let from = if hears.rust.is_some() { format!(" from {}", server(*track)) } else { String::new() };
        let _ = write!(out, "<p>{who} <code>{event}</code>{from}.</p>");
    }
    out.push_str("</div>");
    if let Some(differs) = &hears.differs {
        let _ = write!(out, "<div class=\"sl-differ\">{}</div>", block(differs));
    }
    out
}

/// How a track's server is called where the two differ.
const fn server(track: Track) -> &'static str {
    match track {
        Track::JavaScript => "socket.io on Node",
        Track::Rust => "socketioxide",
    }
}

fn open(points: &[Point], model: &str) -> String {
    let mut out = String::from("<p class=\"sl-answer-part\">A good answer says:</p><ul class=\"sl-points\">");
    for point in points {
        let _ = write!(out, "<li>{}</li>", inline(&point.point));
    }
    let _ = write!(
        out,
        "</ul><p class=\"sl-answer-part\">For example:</p><blockquote class=\"sl-model\">{}</blockquote>",
        block(model)
    );
    out
}
