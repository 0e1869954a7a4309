//! The picture as SVG, for pages.
//!
//! It takes its colours from the page (`currentColor`), so it is right on light and on dark; the classes let a
//! theme do more. The text alternative is the diagram in words. Nothing in it runs or loads.
//! Next: [`crate::transcript`], what all this is drawn from.

use std::fmt::Write as _;

use super::{
    Arrow, Diagram,
    shorten::{self, Charset},
};
use crate::transcript::Direction;

/// Pixels of one character of the monospaced font.
const CHARACTER: usize = 8;
const MARGIN: usize = 12;
const HEADER: usize = 40;
const ROW: usize = 40;
/// From the top of a row to the baseline of its label, and to its arrow.
const LABEL_AT: usize = 16;
const ARROW_AT: usize = 26;
const LONGEST_LABEL: usize = 44;
const LONGEST_NAME: usize = 20;
/// For lines and signs only: 4.6 : 1 on white, 3.8 : 1 on near-black. Words keep the colour of the page.
const MARK: &str = "#d6365a";

pub(super) fn draw(diagram: &Diagram) -> String {
    let sheet = Sheet::new(diagram);
    let mut out = String::new();
    sheet.head(&mut out);
    sheet.names(&mut out);
    let mut y = HEADER;
    if diagram.earlier > 0 {
        sheet.aside(&mut out, y, &left_out(diagram.earlier, "earlier"));
        y += ROW;
    }
    for arrow in &diagram.arrows {
        sheet.arrow(&mut out, arrow, y);
        y += ROW;
    }
    if diagram.later > 0 {
        sheet.aside(&mut out, y, &left_out(diagram.later, "later"));
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn left_out(count: usize, which: &str) -> String {
    super::text::left_out(count, which, Charset::Unicode)
}

struct Sheet<'a> {
    diagram: &'a Diagram,
    /// The lifelines of the actors.
    actors: Vec<usize>,
    /// The program's lifeline.
    program: usize,
    width: usize,
    height: usize,
}

impl<'a> Sheet<'a> {
    fn new(diagram: &'a Diagram) -> Self {
        let half = |name: &str| shorten::width(&short_name(name)) * CHARACTER / 2 + MARGIN;
        let mut x: usize = 0;
        let mut before = 0;
        let mut actors = Vec::new();
        for name in &diagram.actors {
            x += if actors.is_empty() { half(name) } else { (before + half(name)).max(120) };
            before = half(name);
            actors.push(x);
        }
        let mut program = x + (before + half(&diagram.program)).max(120);
        let mut right = half(&diagram.program);
        for arrow in &diagram.arrows {
            let label = shorten::width(&label(arrow)) * CHARACTER + 3 * MARGIN;
            let from = match arrow.direction {
                Some(Direction::FromProgram) => actors.last(),
                _ => arrow.actors.last().and_then(|&index| actors.get(index)).or(actors.first()),
            };
            program = program.max(from.copied().unwrap_or(0) + label);
            if let Some(frame) = &arrow.frame {
                let frame = shorten::frame(frame, shorten::WIDEST_FRAME, Charset::Unicode);
                right = right.max(3 * MARGIN + shorten::width(&frame) * CHARACTER);
            }
        }
        let asides = usize::from(diagram.earlier > 0) + usize::from(diagram.later > 0);
        let height = HEADER + (diagram.arrows.len() + asides) * ROW + MARGIN;
        Self { diagram, actors, program, width: program + right + MARGIN, height }
    }

    fn head(&self, out: &mut String) {
        let (width, height) = (self.width, self.height);
        let title = format!("What was said: {} and {}", self.diagram.actors.join(", "), self.diagram.program);
        let words = self.diagram.to_words().join(" ");
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"packets\" role=\"img\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" fill=\"currentColor\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\">",
            escape(&title),
            escape(&words)
        );
    }

    fn names(&self, out: &mut String) {
        let bottom = self.height - MARGIN;
        let actors = self.diagram.actors.iter().map(String::as_str).zip(self.actors.iter().copied());
        for (name, x) in actors.chain([(self.diagram.program.as_str(), self.program)]) {
            let name = escape(&short_name(name));
            let _ = writeln!(
                out,
                "<text class=\"name\" x=\"{x}\" y=\"20\" text-anchor=\"middle\" font-weight=\"bold\">{name}</text>"
            );
            let _ = writeln!(
                out,
                "<path class=\"life\" d=\"M{x} 28V{bottom}\" stroke=\"currentColor\" stroke-opacity=\".3\"/>"
            );
        }
    }

    fn aside(&self, out: &mut String, y: usize, text: &str) {
        let x = self.actors.first().copied().unwrap_or(MARGIN) + MARGIN;
        text_at(out, "aside", (x, y + LABEL_AT), "start", text);
    }

    fn arrow(&self, out: &mut String, arrow: &Arrow, y: usize) {
        let (class, colour) = if arrow.marked { ("arrow marked", MARK) } else { ("arrow", "currentColor") };
        let _ = writeln!(out, "<g class=\"{class}\" fill=\"{colour}\">");
        let ends: Vec<usize> =
            arrow.actors.iter().filter_map(|&index| self.actors.get(index).copied()).collect();
        let first = ends.first().or(self.actors.first()).copied().unwrap_or(MARGIN);
        let last = ends.last().copied().unwrap_or(first);
        let (line, label) = (y + ARROW_AT, label(arrow));
        match arrow.direction {
            Some(Direction::ToProgram) => {
                rule(out, (first, self.program), line, arrow.marked, colour);
                head(out, self.program - 1, line, false);
                for x in &ends {
                    let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{line}\" r=\"3\"/>");
                }
                text_at(out, "label", (last + MARGIN, y + LABEL_AT), "start", &label);
            }
            Some(Direction::FromProgram) => {
                rule(out, (first, self.program), line, arrow.marked, colour);
                for x in &ends {
                    head(out, x + 1, line, true);
                }
                let _ = writeln!(out, "<circle cx=\"{}\" cy=\"{line}\" r=\"3\"/>", self.program);
                text_at(out, "label", (self.program - MARGIN, y + LABEL_AT), "end", &label);
            }
            None if ends.is_empty() => {
                text_at(out, "label", (self.program - MARGIN, y + LABEL_AT), "end", &label);
            }
            None => text_at(out, "label", (last + MARGIN, y + LABEL_AT), "start", &label),
        }
        self.margin(out, arrow, line + 4);
        out.push_str("</g>\n");
    }

    fn margin(&self, out: &mut String, arrow: &Arrow, y: usize) {
        let x = self.program + MARGIN;
        if arrow.marked {
            text_at(out, "mark", (x, y), "start", "✗");
        }
        if let Some(frame) = &arrow.frame {
            let frame = shorten::frame(frame, shorten::WIDEST_FRAME, Charset::Unicode);
            text_at(out, "frame", (x + 2 * MARGIN, y), "start", &frame);
        }
    }
}

