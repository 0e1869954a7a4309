//! `decode`: the key is computed, and one that disagrees is a problem. Next: [`super::hears`].

use indexmap::IndexMap;

use super::{
    super::{
        decode::{NONE, parts},
        model::{Kind, Part, Places},
    },
    Reader,
};
use crate::yaml::{
    Reads,
    fields::Fields,
    node::{Node, Yaml},
    problem::shown,
};

const PARTS: &[&str] = &["engine", "type", "attachments", "namespace", "ack", "event", "arguments"];

impl Reader<'_> {
    pub(super) fn decode(&mut self, fields: &mut Fields<'_>, places: &mut Places) -> Option<Kind> {
        let packet = fields.need(self, "packet");
        let answer = fields.need(self, "answer");
        let (packet, answer) = (packet?, answer?);
        places.answer = answer.place;
        let text = self.packet(packet)?;
        let computed = match parts(&text) {
            Ok(computed) => computed,
            Err(error) => {
                self.problem(packet.place, format!("this is no packet: {error}"));
                return None;
            }
        };
        let before = self.problems.len();
        let mut asked = IndexMap::new();
        let mut entries = self.fields(answer, "`answer`", PARTS)?;
        self.in_range(answer.place, ("`answer`", "parts"), entries.left().len(), 1, 5);
        for part in Part::ALL {
            let Some(field) = entries.take(part.as_str()) else { continue };
            let Some(wanted) = computed.get(part) else {
                let message = format!("this packet is `{}` and has no `{}`", name(&computed), part.as_str());
                self.problem(field.place, message);
                continue;
            };
            if self.agrees(*part, field.value, wanted) == Some(true) {
                asked.insert(*part, wanted.clone());
            }
        }
        entries.finish(self);
        (self.problems.len() == before).then_some(Kind::Decode { packet: text, answer: asked })
    }

    /// A packet may be written without quotes where YAML takes it for a number: `2`, `40`.
    fn packet(&mut self, node: &Node) -> Option<String> {
        if let Yaml::Number(number) = &node.value
            && number.is_u64()
            && self.untagged(node, "`packet`")
        {
            return Some(number.to_string());
        }
        self.prose_of_wire(node)
    }

    fn prose_of_wire(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "`packet`")?;
        if text.chars().any(char::is_control) {
            self.problem(node.place, "`packet` is one line without control characters");
            return None;
        }
        Some(text.to_owned())
    }

    /// Whether the teacher's key says what the codec says.
    fn agrees(&mut self, part: Part, node: &Node, wanted: &str) -> Option<bool> {
        let given = self.part(part, node)?;
        let agrees = match part {
            Part::Arguments => {
                let wanted: Option<serde_json::Value> = serde_json::from_str(wanted).ok();
                wanted.is_some_and(|wanted| wanted == node.untagged())
            }
            _ => given == wanted,
        };
        if !agrees {
            let message =
                format!("`{}` of this packet is `{wanted}`, not `{}`", part.as_str(), shown(&given));
            self.problem(node.place, message);
        }
        Some(agrees)
    }

    /// A part as the teacher wrote it.
    fn part(&mut self, part: Part, node: &Node) -> Option<String> {
        let what = format!("`{}`", part.as_str());
        if let Some(known) = part.known() {
            return self.word(node, part.as_str(), known).map(|at| known[at].to_owned());
        }
        match part {
            Part::Arguments => self.list(node, &what).map(|_| node.untagged().to_string()),
            Part::Ack | Part::Attachments => match &node.value {
                Yaml::Number(number) if number.is_u64() && self.untagged(node, &what) => {
                    Some(number.to_string())
                }
                _ if node.as_text() == Some(NONE) => Some(NONE.to_owned()),
                _ => {
                    let wanted = if part == Part::Ack { "a number or `none`" } else { "a number" };
                    self.expected(node, &what, wanted);
                    None
                }
            },
            _ => self.text(node, &what).map(str::to_owned),
        }
    }
}

/// What a packet is, in one word.
fn name(computed: &IndexMap<Part, String>) -> String {
    computed.get(&Part::Type).or_else(|| computed.get(&Part::Engine)).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{PARTS, Part};

    #[test]
    fn every_part_is_known() {
        let names: Vec<&str> = Part::ALL.iter().map(|part| part.as_str()).collect();
        assert_eq!(names, PARTS);
    }
}
