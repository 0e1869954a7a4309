//! Connections: nobody acts before connecting, and `in:` is said where an actor is in several namespaces.
//!
//! The check follows the written order. It is on the safe side: what the program under test might do (close a connection by
//! itself) counts only when a step says so (`closed`). Next: [`super::setting`].

use std::collections::{BTreeMap, BTreeSet};

use super::every_act;
use crate::{
    scenario::{
        model::{Act, Cast, Connect, Ending, Place, Role, Step, StepKind, Text},
        read::{
            cast::{RESERVED, label},
            reader::Reader,
            suggest::nearest,
            text::{fixed, written},
        },
    },
    yaml::Reads,
};

/// What is known of one actor's connection.
#[derive(Debug, Clone, Default)]
struct Seat {
    /// Whether the transport is open.
    open: bool,
    /// The namespaces it is in, as written.
    spaces: Vec<String>,
    /// On which node.
    node: u8,
}

struct Seats<'r> {
    reader: &'r mut Reader,
    taken: BTreeMap<String, Seat>,
    /// Groups of the whole scenario.
    groups: BTreeMap<String, u32>,
    /// The nodes that are stopped.
    down: BTreeSet<u8>,
    /// Whether the component is on the page, if there is one.
    mounted: Option<bool>,
}

/// Checks a scenario.
pub(crate) fn check(reader: &mut Reader, role: Role, steps: &[Step]) {
    if role == Role::Frames {
        return;
    }
    let mut groups = BTreeMap::new();
    every_act(steps, &mut |casts, _| {
        for cast in casts {
            if let Cast::Group { name, size } = cast {
                groups.insert(name.clone(), *size);
            }
        }
    });
    Seats { reader, taken: BTreeMap::new(), groups, down: BTreeSet::new(), mounted: None }.walk(steps);
}

