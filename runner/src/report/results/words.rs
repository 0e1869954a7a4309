//! Dates and shares in words. Next: `own.rs`.

use chrono::{DateTime, Datelike as _};
use grader::scenario::model::Track;

use crate::results::{Done, Share};

/// A day in UTC: `2025-11-24`. What no calendar has is `unknown`.
pub fn date(seconds: u64) -> String {
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .map(|time| time.date_naive())
        .filter(|day| (1970..=9999).contains(&day.year()))
        .map_or_else(|| "unknown".to_owned(), |day| day.to_string())
}

/// `3 of 4`.
pub(super) fn done(done: Done) -> String {
    format!("{} of {}", done.passed, done.of)
}

/// `3 of 4`.
pub(super) fn share(share: Share) -> String {
    format!("{} of {}", share.part, share.of)
}

/// `75 %`; of nothing `-`.
pub(super) fn percent(percent: Option<usize>) -> String {
    percent.map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"))
}

/// `2`, or `2.5`; none is `-`.
pub(super) fn median(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number}"))
}

/// `1 check`, `2 checks`.
pub(super) fn count(number: u64, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {one}{s}")
}

/// The language's name, for people.
pub(super) const fn language(track: Option<Track>) -> &'static str {
    match track {
        Some(Track::JavaScript) => "JavaScript",
        Some(Track::Rust) => "Rust",
        None => "none yet",
    }
}

#[cfg(test)]
mod tests {
    use super::{date, median};

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(date(1_764_000_000), "2025-11-24");
        assert_eq!(date(0), "1970-01-01");
        for strange in [u64::MAX, 1 << 62, 300_000_000_000] {
            assert_eq!(date(strange), "unknown");
        }
    }

    #[test]
    fn halves_are_written_as_such() {
        assert_eq!([median(Some(2.0)), median(Some(2.5)), median(None)], ["2", "2.5", "-"]);
    }
}
