//! What was played, as a scenario: steps as data, then YAML that `check --scenario` plays again.
//!
//! Events that came are `hear`s. What a server makes anew in each run (ids, times) cannot be compared with what it was:
//! such a value is only a `!string` or a `!number`, and one that comes again or is said again gets a name (`$id`).
//! Next: [`super::flow`], which writes values.

use std::{collections::BTreeMap, fmt::Write as _};

use grader::{scenario::model::Transport, value::Value};

use super::flow::{Names, fresh_values, scalar};

/// How long somebody must hear nothing where no witness says when that begins.
const UNWITNESSED: &str = "300ms";

/// What somebody did, or heard.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Connect {
        namespace: String,
        auth: Option<Value>,
        transport: Option<Transport>,
        /// The data of the refusal.
        refused: Option<Value>,
    },
    Emit {
        namespace: String,
        event: String,
        args: Vec<Value>,
        ack: Ack,
    },
    /// The answer to an earlier `emit` came.
    Acked {
        namespace: String,
        event: String,
        answer: Vec<Value>,
    },
    Hear {
        namespace: String,
        event: String,
        args: Vec<Value>,
    },
    HearNothing,
    Reply {
        namespace: String,
        event: String,
        args: Vec<Value>,
    },
    Disconnect(Option<String>),
    Drop,
    /// The server ended it; whether by a DISCONNECT.
    Closed {
        namespace: Option<String>,
        by_packet: bool,
    },
}

/// What became of an acknowledgement.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ack {
    NotAsked,
    /// None so far.
    Awaited,
    /// It came before anything else was done.
    Came(Vec<Value>),
    /// It came later.
    Later,
}

/// What was played since the program was started.
#[derive(Debug, Default)]
pub(super) struct Story {
    steps: Vec<(String, Step)>,
}

