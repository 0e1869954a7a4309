//! `learner:` and `http:`: the program's output, its end, its HTTP side.

use std::time::Duration;

use super::words;
use crate::{
    scenario::{
        model::{HttpCall, Made, Pattern, Text},
        play::{
            drive::{HttpReply, HttpRequest, ProgramEnd},
            end, matching,
            names::Names,
            script::{Played, Turn},
            wait::{Clock, Shared, until},
        },
    },
    value::Value,
    verdict::{Kind, Mismatch},
};

/// How long a program may take to print or to end: it is looked at from outside, nothing asks it in between.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long an HTTP answer may take; the driver ends the request then, and says so.
const HTTP_PATIENCE: Duration = Duration::from_secs(10);
/// How long the driver may take to say it.
const GRACE: Duration = Duration::from_secs(5);

/// The program prints a line like this; other lines are skipped.
pub(in super::super) async fn prints(world: &Shared, turn: &Turn, pattern: &Pattern) -> Played {
    let patience = turn.within.unwrap_or(PATIENCE).max(PATIENCE);
    let printed = until(world, Clock::AtRest, patience, |world| {
        for index in 0..world.printed.len() {
            let line = &world.printed[index];
            if line.read {
                continue;
            }
            let text = Value::from(line.text.trim_end());
            if matching::matches(pattern, &text, &mut world.names).is_ok() {
                world.printed[index].read = true;
                return Some(true);
            }
        }
        world.end.is_some().then_some(false)
    });
    let found = printed.whatever_ends().await;
    if matches!(found, Ok(true)) {
        return Ok(());
    }
    let world = world.borrow();
    let lines: Vec<&str> = world.printed.iter().map(|line| line.text.as_str()).collect();
    let actual = if lines.is_empty() { "nothing was printed".to_owned() } else { lines.join("\n") };
    Err(Box::new(Mismatch {
        actor: None,
        expected: format!("the program prints {}", words::pattern(pattern, &world.names)),
        saw: lines.last().map(|line| Value::from(*line)),
        actual,
        ..turn.mismatch(Kind::Missing, "line")
    }))
}

/// The program ends with this code.
pub(in super::super) async fn exits(world: &Shared, turn: &Turn, code: i32) -> Played {
    let patience = turn.within.unwrap_or(PATIENCE).max(PATIENCE);
    let ended = until(world, Clock::AtRest, patience, |world| world.end.clone()).whatever_ends().await;
    world.borrow_mut().end_is_known = true;
    let expected = format!("the program ends with exit code {code}");
    let base = Mismatch { actor: None, expected, ..turn.mismatch(Kind::Missing, "exit") };
    match ended {
        Ok(ProgramEnd { code: Some(seen), out_of_memory: false, .. }) if seen == code => Ok(()),
        Ok(end) => {
            let ended = end::ended(&end, world.borrow().role);
            Err(Box::new(Mismatch { expected: base.expected, place: base.place, ..ended }))
        }
        Err(_) => Err(Box::new(Mismatch { actual: "it is still running".to_owned(), ..base })),
    }
}

/// An HTTP request and what comes back.
pub(in super::super) async fn http(world: &Shared, turn: &Turn, call: &HttpCall) -> Played {
    let within = turn.within.unwrap_or(HTTP_PATIENCE).max(HTTP_PATIENCE);
    let id = ask(world, call, within);
    let reply = until(world, Clock::Wall, within + GRACE, |world| world.replies.remove(&id));
    let subject = call.method.as_str();
    let reply = reply.await.map_err(|cut| {
        turn.cut(cut, || Mismatch {
            expected: format!("an answer to {} {}", call.method, text(world, &call.path)),
            actual: "no answer".to_owned(),
            ..turn.mismatch(Kind::NoAck, subject)
        })
    })?;
    let base = turn.mismatch(Kind::WrongAck, subject);
    match reply {
        Ok(reply) => judge(world, base, call, &reply),
        Err(why) => {
            world.borrow_mut().failing = true;
            if let Some(mut ended) = super::leave::program_ends_soon(world).await {
                ended.place = turn.place;
                return Err(ended);
            }
            let expected = format!("an answer to {} {}", call.method, text(world, &call.path));
            Err(Box::new(Mismatch { kind: Kind::NoAck, expected, actual: why, ..base }))
        }
    }
}

