//! What a key does, by what is open. Next: `outline.rs`.

use super::{Effect, Key, List, Model, Over, State, Work, list::Pressed};
use crate::{
    exit::Exit,
    watch::{Errand, Told},
};

/// A key, what it does in a word or two for the last line, and at length for the help.
pub struct Binding {
    /// As it is printed.
    pub key: &'static str,
    /// In the last line of the screen.
    pub short: &'static str,
    /// In the help.
    pub long: &'static str,
}

const fn binding(key: &'static str, short: &'static str, long: &'static str) -> Binding {
    Binding { key, short, long }
}

/// All keys of the screen; the first are the ones that a narrow last line keeps.
pub const BINDINGS: [Binding; 16] = [
    binding("h", "hint", "one more hint"),
    binding("n", "next", "the next exercise, or after a pass what is open"),
    binding("l", "list", "all exercises; type to narrow the list"),
    binding("o", "open", "open your file in your editor"),
    binding("g", "goal", "what the exercise asks for"),
    binding("r", "run", "check again"),
    binding("e", "explain", "why the last check failed, at length"),
    binding("s", "solution", "after a pass: the course's solution beside yours"),
    binding("p", "previous", "the exercise before"),
    binding("x", "reset", "your file as it was at the start; asks first"),
    binding("z", "quiz", "the quiz of the lesson"),
    binding("v", "verdict", "back to the last verdict; also Esc"),
    binding("Tab", "", "the list at the left away, or back"),
    binding("arrows", "", "scroll; also Space, Page Up, Home, End"),
    binding("Ctrl-Z", "", "back to the shell; `fg` comes back here"),
    binding("q", "quit", "end; also Ctrl-C"),
];

impl Model {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        self.note = None;
        match key {
            Key::Interrupt => return Self::leave(Exit::Interrupted),
            Key::Suspend => return vec![Effect::Cancel, Effect::Suspend],
            Key::Redraw => return vec![Effect::Redraw],
            _ => {}
        }
        match self.over.take() {
            Some(Over::List(list)) => self.in_list(list, key),
            Some(Over::Reset) => self.asked_to_reset(key),
            // Any key closes the help.
            Some(Over::Help) => Vec::new(),
            None => self.on_screen(key),
        }
    }

    fn in_list(&mut self, mut list: List, key: Key) -> Vec<Effect> {
        let rows = usize::from(self.size.1.saturating_sub(6));
        match list.press(key, &self.outline, rows) {
            Pressed::Stay => self.over = Some(Over::List(list)),
            Pressed::Close => {}
            Pressed::Go(at) => return self.enter(at),
        }
        Vec::new()
    }

    /// Only a clear yes puts anything back.
    fn asked_to_reset(&mut self, key: Key) -> Vec<Effect> {
        if matches!(key, Key::Letter('y' | 'Y')) {
            return self.errand(Errand::Reset);
        }
        self.note = Some("Nothing was changed.".to_owned());
        Vec::new()
    }

    fn errand(&self, errand: Errand) -> Vec<Effect> {
        vec![Effect::Run(errand, self.entry().id.clone())]
    }

    fn on_screen(&mut self, key: Key) -> Vec<Effect> {
        match key {
            Key::Letter('h') => return self.errand(Errand::Hint),
            Key::Letter('g') => return self.errand(Errand::Goal),
            Key::Letter('e') => return self.errand(Errand::Explain),
            Key::Letter('s') => return self.errand(Errand::Solution),
            Key::Letter('z') => return vec![Effect::Quiz(self.entry().id.clone())],
            Key::Letter('o') => return vec![Effect::Open(self.entry().id.clone())],
            Key::Letter('r') => {
                self.shows_beginning = false;
                return self.again();
            }
            Key::Letter('n') => return self.forward(),
            Key::Letter('p') => return self.backward(),
            Key::Letter('l') => self.over = Some(Over::List(List::at(self.current))),
            Key::Letter('x') => self.over = Some(Over::Reset),
            Key::Letter('?') => self.over = Some(Over::Help),
            Key::Letter('q') => return Self::leave(Exit::Passed),
            Key::Letter('v') | Key::Escape => self.back_to_verdict(),
            Key::Tab => {
                self.has_side = !self.has_side;
                self.refit();
            }
            Key::Up | Key::Letter('k') => self.pane.scroll(-1),
            Key::Down | Key::Letter('j') => self.pane.scroll(1),
            Key::PageUp => self.pane.page(false),
            Key::PageDown | Key::Letter(' ') => self.pane.page(true),
            Key::Home => self.pane.scroll(isize::MIN),
            Key::End => self.pane.scroll_to_end(),
            _ => {}
        }
        Vec::new()
    }

    fn back_to_verdict(&mut self) {
        if self.told.is_some() {
            self.shows_beginning = false;
            self.show_verdict();
        }
    }

    /// A pass of a stage leads to the next stage of the same exercise.
    fn forward(&mut self) -> Vec<Effect> {
        let stage_passed = matches!(self.work, Work::Done { passed: true })
            && self.told.as_ref().is_some_and(Told::has_more_stages);
        if stage_passed && self.entry().state != State::Passed {
            return self.enter(self.current);
        }
        self.go(self.onward(), "This is the last exercise.")
    }

    fn backward(&mut self) -> Vec<Effect> {
        self.go(self.outline.step(self.current, -1), "This is the first exercise.")
    }

    fn go(&mut self, to: Option<usize>, nowhere: &str) -> Vec<Effect> {
        if let Some(at) = to {
            return self.enter(at);
        }
        self.note = Some(nowhere.to_owned());
        Vec::new()
    }
}
