//! When a question comes back: spaced repetition by FSRS, in whole days. Pure: time is handed in, in seconds since 1970.
//!
//! A [`Card`] is what is known of one question's memory. Each answer is a [`Rating`], and [`review`] makes the next
//! card of it. The library is `rs-fsrs`, in its scheduler for days: a question that was answered wrong comes back
//! within the same quiz anyway, so steps of minutes would be of no use. Next: [`crate::progress`], which keeps cards.

use chrono::{DateTime, Utc};
use rs_fsrs::{FSRS, Parameters, Seed, State};
use serde::{Deserialize, Serialize};

/// The share of questions that should still be known when they come back.
const RETENTION: f64 = 0.9;
/// No question stays away for longer: days.
const LONGEST: i32 = 365;

/// What is known of one question's memory.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// When it comes back.
    pub due: u64,
    /// When it was answered last.
    pub reviewed_at: u64,
    /// Days after which nine of ten such questions are still known.
    pub stability: f64,
    /// From 1 (easy) to 10.
    pub difficulty: f64,
    /// How often it was answered.
    pub reps: u32,
    /// How often it was forgotten.
    pub lapses: u32,
}

/// How well a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rating {
    /// Wrong.
    Again,
    /// Right in part, as the learner says.
    Hard,
    /// Right.
    Good,
}

impl Rating {
    /// The rating of an answer that nobody but the program has judged.
    pub const fn of(right: bool) -> Self {
        if right { Self::Good } else { Self::Again }
    }
}

impl Card {
    /// Whether it is time.
    pub const fn is_due(&self, now: u64) -> bool {
        self.due <= now
    }
}

/// The card after an answer. Without a card it is the first one. A clock that goes back counts as no time at all.
pub fn review(card: Option<&Card>, rating: Rating, now: u64) -> Card {
    let parameters = Parameters {
        request_retention: RETENTION,
        maximum_interval: LONGEST,
        enable_short_term: false,
        enable_fuzz: false,
        seed: Seed::Empty,
        ..Parameters::default()
    };
    let now = now.max(card.map_or(0, |card| card.reviewed_at));
    let memory = card.map_or_else(rs_fsrs::Card::default, memory);
    let rating = match rating {
        Rating::Again => rs_fsrs::Rating::Again,
        Rating::Hard => rs_fsrs::Rating::Hard,
        Rating::Good => rs_fsrs::Rating::Good,
    };
    let next = FSRS::new(parameters).next(memory, time(now), rating).card;
    Card {
        due: seconds(next.due),
        reviewed_at: now,
        stability: next.stability,
        difficulty: next.difficulty,
        reps: u32::try_from(next.reps).unwrap_or_default(),
        lapses: u32::try_from(next.lapses).unwrap_or_default(),
    }
}

fn memory(card: &Card) -> rs_fsrs::Card {
    rs_fsrs::Card {
        due: time(card.due),
        last_review: time(card.reviewed_at),
        // A file that was changed by hand must not bring the formulas out of their range.
        stability: if card.stability.is_finite() { card.stability.clamp(0.1, 36_500.0) } else { 0.1 },
        difficulty: if card.difficulty.is_finite() { card.difficulty.clamp(1.0, 10.0) } else { 5.0 },
        reps: i32::try_from(card.reps).unwrap_or(i32::MAX - 1).min(i32::MAX - 1),
        lapses: i32::try_from(card.lapses).unwrap_or(i32::MAX - 1).min(i32::MAX - 1),
        state: State::Review,
        ..rs_fsrs::Card::default()
    }
}

fn time(seconds: u64) -> DateTime<Utc> {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

fn seconds(time: DateTime<Utc>) -> u64 {
    u64::try_from(time.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Card, Rating, review};

    const DAY: u64 = 24 * 60 * 60;
    const START: u64 = 1_764_000_000;

    fn days(card: &Card) -> u64 {
        (card.due - card.reviewed_at) / DAY
    }

    #[test]
    fn what_is_known_stays_away_longer_each_time() {
        let mut card = review(None, Rating::Good, START);
        let mut waited = vec![days(&card)];
        for _ in 0..4 {
            card = review(Some(&card), Rating::Good, card.due);
            waited.push(days(&card));
        }
        assert!(waited.windows(2).all(|pair| pair[0] < pair[1]), "{waited:?}");
        assert!(waited[0] >= 2 && waited[4] <= 365, "{waited:?}");
        assert_eq!((card.reps, card.lapses), (5, 0));
    }

    #[test]
    fn what_was_forgotten_comes_back_soon() {
        let known = review(None, Rating::Good, START);
        let known = review(Some(&known), Rating::Good, known.due);
        let forgotten = review(Some(&known), Rating::Again, known.due);
        assert!(days(&forgotten) < days(&known), "{forgotten:?} {known:?}");
        assert!(forgotten.difficulty > known.difficulty && forgotten.lapses == 1);
        assert_eq!(days(&review(None, Rating::Again, START)), 1);
        let hard = review(Some(&known), Rating::Hard, known.due);
        let good = review(Some(&known), Rating::Good, known.due);
        assert!(days(&forgotten) < days(&hard) && days(&hard) < days(&good));
    }

    #[test]
    fn due_means_due() {
        let card = review(None, Rating::Again, START);
        assert!(!card.is_due(START) && !card.is_due(START + DAY - 1) && card.is_due(START + DAY));
    }

    /// A file may be old, from another clock, or changed by hand.
    #[test]
    fn strange_cards_are_survived() {
        let good = review(None, Rating::Good, START);
        let earlier = review(Some(&good), Rating::Good, START - 100 * DAY);
        assert!(earlier.due > START, "a clock that goes back is no reason to come back");
        for strange in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
            for rating in [Rating::Again, Rating::Hard, Rating::Good] {
                let card = Card {
                    stability: strange,
                    difficulty: strange,
                    reps: u32::MAX,
                    lapses: u32::MAX,
                    ..good
                };
                let next = review(Some(&card), rating, START + DAY);
                assert!(next.stability.is_finite() && next.difficulty.is_finite(), "{next:?}");
                assert!(days(&next) <= 370, "{next:?}");
            }
        }
        let late = Card { due: u64::MAX, reviewed_at: u64::MAX, ..good };
        review(Some(&late), Rating::Good, START);
    }
}