impl Story {
    /// Writes a step down; its number.
    pub(super) fn add(&mut self, who: &str, step: Step) -> usize {
        self.steps.push((who.to_owned(), step));
        self.steps.len() - 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The CONNECT of step `number` was refused.
    pub(super) fn refuse(&mut self, number: usize, data: Value) {
        if let Some((_, Step::Connect { refused, .. })) = self.steps.get_mut(number) {
            *refused = Some(data);
        }
    }

    /// The `emit` of step `number` was answered.
    pub(super) fn answer(&mut self, number: usize, answer: Vec<Value>) {
        let is_last = number + 1 == self.steps.len();
        let Some((who, Step::Emit { namespace, event, ack, .. })) = self.steps.get_mut(number) else {
            return;
        };
        if is_last {
            *ack = Ack::Came(answer);
            return;
        }
        *ack = Ack::Later;
        let acked = Step::Acked { namespace: namespace.clone(), event: event.clone(), answer };
        let who = who.clone();
        self.steps.push((who, acked));
    }

    /// A list with one scenario. `taken` are names that the exercise has given already.
    pub(super) fn yaml(&self, title: &str, head: &str, taken: &[&str]) -> String {
        let values = self.values();
        let actors = self.steps.iter().map(|(who, _)| who.split(' ').next().unwrap_or(who));
        let taken: Vec<&str> = taken.iter().copied().chain(actors).collect();
        let mut writer =
            Writer { names: fresh_values(&values, &taken), homes: self.homes(), witnessed: false };
        let mut out = String::new();
        for line in head.lines() {
            out.push_str(format!("# {line}").trim_end());
            out.push('\n');
        }
        // Writing to a string cannot fail.
        writeln!(out, "- title: {}\n  steps:", scalar(title)).ok();
        for (who, step) in &self.steps {
            writeln!(out, "    - {who}: {}", writer.step(who, step)).ok();
        }
        out
    }

    /// All values, in order, with whether a client of ours said them.
    fn values(&self) -> Vec<(bool, &Value)> {
        let mut values = Vec::new();
        for (_, step) in &self.steps {
            match step {
                Step::Connect { auth, refused, .. } => {
                    values.extend(auth.iter().map(|value| (true, value)));
                    values.extend(refused.iter().map(|value| (false, value)));
                }
                Step::Emit { args, ack, .. } => {
                    values.extend(args.iter().map(|value| (true, value)));
                    if let Ack::Came(answer) = ack {
                        values.extend(answer.iter().map(|value| (false, value)));
                    }
                }
                Step::Reply { args, .. } => values.extend(args.iter().map(|value| (true, value))),
                Step::Acked { answer: args, .. } | Step::Hear { args, .. } => {
                    values.extend(args.iter().map(|value| (false, value)));
                }
                Step::HearNothing | Step::Disconnect(_) | Step::Drop | Step::Closed { .. } => {}
            }
        }
        values
    }

    /// The namespaces of each actor, in the order in which it entered them.
    fn homes(&self) -> BTreeMap<String, Vec<String>> {
        let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (who, step) in &self.steps {
            if let Step::Connect { namespace, refused: None, .. } = step {
                let homes = homes.entry(who.clone()).or_default();
                if !homes.contains(namespace) {
                    homes.push(namespace.clone());
                }
            }
        }
        homes
    }
}

struct Writer {
    names: Names,
    homes: BTreeMap<String, Vec<String>>,
    /// Whether something was read since the last stimulus: only then a silence means something by itself.
    witnessed: bool,
}

impl Writer {
    fn step(&mut self, who: &str, step: &Step) -> String {
        let (text, witnessed) = match step {
            Step::Connect { namespace, auth, transport, refused } => {
                (self.connect(namespace, auth.as_ref(), *transport, refused.as_ref()), true)
            }
            Step::Emit { namespace, event, args, ack } => {
                let said = self.list(event, args, true);
                let (answer, witnessed) = match ack {
                    Ack::NotAsked => (String::new(), false),
                    Ack::Awaited => (", ack: nothing".to_owned(), false),
                    Ack::Later => (", ack: later".to_owned(), false),
                    Ack::Came(answer) => (format!(", ack: {}", self.answer(answer)), true),
                };
                (format!("{{ emit: {said}{answer}{} }}", self.place(who, namespace)), witnessed)
            }
            Step::Acked { namespace, event, answer } => {
                let said = self.list(event, answer, false);
                (format!("{{ acked: {said}{} }}", self.place(who, namespace)), true)
            }
            Step::Hear { namespace, event, args } => {
                let said = self.list(event, args, false);
                (format!("{{ hear: {said}{} }}", self.place(who, namespace)), true)
            }
            Step::HearNothing if self.witnessed => ("{ hear: nothing }".to_owned(), true),
            Step::HearNothing => (format!("{{ hear: nothing, for: {UNWITNESSED} }}"), true),
            Step::Reply { namespace, event, args } => {
                let said = self.list(event, args, true);
                (format!("{{ reply: {said}{} }}", self.place(who, namespace)), false)
            }
            Step::Disconnect(None) => ("disconnect".to_owned(), false),
            Step::Disconnect(Some(namespace)) => {
                (format!("{{ disconnect, in: {} }}", scalar(namespace)), false)
            }
            Step::Drop => ("drop".to_owned(), false),
            Step::Closed { namespace, by_packet } => {
                let how = if *by_packet { "io server disconnect" } else { "transport close" };
                let place =
                    namespace.as_ref().map_or_else(String::new, |namespace| self.place(who, namespace));
                (format!("{{ closed: {how}{place} }}"), true)
            }
        };
        self.witnessed = witnessed;
        text
    }

    fn connect(
        &self,
        namespace: &str,
        auth: Option<&Value>,
        transport: Option<Transport>,
        refused: Option<&Value>,
    ) -> String {
        let mut how = Vec::new();
        if namespace != "/" {
            how.push(format!("namespace: {}", scalar(namespace)));
        }
        if let Some(auth) = auth {
            how.push(format!("auth: {}", self.names.said(auth)));
        }
        if let Some(transport) = transport {
            let word = match transport {
                Transport::Polling => "polling",
                Transport::Websocket => "websocket",
                Transport::Upgrade => "upgrade",
            };
            how.push(format!("transport: {word}"));
        }
        let refused = refused.map(|data| {
            let known = ["message", "data"]
                .into_iter()
                .filter_map(|key| data.get(key).map(|value| format!("{key}: {}", self.names.heard(value))));
            known.collect::<Vec<_>>().join(", ")
        });
        match (how.is_empty(), refused) {
            (true, None) => "connect".to_owned(),
            (true, Some(refused)) => format!("{{ connect, refused: {{ {refused} }} }}"),
            (false, None) => format!("{{ connect: {{ {} }} }}", how.join(", ")),
            (false, Some(refused)) => {
                format!("{{ connect: {{ {} }}, refused: {{ {refused} }} }}", how.join(", "))
            }
        }
    }

    /// `, in: /chat`, where the actor is in more than one namespace.
    fn place(&self, who: &str, namespace: &str) -> String {
        match self.homes.get(who) {
            Some(homes) if homes.len() > 1 => format!(", in: {}", scalar(namespace)),
            _ => String::new(),
        }
    }

