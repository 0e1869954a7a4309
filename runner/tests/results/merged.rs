//! Putting results together, in any order and any number of times. Next: `hostile.rs`.

use grader::scenario::model::Track;
use proptest::prelude::*;
use runner::{
    bundle::{self, Bundle, CourseMark},
    progress::{Answered, Change, Progress},
    review::Rating,
};

fn any_track() -> impl Strategy<Value = Option<Track>> {
    prop::sample::select(vec![None, Some(Track::JavaScript), Some(Track::Rust)])
}

fn any_exercise() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["07_rooms/a", "23_end/project"]).prop_map(str::to_owned)
}

fn any_stage() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(vec!["seats", "turns"]).prop_map(str::to_owned))
}

fn any_change() -> impl Strategy<Value = Change> {
    let attempt = (any_exercise(), any_stage(), any_track(), 0_u64..40, any::<bool>(), any::<bool>());
    let question = prop::sample::select(vec!["who", "what"]);
    prop_oneof![
        4 => attempt.prop_map(|(exercise, stage, track, at, passed, named)| {
            let cause = (!passed).then(|| if named { "a/echo".to_owned() } else { "no-answer".to_owned() });
            Change::Attempt { exercise, stage, track, at, passed, cause }
        }),
        2 => (any_exercise(), any_stage(), any_track(), 0_u64..40).prop_map(|(exercise, stage, track, at)| {
            Change::StagePassed { exercise, stage: stage.unwrap_or_else(|| "seats".to_owned()), track, at }
        }),
        1 => (any_exercise(), any_stage(), 0_usize..4)
            .prop_map(|(exercise, stage, shown)| Change::Hints { exercise, stage, shown }),
        1 => (any_exercise(), any_stage(), 0_u64..40)
            .prop_map(|(exercise, stage, at)| Change::SolutionSeen { exercise, stage, at }),
        1 => (any_exercise(), any_track()).prop_map(|(exercise, track)| {
            Change::Reset { exercise, stages: vec!["turns".to_owned()], track }
        }),
        3 => (question, 0_u64..40, any::<bool>(), any::<bool>()).prop_map(|(question, at, right, instead)| {
            let answered = Answered { at, right, rating: Some(Rating::of(right)), instead };
            Change::Answered { question: question.to_owned(), answered }
        }),
    ]
}

fn any_progress() -> impl Strategy<Value = Progress> {
    prop::collection::vec(any_change(), 0..20).prop_map(|changes| {
        let mut progress = Progress::default();
        for change in &changes {
            progress.apply(change);
        }
        progress
    })
}

fn mark() -> CourseMark {
    CourseMark { sha256: "0".repeat(64), exercises: vec!["07_rooms/a".to_owned()], quizzes: Vec::new() }
}

/// All that a bundle says of it.
fn said(progress: &Progress) -> Bundle {
    Bundle::of(progress, "Asha".to_owned(), mark(), 0)
}

fn merged(a: &Progress, b: &Progress) -> Progress {
    let mut merged = a.clone();
    merged.merge(b);
    merged
}

proptest! {
    #[test]
    fn the_order_does_not_matter(a in any_progress(), b in any_progress(), c in any_progress()) {
        prop_assert_eq!(said(&merged(&a, &b)), said(&merged(&b, &a)));
        prop_assert_eq!(said(&merged(&merged(&a, &b), &c)), said(&merged(&a, &merged(&b, &c))));
    }

    #[test]
    fn a_second_time_changes_nothing(a in any_progress(), b in any_progress()) {
        let once = merged(&a, &b);
        prop_assert_eq!(&merged(&once, &b), &once);
        prop_assert_eq!(&merged(&once, &a), &once);
        prop_assert_eq!(merged(&a, &a), a);
    }

    /// What passed, was checked, shown or answered on either side is there, and no less of it.
    #[test]
    fn nothing_is_lost(a in any_progress(), b in any_progress()) {
        let both = merged(&a, &b);
        for side in [&a, &b] {
            for (id, record) in &side.exercises {
                let merged = both.exercise(id).unwrap();
                for track in [None, Some(Track::JavaScript), Some(Track::Rust)] {
                    let Some(before) = record.in_track(track) else { continue };
                    let after = merged.in_track(track).unwrap();
                    prop_assert!(after.attempts >= before.attempts);
                    prop_assert!(before.passed_at.is_none() || after.passed_at <= before.passed_at && after.passed_at.is_some());
                    prop_assert!(before.stages.iter().all(|(stage, at)| after.stages[stage] <= *at));
                    prop_assert!(before.stage_attempts.iter().all(|(stage, count)| after.stage_attempts[stage] >= *count));
                }
                prop_assert!(merged.hints_shown >= record.hints_shown);
                prop_assert!(record.solution_seen_at.is_none() || merged.solution_seen_at.is_some());
            }
            for id in side.questions.keys() {
                let (before, after) = (side.question(id).unwrap(), both.question(id).unwrap());
                prop_assert!(after.right >= before.right && after.wrong >= before.wrong);
                prop_assert!(before.card.is_none() || after.card.is_some());
            }
        }
    }

    /// Out and in again is the same, through the file's text.
    #[test]
    fn a_bundle_comes_back_as_it_was(progress in any_progress()) {
        let text = said(&progress).text().unwrap();
        let back = bundle::read(text.as_bytes()).unwrap();
        prop_assert_eq!(said(&back.progress()).text().unwrap(), text);
    }

    /// Whatever byte is changed: either nothing that counts has changed, or the file is refused.
    #[test]
    fn a_changed_byte_is_seen(progress in any_progress(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let text = said(&progress).text().unwrap();
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(back) = bundle::read(bytes.as_slice()) {
            prop_assert_eq!(back.text().unwrap(), text);
        }
    }
}
