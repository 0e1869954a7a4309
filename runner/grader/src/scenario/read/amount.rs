//! Amounts: `80ms`, `2s`, `20kB`, `1..10`, counts. Next: [`super::emit`] and [`super::hear`], which use them.

use std::time::Duration;

use super::{
    node::{Node, Yaml},
    reader::Reader,
};
use crate::{scenario::model::Role, yaml::Reads};

/// No step waits longer.
const LONGEST: Duration = Duration::from_mins(1);
/// Nor, where our side is the server, so long: the play sends heartbeats only with its questions, and a client ends the
/// session after `pingInterval` and `pingTimeout` without one (45 s; Engine.IO protocol v4, "Heartbeat").
const LONGEST_OF_CLIENT: Duration = Duration::from_secs(40);
/// No made value is larger.
const LARGEST: usize = 16_000_000;

/// `1..10`: first and last number.
pub(crate) fn range(text: &str) -> Option<(i64, i64)> {
    let (from, to) = text.split_once("..")?;
    Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
}

fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = unit(text)?;
    let milliseconds = match unit {
        "ms" => number,
        "s" => number.checked_mul(1000)?,
        _ => return None,
    };
    Some(Duration::from_millis(milliseconds))
}

fn size(text: &str) -> Option<usize> {
    let (number, unit) = unit(text)?;
    let factor = match unit {
        "B" => 1,
        "kB" => 1_000,
        "MB" => 1_000_000,
        _ => return None,
    };
    usize::try_from(number.checked_mul(factor)?).ok()
}

fn unit(text: &str) -> Option<(u64, &str)> {
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    Some((text[..at].parse().ok()?, text[at..].trim_start()))
}

impl Reader {
    /// A duration of at least a millisecond.
    pub(crate) fn duration(&mut self, node: &Node, what: &str) -> Option<Duration> {
        if !self.untagged(node, what) {
            return None;
        }
        let longest = match self.role {
            Some(Role::Client | Role::Page) => LONGEST_OF_CLIENT,
            _ => LONGEST,
        };
        let read = node.as_text().and_then(duration);
        match read {
            Some(time) if time > longest => {
                self.problem(node.place, format!("{what} is longer than {} seconds", longest.as_secs()));
                None
            }
            Some(time) if !time.is_zero() => Some(time),
            _ => {
                let message = format!("{what} must be a duration");
                self.problem_with_help(node.place, message, "whole numbers with a unit: `80ms`, `2s`");
                None
            }
        }
    }

    /// A size in bytes.
    pub(crate) fn size(&mut self, node: &Node, what: &str) -> Option<usize> {
        match node.as_text().map_or_else(|| tagged_text(node).and_then(size), size) {
            Some(bytes) if bytes > LARGEST => {
                self.problem(node.place, format!("{what} is larger than {} MB", LARGEST / 1_000_000));
                None
            }
            Some(bytes) => Some(bytes),
            None => {
                let message = format!("{what} must be a size");
                self.problem_with_help(
                    node.place,
                    message,
                    "whole numbers with a unit: `500B`, `20kB`, `1MB`",
                );
                None
            }
        }
    }

    /// A whole number within bounds.
    pub(crate) fn whole(&mut self, node: &Node, what: &str, low: i64, high: i64) -> Option<i64> {
        if !self.untagged(node, what) {
            return None;
        }
        if let Yaml::Number(number) = &node.value
            && let Some(number) = number.as_i64()
            && (low..=high).contains(&number)
        {
            return Some(number);
        }
        self.problem(node.place, format!("{what} must be a whole number from {low} to {high}"));
        None
    }

    /// A count: a whole number from 0 (or 1) up.
    pub(crate) fn count(&mut self, node: &Node, what: &str, low: u32, high: u32) -> Option<u32> {
        let number = self.whole(node, what, low.into(), high.into())?;
        u32::try_from(number).ok()
    }

    /// `1..10`, first not after last.
    pub(crate) fn range(&mut self, node: &Node, what: &str) -> Option<(i64, i64)> {
        if !self.untagged(node, what) {
            return None;
        }
        match node.as_text().and_then(range) {
            Some((from, to)) if from <= to && to.saturating_sub(from) < 1000 => Some((from, to)),
            Some(_) => {
                self.problem(node.place, format!("{what} must go upwards, over 1,000 numbers at most"));
                None
            }
            None => {
                let message = format!("{what} must be a range");
                self.problem_with_help(node.place, message, "first and last number: `1..10`");
                None
            }
        }
    }
}

/// The text of a text that may have a tag (`!text 100kB`).
fn tagged_text(node: &Node) -> Option<&str> {
    match &node.value {
        Yaml::Text(text, _) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_whole_numbers_with_a_unit() {
        assert_eq!(duration("80ms"), Some(Duration::from_millis(80)));
        assert_eq!(duration("2s"), Some(Duration::from_secs(2)));
        assert_eq!(duration("1.5s"), None);
        assert_eq!(duration("80"), None);
        assert_eq!(duration("99999999999999999999s"), None);
        assert_eq!(size("100kB"), Some(100_000));
        assert_eq!(size("12B"), Some(12));
        assert_eq!(size("20KB"), None);
    }

    #[test]
    fn ranges() {
        assert_eq!(range("1..10"), Some((1, 10)));
        assert_eq!(range("-2 .. 3"), Some((-2, 3)));
        assert_eq!(range("1...3"), None);
        assert_eq!(range("1-3"), None);
    }
}
