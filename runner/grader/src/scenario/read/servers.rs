//! `servers: { right, wrong: [{ id, is }] }`, and the scenarios that a learner writes for them. Next: [`super::check`].

use super::{
    check,
    fields::{Field, Fields},
    node::Node,
    reader::Reader,
};
use crate::{
    scenario::{
        model::{Exercise, Role, Scenario},
        servers::{Servers, WrongServer},
    },
    yaml::Reads,
};

const KEYS: &[&str] = &["right", "wrong"];
const WRONG_KEYS: &[&str] = &["id", "is"];
/// What belongs to a program that the learner writes.
const OF_PROGRAMS: &[&str] = &["tracks", "program", "nodes", "needs", "stages", "scenarios"];

impl Reader {
    /// The servers of role `tests`; what other roles have instead is refused there, and the other way round.
    pub(crate) fn servers(&mut self, fields: &mut Fields<'_>) -> Option<Servers> {
        if self.role != Some(Role::Tests) {
            if let Some(Field { place, .. }) = fields.take("servers")
                && self.role.is_some()
            {
                let message = "`servers` belongs to role `tests`, where learners write the scenarios";
                self.problem(place, message);
            }
            return None;
        }
        for key in OF_PROGRAMS {
            if let Some(field) = fields.take(key) {
                let message =
                    format!("role `tests` has no `{key}`: learners write scenarios, and no program");
                self.problem(field.place, message);
            }
        }
        let node = fields.need(self, "servers")?;
        let mut fields = self.fields(node, "`servers`", KEYS)?;
        let right = fields.need(self, "right").and_then(|right| self.id(right, "`right`"));
        let wrong = fields.need(self, "wrong").and_then(|wrong| self.wrong_servers(wrong));
        fields.finish(self);
        let (right, wrong) = (right?, wrong?);
        for (at, server) in wrong.iter().enumerate() {
            if server.id == right || wrong[..at].iter().any(|before| before.id == server.id) {
                self.problem(server.place, format!("two servers have the id `{}`", server.id));
            }
        }
        Some(Servers { right, wrong })
    }

    fn wrong_servers(&mut self, node: &Node) -> Option<Vec<WrongServer>> {
        let items = self.list(node, "`wrong`")?;
        if items.is_empty() {
            self.problem(
                node.place,
                "scenarios that must fail on nothing prove nothing: name a wrong server",
            );
        }
        let servers: Vec<Option<WrongServer>> = items.iter().map(|item| self.wrong_server(item)).collect();
        servers.into_iter().collect()
    }

    fn wrong_server(&mut self, node: &Node) -> Option<WrongServer> {
        let mut fields = self.fields(node, "a wrong server", WRONG_KEYS)?;
        let id = fields.need(self, "id").and_then(|id| self.id(id, "the id"));
        let is = fields.need(self, "is").and_then(|is| self.told(is, "`is`"));
        fields.finish(self);
        Some(WrongServer { id: id?, is: is?, place: node.place })
    }

    /// The scenarios that a learner writes: a list, whose items need a title and steps.
    pub(crate) fn learners_scenarios(&mut self, root: &Node, exercise: &Exercise) -> Option<Vec<Scenario>> {
        self.role = Some(Role::Server);
        self.by_learner = true;
        self.nodes = exercise.nodes;
        let items = self.list(root, "the file")?;
        if items.is_empty() {
            let help = "a scenario begins with `- title: …`, and has `steps:`";
            self.problem_with_help(root.place, "no scenario is written here yet", help);
        }
        let placed: Vec<_> = items.iter().filter_map(|item| self.scenario(item)).collect();
        check::scenarios(self, exercise, &placed);
        Some(placed.into_iter().map(|placed| placed.scenario).collect())
    }
}
