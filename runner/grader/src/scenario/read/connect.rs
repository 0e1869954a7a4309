//! `connect:` and `open:`. Next: [`super::emit`].

use indexmap::IndexMap;

use super::{
    act::{Deed, nothing_follows},
    node::Node,
    problem::shown,
    reader::Reader,
    suggest::{did_you_mean, either},
};
use crate::{
    scenario::model::{Connect, Made, Place, Refused, Transport},
    yaml::Reads,
};

const KEYS: &[&str] = &["namespace", "auth", "query", "headers", "transport", "node", "resume"];
const TRANSPORTS: &[(&str, Transport)] =
    &[("polling", Transport::Polling), ("websocket", Transport::Websocket), ("upgrade", Transport::Upgrade)];

impl Reader {
    /// Reads a connection.
    pub(crate) fn connect(&mut self, deed: &mut Deed<'_>) -> Option<Connect> {
        let mut connect = Connect::default();
        let mut whole = true;
        if !nothing_follows(deed) {
            whole = self.connection(deed.value, &mut connect).is_some();
        }
        if let Some(field) = deed.fields.take("refused") {
            connect.refused = Some(self.refused(field.value)?);
        }
        whole.then_some(connect)
    }

    fn connection(&mut self, node: &Node, connect: &mut Connect) -> Option<()> {
        let mut fields = self.fields(node, "a connection", KEYS)?;
        let before = self.problems.len();
        if let Some(field) = fields.take("namespace") {
            connect.namespace = self.namespace(field.value);
        }
        if let Some(field) = fields.take("auth") {
            connect.auth = self.made(field.value);
        }
        if let Some(field) = fields.take("query") {
            connect.query = self.pairs(field.value, "`query`").unwrap_or_default();
        }
        if let Some(field) = fields.take("headers") {
            connect.headers = self.pairs(field.value, "`headers`").unwrap_or_default();
        }
        if let Some(field) = fields.take("transport") {
            connect.transport = self.transport(field.value);
        }
        if let Some(field) = fields.take("node") {
            connect.node = self.node_number(field.value);
        }
        if let Some(field) = fields.take("resume") {
            connect.resume = self.flag(field.value, "`resume`").unwrap_or_default();
        }
        fields.finish(self);
        (self.problems.len() == before).then_some(())
    }

    /// Made values by key, in a map without a tag.
    pub(crate) fn pairs(&mut self, node: &Node, what: &str) -> Option<IndexMap<String, Made>> {
        if !self.untagged(node, what) {
            return None;
        }
        self.made_entries(node, what)
    }

    fn transport(&mut self, node: &Node) -> Option<Transport> {
        let word = self.text(node, "`transport`")?;
        let found = TRANSPORTS.iter().find(|known| known.0 == word).map(|known| known.1);
        if found.is_none() {
            let names: Vec<&str> = TRANSPORTS.iter().map(|known| known.0).collect();
            let near = did_you_mean(word, names.iter().copied());
            let message = format!("unknown transport `{}`{near}", shown(word));
            self.problem_with_help(node.place, message, format!("known: {}", either(&names)));
        }
        found
    }

    fn node_number(&mut self, node: &Node) -> Option<u8> {
        let number = u8::try_from(self.whole(node, "`node`", 1, 9)?).ok()?;
        self.is_node(number, node.place).then_some(number)
    }

    /// Whether the exercise has a node of that number; otherwise a problem.
    pub(crate) fn is_node(&mut self, number: u8, place: Place) -> bool {
        let there = (1..=self.nodes).contains(&number);
        if !there {
            let message = format!("there is no node {number}");
            let help = match self.nodes {
                0 | 1 => "an exercise with several says so: `nodes: 2`".to_owned(),
                nodes => format!("the exercise has {nodes}, counted from 1"),
            };
            self.problem_with_help(place, message, help);
        }
        there
    }

    fn refused(&mut self, node: &Node) -> Option<Refused> {
        if node.is_empty() {
            return Some(Refused::default());
        }
        let mut fields = self.fields(node, "`refused`", &["message", "data"])?;
        let message = match fields.take("message") {
            Some(field) => Some(self.pattern(field.value)?),
            None => None,
        };
        let data = match fields.take("data") {
            Some(field) => Some(self.pattern(field.value)?),
            None => None,
        };
        fields.finish(self);
        Some(Refused { message, data })
    }
}
