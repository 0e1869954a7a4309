//! A menu: what keys do to it, and what it looks like. Next: `line.rs`.

use super::{super::super::prose::wrap, Look, Press, Step, Widget};

/// How many are picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The one where the cursor stands.
    One,
    /// Any number.
    Many,
    /// All, one after the other.
    Order,
}

/// Options, a cursor, and what has been picked.
#[derive(Debug)]
pub(super) struct Menu<'o> {
    mode: Mode,
    options: &'o [String],
    at: usize,
    picked: Vec<usize>,
}

impl<'o> Menu<'o> {
    pub(super) const fn new(mode: Mode, options: &'o [String]) -> Self {
        Self { mode, options, at: 0, picked: Vec::new() }
    }

    /// Where the cursor stands.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// What has been picked, in that order.
    pub(super) fn picked(&self) -> &[usize] {
        &self.picked
    }

    fn toggle(&mut self) {
        match self.picked.iter().position(|picked| *picked == self.at) {
            Some(place) => drop(self.picked.remove(place)),
            None => self.picked.push(self.at),
        }
    }

    fn is_whole(&self) -> bool {
        self.picked.len() == self.options.len()
    }

    /// Picks the next one of an order, or takes it back.
    fn place(&mut self) {
        self.toggle();
        self.go_on();
    }

    /// Enter never takes back what has been put.
    fn put(&mut self) {
        if !self.picked.contains(&self.at) {
            self.toggle();
        }
        self.go_on();
    }

    /// From what has been put to the next one that has not.
    fn go_on(&mut self) {
        let free = |index: &usize| !self.picked.contains(index);
        if let Some(next) = (self.at..self.options.len()).chain(0..self.at).find(free) {
            self.at = next;
        }
    }

    fn number(&mut self, digit: char) {
        let Some(index) = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1))
        else {
            return;
        };
        if index >= self.options.len() {
            return;
        }
        self.at = index;
        match self.mode {
            Mode::One => {}
            Mode::Many => self.toggle(),
            Mode::Order => self.place(),
        }
    }

    fn hint(&self) -> &'static str {
        match self.mode {
            Mode::One => "",
            Mode::Many => "Space or a number picks, Enter confirms; nothing picked means none.",
            Mode::Order if self.is_whole() => "Enter confirms, Backspace takes the last one back.",
            Mode::Order => "Enter or a number puts the next one, Backspace takes it back.",
        }
    }

    /// What stands before an option.
    fn lead(&self, index: usize) -> String {
        let cursor = if index == self.at { '>' } else { ' ' };
        let place = self.picked.iter().position(|picked| *picked == index);
        let number = index + 1;
        match (self.mode, place) {
            (Mode::One, _) => format!("{cursor} {number}. "),
            (Mode::Many, Some(_)) => format!("{cursor} [x] {number}. "),
            (Mode::Many, None) => format!("{cursor} [ ] {number}. "),
            (Mode::Order, Some(place)) => format!("{cursor} ({}) {number}. ", place + 1),
            (Mode::Order, None) => format!("{cursor} ( ) {number}. "),
        }
    }
}

