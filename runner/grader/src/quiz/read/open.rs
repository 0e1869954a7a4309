//! `open`: points that count by their words, and a model answer in which all of them count. Next:
//! [`super::super::judge`].

use super::{
    super::{
        judge::open,
        model::{Kind, Point},
        normalise::plain,
    },
    Reader,
};
use crate::yaml::{
    Place, Reads,
    fields::Fields,
    node::{Node, Yaml},
    problem::shown,
};

const LEAST_WORDS: usize = 60;
const MOST_WORDS: usize = 160;

impl Reader<'_> {
    pub(super) fn open(&mut self, fields: &mut Fields<'_>, ask: Option<&str>) -> Option<Kind> {
        let points_node = fields.need(self, "points");
        let model_node = fields.need(self, "model");
        let points = points_node.and_then(|node| self.points(node));
        let model = model_node.and_then(|node| self.prose(node, "`model`"));
        let (points, model) = (points?, model?);
        let place = model_node?.place;
        let words = model.split_whitespace().count();
        if !(LEAST_WORDS..=MOST_WORDS).contains(&words) {
            self.problem(place, format!("`model` has {LEAST_WORDS} to {MOST_WORDS} words, not {words}"));
        }
        for ((_, place), part) in points.iter().zip(&open(&only(&points), &model).parts) {
            if !part.right {
                let message = format!("the point `{}` does not count in the model answer", shown(&part.name));
                self.problem_with_help(*place, message, "add the words in which the model answer says it");
            }
        }
        if ask.is_some_and(|ask| open(&only(&points), ask).right) {
            let message = "who repeats the question has answered it: too many of its words count";
            self.problem(points_node?.place, message);
        }
        Some(Kind::Open { points: only(&points), model })
    }

    fn points(&mut self, node: &Node) -> Option<Vec<(Point, Place)>> {
        let items = self.list(node, "`points`")?;
        self.in_range(node.place, ("an `open`", "points"), items.len(), 3, 6);
        let read: Vec<Option<(Point, Place)>> = items.iter().map(|item| self.point(item)).collect();
        read.into_iter().collect()
    }

    fn point(&mut self, node: &Node) -> Option<(Point, Place)> {
        let mut fields = self.fields(node, "a point", &["point", "words"])?;
        let point_node = fields.need(self, "point");
        let point = point_node.and_then(|node| self.prose(node, "`point`"));
        let words = fields.need(self, "words").and_then(|node| self.words(node));
        fields.finish(self);
        Some((Point { point: point?, words: words? }, point_node?.place))
    }

    fn words(&mut self, node: &Node) -> Option<Vec<Vec<String>>> {
        let items = self.list(node, "`words`")?;
        if items.is_empty() {
            self.problem(node.place, "`words` is empty: nothing would count for this point");
        }
        let read: Vec<Option<Vec<String>>> = items
            .iter()
            .map(|item| {
                let words = match item.value {
                    Yaml::List(_) => self.proses(item, "words that belong together", "a word")?,
                    _ => vec![self.prose(item, "a word")?],
                };
                if words.is_empty() || words.iter().any(|word| plain(word).trim().is_empty()) {
                    self.problem(item.place, "a word is missing: anything would count for this point");
                }
                Some(words)
            })
            .collect();
        read.into_iter().collect()
    }
}

fn only(points: &[(Point, Place)]) -> Vec<Point> {
    points.iter().map(|(point, _)| point.clone()).collect()
}
