//! `http: { post: /path, send, headers, status, expect_headers, body }`. Next: [`super::mistake`].

use indexmap::IndexMap;

use super::{
    act::Done,
    fields::Fields,
    node::Node,
    reader::Reader,
    suggest::{did_you_mean, either},
};
use crate::{
    scenario::model::{Act, HttpCall, Pattern, Piece, Text},
    yaml::Reads,
};

const METHODS: &[&str] = &["get", "post", "put", "delete", "patch", "options", "head"];
const KEYS: &[&str] = &["send", "headers", "status", "expect_headers", "body", "within"];

impl Reader {
    /// Reads an HTTP request and what must come back.
    pub(crate) fn http(&mut self, node: &Node) -> Option<Done> {
        let mut fields = self.fields(node, "`http`", KEYS)?;
        let (method, path) = self.request(&mut fields)?;
        let before = self.problems.len();
        let mut call = HttpCall {
            method,
            path,
            headers: IndexMap::new(),
            send: None,
            status: None,
            expect_headers: IndexMap::new(),
            body: None,
        };
        if let Some(field) = fields.take("headers") {
            call.headers = self.pairs(field.value, "`headers`").unwrap_or_default();
        }
        if let Some(field) = fields.take("send") {
            call.send = self.made(field.value);
        }
        if let Some(field) = fields.take("status") {
            call.status =
                self.whole(field.value, "`status`", 100, 599).and_then(|status| u16::try_from(status).ok());
        }
        if let Some(field) = fields.take("expect_headers") {
            call.expect_headers = self.expected_headers(field.value).unwrap_or_default();
        }
        if let Some(field) = fields.take("body") {
            call.body = self.pattern(field.value);
        }
        let within = fields.take("within").and_then(|field| self.duration(field.value, "`within`"));
        fields.finish(self);
        (self.problems.len() == before).then(|| Done {
            act: Act::Http(Box::new(call)),
            namespace: None,
            within,
        })
    }

    fn request(&mut self, fields: &mut Fields<'_>) -> Option<(String, Text)> {
        let methods: Vec<&str> =
            fields.left().iter().map(|field| field.key).filter(|key| METHODS.contains(key)).collect();
        let [method] = methods.as_slice() else {
            let strange = |key: &str| methods.is_empty() && !KEYS.contains(&key);
            let near = fields
                .left()
                .iter()
                .filter(|field| strange(field.key))
                .map(|field| did_you_mean(field.key, METHODS.iter().copied()))
                .find(|near| !near.is_empty())
                .unwrap_or_default();
            self.problem_with_help(
                fields.place,
                format!("`http` needs one method with its path{near}"),
                format!("{}: `http: {{ get: /health, status: 200 }}`", either(METHODS)),
            );
            return None;
        };
        let field = fields.take(method)?;
        let path = self.template(field.value, "a path")?;
        if matches!(path.0.first(), Some(Piece::Literal(start)) if !start.starts_with('/')) {
            self.problem(field.value.place, "a path begins with `/`");
            return None;
        }
        Some((method.to_ascii_uppercase(), path))
    }

    fn expected_headers(&mut self, node: &Node) -> Option<IndexMap<String, Pattern>> {
        if !self.untagged(node, "`expect_headers`") {
            return None;
        }
        let headers = self.pattern_entries(node, "`expect_headers`")?;
        Some(headers.into_iter().map(|(name, pattern)| (name.to_ascii_lowercase(), pattern)).collect())
    }
}
