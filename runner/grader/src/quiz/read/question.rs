//! What all questions have. Next: [`super::choices`], the first of the kinds.

use super::{
    super::model::{Kind, Level, Places, Question, Section, Topic},
    Part, Reader,
};
use crate::yaml::{
    Reads,
    fields::Fields,
    node::Node,
    problem::shown,
    suggest::{did_you_mean, either},
};

macro_rules! keys {
    ($($own:literal)*) => { &["id", "kind", "level", "topic", "section", "ask", $($own,)* "explain"] };
}

const COMMON: &[&str] = keys!();

/// The keys of a kind, in the order of [`Kind::NAMES`].
const KEYS: &[&[&str]] = &[
    keys!("choices"),
    keys!("choices"),
    keys!("answers" "wrong"),
    keys!("steps"),
    keys!("packet" "answer"),
    keys!("demo" "scenario" "event" "answer" "show" "rust" "differs"),
    keys!("points" "model"),
];

impl Reader<'_> {
    /// The questions of a file that can be read.
    pub(super) fn questions(&mut self, root: &Node) -> Vec<Question> {
        let Some(mut fields) = self.fields(root, "a quiz", &["questions"]) else { return Vec::new() };
        let questions = fields.need(self, "questions").and_then(|node| self.list(node, "`questions`"));
        fields.finish(self);
        let Some(questions) = questions else { return Vec::new() };
        if questions.is_empty() {
            self.problem(root.place, "a quiz has at least one question");
        }
        self.written = questions.len();
        questions.iter().filter_map(|question| self.question(question)).collect()
    }

    fn question(&mut self, node: &Node) -> Option<Question> {
        let mut fields = self.fields(node, "a question", COMMON)?;
        let kind_node = fields.need(self, "kind");
        let kind = kind_node.and_then(|node| self.word(node, "kind", Kind::NAMES));
        if let Some(at) = kind {
            fields.know(KEYS[at]);
        }
        let id_node = fields.need(self, "id");
        let id = id_node.and_then(|node| self.question_id(node));
        let place = id_node.map_or(node.place, |node| node.place);
        let mut places = Places {
            question: place,
            section: place,
            answer: place,
            rust: place,
            demo: place,
            scenario: place,
            show: place,
        };
        let level = fields.need(self, "level").and_then(|node| {
            let names: Vec<&str> = Level::ALL.iter().map(|level| level.as_str()).collect();
            self.word(node, "level", &names).map(|at| Level::ALL[at])
        });
        let topic = fields.need(self, "topic").and_then(|node| {
            let names: Vec<&str> = Topic::ALL.iter().map(|topic| topic.as_str()).collect();
            self.word(node, "topic", &names).map(|at| Topic::ALL[at])
        });
        let section = fields.need(self, "section").and_then(|node| {
            places.section = node.place;
            self.section(node)
        });
        let ask = fields.need(self, "ask").and_then(|node| self.prose(node, "`ask`"));
        let explain = fields.need(self, "explain").and_then(|node| self.prose(node, "`explain`"));
        // Without its kind it is not known which other keys are known, so none of them is a problem.
        let kind = kind.and_then(|name| {
            let kind = self.kind(Kind::NAMES[name], &mut fields, &mut places, ask.as_deref());
            fields.finish(self);
            kind
        });
        match (id, level, topic, section, ask, kind, explain) {
            (Some(id), Some(level), Some(topic), Some(section), Some(ask), Some(kind), Some(explain)) => {
                Some(Question { id, level, topic, section, ask, kind, explain, places })
            }
            (_, _, _, section, _, kind, _) => {
                let hears = match kind {
                    Some(Kind::Hears(hears)) => Some(hears),
                    _ => None,
                };
                self.parts.push(Part { section, hears, places });
                None
            }
        }
    }

    fn kind(
        &mut self,
        name: &str,
        fields: &mut Fields<'_>,
        places: &mut Places,
        ask: Option<&str>,
    ) -> Option<Kind> {
        match name {
            "choice" => self.choice(fields),
            "choices" => self.choices(fields),
            "short" => self.short(fields),
            "order" => self.order(fields),
            "decode" => self.decode(fields, places),
            "hears" => self.hears(fields, places),
            _ => self.open(fields, ask),
        }
    }

    /// The index of a word among those that are known.
    pub(super) fn word(&mut self, node: &Node, what: &str, known: &[&str]) -> Option<usize> {
        let word = self.text(node, &format!("`{what}`"))?;
        let found = known.iter().position(|known| *known == word);
        if found.is_none() {
            let near = did_you_mean(word, known.iter().copied());
            let message = format!("unknown {what} `{}`{near}", shown(word));
            self.problem_with_help(node.place, message, format!("known: {}", either(known)));
        }
        found
    }

    fn question_id(&mut self, node: &Node) -> Option<String> {
        let id = self.text(node, "`id`")?;
        let well_made = id.starts_with(|first: char| first.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !well_made {
            let help = "an id is lower-case words joined by `_`: `room_lives_on_the_server`";
            self.problem_with_help(node.place, format!("`{}` is no id", shown(id)), help);
            return None;
        }
        if let Some(line) = self.ids.get(id) {
            let message = format!("the id `{}` stands here twice (before: line {line})", shown(id));
            self.problem(node.place, message);
            return None;
        }
        self.ids.insert(id.to_owned(), node.place.line);
        Some(id.to_owned())
    }

    fn section(&mut self, node: &Node) -> Option<Section> {
        let text = self.text(node, "`section`")?;
        let (lesson, heading) = match (text.split_once('#'), self.lesson) {
            (Some((lesson, heading)), _) => (lesson, heading),
            (None, Some(lesson)) => (lesson, text),
            (None, None) => {
                let message = "`section` must name a lesson, because this file belongs to none";
                self.problem_with_help(node.place, message, "write `07_rooms#a-room-is-a-label`");
                return None;
            }
        };
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '\\', '.', ' ', '#']);
        if !is_name(lesson) || !is_name(heading) {
            let message = format!("`{}` is no section", shown(text));
            let help = "write the id of a heading, or `LESSON#HEADING`: `07_rooms#a-room-is-a-label`";
            self.problem_with_help(node.place, message, help);
            return None;
        }
        Some(Section { lesson: lesson.to_owned(), heading: heading.to_owned(), title: String::new() })
    }
}