fn rule(out: &mut String, (from, to): (usize, usize), y: usize, marked: bool, colour: &str) {
    let thickness = if marked { "2.5" } else { "1.5" };
    let _ = writeln!(
        out,
        "<path d=\"M{from} {y}H{to}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness}\"/>"
    );
}

/// The head of an arrow whose point is at `x`.
fn head(out: &mut String, x: usize, y: usize, to_left: bool) {
    let back = if to_left { x + 9 } else { x.saturating_sub(9) };
    let _ = writeln!(out, "<path d=\"M{x} {y}L{back} {}V{}Z\"/>", y - 5, y + 5);
}

fn text_at(out: &mut String, class: &str, (x, y): (usize, usize), anchor: &str, text: &str) {
    let text = escape(text);
    let look = match class {
        "mark" => " font-size=\"17\" font-weight=\"bold\"",
        "frame" | "aside" => " fill=\"currentColor\" fill-opacity=\".75\"",
        _ => " fill=\"currentColor\"",
    };
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{look}>{text}</text>"
    );
}

fn label(arrow: &Arrow) -> String {
    arrow.label.fit(arrow.times, LONGEST_LABEL, Charset::Unicode)
}

fn short_name(name: &str) -> String {
    shorten::clip(&shorten::clean(name, Charset::Unicode), LONGEST_NAME, Charset::Unicode)
}

/// Text for an element's content: no markup, no character that XML forbids.
fn escape(text: &str) -> String {
    shorten::clean(text, Charset::Unicode)
        .chars()
        .filter(|symbol| !matches!(symbol, '\u{fffe}' | '\u{ffff}'))
        .fold(String::with_capacity(text.len()), |mut out, symbol| {
            match symbol {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(symbol),
            }
            out
        })
}
