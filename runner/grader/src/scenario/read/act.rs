//! What an actor does: a word (`connect`) or a map (`{ emit: […], ack: […] }`). Next: [`super::connect`],
//! [`super::emit`], [`super::hear`], [`super::program`], [`super::http`].

use std::time::Duration;

use super::{
    cast::Who,
    fields::Fields,
    node::{Node, Yaml},
    problem::shown,
    reader::Reader,
    suggest::{did_you_mean, either},
    text::fixed,
};
use crate::{
    scenario::model::{Act, Ending, FramePattern, Piece, Place, Role, Text},
    wire::engine,
    yaml::Reads,
};

/// An action that has been read.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) act: Act,
    pub(crate) namespace: Option<Text>,
    pub(crate) within: Option<Duration>,
}

/// An action that is being read: its verb, the verb's value and the keys beside it.
pub(crate) struct Deed<'n> {
    pub(crate) verb: &'n str,
    pub(crate) value: &'n Node,
    pub(crate) fields: Fields<'n>,
}

/// A verb and the keys that may stand beside it.
type Verb = (&'static str, &'static [&'static str]);

const COMMON: &[Verb] = &[
    ("emit", &["ack", "acks", "times", "every", "in", "within"]),
    ("acked", &["in", "within"]),
    ("hear", &["reply", "for", "in", "within"]),
    ("reply", &["in"]),
    ("disconnect", &["in"]),
    ("drop", &[]),
    ("closed", &["in", "within"]),
    ("send", &[]),
    ("receive", &["within"]),
];
const CLIENT: &[Verb] = &[("connect", &["refused", "within"]), ("open", &[])];
const SERVER: &[Verb] = &[("accept", &["in", "within"]), ("refuse", &["in", "within"]), ("connections", &[])];
const LEARNER: &[Verb] = &[("prints", &["within"]), ("exits", &["within"])];
const SETTING: &[Verb] = &[("stop", &[]), ("start", &[])];
const PAGE: &[Verb] = &[("mount", &[]), ("props", &[]), ("unmount", &[])];
const USER: &[Verb] =
    &[("click", &["within"]), ("type", &["within"]), ("sees", &["times", "within"]), ("misses", &[])];
const FRAMES: &[Verb] = &[("send", &[]), ("receive", &["within"])];
/// Verbs that need nothing more than themselves.
const ALONE: &[&str] =
    &["connect", "open", "disconnect", "drop", "closed", "accept", "stop", "start", "mount", "unmount"];

impl Reader {
    /// Reads what follows an actor.
    pub(crate) fn act(&mut self, who: &Who, node: &Node) -> Option<Done> {
        if *who == Who::Http {
            return self.http(node);
        }
        if !self.untagged(node, "an action") {
            return None;
        }
        let verbs = self.verbs(who);
        let mut deed = match &node.value {
            Yaml::Text(word, _) => self.word(word, node, &verbs)?,
            Yaml::Map(_) => self.deed(node, &verbs)?,
            _ => {
                self.expected(node, "an action", "a word like `connect` or a map like `{ emit: [event] }`");
                return None;
            }
        };
        let namespace = match deed.fields.take_known("in") {
            Some(field) => Some(self.namespace(field.value)?),
            None => None,
        };
        let within = match deed.fields.take_known("within") {
            Some(field) => Some(self.duration(field.value, "`within`")?),
            None => None,
        };
        if deed.verb == "hear" && deed.value.as_text() == Some("nothing") && within.is_some() {
            self.problem_with_help(
                deed.value.place,
                "`within` is the patience for what must come, and nothing is to come here",
                "how long a silence lasts: `{ hear: nothing, for: 80ms }`",
            );
            return None;
        }
        let act = self.verb(&mut deed);
        deed.fields.finish(self);
        Some(Done { act: act?, namespace, within })
    }

    fn verbs(&self, who: &Who) -> Vec<Verb> {
        match who {
            Who::Actors(_) => [CLIENT, COMMON].concat(),
            Who::Server if self.role == Some(Role::Frames) => FRAMES.to_vec(),
            Who::Server => [SERVER, COMMON].concat(),
            Who::Learner => LEARNER.to_vec(),
            Who::Node(_) | Who::Redis => SETTING.to_vec(),
            Who::Http => Vec::new(),
            Who::Page => PAGE.to_vec(),
            Who::User => USER.to_vec(),
        }
    }

    fn word<'n>(&mut self, word: &'n str, node: &'n Node, verbs: &[Verb]) -> Option<Deed<'n>> {
        let Some(verb) = verbs.iter().find(|verb| verb.0 == word) else {
            return self.unknown(word, node.place, verbs);
        };
        if !ALONE.contains(&word) {
            self.problem(node.place, format!("`{word}` needs a value: `{{ {word}: … }}`"));
            return None;
        }
        Some(Deed { verb: word, value: node, fields: Fields::none(node.place, "this action", verb.1) })
    }

    fn deed<'n>(&mut self, node: &'n Node, verbs: &[Verb]) -> Option<Deed<'n>> {
        let mut fields = self.fields(node, "this action", &[])?;
        let is_verb = |key: &str| verbs.iter().any(|verb| verb.0 == key);
        let found: Vec<&str> =
            fields.left().iter().map(|field| field.key).filter(|key| is_verb(key)).collect();
        let beside = |key: &str| found.iter().any(|verb| siblings(verb, verbs).contains(&key));
        let main: Vec<&str> = found.iter().copied().filter(|key| !beside(key)).collect();
        match main.as_slice() {
            [verb] => {
                let known = siblings(verb, verbs);
                fields.know(known);
                let field = fields.take(verb)?;
                Some(Deed { verb, value: field.value, fields })
            }
            [] => {
                let strange = fields.left().iter().find(|field| !is_sibling(field.key, verbs));
                let Some(field) = strange.or_else(|| fields.left().first()).copied() else {
                    self.problem(node.place, "an action is missing here");
                    return None;
                };
                self.unknown(field.key, field.place, verbs)
            }
            several => {
                let message = format!("one action a step, not {}", either(several).replace(" or ", " and "));
                self.problem(node.place, message);
                None
            }
        }
    }

    fn unknown<T>(&mut self, word: &str, place: Place, verbs: &[Verb]) -> Option<T> {
        let elsewhere = [
            ("`asha` and other actors", CLIENT),
            ("`server` in role `client`", SERVER),
            ("`learner`", LEARNER),
            ("`node N` and `redis`", SETTING),
            ("`page`", PAGE),
            ("`user`", USER),
        ];
        if let Some((owner, _)) = elsewhere.iter().find(|(_, list)| list.iter().any(|verb| verb.0 == word)) {
            self.problem(place, format!("`{word}` is an action of {owner}"));
            return None;
        }
        let names: Vec<&str> = verbs.iter().map(|verb| verb.0).collect();
        let near = did_you_mean(word, names.iter().copied());
        let message = format!("unknown action `{}`{near}", shown(word));
        if near.is_empty() {
            self.problem_with_help(place, message, format!("known here: {}", either(&names)));
        } else {
            self.problem(place, message);
        }
        None
    }

    fn verb(&mut self, deed: &mut Deed<'_>) -> Option<Act> {
        let value = deed.value;
        match deed.verb {
            "connect" => self.connect(deed).map(Act::Connect),
            "open" => self.connect(deed).map(Act::Open),
            "emit" => self.emit(deed).map(Act::Emit),
            "acked" => self.acked(value),
            "hear" => self.hear(deed),
            "reply" => self.reply(value),
            "stop" => self.alone(deed, Act::Stop),
            "start" => self.alone(deed, Act::Start),
            "disconnect" => self.alone(deed, Act::Disconnect),
            "drop" => self.alone(deed, Act::Drop),
            "closed" => self.closed(deed),
            "send" => self.sent(value).map(Act::Send),
            "receive" => self.frame(value).map(Act::Receive),
            "accept" => self.accept(deed),
            "refuse" => self.refuse(value),
            "connections" => self.count(value, "`connections`", 0, 1000).map(Act::Connections),
            "mount" => self.mount(deed),
            "props" => self.props(value).map(Act::Props),
            "unmount" => self.alone(deed, Act::Unmount),
            "click" => self.template(value, "what is clicked").map(Act::Click),
            "type" => self.fields_typed(value).map(Act::Type),
            "sees" => self.sees(deed),
            "misses" => self.template(value, "the text").map(Act::Misses),
            "prints" => self.pattern(value).map(Act::Prints),
            _ => {
                let code = self.whole(value, "`exits`", 0, 255)?;
                i32::try_from(code).ok().map(Act::Exits)
            }
        }
    }

    fn alone(&mut self, deed: &Deed<'_>, act: Act) -> Option<Act> {
        if nothing_follows(deed) {
            return Some(act);
        }
        self.problem(deed.value.place, format!("`{}` takes no value", deed.verb));
        None
    }

    fn closed(&mut self, deed: &Deed<'_>) -> Option<Act> {
        const ENDINGS: &[&str] = &["io server disconnect", "client namespace disconnect", "transport close"];
        if nothing_follows(deed) {
            return Some(Act::Closed(None));
        }
        let reason = self.text(deed.value, "the reason of `closed`")?;
        match reason {
            "io server disconnect" | "client namespace disconnect" => {
                Some(Act::Closed(Some(Ending::Disconnect)))
            }
            "transport close" => Some(Act::Closed(Some(Ending::Transport))),
            other => {
                let near = did_you_mean(other, ENDINGS.iter().copied());
                let message = format!("unknown reason `{}`{near}", shown(other));
                self.problem_with_help(deed.value.place, message, format!("known: {}", either(ENDINGS)));
                None
            }
        }
    }

    /// A frame that an actor sends: an Engine.IO packet, because nothing else can be sent as it is written. The lines of
    /// role `frames` are shown and not sent.
    fn sent(&mut self, node: &Node) -> Option<Text> {
        let text = self.template(node, "a frame")?;
        // What names stand for is not known yet; they are no part of a packet's type.
        let known = match (fixed(&text), text.0.first()) {
            (Some(whole), _) => Some(whole),
            (None, Some(Piece::Literal(start))) if !start.starts_with(['0', 'b']) => Some(start.clone()),
            _ => None,
        };
        let problem = known.and_then(|known| engine::Packet::from_text(&known).err());
        match problem.filter(|_| self.role != Some(Role::Frames)) {
            None => Some(text),
            Some(problem) => {
                self.problem(node.place, format!("this frame is no Engine.IO packet: {problem}"));
                None
            }
        }
    }

    fn frame(&mut self, node: &Node) -> Option<FramePattern> {
        let mut frame = self.template(node, "a frame")?;
        let mut open_end = false;
        if let Some(Piece::Literal(last)) = frame.0.last_mut()
            && let Some(start) = last.strip_suffix('…')
        {
            *last = start.to_owned();
            open_end = true;
            if last.is_empty() {
                frame.0.pop();
            }
        }
        Some(FramePattern { frame, open_end })
    }

    /// A namespace: a text that begins with `/`.
    pub(crate) fn namespace(&mut self, node: &Node) -> Option<Text> {
        let text = self.template(node, "a namespace")?;
        match text.0.first() {
            Some(Piece::Literal(start)) if !start.starts_with('/') => {
                self.problem(node.place, "a namespace begins with `/`");
                None
            }
            _ => Some(text),
        }
    }
}

/// Whether the verb is the scalar form, or has no value (`{ drop }`).
pub(crate) fn nothing_follows(deed: &Deed<'_>) -> bool {
    deed.value.is_empty() || deed.value.as_text() == Some(deed.verb)
}

fn siblings(verb: &str, verbs: &[Verb]) -> &'static [&'static str] {
    verbs.iter().find(|known| known.0 == verb).map_or(&[], |known| known.1)
}

fn is_sibling(key: &str, verbs: &[Verb]) -> bool {
    verbs.iter().any(|verb| verb.1.contains(&key))
}
