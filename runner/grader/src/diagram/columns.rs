//! Where the columns of a picture stand, for a given width.
//!
//! Room is given up in this order: air between the columns, length of the frames, the frames, actors who say
//! nothing; after that there is no picture but a list. Next: [`super::text`], which draws on these columns.

use super::{
    Arrow, Diagram, Saying,
    shorten::{self, Charset, WIDEST_FRAME, width},
    text,
};
use crate::transcript::Direction;

/// More actors than this are drawn only when each of them says something.
const MANY: usize = 4;
/// The widest name over a column.
const NAME: usize = 18;
/// Columns between an actor and the next: what is nice, what is possible.
const STEPS: [usize; 6] = [16, 14, 12, 10, 8, 6];
/// The head of a label that is still shown whole.
const HEAD: usize = 28;
/// What a label gets before any frame is shown, if it has so much to say.
const DECENT: usize = 22;
/// The same for an HTTP request or answer, which has no frame: the method, the path, and some of the body.
const DECENT_HTTP: usize = 40;
/// The widest last gap.
const WIDEST_GAP: usize = 52;

/// The places of a picture.
pub(super) struct Columns {
    /// The shown actors: index into the diagram, name, column of the lifeline.
    pub(super) actors: Vec<(usize, String, usize)>,
    /// The program's name and the column of its lifeline.
    pub(super) program: (String, usize),
    /// How wide frames may be; 0: none are shown.
    pub(super) frames: usize,
    /// The names of those who are left out because they say nothing here.
    pub(super) silent: Vec<String>,
    /// The whole width.
    pub(super) width: usize,
}

impl Columns {
    /// Finds places, or says that there is no room for a picture.
    pub(super) fn fit(diagram: &Diagram, width: usize, charset: Charset) -> Option<Self> {
        let (active, silent): (Vec<usize>, Vec<usize>) = (0..diagram.actors.len())
            .partition(|index| diagram.arrows.iter().any(|arrow| arrow.actors.contains(index)));
        let everyone: Vec<usize> = (0..diagram.actors.len()).collect();
        let casts = if everyone.len() > MANY { vec![&active] } else { vec![&everyone, &active] };
        let wanted = diagram
            .arrows
            .iter()
            .filter_map(|arrow| arrow.frame.as_deref())
            .map(|frame| shorten::width(&shorten::frame(frame, WIDEST_FRAME, charset)))
            .max()
            .unwrap_or(0);
        for cast in casts.into_iter().filter(|cast| !cast.is_empty()) {
            let silent = if cast.len() == everyone.len() { &[][..] } else { &silent };
            let room = STEPS[..5]
                .iter()
                .map(|&step| (step, wanted))
                .chain([(STEPS[3], wanted.min(24)), (STEPS[4], wanted.min(20))])
                .chain(STEPS.map(|step| (step, 0)));
            for (step, frames) in room {
                let columns = Self::place(diagram, cast, silent, (step, frames), charset);
                if columns.total() <= width {
                    return Some(columns.spread(diagram, width, charset));
                }
            }
        }
        None
    }

    fn place(
        diagram: &Diagram,
        cast: &[usize],
        silent: &[usize],
        (step, frames): (usize, usize),
        charset: Charset,
    ) -> Self {
        let name = |name: &str| shorten::clip(&shorten::clean(name, charset), NAME, charset);
        let mut x = 0;
        let mut actors: Vec<(usize, String, usize)> = Vec::new();
        for &index in cast {
            let name = name(&diagram.actors[index]);
            x = match actors.last() {
                None => width(&name) / 2,
                Some((_, before, at)) => at + step.max(distance(before, &name)),
            };
            actors.push((index, name, x));
        }
        let program = name(&diagram.program);
        let last = actors.last().map_or("", |(_, name, _)| name);
        let mut columns = Self {
            program: (program.clone(), x + step.max(distance(last, &program))),
            actors,
            frames,
            silent: silent.iter().map(|&index| shorten::clean(&diagram.actors[index], charset)).collect(),
            width: 0,
        };
        for arrow in &diagram.arrows {
            let head = arrow.label.least_width(arrow.times, charset).min(HEAD);
            let decent = if arrow.saying == Saying::Http { DECENT_HTTP } else { DECENT };
            let decent = arrow.label.natural_width(arrow.times, charset).min(decent).max(head);
            columns.widen(columns.lacks(arrow, if frames > 0 { decent } else { head }));
        }
        for (count, which) in [(diagram.earlier, "earlier"), (diagram.later, "later")] {
            let text = if count > 0 { width(&text::left_out(count, which, charset)) } else { 0 };
            let first = columns.actors.first().map_or(0, |(_, _, x)| *x);
            columns.widen((first + text + 4).saturating_sub(columns.program.1 + 1));
        }
        columns
    }

    /// How many columns the last gap lacks for a label of `label` columns on this arrow.
    fn lacks(&self, arrow: &Arrow, label: usize) -> usize {
        let Some(from) = self.label_from(arrow) else { return 0 };
        let needed = if arrow.direction == Some(Direction::FromProgram) { label + 5 } else { label + 4 };
        (from + needed).saturating_sub(self.program.1 + 1)
    }

    /// The lifeline to the right of which the label of an arrow has its place.
    fn label_from(&self, arrow: &Arrow) -> Option<usize> {
        match arrow.direction {
            Some(Direction::FromProgram) => self.actors.last().map(|(_, _, x)| x + 1),
            _ => self.rightmost(arrow).or_else(|| self.actors.first().map(|(_, _, x)| *x)),
        }
    }

    /// The lifeline of the rightmost actor of an arrow.
    pub(super) fn rightmost(&self, arrow: &Arrow) -> Option<usize> {
        self.actors.iter().rev().find(|(index, _, _)| arrow.actors.contains(index)).map(|(_, _, x)| *x)
    }

    fn widen(&mut self, by: usize) {
        self.program.1 += by;
    }

    /// The columns that all of it takes.
    fn total(&self) -> usize {
        let (name, x) = &self.program;
        let right_of_name = x - width(name) / 2 + width(name);
        let frames = if self.frames > 0 { x + 4 + self.frames } else { x + 3 };
        right_of_name.max(frames)
    }

    /// Gives what is left of the width to the labels, as far as they have something to show.
    fn spread(mut self, diagram: &Diagram, width: usize, charset: Charset) -> Self {
        let lacking = diagram
            .arrows
            .iter()
            .map(|arrow| self.lacks(arrow, arrow.label.natural_width(arrow.times, charset)))
            .max()
            .unwrap_or(0);
        let last = self.actors.last().map_or(0, |(_, _, x)| *x);
        let most = (last + WIDEST_GAP).saturating_sub(self.program.1);
        self.widen(lacking.min(width - self.total()).min(most));
        self.width = width;
        self
    }
}

/// The least distance of two lifelines whose centred names must not touch.
fn distance(left: &str, right: &str) -> usize {
    width(left) - width(left) / 2 + width(right) / 2 + 2
}
