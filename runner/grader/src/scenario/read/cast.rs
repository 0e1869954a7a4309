//! The key of a step: who acts. Next: [`super::act`].

use super::{problem::shown, reader::Reader, suggest::did_you_mean, text::is_name};
use crate::{
    scenario::model::{Cast, Need, Place, Role},
    yaml::Reads,
};

/// Words that no actor and no variable may have as a name.
pub(crate) const RESERVED: &[&str] =
    &["server", "page", "user", "learner", "http", "redis", "wait", "together", "repeat", "node", "me"];

/// The people of the course: `$asha` may stand in `env` and `vars` of an exercise in which she does not act.
pub(crate) const PEOPLE: &[&str] = &["asha", "ravi", "meera", "mallory", "teacher"];

const LARGEST_GROUP: u32 = 500;

/// Who acts, as a key says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// Named actors.
    Actors(Vec<Cast>),
    /// `server`.
    Server,
    /// `learner`.
    Learner,
    /// `http`.
    Http,
    /// `node 2`.
    Node(u8),
    /// `redis`.
    Redis,
    /// `page`.
    Page,
    /// `user`.
    User,
}

impl Who {
    /// The same as the model says it.
    pub(crate) fn casts(self) -> Vec<Cast> {
        match self {
            Self::Actors(casts) => casts,
            Self::Server => vec![Cast::Server],
            Self::Learner => vec![Cast::Learner],
            Self::Http => vec![Cast::Http],
            Self::Node(number) => vec![Cast::Node(number)],
            Self::Redis => vec![Cast::Redis],
            Self::Page => vec![Cast::Page],
            Self::User => vec![Cast::User],
        }
    }
}

/// How a cast is called in messages and mistakes.
pub(crate) fn label(cast: &Cast) -> String {
    match cast {
        Cast::One(name) | Cast::Group { name, .. } => name.clone(),
        Cast::Server => "server".into(),
        Cast::Learner => "learner".into(),
        Cast::Http => "http".into(),
        Cast::Node(number) => format!("node {number}"),
        Cast::Page => "page".into(),
        Cast::User => "user".into(),
        Cast::Redis => "redis".into(),
    }
}

/// The person behind an actor: `asha` for `asha 2`.
pub(crate) fn person(actor: &str) -> &str {
    actor.split(' ').next().unwrap_or(actor)
}

impl Reader {
    /// Reads the key of a step.
    pub(crate) fn who(&mut self, key: &str, place: Place) -> Option<Who> {
        let who = match key.trim() {
            "server" => self
                .allowed(place, "server", &[Role::Client, Role::Page, Role::Frames])
                .then_some(Who::Server),
            "learner" => self.learner(place),
            "http" => self.allowed(place, "http", &[Role::Server]).then_some(Who::Http),
            "page" => self.allowed(place, "page", &[Role::Page]).then_some(Who::Page),
            "user" => self.allowed(place, "user", &[Role::Page]).then_some(Who::User),
            "redis" => self.redis(place),
            key if key == "node" || key.starts_with("node ") => self.node(key, place),
            key => self.actors(key, place),
        }?;
        Some(who)
    }

    /// A server that we host prints for all scenarios at once: one would hear what another made it print.
    fn learner(&mut self, place: Place) -> Option<Who> {
        if !self.allowed(place, "learner", &[Role::Client, Role::Server]) {
            return None;
        }
        if self.role == Some(Role::Server) && !self.program && !self.by_learner {
            self.problem_with_help(
                place,
                "`learner` acts in role `server` only where the program runs by itself",
                "`program: true` starts one for each scenario",
            );
            return None;
        }
        Some(Who::Learner)
    }

    fn allowed(&mut self, place: Place, who: &str, roles: &[Role]) -> bool {
        let Some(role) = self.role else { return true };
        let fits = roles.contains(&role);
        if !fits {
            let role = role_name(role);
            self.problem(place, format!("`{who}` does not act in an exercise of role `{role}`"));
        }
        fits
    }

