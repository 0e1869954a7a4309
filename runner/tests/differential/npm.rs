//! npm's parsers as a child process. The protocol of the lines is in `parsers.mjs`, the other side.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use grader::value::Value;
use grader::wire::engine::Frame;
use serde_json::{Number, Value as Json, json};

pub(crate) struct Npm {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    pub(crate) versions: String,
}

impl Npm {
    /// The parsers, or why there are none: no Node, or no installed modules.
    pub(crate) fn start() -> Result<Self, String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/parsers.mjs");
        let child = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(problem) if problem.kind() == ErrorKind::NotFound => {
                return Err("no `node` on the path".to_owned());
            }
            Err(problem) => panic!("node cannot be started: {problem}"),
        };
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let mut npm = Self { child, input, output, versions: String::new() };
        let hello = npm.line();
        if let Some(missing) = hello["missing"].as_str() {
            return Err(missing.to_owned());
        }
        npm.versions = hello["versions"].to_string();
        Ok(npm)
    }

    /// The outcome of `action` for every case, in order.
    pub(crate) fn ask(&mut self, action: &str, cases: &[Json]) -> Vec<Json> {
        let mut outcomes = Vec::with_capacity(cases.len());
        for batch in cases.chunks(2000) {
            let request = json!({ "action": action, "cases": batch });
            writeln!(self.input.as_mut().expect("open"), "{request}").expect("node reads");
            let Json::Array(mut answers) = self.line() else { panic!("an array for {action}") };
            assert_eq!(answers.len(), batch.len(), "{action}");
            outcomes.append(&mut answers);
        }
        outcomes
    }

    fn line(&mut self) -> Json {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("node writes");
        serde_json::from_str(&line).unwrap_or_else(|problem| panic!("node's line: {problem}"))
    }
}

/// Node ends when its input does.
impl Drop for Npm {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

pub(crate) fn frame_to_json(frame: &Frame) -> Json {
    match frame {
        Frame::Text(text) => json!(text),
        Frame::Binary(bytes) => json!(["b", BASE64_STANDARD.encode(bytes)]),
    }
}

pub(crate) fn frame_from_json(frame: &Json) -> Frame {
    match frame {
        Json::String(text) => Frame::Text(text.clone()),
        other => Frame::Binary(BASE64_STANDARD.decode(other[1].as_str().expect("base64")).expect("base64")),
    }
}

pub(crate) fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => json!(flag),
        Value::Number(number) => Json::Number(number.clone()),
        Value::String(text) => json!(text),
        Value::Bytes(bytes) => json!(["b", BASE64_STANDARD.encode(bytes)]),
        Value::Array(items) => std::iter::once(json!("a")).chain(items.iter().map(value_to_json)).collect(),
        Value::Object(entries) => {
            let flat = entries.iter().flat_map(|(key, value)| [json!(key), value_to_json(value)]);
            std::iter::once(json!("o")).chain(flat).collect()
        }
    }
}

/// The value, or the tag of what only JavaScript has: `half` (of a character), `undefined`, `n` (not finite), `deep`.
pub(crate) fn value_from_json(json: &Json) -> Result<Value, String> {
    let tagged = match json {
        Json::Null => return Ok(Value::Null),
        Json::Bool(flag) => return Ok(Value::Bool(*flag)),
        Json::String(text) => return Ok(Value::from(text.as_str())),
        Json::Array(tagged) => tagged,
        other => panic!("an untagged {other}"),
    };
    let tag = tagged[0].as_str().expect("a tag");
    let rest = &tagged[1..];
    match tag {
        "n" => {
            let digits = rest[0].as_str().expect("digits");
            let number = digits.parse().ok().and_then(Number::from_f64);
            number.map(Value::Number).ok_or_else(|| tag.to_owned())
        }
        "b" => match frame_from_json(json) {
            Frame::Binary(bytes) => Ok(Value::Bytes(bytes)),
            Frame::Text(_) => unreachable!("a tagged value is no text"),
        },
        "a" => rest.iter().map(value_from_json).collect::<Result<_, _>>().map(Value::Array),
        "o" => {
            let mut entries = Vec::new();
            for entry in rest.chunks(2) {
                let key = entry[0].as_str().ok_or("half")?;
                entries.push((key.to_owned(), value_from_json(&entry[1])?));
            }
            Ok(Value::Object(entries.into_iter().collect()))
        }
        odd => Err(odd.to_owned()),
    }
}
