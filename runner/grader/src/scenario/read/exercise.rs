//! The top level of `exercise.yaml` and of `causes.yaml`. Next: [`super::stage`], [`super::scenario`], [`super::mistake`].

use indexmap::IndexMap;

use super::{
    cast::role_name,
    check,
    fields::Fields,
    node::Node,
    problem::shown,
    reader::{How, Reader},
    scenario::PlacedScenario,
    stage::Tests,
    suggest::{did_you_mean, either},
};
use crate::{
    scenario::model::{Exercise, Made, Mistake, Need, Role, Track},
    yaml::Reads,
};

const KEYS: &[&str] = &[
    "title",
    "role",
    "goal",
    "hints",
    "tracks",
    "vars",
    "env",
    "states",
    "ignores",
    "starter",
    "program",
    "nodes",
    "needs",
    "scenarios",
    "mistakes",
    "stages",
    "servers",
];
const ROLES: &[Role] = &[Role::Server, Role::Client, Role::Page, Role::Frames, Role::Tests];
/// The keys of a demo: nobody has to solve it, so there is no goal, no hint and no mistake.
const DEMO_KEYS: &[&str] = &[
    "title",
    "role",
    "tracks",
    "vars",
    "env",
    "states",
    "ignores",
    "program",
    "nodes",
    "needs",
    "scenarios",
];
const DEMO_ROLES: &[Role] = &[Role::Server, Role::Client, Role::Page, Role::Frames];
const LEAST_HINTS: usize = 3;

impl Reader {
    /// Reads a whole exercise.
    pub(crate) fn exercise(&mut self, root: &Node) -> Option<Exercise> {
        let mut fields = self.fields(root, "an exercise", KEYS)?;
        self.role = fields.need(self, "role").and_then(|role| self.read_role(role, ROLES));
        let servers = self.servers(&mut fields);
        let title = fields.need(self, "title").and_then(|title| self.title(title));
        let goal = fields.need(self, "goal").and_then(|goal| self.told(goal, "`goal`"));
        let described = Exercise { servers, ..blank(title.unwrap_or_default(), goal.unwrap_or_default()) };
        Some(self.tested(fields, described, Self::tests))
    }

    /// Reads a demo: an exercise that nobody has to solve.
    pub(crate) fn demo(&mut self, root: &Node) -> Option<Exercise> {
        let mut fields = self.fields(root, "a demo", DEMO_KEYS)?;
        self.role = fields.need(self, "role").and_then(|role| self.read_role(role, DEMO_ROLES));
        let title = fields.need(self, "title").and_then(|title| self.title(title));
        Some(self.tested(fields, blank(title.unwrap_or_default(), String::new()), Self::only_scenarios))
    }

    /// Reads what exercises and demos have in common; `tests` reads what is played, and what may be wrong.
    fn tested<'n>(
        &mut self,
        mut fields: Fields<'n>,
        described: Exercise,
        tests: fn(&mut Self, &mut Fields<'n>) -> Tests,
    ) -> Exercise {
        let tracks = self.exercise_tracks(&mut fields);
        // In this order they are made: `vars` may use the names of `env`.
        let env = self.named_values(&mut fields, "env");
        let vars = self.named_values(&mut fields, "vars");
        let states = self.events_of(&mut fields, "states");
        let ignores = self.events_of(&mut fields, "ignores");
        let program = fields.take("program").map(|field| self.flag(field.value, "`program`"));
        // Before the scenarios: their steps name the program, nodes and Redis.
        self.program = program.flatten().unwrap_or_default();
        let nodes = fields.take("nodes").map(|field| self.nodes(field.value));
        self.nodes = nodes.flatten().unwrap_or(1);
        let needs = fields.take("needs").map(|field| self.needs(field.value));
        self.needs = needs.flatten().unwrap_or_default();
        let tests = tests(self, &mut fields);
        fields.finish(self);

        let names_whole = vars.is_some() && env.is_some();
        let exercise = Exercise {
            role: self.role.unwrap_or(Role::Server),
            tracks: tracks.unwrap_or_default(),
            hints: tests.hints.clone(),
            vars: vars.unwrap_or_default(),
            env: env.unwrap_or_default(),
            states: states.unwrap_or_default(),
            ignores: ignores.unwrap_or_default(),
            starter: tests.starter.clone(),
            program: self.program,
            nodes: self.nodes,
            needs: self.needs.clone(),
            scenarios: tests.scenarios.iter().map(|placed| placed.scenario.clone()).collect(),
            mistakes: tests.mistakes.iter().map(|placed| placed.mistake.clone()).collect(),
            stages: tests.stages.clone(),
            ..described
        };
        check::exercise(self, &exercise, &tests, names_whole);
        exercise
    }

