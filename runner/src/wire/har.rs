//! HAR 1.2, as Chromium exports it: WebSocket messages stand in `_webSocketMessages` of the exchange that opened it.
//!
//! Bodies are written for Socket.IO's own requests; of others only the size. Next: [`super::pump`].

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

use grader::transcript::Direction;
use serde_json::{Value, json};

use super::{
    exchange::{Exchange, Message},
    head::Fields,
};

/// One exchange, as JSON.
pub(super) fn exchange(exchange: &Exchange, target: &str, began: SystemTime) -> String {
    let Exchange { request, answer, .. } = exchange;
    let base = if exchange.websocket { target.replacen("http", "ws", 1) } else { target.to_owned() };
    let mut asked = json!({
        "method": request.method,
        "url": format!("{base}{}", request.target),
        "httpVersion": version(request.minor),
        "headers": fields(&request.fields),
        "queryString": query(&request.target),
        "cookies": cookies(request.fields.all("cookie").flat_map(|value| value.split(';'))),
        "headersSize": request.size,
        "bodySize": exchange.body_bytes,
    });
    if let Some(body) = &exchange.body {
        let kind = request.fields.get("content-type").unwrap_or_default();
        asked["postData"] = json!({ "mimeType": kind, "text": body });
    }
    let answered_at = answer.as_ref().map_or(exchange.ended, |(at, _)| *at);
    let wait = milliseconds(answered_at.saturating_sub(exchange.started));
    let receive = milliseconds(exchange.ended.saturating_sub(answered_at));
    json!({
        "_resourceType": if exchange.websocket { "websocket" } else { "xhr" },
        "startedDateTime": date(began + exchange.started),
        "time": wait + receive,
        "request": asked,
        "response": response(exchange),
        "cache": {},
        "timings": { "blocked": -1, "dns": -1, "ssl": -1, "connect": -1, "send": 0, "wait": wait, "receive": receive },
    })
    .to_string()
}

fn response(exchange: &Exchange) -> Value {
    let Some((_, head)) = &exchange.answer else {
        return json!({
            "status": 0, "statusText": "", "httpVersion": "", "headers": [], "cookies": [], "redirectURL": "",
            "content": { "size": 0, "mimeType": "x-unknown" }, "headersSize": -1, "bodySize": -1,
            "_error": "the connection ended before an answer",
        });
    };
    let kind = head.fields.get("content-type").unwrap_or("x-unknown");
    let mut content = json!({ "size": exchange.text_bytes, "mimeType": kind });
    if let Some(text) = &exchange.text {
        content["size"] = json!(text.len());
        content["text"] = json!(text);
    }
    json!({
        "status": head.status,
        "statusText": head.reason,
        "httpVersion": version(head.minor),
        "headers": fields(&head.fields),
        "cookies": cookies(head.fields.all("set-cookie").filter_map(|value| value.split(';').next())),
        "content": content,
        "redirectURL": head.fields.get("location").unwrap_or_default(),
        "headersSize": head.size,
        "bodySize": exchange.text_bytes,
    })
}

/// One WebSocket message, as JSON. Its time is in seconds since 1970.
pub(super) fn message(message: &Message, began: SystemTime) -> String {
    let way = match message.direction {
        Direction::ToProgram => "send",
        Direction::FromProgram => "receive",
    };
    let since = (began + message.at).duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    json!({ "type": way, "time": since.as_secs_f64(), "opcode": message.opcode, "data": message.data })
        .to_string()
}

/// The whole file. `sockets` are the exchanges that have messages, perhaps none.
pub(super) fn whole(
    exchanges: &BTreeMap<u64, &str>,
    messages: &BTreeMap<u64, Vec<&str>>,
    sockets: &BTreeMap<u64, String>,
    comment: Option<&str>,
) -> String {
    let entries: Vec<String> = exchanges
        .iter()
        .map(|(id, json)| {
            if !sockets.contains_key(id) {
                return (*json).to_owned();
            }
            let messages = messages.get(id).map_or_else(String::new, |messages| messages.join(",\n"));
            format!("{},\"_webSocketMessages\":[{messages}]}}", json.strip_suffix('}').unwrap_or(json))
        })
        .collect();
    let creator = json!({ "name": "socketlings wire", "version": env!("CARGO_PKG_VERSION") });
    let comment = comment.map_or_else(String::new, |text| format!("\"comment\":{},", Value::from(text)));
    format!(
        "{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},{comment}\"pages\":[],\"entries\":[\n{}\n]}}}}\n",
        entries.join(",\n")
    )
}

fn version(minor: u8) -> String {
    format!("HTTP/1.{minor}")
}

fn pair(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn fields(fields: &Fields) -> Vec<Value> {
    fields.0.iter().map(|(name, value)| pair(name, value)).collect()
}

fn query(target: &str) -> Vec<Value> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|one| one.split_once('=').map_or_else(|| pair(one, ""), |(name, value)| pair(name, value)))
        .collect()
}

fn cookies<'a>(pairs: impl Iterator<Item = &'a str>) -> Vec<Value> {
    pairs.filter_map(|one| one.split_once('=')).map(|(name, value)| pair(name.trim(), value)).collect()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// ISO 8601, in UTC, with milliseconds.
fn date(time: SystemTime) -> String {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let (seconds, days) = (since.as_secs() % 86_400, since.as_secs() / 86_400);
    // Days to a date of the Gregorian calendar, counted from 1 March of the year 0 (Howard Hinnant, "chrono-compatible
    // low-level date algorithms", `civil_from_days`).
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let at = |seconds, milliseconds| {
            date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_millis(milliseconds))
        };
        assert_eq!(at(0, 0), "1970-01-01T00:00:00.000Z");
        assert_eq!(at(951_782_399, 999), "2000-02-28T23:59:59.999Z");
        assert_eq!(at(951_782_400, 0), "2000-02-29T00:00:00.000Z");
        assert_eq!(at(1_704_067_199, 1), "2023-12-31T23:59:59.001Z");
        assert_eq!(at(1_764_246_000, 0), "2025-11-27T12:20:00.000Z");
    }

    #[test]
    fn a_query_and_cookies_become_pairs() {
        assert_eq!(query("/a?b=c&d&e=f=g"), [pair("b", "c"), pair("d", ""), pair("e", "f=g")]);
        assert_eq!(query("/a"), [] as [Value; 0]);
        assert_eq!(cookies(["a=b", " c=d"].into_iter()), [pair("a", "b"), pair("c", "d")]);
    }
}
