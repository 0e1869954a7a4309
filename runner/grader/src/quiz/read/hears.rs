//! `hears`: which scenario of which demo, and who hears the event in it. Whether that is so is seen by running the
//! demo, which is not done here. Next: [`super::open`].

use super::{
    super::model::{Hears, Kind, Places},
    Reader,
};
use crate::yaml::{Reads, fields::Fields, node::Node, problem::shown};

impl Reader<'_> {
    pub(super) fn hears(&mut self, fields: &mut Fields<'_>, places: &mut Places) -> Option<Kind> {
        let demo = fields.need(self, "demo").and_then(|node| {
            places.demo = node.place;
            self.demo(node)
        });
        let scenario = fields.need(self, "scenario").and_then(|node| {
            places.scenario = node.place;
            self.text(node, "`scenario`").map(str::to_owned)
        });
        let event = fields.need(self, "event").and_then(|node| self.text(node, "`event`").map(str::to_owned));
        let answer = fields.need(self, "answer").and_then(|node| {
            places.answer = node.place;
            places.rust = node.place;
            self.actors(node, "`answer`")
        });
        let show = fields.take("show").map(|field| {
            places.show = field.value.place;
            self.text(field.value, "`show`").map(str::to_owned)
        });
        let rust = fields.take("rust").map(|field| {
            places.rust = field.value.place;
            (field.place, self.actors(field.value, "`rust`"))
        });
        let differs = fields.take("differs").map(|field| (field.place, self.prose(field.value, "`differs`")));
        match (&rust, &differs) {
            (Some((place, _)), None) => {
                self.problem(*place, "`rust` needs `differs`: say why socketioxide does otherwise");
            }
            (None, Some((place, _))) => {
                self.problem(*place, "`differs` needs `rust`: say who hears it from socketioxide");
            }
            _ => {}
        }
        let rust = match rust {
            Some((place, rust)) => {
                let rust = rust?;
                if sorted(&rust) == sorted(answer.as_deref()?) {
                    self.problem(place, "`rust` says the same as `answer`: leave it out");
                }
                Some(rust)
            }
            None => None,
        };
        let differs = match differs {
            Some((_, differs)) => Some(differs?),
            None => None,
        };
        let show = match show {
            Some(show) => Some(show?),
            None => None,
        };
        let (demo, scenario, event, answer) = (demo?, scenario?, event?, answer?);
        Some(Kind::Hears(Hears { demo, scenario, event, actors: Vec::new(), answer, rust, differs, show }))
    }

    fn demo(&mut self, node: &Node) -> Option<String> {
        let demo = self.text(node, "`demo`")?;
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '\\', '.']);
        if demo.split_once('/').is_some_and(|(lesson, name)| is_name(lesson) && is_name(name)) {
            return Some(demo.to_owned());
        }
        let message = format!("`{}` is no demo", shown(demo));
        self.problem_with_help(node.place, message, "write `LESSON/NAME`: `07_rooms/take_a_seat`");
        None
    }

    fn actors(&mut self, node: &Node, what: &str) -> Option<Vec<String>> {
        let items = self.list(node, what)?;
        let mut actors: Vec<String> = Vec::new();
        for item in items {
            let actor = self.text(item, "an actor")?;
            if actors.iter().any(|have| have == actor) {
                self.problem(item.place, format!("`{}` stands twice", shown(actor)));
            }
            actors.push(actor.to_owned());
        }
        Some(actors)
    }
}

fn sorted(actors: &[String]) -> Vec<&String> {
    let mut sorted: Vec<&String> = actors.iter().collect();
    sorted.sort();
    sorted
}
