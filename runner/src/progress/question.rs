//! What is remembered about one question, and about one cause that a learner met. Next: `record.rs`.
//!
//! ```json
//! { "right": 2, "wrong": 1, "last_right": true, "answered_at": 1764000000, "first": { "at": 1763900000, "right": false },
//!   "card": { "due": 1764259200, … } }
//! ```
//!
//! Causes stand among the questions, as `cause:members_only/echo-to-all`: they come back in the same way.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::review::{Card, Rating, review};

/// What the entries of causes begin with. No question's id has a `:`.
const CAUSE: &str = "cause:";

/// What is remembered about one question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct QuestionRecord {
    /// How often it was answered right.
    #[serde(default)]
    pub right: u64,
    /// How often it was answered wrong.
    #[serde(default)]
    pub wrong: u64,
    /// Whether the last answer was right; none before the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_right: Option<bool>,
    /// When the last answer was given: seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<u64>,
    /// The first answer ever; none before it, or where nobody kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<FirstAnswer>,
    /// When it comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// The card before the last answer, so that its mark can be corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Card>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// The first answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstAnswer {
    /// When: seconds since 1970.
    pub at: u64,
    /// Whether it was right.
    pub right: bool,
}

/// An answer, as progress keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// When: seconds since 1970.
    pub at: u64,
    /// Whether it counts as right.
    pub right: bool,
    /// What it says of memory; none when the question was asked for the second time within one quiz.
    pub rating: Option<Rating>,
    /// Whether it takes the place of the last answer: the learner has corrected its mark.
    pub instead: bool,
}

impl QuestionRecord {
    pub(super) fn answer(&mut self, answered: &Answered) {
        if answered.instead
            && let Some(last) = self.last_right
        {
            let count = if last { &mut self.right } else { &mut self.wrong };
            *count = count.saturating_sub(1);
            // An answer without a rating has changed no card, so there is nothing to take back.
            if answered.rating.is_some() {
                self.card = self.before;
            }
        }
        if self.right == 0 && self.wrong == 0 {
            self.first = Some(FirstAnswer { at: answered.at, right: answered.right });
        }
        let count = if answered.right { &mut self.right } else { &mut self.wrong };
        *count = count.saturating_add(1);
        self.last_right = Some(answered.right);
        self.answered_at = Some(answered.at);
        if let Some(rating) = answered.rating {
            self.before = self.card;
            self.card = Some(review(self.card.as_ref(), rating, answered.at));
        }
    }

    /// Of a record that does not say what the first answer was: where all answers were alike, so was the first. When it
    /// was given is then known only as "not after the last one". Whether anything was found out.
    pub(super) fn work_out_first(&mut self) -> bool {
        let alike = (self.right == 0) != (self.wrong == 0);
        if self.first.is_none() && alike {
            let at = self.answered_at.unwrap_or_default();
            self.first = Some(FirstAnswer { at, right: self.wrong == 0 });
            return true;
        }
        false
    }

    /// Brings in what another file says of the same question: see `merge.rs`.
    pub(super) fn merge(&mut self, other: &Self) {
        self.right = self.right.max(other.right);
        self.wrong = self.wrong.max(other.wrong);
        let last = |record: &Self| (record.answered_at, record.last_right);
        (self.answered_at, self.last_right) = last(self).max(last(other));
        self.first = self.first.into_iter().chain(other.first).min();
        if rank(other.card.as_ref()) > rank(self.card.as_ref()) {
            self.card = other.card;
            self.before = other.before;
        }
        for (key, theirs) in &other.unknown {
            self.unknown.entry(key.clone()).or_insert_with(|| theirs.clone());
        }
    }
}

/// The later review counts. What comes after that only makes it the same whichever file is brought in first.
fn rank(card: Option<&Card>) -> Option<[u64; 6]> {
    card.map(|card| {
        let Card { due, reviewed_at, stability, difficulty, reps, lapses } = *card;
        [reviewed_at, reps.into(), lapses.into(), due, stability.to_bits(), difficulty.to_bits()]
    })
}

/// Under which name a cause is kept. General causes (`no-answer`) are none that one could learn by heart.
pub(super) fn of_cause(cause: &str) -> Option<String> {
    cause.contains('/').then(|| format!("{CAUSE}{cause}"))
}

/// The cause that an entry is about, if it is about one.
pub fn as_cause(id: &str) -> Option<&str> {
    id.strip_prefix(CAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn answered(right: bool, rating: Option<Rating>, instead: bool) -> Answered {
        Answered { at: 1_800_000_000, right, rating, instead }
    }

    #[test]
    fn a_mark_that_is_corrected_in_the_second_asking_takes_no_card_back() {
        let mut record = QuestionRecord::default();
        record.answer(&answered(false, Some(Rating::Again), false));
        let card = record.card;
        assert!(card.is_some());
        record.answer(&answered(false, None, false));
        record.answer(&answered(true, None, true));
        assert_eq!(record.card, card, "it was not known, so it comes again");
        assert_eq!((record.right, record.wrong), (1, 1));
    }

    #[test]
    fn a_mark_that_is_corrected_at_once_takes_the_card_back() {
        let mut known = QuestionRecord::default();
        known.answer(&answered(true, Some(Rating::Good), false));
        let mut corrected = QuestionRecord::default();
        corrected.answer(&answered(false, Some(Rating::Again), false));
        corrected.answer(&answered(true, Some(Rating::Good), true));
        assert_eq!(corrected.card, known.card);
    }
}