impl Seats<'_> {
    fn walk(&mut self, steps: &[Step]) {
        for step in steps {
            match &step.kind {
                StepKind::Each { actors, act, namespace, .. } => {
                    for cast in actors {
                        self.act(step.place, cast, act, namespace.as_ref());
                    }
                }
                StepKind::Together(branches) => branches.iter().for_each(|branch| self.walk(branch)),
                StepKind::Repeat { steps, .. } => self.walk(steps),
                StepKind::Wait(_) | StepKind::Settle => {}
            }
        }
    }

    fn act(&mut self, place: Place, cast: &Cast, act: &Act, namespace: Option<&Text>) {
        match cast {
            Cast::Learner | Cast::Http | Cast::Redis => return,
            Cast::Node(node) => return self.switch(*node, act),
            Cast::Page | Cast::User => return self.page(place, cast, act),
            _ => {}
        }
        let who = label(cast);
        match act {
            Act::Connect(connect) => return self.connect(place, cast, connect),
            Act::Open(connect) => {
                let node = connect.node.unwrap_or(1);
                if !self.is_down(place, node) {
                    let seat = self.taken.entry(who).or_default();
                    (seat.open, seat.node) = (true, node);
                }
                return;
            }
            Act::Accept { .. } => {
                let space = namespace.map_or_else(|| "/".to_owned(), written);
                let seat = self.taken.entry(who).or_default();
                if space == "/" {
                    *seat = Seat::default();
                }
                seat.open = true;
                seat.spaces.push(space);
                return;
            }
            Act::Refuse { .. } | Act::Connections(_) => {
                self.taken.entry(who).or_default();
                return;
            }
            _ => {}
        }
        if self.is_seated(place, cast, act) {
            self.needs_in(place, &who, act, namespace);
            self.leave(&who, act, namespace);
        }
    }

    /// The component is mounted, and then used; what is left of the page after unmounting can still be read.
    fn page(&mut self, place: Place, cast: &Cast, act: &Act) {
        let reads = matches!(act, Act::Sees { .. } | Act::Misses(_));
        match (act, self.mounted) {
            (Act::Mount(_), Some(true)) => {
                let message = "the component is mounted already";
                self.reader.problem_with_help(place, message, "`page: unmount` comes first");
            }
            (Act::Mount(_), _) => self.mounted = Some(true),
            (_, None) => {
                let message = format!("`{}` acts before the component is mounted", label(cast));
                self.reader.problem_with_help(place, message, "`page: { mount: { … } }` comes first");
            }
            (Act::Unmount, Some(true)) => self.mounted = Some(false),
            (_, Some(false)) if !reads => {
                self.reader.problem(place, "the component is not mounted any more");
            }
            _ => {}
        }
    }

    fn connect(&mut self, place: Place, cast: &Cast, connect: &Connect) {
        let who = label(cast);
        if let Cast::One(name) = cast
            && self.too_early(place, name)
        {
            return;
        }
        let known = self.taken.contains_key(&who);
        let node = connect.node.unwrap_or(1);
        if !self.taken.get(&who).is_some_and(|seat| seat.open) && self.is_down(place, node) {
            return;
        }
        let seat = self.taken.entry(who.clone()).or_default();
        let space = connect.namespace.as_ref().map_or_else(|| "/".to_owned(), written);
        if connect.resume && !known {
            let message = format!("`resume` takes up an earlier connection of `{who}`, and there is none");
            self.reader.problem(place, message);
            return;
        }
        if seat.open && seat.spaces.contains(&space) {
            self.reader.problem_with_help(
                place,
                format!("`{who}` is connected to `{space}` already"),
                format!("a second connection is another actor: `{who} 2`"),
            );
            return;
        }
        if !seat.open {
            seat.spaces.clear();
            seat.node = node;
        }
        seat.open = true;
        if connect.refused.is_none() {
            seat.spaces.push(space);
        }
    }

    /// A node that is stopped takes its connections along.
    fn switch(&mut self, node: u8, act: &Act) {
        if *act == Act::Start {
            self.down.remove(&node);
            return;
        }
        self.down.insert(node);
        for seat in self.taken.values_mut().filter(|seat| seat.node == node) {
            *seat = Seat::default();
        }
    }

    /// Whether nobody can connect to that node; then a problem.
    fn is_down(&mut self, place: Place, node: u8) -> bool {
        let down = self.down.contains(&node);
        if down {
            let help = format!("`node {node}: start` comes first");
            self.reader.problem_with_help(place, format!("node {node} is stopped here"), help);
        }
        down
    }

    fn too_early(&mut self, place: Place, name: &str) -> bool {
        let Some(size) = self.groups.get(name) else { return false };
        let help = format!("its first step says how many: `{size} {name}: connect`");
        let message = format!("the group `{name}` is used before it is declared");
        self.reader.problem_with_help(place, message, help);
        true
    }

    /// Whether the actor has a connection to act on; otherwise a problem.
    fn is_seated(&mut self, place: Place, cast: &Cast, act: &Act) -> bool {
        let who = label(cast);
        let Some(seat) = self.taken.get(&who) else {
            if !self.too_early(place, &who) {
                self.unseated(place, cast, &who);
            }
            return false;
        };
        let speaks =
            matches!(act, Act::Emit(_) | Act::Reply { .. } | Act::Send(_) | Act::Disconnect | Act::Drop);
        if speaks && !seat.open {
            self.reader.problem(place, format!("`{who}` has left: its connection is over"));
            return false;
        }
        let talks = matches!(act, Act::Emit(_) | Act::Reply { .. } | Act::Acked { .. } | Act::Hear(_));
        if talks && seat.open && seat.spaces.is_empty() {
            self.reader.problem(place, format!("`{who}` is in no namespace yet: `connect` comes first"));
            return false;
        }
        true
    }

    fn unseated(&mut self, place: Place, cast: &Cast, who: &str) {
        if *cast == Cast::Server {
            let message = "`server` acts before a connection was accepted";
            self.reader.problem_with_help(place, message, "`server: accept` comes first");
            return;
        }
        let near = nearest(who, self.taken.keys().map(String::as_str))
            .or_else(|| nearest(who, RESERVED.iter().copied()))
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let message = format!("`{who}` acts before connecting{near}");
        self.reader.problem_with_help(place, message, format!("`{who}: connect` comes first"));
    }

    fn needs_in(&mut self, place: Place, who: &str, act: &Act, namespace: Option<&Text>) {
        let Some(seat) = self.taken.get(who) else { return };
        let whole_connection = matches!(
            act,
            Act::Disconnect
                | Act::Drop
                | Act::HearNothing { .. }
                | Act::Send(_)
                | Act::Receive(_)
                | Act::Closed(None | Some(Ending::Transport))
        );
        match namespace {
            None if seat.spaces.len() > 1 && !whole_connection => {
                let spaces =
                    seat.spaces.iter().map(|space| format!("`{space}`")).collect::<Vec<_>>().join(" and ");
                self.reader.problem_with_help(
                    place,
                    format!("`{who}` is in {spaces}: say in which one"),
                    "`in: /name` beside the action",
                );
            }
            Some(text) if fixed(text).is_some() && seat.open && !seat.spaces.contains(&written(text)) => {
                self.reader.problem(place, format!("`{who}` is not in `{}`", written(text)));
            }
            _ => {}
        }
    }

    fn leave(&mut self, who: &str, act: &Act, namespace: Option<&Text>) {
        let Some(seat) = self.taken.get_mut(who) else { return };
        match (act, namespace) {
            (Act::Disconnect | Act::Closed(_), Some(space)) => {
                let space = written(space);
                seat.spaces.retain(|joined| *joined != space);
                seat.open = !seat.spaces.is_empty();
            }
            (Act::Disconnect | Act::Drop | Act::Closed(_), _) => *seat = Seat::default(),
            _ => {}
        }
    }
}