impl Widget for Menu<'_> {
    fn press(&mut self, press: Press) -> Step {
        let last = self.options.len().saturating_sub(1);
        match press {
            Press::Up | Press::Letter('k') => self.at = if self.at == 0 { last } else { self.at - 1 },
            Press::Down | Press::Letter('j') => self.at = if self.at == last { 0 } else { self.at + 1 },
            Press::Home => self.at = 0,
            Press::End => self.at = last,
            Press::Letter(digit @ '0'..='9') => self.number(digit),
            Press::Letter('q') => return Step::End,
            Press::Letter('s') => return Step::Skip,
            Press::Letter(' ') if self.mode == Mode::Many => self.toggle(),
            Press::Letter(' ') if self.mode == Mode::Order => self.place(),
            Press::Backspace | Press::Delete => drop(self.picked.pop()),
            Press::Enter if self.mode == Mode::Order && !self.is_whole() => self.put(),
            Press::Enter => return Step::Done,
            _ => {}
        }
        Step::Go
    }

    fn look(&self, width: usize) -> Look {
        let mut lines = Vec::new();
        let mut strong = 0..0;
        for (index, option) in self.options.iter().enumerate() {
            let lead = self.lead(index);
            let begin = lines.len();
            // The last column stays free: some terminals break the line when it is filled.
            let text = wrap(option, width.saturating_sub(lead.len() + 1).max(10), 0);
            for (number, line) in text.lines().enumerate() {
                let before = if number == 0 { lead.clone() } else { " ".repeat(lead.len()) };
                lines.push(format!("{before}{line}"));
            }
            if index == self.at {
                strong = begin..lines.len();
            }
        }
        let hint = self.hint();
        if !hint.is_empty() {
            lines.extend(wrap(hint, width.saturating_sub(1), 0).lines().map(str::to_owned));
        }
        Look { lines, strong, cursor: None }
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, Menu, Mode, Press, Step, Widget};

    fn options() -> Vec<String> {
        ["one", "two", "three"].map(str::to_owned).to_vec()
    }

    fn type_into(menu: &mut Menu<'_>, keys: &str) -> Step {
        let mut step = Step::Go;
        for key in keys.chars() {
            assert_eq!(step, Step::Go, "{keys:?} goes on after its end");
            step = menu.press(match key {
                '^' => Press::Up,
                'v' => Press::Down,
                '\n' => Press::Enter,
                '<' => Press::Backspace,
                letter => Press::Letter(letter),
            });
        }
        step
    }

    #[test]
    fn one_is_where_the_cursor_stands() {
        let options = options();
        for (keys, wanted) in
            [("\n", 0), ("v\n", 1), ("^\n", 2), ("vvv\n", 0), ("3\n", 2), ("39\n", 2), ("jjk\n", 1)]
        {
            let mut menu = Menu::new(Mode::One, &options);
            assert_eq!((type_into(&mut menu, keys), menu.at()), (Step::Done, wanted), "{keys:?}");
        }
        let mut menu = Menu::new(Mode::One, &options);
        assert_eq!(type_into(&mut menu, "q"), Step::End);
        assert_eq!(type_into(&mut menu, "s"), Step::Skip);
    }

    #[test]
    fn many_are_those_that_are_picked() {
        let options = options();
        for (keys, wanted) in
            [("\n", vec![]), ("v \n", vec![1]), ("131\n", vec![2]), (" v v \n", vec![0, 1, 2])]
        {
            let mut menu = Menu::new(Mode::Many, &options);
            assert_eq!(type_into(&mut menu, keys), Step::Done, "{keys:?}");
            let mut picked = menu.picked().to_vec();
            picked.sort_unstable();
            assert_eq!(picked, wanted, "{keys:?}");
        }
    }

    #[test]
    fn an_order_is_complete_or_it_is_none() {
        let options = options();
        for (keys, wanted) in [
            ("\n\n\n\n", vec![0, 1, 2]),
            ("312\n", vec![2, 0, 1]),
            ("3<12\n\n", vec![0, 1, 2]),
            ("v\n^\n\n\n\n", vec![1, 2, 0]),
        ] {
            let mut menu = Menu::new(Mode::Order, &options);
            assert_eq!(type_into(&mut menu, keys), Step::Done, "{keys:?}");
            assert_eq!(menu.picked(), wanted, "{keys:?}");
        }
        let mut menu = Menu::new(Mode::Order, &options);
        assert_eq!(type_into(&mut menu, "12"), Step::Go);
    }

    #[test]
    fn how_it_looks() {
        let options = vec!["a longer text that is wrapped".to_owned(), "b".to_owned()];
        let mut menu = Menu::new(Mode::Order, &options);
        type_into(&mut menu, "2");
        let lines = [
            "> ( ) 1. a longer text",
            "         that is",
            "         wrapped",
            "  (1) 2. b",
            "Enter or a number puts",
            "the next one, Backspace",
            "takes it back.",
        ];
        let lines = lines.map(str::to_owned).to_vec();
        assert_eq!(menu.look(24), Look { lines, strong: 0..3, cursor: None });
    }
}
