//! What can be typed: `asha emit joinRoom {roomId: physics} ack`. Next: [`super::client`].

use grader::{
    scenario::{model::Transport, read},
    value::Value,
};
use thiserror::Error;

/// One typed line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Typed {
    /// Clients do something.
    Act(Vec<String>, Deed),
    /// Who is there.
    Who,
    /// Whether frames are shown.
    Frames(bool),
    /// What can be typed.
    Help,
    /// Start the program anew.
    Restart,
    /// Write what was played into this file.
    Save(String),
    /// The end.
    Quit,
    /// Nothing.
    Nothing,
}

/// What a client does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Deed {
    /// Connects, or enters one more namespace.
    Connect {
        /// With its slash.
        namespace: String,
        /// Its credentials.
        auth: Option<Value>,
        /// None: WebSocket.
        transport: Option<Transport>,
    },
    /// Emits an event.
    Emit {
        /// The event.
        event: String,
        /// Its arguments.
        args: Vec<Value>,
        /// Whether an acknowledgement is asked for.
        ack: bool,
        /// None: where the client is.
        namespace: Option<String>,
    },
    /// Answers the oldest event of this name that asked for an acknowledgement.
    Reply {
        /// The event.
        event: String,
        /// The answer.
        args: Vec<Value>,
        /// None: where the client is.
        namespace: Option<String>,
    },
    /// Shows what came since the last time.
    Hear,
    /// Leaves a namespace; none: all of them, and closes.
    Disconnect(Option<String>),
    /// Cuts the line.
    Drop,
}

/// Why a line is not understood. Ends with what to type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Misread {
    /// Not a word of ours, and no name with something to do.
    #[error("`{word}` is no command{near}; `help` shows what can be typed")]
    Unknown {
        /// The word.
        word: String,
        /// What it may have meant.
        near: String,
    },
    /// A client, and nothing or something strange to do.
    #[error("what shall {name} do? {verbs}")]
    Verb {
        /// The client.
        name: String,
        /// What can be done.
        verbs: &'static str,
    },
    /// A word that no client can have as its name.
    #[error(
        "`{0}` cannot be a client's name: it is a word of the scenario language; take `asha` or any other name"
    )]
    Reserved(String),
    /// No event.
    #[error("the event's name is missing: `{0} emit joinRoom {{roomId: physics}}`")]
    Event(String),
    /// Arguments that cannot be read.
    #[error("`{text}` cannot be read: {problem}; arguments are written like `{{roomId: physics}}, 5`")]
    Arguments {
        /// The text.
        text: String,
        /// What is wrong.
        problem: String,
    },
    /// Something behind `connect` that does not belong there.
    #[error("`{0}` does not belong behind `connect`: `asha connect /chat auth {{token: t}} over polling`")]
    Connect(String),
    /// A word that should be one of two.
    #[error("type `{0}`")]
    OneOf(&'static str),
}

/// What clients can do.
pub(super) const VERBS: [&str; 6] = ["connect", "emit", "hear", "reply", "drop", "disconnect"];
/// What can be typed alone.
pub(super) const WORDS: [&str; 6] = ["who", "frames", "save", "restart", "help", "quit"];
const VERB_WORDS: &str = "connect, emit, hear, reply, drop or disconnect";
/// Words of the scenario language (`grader::scenario::read`, cast).
const RESERVED: [&str; 11] =
    ["server", "page", "user", "learner", "http", "redis", "wait", "together", "repeat", "node", "me"];