fn text(world: &Shared, text: &Text) -> String {
    world.borrow().names.render(text)
}

fn ask(world: &Shared, call: &HttpCall, within: Duration) -> u32 {
    let mut guard = world.borrow_mut();
    let world = &mut *guard;
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, made) in &call.headers {
        let value = world.maker.make(made, &world.names);
        headers.push((name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    }
    let body = call.send.as_ref().map(|made| (made, world.maker.make(made, &world.names)));
    let body = match body {
        None => Vec::new(),
        Some((_, Value::Bytes(bytes))) => bytes,
        Some((Made::Text(_) | Made::LongText(_), Value::String(text))) => text.into_bytes(),
        Some((_, value)) => {
            if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                headers.push(("content-type".to_owned(), "application/json".to_owned()));
            }
            value.to_string().into_bytes()
        }
    };
    let path = world.names.render(&call.path);
    world.call(HttpRequest { method: call.method.clone(), path, headers, body }, within)
}

fn judge(world: &Shared, base: Mismatch, call: &HttpCall, reply: &HttpReply) -> Played {
    let mut world = world.borrow_mut();
    let body = String::from_utf8_lossy(&reply.body);
    let json = serde_json::from_str::<Value>(&body).unwrap_or_else(|_| Value::from(&*body));
    let saw = Some(Value::Array(vec![Value::from(i64::from(reply.status)), json.clone()]));
    let actual = match words::body_in_words(&reply.body).as_str() {
        "" => format!("status {}", reply.status),
        body => format!("status {}, body {body}", reply.status),
    };
    if let Some(status) = call.status
        && status != reply.status
    {
        return Err(Box::new(Mismatch { expected: format!("status {status}"), actual, saw, ..base }));
    }
    for (name, pattern) in &call.expect_headers {
        let found = match pattern {
            Pattern::Name(_) if name == "set-cookie" => cookies(reply).into_iter().collect(),
            _ => values(reply, name),
        };
        if !fits(&found, pattern, &mut world.names) {
            let found = (!found.is_empty()).then(|| found.join(", "));
            let expected = format!("header {name}: {}", words::pattern(pattern, &world.names));
            let actual = format!("header {name}: {}", found.as_deref().unwrap_or("(not there)"));
            let saw = found.map(Value::from);
            return Err(Box::new(Mismatch { saw, expected, actual, ..base }));
        }
    }
    let Some(pattern) = &call.body else { return Ok(()) };
    match matching::matches(pattern, &json, &mut world.names) {
        Ok(()) => Ok(()),
        Err(difference) => {
            let expected = format!("body {}", words::pattern(pattern, &world.names));
            Err(Box::new(Mismatch { at: Some(difference.at), expected, actual, saw, ..base }))
        }
    }
}

/// All headers of this name, in the order in which they came.
fn values(reply: &HttpReply, name: &str) -> Vec<String> {
    reply.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

/// A name may be there more than once (`Set-Cookie`: RFC 6265, section 3): one of them has to be like the pattern, and
/// what may not be must be none of them.
fn fits(found: &[String], pattern: &Pattern, names: &mut Names) -> bool {
    let mut matches =
        |value: &String| matching::matches(pattern, &Value::from(value.as_str()), names).is_ok();
    match pattern {
        Pattern::Absent => found.is_empty(),
        Pattern::Not(_) => !found.is_empty() && found.iter().all(matches),
        Pattern::OneOf(patterns) => patterns.iter().any(|pattern| fits(found, pattern, names)),
        _ => found.iter().any(&mut matches),
    }
}

/// What a browser sends back after this answer, as its `Cookie` header (RFC 6265, section 4.2): a name and a value of
/// each `Set-Cookie`, without the attributes.
fn cookies(reply: &HttpReply) -> Option<String> {
    let set = reply.headers.iter().filter(|(name, _)| name == "set-cookie");
    let pairs: Vec<&str> =
        set.map(|(_, value)| value.split_once(';').map_or(value.as_str(), |(pair, _)| pair).trim()).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}
