//! Names: reserved words, names that clash with actors, names used before they are bound. Next: [`super::seats`].

use std::collections::{BTreeMap, BTreeSet};

use super::every_step;
use crate::{
    scenario::{
        model::{Cast, Exercise, Place, Step, StepKind},
        read::{
            cast::{PEOPLE, RESERVED},
            made::SECRET,
            reader::{How, Mention, Reader, spot},
            suggest::did_you_mean,
        },
    },
    yaml::Reads,
};

/// The names of an exercise.
pub(crate) struct Names {
    /// `env`, `vars` and the people who act or are named there.
    bound: BTreeSet<String>,
    /// Every actor of the exercise: `true` for a group.
    actors: BTreeMap<String, bool>,
    has_secret: bool,
}

/// What is known at a step.
#[derive(Clone)]
struct Scope {
    bound: BTreeSet<String>,
    /// Names that were bound inside a `repeat`, which is over.
    forgotten: BTreeSet<String>,
    /// Names that another branch binds.
    elsewhere: BTreeSet<String>,
}

impl Names {
    /// Takes the names of `vars` and `env`, and checks them.
    pub(crate) fn of(reader: &mut Reader, exercise: &Exercise) -> Self {
        let mut names = Self {
            bound: people(reader),
            actors: reader.actors.clone(),
            has_secret: exercise.env.contains_key(SECRET),
        };
        for mention in std::mem::take(&mut reader.mentions) {
            if mention.how == How::Bind {
                if names.bound.contains(&mention.name) && !PEOPLE.contains(&mention.name.as_str()) {
                    reader
                        .problem(mention.place, format!("`{}` stands in `env` and in `vars`", mention.name));
                }
                names.check_new(reader, &mention);
                names.bound.insert(mention.name);
            } else if mention.name == "me" {
                reader.problem(mention.place, "`$me` is the acting one's name, and nobody acts here");
            } else if mention.how == How::Secret {
                names.check_secret(reader, mention.place);
            } else if PEOPLE.contains(&mention.name.as_str()) {
                // A person who does not act gets a name by being named here.
                names.bound.insert(mention.name);
            } else if !names.bound.contains(&mention.name) {
                names.not_made(reader, exercise, &mention);
            }
        }
        names
    }

    /// The names of an exercise that was read before; the people are those of the scenarios at hand.
    pub(crate) fn given(reader: &Reader, exercise: &Exercise) -> Self {
        let mut bound = people(reader);
        bound.extend(exercise.vars.keys().chain(exercise.env.keys()).cloned());
        Self { bound, actors: reader.actors.clone(), has_secret: exercise.env.contains_key(SECRET) }
    }

    fn not_made(&self, reader: &mut Reader, exercise: &Exercise, mention: &Mention) {
        let name = mention.name.as_str();
        if exercise.vars.contains_key(name) {
            let message = format!("`${name}` is made further down");
            reader.problem_with_help(
                mention.place,
                message,
                "`env` is made first, then `vars` from top to bottom",
            );
            return;
        }
        let known = self.bound.iter().chain(exercise.vars.keys()).map(String::as_str);
        let near = did_you_mean(name, known);
        reader.problem(mention.place, format!("unknown name `${name}`{near}"));
    }

    /// Checks the names of a scenario.
    pub(crate) fn check(&self, reader: &mut Reader, steps: &[Step]) {
        let mut scope =
            Scope { bound: self.bound.clone(), forgotten: BTreeSet::new(), elsewhere: BTreeSet::new() };
        self.walk(reader, steps, &mut scope);
    }

    fn walk(&self, reader: &mut Reader, steps: &[Step], scope: &mut Scope) {
        for step in steps {
            let has_me = match &step.kind {
                StepKind::Each { actors, .. } => {
                    actors.iter().all(|cast| matches!(cast, Cast::One(_) | Cast::Group { .. }))
                }
                _ => false,
            };
            let mentions = reader.of_step.get(&spot(step.place)).cloned().unwrap_or_default();
            for mention in &mentions {
                self.mention(reader, mention, has_me, scope);
            }
            match &step.kind {
                StepKind::Together(branches) => self.together(reader, branches, scope),
                StepKind::Repeat { name, steps, .. } => {
                    let mut inner = scope.clone();
                    inner.bound.insert(name.clone());
                    self.walk(reader, steps, &mut inner);
                    scope.forgotten.extend(inner.bound.difference(&scope.bound).cloned());
                }
                StepKind::Each { .. } | StepKind::Wait(_) | StepKind::Settle => {}
            }
        }
    }

