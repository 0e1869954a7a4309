//! The 23 lessons of this book are whole ones: none of them is let off by its minutes, or because it is unfinished.

use std::path::Path;

use runner::verify::Size;

/// So many are ours; a teacher's come after them.
const OURS: u32 = 23;

#[test]
fn none_of_our_lessons_is_a_short_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let chapters = press::material::chapters(&root);
    let ours = chapters.iter().filter(|chapter| chapter.number().is_some_and(|number| number <= OURS));
    let mut count = 0;
    for chapter in ours {
        count += 1;
        let front = chapter.front.as_ref().unwrap_or_else(|wrong| panic!("{}: {wrong:?}", chapter.path));
        assert_eq!(Size::of(front.minutes), Size::of(None), "{} has too few minutes", chapter.path);
        assert!(front.minutes.is_some() && !front.unfinished, "{} is not finished", chapter.path);
        let words = chapter.outline().words;
        assert!((1_200..=2_200).contains(&words), "{} has {words} words", chapter.path);
        assert!((3..=5).contains(&front.objectives.len()), "{}", chapter.path);
    }
    assert_eq!(count, OURS);
}