    /// The scenarios of a demo: all that is tested in it.
    fn only_scenarios(&mut self, fields: &mut Fields<'_>) -> Tests {
        let scenarios = fields.need(self, "scenarios").map(|scenarios| self.scenarios(scenarios));
        let (scenarios, scenarios_whole) = scenarios.unwrap_or_default();
        Tests { scenarios, scenarios_whole, mistakes_whole: true, ..Tests::default() }
    }

    /// Reads the general causes.
    pub(crate) fn causes(&mut self, root: &Node) -> Option<Vec<Mistake>> {
        let (mistakes, whole) = self.mistakes(root, "the list of causes");
        check::causes(self, &mistakes);
        whole.then(|| mistakes.into_iter().map(|placed| placed.mistake).collect())
    }

    fn read_role(&mut self, node: &Node, known: &[Role]) -> Option<Role> {
        let word = self.text(node, "`role`")?;
        let role = known.iter().copied().find(|role| role_name(*role) == word);
        if role.is_none() {
            let names: Vec<&str> = known.iter().map(|role| role_name(*role)).collect();
            let near = did_you_mean(word, names.iter().copied());
            let message = format!("unknown role `{}`{near}", shown(word));
            self.problem_with_help(node.place, message, format!("known: {}", either(&names)));
        }
        role
    }

    /// The hints, from a question to a near answer.
    pub(crate) fn hints(&mut self, node: &Node) -> Option<Vec<String>> {
        let items = self.list(node, "`hints`")?;
        if items.len() < LEAST_HINTS {
            self.problem_with_help(
                node.place,
                format!("an exercise needs {LEAST_HINTS} hints or more, not {}", items.len()),
                "from a question to a near answer",
            );
        }
        let hints: Vec<Option<String>> = items.iter().map(|item| self.told(item, "a hint")).collect();
        hints.into_iter().collect()
    }

    fn exercise_tracks(&mut self, fields: &mut Fields<'_>) -> Option<Vec<Track>> {
        let role = self.role;
        let Some(field) = fields.take("tracks") else {
            return Some(match role {
                Some(Role::Server) => vec![Track::JavaScript, Track::Rust],
                Some(Role::Client | Role::Page) => vec![Track::JavaScript],
                Some(Role::Frames | Role::Tests) | None => Vec::new(),
            });
        };
        if role == Some(Role::Frames) {
            self.problem(field.place, "role `frames` has no tracks: the learner writes no program");
            return None;
        }
        let tracks = self.tracks(field.value)?;
        if role == Some(Role::Page) && tracks.contains(&Track::Rust) {
            self.problem(field.value.place, "a page is written in JavaScript: `tracks: [javascript]`");
            return None;
        }
        Some(tracks)
    }

    /// A list of tracks, not empty.
    pub(crate) fn tracks(&mut self, node: &Node) -> Option<Vec<Track>> {
        let items = self.list(node, "`tracks`")?;
        if items.is_empty() {
            self.problem(node.place, "`tracks` is empty: leave it out for all tracks");
            return None;
        }
        let mut tracks = Vec::new();
        for item in items {
            let word = self.text(item, "a track")?;
            let known = [Track::JavaScript, Track::Rust];
            let Some(track) = known.into_iter().find(|track| track.as_str() == word) else {
                let names = known.map(Track::as_str);
                let near = did_you_mean(word, names);
                let message = format!("unknown track `{}`{near}", shown(word));
                self.problem_with_help(item.place, message, format!("known: {}", either(&names)));
                return None;
            };
            if tracks.contains(&track) {
                self.problem(item.place, format!("the track `{word}` stands twice"));
                return None;
            }
            tracks.push(track);
        }
        Some(tracks)
    }