    fn together(&self, reader: &mut Reader, branches: &[Vec<Step>], scope: &mut Scope) {
        let bindings: Vec<BTreeSet<String>> = branches
            .iter()
            .map(|branch| bindings(reader, branch).difference(&scope.bound).cloned().collect())
            .collect();
        for (index, branch) in branches.iter().enumerate() {
            let mut inner = scope.clone();
            for (other, names) in bindings.iter().enumerate() {
                if other != index {
                    inner.elsewhere.extend(names.iter().cloned());
                }
            }
            self.walk(reader, branch, &mut inner);
        }
        scope.bound.extend(bindings.into_iter().flatten());
    }

    fn mention(&self, reader: &mut Reader, mention: &Mention, has_me: bool, scope: &mut Scope) {
        let name = mention.name.as_str();
        if name == "me" && mention.how != How::Declare {
            if !has_me {
                reader.problem(mention.place, "`$me` is the acting person's name, and no person acts here");
            }
            return;
        }
        if mention.how == How::Secret {
            self.check_secret(reader, mention.place);
            return;
        }
        if scope.elsewhere.contains(name) {
            reader.problem_with_help(
                mention.place,
                format!("`${name}` is bound in another branch of `together`"),
                "branches run side by side: read the name after `together` has ended",
            );
            return;
        }
        let known = scope.bound.contains(name);
        match mention.how {
            How::Use if !known => self.unknown(reader, mention, scope),
            How::Bind if !known => {
                self.check_new(reader, mention);
                scope.bound.insert(mention.name.clone());
            }
            How::Declare => {
                if known {
                    reader.problem(mention.place, format!("`{name}` is a name already"));
                } else {
                    self.check_new(reader, mention);
                }
            }
            _ => {}
        }
    }

    fn unknown(&self, reader: &mut Reader, mention: &Mention, scope: &Scope) {
        let name = mention.name.as_str();
        if self.actors.get(name) == Some(&true) {
            let message = format!("`{name}` is a group and has no single name");
            reader.problem_with_help(mention.place, message, "`$me` is the name of the acting member");
        } else if PEOPLE.contains(&name) {
            let message = format!("`{name}` does not act in this exercise, and so `${name}` has no value");
            reader.problem_with_help(
                mention.place,
                message,
                format!("make one: `vars: {{ friend: !fresh {name} }}`"),
            );
        } else if scope.forgotten.contains(name) {
            reader.problem(
                mention.place,
                format!("`${name}` was bound inside a `repeat`, and is forgotten after it"),
            );
        } else {
            let near = did_you_mean(name, scope.bound.iter().map(String::as_str));
            reader.problem_with_help(
                mention.place,
                format!("`${name}` is used before it is bound{near}"),
                "a name comes from `vars`, `env`, an actor, or a pattern of an earlier step",
            );
        }
    }

    /// A new name must clash with no reserved word and no actor.
    fn check_new(&self, reader: &mut Reader, mention: &Mention) {
        let name = mention.name.as_str();
        if RESERVED.contains(&name) {
            reader.problem(mention.place, format!("`{name}` is a reserved word and cannot be a name"));
        } else if self.actors.contains_key(name) || PEOPLE.contains(&name) {
            reader.problem_with_help(
                mention.place,
                format!("`{name}` is an actor, and a variable may not share its name"),
                format!("`${name}` is this run's name for that person"),
            );
        }
    }

    fn check_secret(&self, reader: &mut Reader, place: Place) {
        if !self.has_secret {
            reader.problem_with_help(
                place,
                "`!jwt` is signed with `JWT_SECRET`, and `env` has none",
                "add `env: { JWT_SECRET: !fresh secret }`, or sign `by:` another secret",
            );
        }
    }
}

/// The persons who act in the exercise.
fn people(reader: &Reader) -> BTreeSet<String> {
    reader.actors.iter().filter(|(_, is_group)| !**is_group).map(|(name, _)| name.clone()).collect()
}

/// The names that steps bind and that outlive them.
fn bindings(reader: &Reader, steps: &[Step]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = BTreeSet::new();
    every_step(steps, &mut |step| {
        if let StepKind::Repeat { steps, .. } = &step.kind {
            every_step(steps, &mut |step| {
                inside.insert(spot(step.place));
            });
        }
    });
    every_step(steps, &mut |step| {
        if inside.contains(&spot(step.place)) {
            return;
        }
        for mention in reader.of_step.get(&spot(step.place)).into_iter().flatten() {
            if mention.how == How::Bind {
                names.insert(mention.name.clone());
            }
        }
    });
    names
}