    fn redis(&mut self, place: Place) -> Option<Who> {
        if !self.allowed(place, "redis", &[Role::Server]) {
            return None;
        }
        if !self.needs.contains(&Need::Redis) {
            let message = "the exercise has no Redis that could be stopped";
            self.problem_with_help(place, message, "`needs: [redis]` at the top asks for one");
            return None;
        }
        Some(Who::Redis)
    }

    fn node(&mut self, key: &str, place: Place) -> Option<Who> {
        if !self.allowed(place, "node", &[Role::Server]) {
            return None;
        }
        let number = key.strip_prefix("node ").map(str::trim).filter(|number| is_number(number));
        let Some(number) = number.and_then(|number| number.parse::<u8>().ok()) else {
            let message = format!("`{}` names no node", shown(key));
            self.problem_with_help(place, message, "a node is called by its number: `node 2: stop`");
            return None;
        };
        self.is_node(number, place).then_some(Who::Node(number))
    }

    fn actors(&mut self, key: &str, place: Place) -> Option<Who> {
        let parts: Vec<&str> = key.split(',').map(str::trim).collect();
        let mut casts = Vec::new();
        let mut whole = true;
        for part in parts {
            match self.actor(part, place) {
                Some(cast) if casts.contains(&cast) => {
                    self.problem(place, format!("`{}` stands twice in this step", label(&cast)));
                    whole = false;
                }
                Some(cast) => {
                    let is_group = matches!(cast, Cast::Group { .. });
                    self.actors.insert(person(&label(&cast)).to_owned(), is_group);
                    casts.push(cast);
                }
                None => whole = false,
            }
        }
        if whole && self.role.is_some_and(|role| role != Role::Server) {
            let role = self.role.map(role_name).unwrap_or_default();
            self.problem_with_help(
                place,
                format!("named actors are clients, and in role `{role}` the learner's program is the client"),
                "our side is called `server`",
            );
            return None;
        }
        whole.then_some(Who::Actors(casts))
    }

    fn actor(&mut self, part: &str, place: Place) -> Option<Cast> {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            [name] if self.fit(name, place)? => Some(self.groups.get(*name).map_or_else(
                || Cast::One((*name).to_owned()),
                |size| Cast::Group { name: (*name).to_owned(), size: *size },
            )),
            [number, name] if is_number(number) && self.fit(name, place)? => self.group(number, name, place),
            [name, number] if is_number(number) && self.fit(name, place)? => {
                if number.parse::<u32>().is_ok_and(|number| (2..100).contains(&number)) {
                    return Some(Cast::One(format!("{name} {number}")));
                }
                self.problem(
                    place,
                    format!(
                        "`{name}` is the first connection, `{name} 2` the second; `{}` is none",
                        shown(part)
                    ),
                );
                None
            }
            _ => {
                let near = did_you_mean(part, RESERVED.iter().copied());
                self.problem_with_help(
                    place,
                    format!("`{}` is no actor{near}", shown(part)),
                    "an actor is `asha`, a second tab `asha 2`, a group `20 bidders`",
                );
                None
            }
        }
    }

    /// Whether a word can be an actor's name; `None` after a problem.
    fn fit(&mut self, name: &str, place: Place) -> Option<bool> {
        if RESERVED.contains(&name) {
            self.problem(place, format!("`{name}` is a reserved word and cannot be one of several actors"));
            return None;
        }
        Some(is_name(name))
    }

    fn group(&mut self, number: &str, name: &str, place: Place) -> Option<Cast> {
        let Some(size) = number.parse::<u32>().ok().filter(|size| (2..=LARGEST_GROUP).contains(size)) else {
            self.problem(place, format!("a group has 2 to {LARGEST_GROUP} members"));
            return None;
        };
        if self.groups.insert(name.to_owned(), size).is_some() {
            self.problem_with_help(
                place,
                format!("the group `{name}` is declared twice"),
                format!("say the number once, then `{name}`"),
            );
            return None;
        }
        Some(Cast::Group { name: name.to_owned(), size })
    }
}

/// The name of a role in the file.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Server => "server",
        Role::Client => "client",
        Role::Page => "page",
        Role::Frames => "frames",
        Role::Tests => "tests",
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}