    /// The entries of `env` or `vars`.
    fn named_values(&mut self, fields: &mut Fields<'_>, key: &str) -> Option<IndexMap<String, Made>> {
        let Some(field) = fields.take(key) else { return Some(IndexMap::new()) };
        let what = if key == "env" { "`env`" } else { "`vars`" };
        let mut entries = self.fields(field.value, what, &[])?;
        let mut values = IndexMap::new();
        let before = self.problems.len();
        for field in entries.left().to_vec() {
            entries.take(field.key);
            let named = self.name(field.key, field.place);
            let value = self.made(field.value);
            self.mention(field.key, field.place, How::Bind);
            if let (Some(()), Some(value)) = (named, value) {
                values.insert(field.key.to_owned(), value);
            }
        }
        (self.problems.len() == before).then_some(values)
    }

    fn events_of(&mut self, fields: &mut Fields<'_>, key: &str) -> Option<Vec<String>> {
        let field = fields.take(key)?;
        let what = format!("`{key}`");
        let items = self.list(field.value, &what)?;
        let names: Vec<Option<String>> =
            items.iter().map(|item| self.text(item, "an event's name").map(str::to_owned)).collect();
        names.into_iter().collect()
    }

    fn nodes(&mut self, node: &Node) -> Option<u8> {
        let number = self.whole(node, "`nodes`", 1, 9)?;
        if self.role.is_some_and(|role| role != Role::Server) {
            self.problem(node.place, "only a server runs on several nodes: `nodes` belongs to role `server`");
            return None;
        }
        u8::try_from(number).ok()
    }

    fn needs(&mut self, node: &Node) -> Option<Vec<Need>> {
        const KNOWN: &[Need] = &[Need::Redis];
        let items = self.list(node, "`needs`")?;
        let mut needs = Vec::new();
        for item in items {
            let word = self.text(item, "a need")?;
            let Some(need) = KNOWN.iter().copied().find(|need| need.as_str() == word) else {
                let names: Vec<&str> = KNOWN.iter().map(|need| need.as_str()).collect();
                let near = did_you_mean(word, names.iter().copied());
                let message = format!("unknown need `{}`{near}", shown(word));
                self.problem_with_help(item.place, message, format!("known: {}", either(&names)));
                return None;
            };
            if needs.contains(&need) {
                self.problem(item.place, format!("the need `{word}` stands twice"));
                return None;
            }
            needs.push(need);
        }
        if !needs.is_empty() && self.role.is_some_and(|role| role != Role::Server) {
            self.problem(node.place, "`needs` belongs to role `server`");
            return None;
        }
        Some(needs)
    }

    /// A list of scenarios. The second value says whether all could be read in full.
    pub(crate) fn scenarios(&mut self, node: &Node) -> (Vec<PlacedScenario>, bool) {
        let Some(items) = self.list(node, "`scenarios`") else { return (Vec::new(), false) };
        if items.is_empty() {
            self.problem(node.place, "an exercise has at least one scenario");
        }
        let read: Vec<_> = items.iter().filter_map(|item| self.scenario(item)).collect();
        let whole = read.len() == items.len() && read.iter().all(|placed| placed.whole);
        (read, whole)
    }
}

/// An exercise of which only this much is known.
fn blank(title: String, goal: String) -> Exercise {
    Exercise {
        title,
        role: Role::Server,
        tracks: Vec::new(),
        goal,
        hints: Vec::new(),
        vars: IndexMap::new(),
        env: IndexMap::new(),
        states: Vec::new(),
        ignores: Vec::new(),
        starter: None,
        program: false,
        nodes: 1,
        needs: Vec::new(),
        scenarios: Vec::new(),
        mistakes: Vec::new(),
        stages: Vec::new(),
        servers: None,
        stage: None,
    }
}
