//! Orders that a seed makes: the same seed, the same order. Next: `sheet.rs`.

use fastrand::Rng;
use grader::quiz::model::{Kind, Question};

/// The order in which what can be chosen is shown: indexes in the order of the file.
///
/// Actors stay in the order in which they come in. With the seed 0 choices stay in the order of the file, and steps,
/// which stand there in their right order, go by the alphabet.
pub(super) fn shown(question: &Question, seed: u64) -> Vec<usize> {
    match &question.kind {
        Kind::Choice { choices } | Kind::Choices { choices } => {
            let mut order: Vec<usize> = (0..choices.len()).collect();
            if seed != 0 {
                shuffle(&mut order, seed, &question.id);
            }
            order
        }
        Kind::Order { steps } => {
            let flat: Vec<&String> = steps.iter().flatten().collect();
            let mut order: Vec<usize> = (0..flat.len()).collect();
            if seed == 0 {
                order.sort_by_key(|index| flat[*index]);
            } else {
                shuffle(&mut order, seed, &question.id);
            }
            // What stands in its right order already asks nothing.
            if order.is_sorted() {
                order.rotate_left(1);
            }
            order
        }
        Kind::Hears(hears) => (0..hears.actors.len()).collect(),
        Kind::Short { .. } | Kind::Decode { .. } | Kind::Open { .. } => Vec::new(),
    }
}

/// Shuffles by the seed and a word, so that two lists of one quiz are not shuffled alike.
pub(super) fn shuffle<T>(items: &mut [T], seed: u64, word: &str) {
    let salt = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Rng::with_seed(seed ^ salt).shuffle(items);
}

/// So many items, chosen by the seed and left in their order; or, not `mixed`, the first ones.
pub(super) fn sample<T>(items: Vec<T>, count: usize, seed: u64, mixed: bool) -> Vec<T> {
    let mut kept: Vec<usize> = (0..items.len()).collect();
    if mixed && seed != 0 {
        shuffle(&mut kept, seed, "sample");
    }
    kept.truncate(count);
    items.into_iter().enumerate().filter(|(index, _)| kept.contains(index)).map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use grader::quiz::read;

    use super::{sample, shown, shuffle};

    fn question(kind: &str, rest: &str) -> super::Question {
        let yaml = format!(
            "questions:\n  - id: q\n    kind: {kind}\n    level: mid\n    topic: rooms\n    section: a\n    ask: \"?\"\n    explain: \"!\"\n    {rest}\n"
        );
        read::quiz(&yaml, Some("07_rooms")).unwrap().remove(0)
    }

    #[test]
    fn the_same_seed_is_the_same_order_and_zero_is_the_file() {
        let choice = question(
            "choice",
            "choices: [{ right: a }, { wrong: b, why: x }, { wrong: c, why: x }, { wrong: d, why: x }]",
        );
        assert_eq!(shown(&choice, 0), [0, 1, 2, 3]);
        assert_eq!(shown(&choice, 7), shown(&choice, 7));
        let orders: std::collections::BTreeSet<Vec<usize>> =
            (1..40).map(|seed| shown(&choice, seed)).collect();
        assert!(orders.len() > 10, "{orders:?}");
        let first = (1..400).filter(|seed| shown(&choice, *seed)[0] == 0).count();
        assert!((60..140).contains(&first), "{first} of 400");
    }

    #[test]
    fn steps_are_never_shown_in_their_right_order() {
        let order = question("order", "steps: [a, b, c]");
        for seed in 0..200 {
            let shown = shown(&order, seed);
            assert!(!shown.is_sorted(), "{seed}");
            let mut all = shown;
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2]);
        }
    }

    #[test]
    fn a_sample_keeps_the_order() {
        let items: Vec<u32> = (0..20).collect();
        let some = sample(items.clone(), 5, 3, true);
        assert!(some.len() == 5 && some.is_sorted());
        assert_eq!(sample(items.clone(), 2, 3, false), [0, 1]);
        assert_eq!(sample(items.clone(), 2, 0, true), [0, 1]);
        assert_eq!(sample(items.clone(), 99, 3, true), items);
        let mut mixed = items.clone();
        shuffle(&mut mixed, 3, "x");
        assert_ne!(mixed, items);
    }
}