/// Reads a line. Names and their deed may be divided by a colon, as in a scenario.
pub(super) fn read(line: &str) -> Result<Typed, Misread> {
    let line = line.trim();
    let (first, rest) = word(line);
    match (first, rest) {
        ("", _) => return Ok(Typed::Nothing),
        (comment, _) if comment.starts_with('#') => return Ok(Typed::Nothing),
        ("who", "") => return Ok(Typed::Who),
        ("help" | "?", _) => return Ok(Typed::Help),
        ("restart", "") => return Ok(Typed::Restart),
        ("quit" | "exit", "") => return Ok(Typed::Quit),
        ("frames", "on") => return Ok(Typed::Frames(true)),
        ("frames", "off") => return Ok(Typed::Frames(false)),
        ("frames", _) => return Err(Misread::OneOf("frames on` or `frames off")),
        ("save", "") => return Err(Misread::OneOf("save FILE`, such as `save talk.yaml")),
        ("save", file) => return Ok(Typed::Save(file.to_owned())),
        _ => {}
    }
    let (names, rest) = names(line)?;
    deed(&names, rest).map(|deed| Typed::Act(names, deed))
}

/// The names at the beginning: `asha`, `asha 2`, `asha, ravi:`.
fn names(line: &str) -> Result<(Vec<String>, &str), Misread> {
    let mut names = Vec::new();
    let mut rest = line;
    loop {
        let end = rest.find([',', ':', ' ', '\t']).unwrap_or(rest.len());
        let (name, mut after) = rest.split_at(end);
        if !is_name(name) {
            return Err(unknown(word(line).0));
        }
        if RESERVED.contains(&name) {
            return Err(Misread::Reserved(name.to_owned()));
        }
        after = after.trim_start();
        let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
        let tab = &after[..digits];
        let name = if matches!(tab.parse(), Ok(2..=99_u8)) {
            after = after[digits..].trim_start();
            format!("{name} {tab}")
        } else {
            name.to_owned()
        };
        if !names.contains(&name) {
            names.push(name);
        }
        if let Some(more) = after.strip_prefix(',') {
            rest = more.trim_start();
            continue;
        }
        let rest = after.strip_prefix(':').unwrap_or(after).trim_start();
        let verb = word(rest).0;
        if names.len() == 1 && !VERBS.contains(&verb) && !after.starts_with(':') && rest.is_empty() {
            return Err(unknown(&names[0]));
        }
        return Ok((names, rest));
    }
}

fn unknown(word: &str) -> Misread {
    let near = WORDS.into_iter().min_by_key(|known| strsim::damerau_levenshtein(known, word));
    let near = near.filter(|known| strsim::damerau_levenshtein(known, word) <= 2);
    let near = near.map_or_else(
        || format!("; a client acts: `{word} connect`"),
        |near| format!(", did you mean `{near}`?"),
    );
    Misread::Unknown { word: word.to_owned(), near }
}

fn deed(names: &[String], rest: &str) -> Result<Deed, Misread> {
    let (verb, rest) = word(rest);
    match (verb, rest) {
        ("connect", rest) => connect(rest),
        ("hear", "") => Ok(Deed::Hear),
        ("drop", "") => Ok(Deed::Drop),
        ("disconnect", "") => Ok(Deed::Disconnect(None)),
        ("disconnect", namespace) if namespace.starts_with('/') && !namespace.contains(' ') => {
            Ok(Deed::Disconnect(Some(namespace.to_owned())))
        }
        ("emit" | "reply", rest) => {
            let (said, ack, namespace) = tail(rest, verb == "emit");
            let (event, args) = event(said, &names[0])?;
            Ok(if verb == "emit" {
                Deed::Emit { event, args, ack, namespace }
            } else {
                Deed::Reply { event, args, namespace }
            })
        }
        _ => Err(Misread::Verb { name: names.join(" and "), verbs: VERB_WORDS }),
    }
}

const TRANSPORTS: [&str; 3] = ["polling", "websocket", "upgrade"];