    fn list(&self, event: &str, args: &[Value], said: bool) -> String {
        let args = args.iter().map(|arg| if said { self.names.said(arg) } else { self.names.heard(arg) });
        let items: Vec<String> = std::iter::once(scalar(event)).chain(args).collect();
        format!("[{}]", items.join(", "))
    }

    fn answer(&self, answer: &[Value]) -> String {
        let items: Vec<String> = answer.iter().map(|value| self.names.heard(value)).collect();
        format!("[{}]", items.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value {
        serde_json::from_str(json).expect("json")
    }

    fn emit(event: &str, args: &[&str], ack: Ack) -> Step {
        let args = args.iter().map(|json| value(json)).collect();
        Step::Emit { namespace: "/".to_owned(), event: event.to_owned(), args, ack }
    }

    fn hear(event: &str, args: &[&str]) -> Step {
        let args = args.iter().map(|json| value(json)).collect();
        Step::Hear { namespace: "/".to_owned(), event: event.to_owned(), args }
    }

    fn connect() -> Step {
        Step::Connect { namespace: "/".to_owned(), auth: None, transport: None, refused: None }
    }

    #[test]
    fn a_session_becomes_a_scenario() {
        let mut story = Story::default();
        let id = "\"0d5e8d7e-8d0e-4d4e-9a5f-1b2c3d4e5f60\"";
        story.add("asha", connect());
        story.add("ravi", connect());
        let joined = story.add("asha", emit("joinRoom", &[r#"{"roomId":"physics"}"#], Ack::Awaited));
        story.answer(joined, vec![value(r#"{"ok":true}"#)]);
        let asked = story.add("ravi", emit("ask", &["\"$5, no: #1\""], Ack::Awaited));
        let heard = format!(r#"{{"id":{id},"text":"yes","at":"2026-11-27T12:00:00.000Z"}}"#);
        story.add("asha", hear("say", &[&heard]));
        story.answer(asked, vec![value(id)]);
        story.add("ravi", Step::HearNothing);
        story.add("ravi", emit("note", &[id], Ack::NotAsked));
        story.add("asha", Step::HearNothing);
        story.add("asha", Step::Drop);
        story.add("ravi", Step::Closed { namespace: None, by_packet: true });
        snapbox::assert_data_eq!(
            story.yaml("played by hand", "first line\n\nsecond line", &["id"]),
            snapbox::str![[r#"
# first line
#
# second line
- title: played by hand
  steps:
    - asha: connect
    - ravi: connect
    - asha: { emit: [joinRoom, { roomId: physics }], ack: [{ ok: true }] }
    - ravi: { emit: [ask, "$$5, no: #1"], ack: later }
    - asha: { hear: [say, { id: $id2, text: "yes", at: !string }] }
    - ravi: { acked: [ask, $id2] }
    - ravi: { hear: nothing }
    - ravi: { emit: [note, $id2] }
    - asha: { hear: nothing, for: 300ms }
    - asha: drop
    - ravi: { closed: io server disconnect }

"#]]
        );
    }

    #[test]
    fn namespaces_are_named_where_there_are_several() {
        let mut story = Story::default();
        story.add("asha", connect());
        let chat = Step::Connect {
            namespace: "/chat".to_owned(),
            auth: Some(value(r#"{"token":"t"}"#)),
            transport: Some(Transport::Polling),
            refused: None,
        };
        let number = story.add("asha", chat);
        story.refuse(number, value(r#"{"message":"not for you","data":{"code":403}}"#));
        story.add("asha", emit("alone", &[], Ack::NotAsked));
        let alone = story.yaml("x", "", &[]);
        assert!(alone.contains("    - asha: { emit: [alone] }\n"), "{alone}");
        let news =
            Step::Connect { namespace: "/news".to_owned(), auth: None, transport: None, refused: None };
        story.add("asha", news);
        story.add("asha", emit("hi", &[], Ack::Awaited));
        story.add("asha", Step::Disconnect(Some("/".to_owned())));
        let yaml = story.yaml("x", "", &[]);
        for line in [
            "    - asha: { connect: { namespace: /chat, auth: { token: t }, transport: polling }, refused: { message: not for you, data: { code: 403 } } }\n",
            "    - asha: { emit: [hi], ack: nothing, in: / }\n",
            "    - asha: { disconnect, in: / }\n",
        ] {
            assert!(yaml.contains(line), "{line} is not in {yaml}");
        }
    }
}