fn connect(rest: &str) -> Result<Deed, Misread> {
    let (mut namespace, mut auth, mut transport) = ("/".to_owned(), None, None);
    let mut rest = rest;
    while !rest.is_empty() {
        let (first, after) = word(rest);
        match first {
            name if name.starts_with('/') => {
                name.clone_into(&mut namespace);
                rest = after;
            }
            "auth" => {
                // Up to `over TRANSPORT`, which stands behind it; a value may hold the word, too.
                let is_transport = |end: &usize| TRANSPORTS.contains(&after[end + " over ".len()..].trim());
                let end = after.rfind(" over ").filter(is_transport).unwrap_or(after.len());
                let (text, after) = after.split_at(end);
                let [value] =
                    values(text)?.try_into().map_err(|_| Misread::Connect(text.trim().to_owned()))?;
                auth = Some(value);
                rest = after.trim();
            }
            "over" => {
                transport = Some(match after {
                    "polling" => Transport::Polling,
                    "websocket" => Transport::Websocket,
                    "upgrade" => Transport::Upgrade,
                    _ => return Err(Misread::OneOf("over polling`, `over websocket` or `over upgrade")),
                });
                rest = "";
            }
            other => return Err(Misread::Connect(other.to_owned())),
        }
    }
    Ok(Deed::Connect { namespace, auth, transport })
}

/// What is said, without the ` ack` and ` in /namespace` behind it.
fn tail(mut said: &str, may_ask: bool) -> (&str, bool, Option<String>) {
    let (mut ack, mut namespace) = (false, None);
    loop {
        let end = said.trim_end();
        if may_ask
            && !ack
            && let Some(before) = end.strip_suffix(" ack")
        {
            ack = true;
            said = before;
        } else if namespace.is_none()
            && let Some((before, last)) = end.rsplit_once(" in /")
            && !last.contains([' ', '"', '\'', '}', ']'])
        {
            namespace = Some(format!("/{last}"));
            said = before;
        } else {
            return (end.trim_start(), ack, namespace);
        }
    }
}

/// The event's name, perhaps in quotes, and its arguments.
fn event(said: &str, name: &str) -> Result<(String, Vec<Value>), Misread> {
    let missing = || Misread::Event(name.to_owned());
    let (event, rest) = match said.chars().next().ok_or_else(missing)? {
        quote @ ('"' | '\'') => {
            let end = said[1..].find(quote).ok_or_else(missing)? + 2;
            let Ok([Value::String(event)]) = <[Value; 1]>::try_from(values(&said[..end])?) else {
                return Err(missing());
            };
            (event, &said[end..])
        }
        '{' | '[' | ',' => return Err(missing()),
        _ => {
            let end = said.find([' ', '\t', ',', '{', '[']).unwrap_or(said.len());
            (said[..end].to_owned(), &said[end..])
        }
    };
    let rest = rest.trim_start();
    let args = values(rest.strip_prefix(',').unwrap_or(rest))?;
    Ok((event, args))
}

fn values(text: &str) -> Result<Vec<Value>, Misread> {
    read::spoken(text).map_err(|problems| Misread::Arguments {
        text: text.trim().to_owned(),
        problem: problems.first().map(|problem| problem.message.clone()).unwrap_or_default(),
    })
}

/// The first word, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// Whether a word can be an actor's name in a scenario.
fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value {
        serde_json::from_str(json).expect("json")
    }

    fn act(line: &str) -> (String, Deed) {
        match read(line) {
            Ok(Typed::Act(names, deed)) => (names.join("+"), deed),
            other => panic!("{line}: {other:?}"),
        }
    }

    fn emit(event: &str, args: &[&str], ack: bool, namespace: Option<&str>) -> Deed {
        let args = args.iter().map(|json| value(json)).collect();
        Deed::Emit { event: event.to_owned(), args, ack, namespace: namespace.map(str::to_owned) }
    }

    #[test]
    fn a_transport_stands_behind_what_is_shown_at_the_door() {
        let shown = |line: &str| match act(line).1 {
            Deed::Connect { auth, transport, .. } => (auth, transport),
            other => panic!("{other:?}"),
        };
        let auth = || Some(value(r#"{"token":"over here"}"#));
        assert_eq!(shown("asha connect auth {token: over here}"), (auth(), None));
        let over = "asha connect auth {token: over here} over polling";
        assert_eq!(shown(over), (auth(), Some(Transport::Polling)));
    }

    #[test]
    fn events_are_typed_as_one_says_them() {
        for (line, deed) in [
            (
                "asha emit joinRoom {roomId: physics}",
                emit("joinRoom", &[r#"{"roomId":"physics"}"#], false, None),
            ),
            (
                "asha: emit joinRoom {roomId: physics} ack",
                emit("joinRoom", &[r#"{"roomId":"physics"}"#], true, None),
            ),
            (
                "asha emit joinRoom, {roomId: physics}, 5 in /chat ack",
                emit("joinRoom", &[r#"{"roomId":"physics"}"#, "5"], true, Some("/chat")),
            ),
            (
                "asha emit joinRoom{roomId: physics} ack in /chat",
                emit("joinRoom", &[r#"{"roomId":"physics"}"#], true, Some("/chat")),
            ),
            ("asha emit hi", emit("hi", &[], false, None)),
            ("asha emit hi ack", emit("hi", &[], true, None)),
            ("asha emit say hello there, Ravi", emit("say", &[r#""hello there""#, r#""Ravi""#], false, None)),
            (r#"asha emit "one of many" 'ack'"#, emit("one of many", &[r#""ack""#], false, None)),
            (r#"asha emit say "it is in /there""#, emit("say", &[r#""it is in /there""#], false, None)),
        ] {
            assert_eq!(act(line), ("asha".to_owned(), deed), "{line}");
        }
        assert_eq!(act("asha, ravi 2:emit hi").0, "asha+ravi 2");
        assert_eq!(act("asha 2 hear"), ("asha 2".to_owned(), Deed::Hear));
        let reply = Deed::Reply { event: "ask".to_owned(), args: vec![value("7")], namespace: None };
        assert_eq!(act("asha reply ask 7").1, reply);
    }

    #[test]
    fn connections_are_typed_in_words() {
        let connect = |namespace: &str, auth: Option<&str>, transport| Deed::Connect {
            namespace: namespace.to_owned(),
            auth: auth.map(value),
            transport,
        };
        for (line, deed) in [
            ("asha connect", connect("/", None, None)),
            ("asha connect /chat", connect("/chat", None, None)),
            ("asha connect auth {token: t}", connect("/", Some(r#"{"token":"t"}"#), None)),
            (
                "asha connect /chat auth {token: over here} over polling",
                connect("/chat", Some(r#"{"token":"over here"}"#), Some(Transport::Polling)),
            ),
        ] {
            assert_eq!(act(line).1, deed, "{line}");
        }
    }

    #[test]
    fn words_stand_alone() {
        for (line, typed) in [
            ("", Typed::Nothing),
            ("  # a remark", Typed::Nothing),
            ("who", Typed::Who),
            (" help me", Typed::Help),
            ("frames off", Typed::Frames(false)),
            ("save my talk.yaml", Typed::Save("my talk.yaml".to_owned())),
            ("restart", Typed::Restart),
            ("quit", Typed::Quit),
        ] {
            assert_eq!(read(line), Ok(typed), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_says_what_to_type() {
        for (line, words) in [
            ("hlep", "did you mean `help`?"),
            ("asha", "a client acts: `asha connect`"),
            ("asha conect", "what shall asha do? connect, emit"),
            ("asha, ravi dance", "what shall asha and ravi do?"),
            ("server connect", "cannot be a client's name"),
            ("é connect", "is no command"),
            ("asha emit", "the event's name is missing"),
            ("asha emit {a: b}", "the event's name is missing"),
            ("asha emit say {a: b", "cannot be read: this is no YAML"),
            ("asha connect chat", "`chat` does not belong behind `connect`"),
            ("asha connect over pigeons", "type `over polling`"),
            ("frames", "type `frames on` or `frames off`"),
            ("save", "type `save FILE`"),
        ] {
            let why = read(line).expect_err(line).to_string();
            assert!(why.contains(words), "{line}: {why}");
        }
    }
}
