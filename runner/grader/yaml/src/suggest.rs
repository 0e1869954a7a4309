//! "did you mean …?": the known word nearest to an unknown one. Next: [`super::fields`], which asks most often.

/// Longer words are no typing mistakes, and comparing them costs time.
const LONGEST: usize = 40;

/// The nearest of the known words, if one is near enough.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean …?`, or nothing.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    nearest(word, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// The same for a tag.
pub fn did_you_mean_tag(tag: &str, known: &[&str]) -> String {
    let near = nearest(tag, known.iter().copied());
    near.map(|near| format!("; did you mean `!{near}`?")).unwrap_or_default()
}

/// `` `a`, `b` or `c` ``.
pub fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", rest.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_swapped_and_missing_letters() {
        let known = ["hear", "emit", "connect"];
        assert_eq!(nearest("haer", known), Some("hear"));
        assert_eq!(nearest("conect", known), Some("connect"));
        assert_eq!(nearest("Emit", known), Some("emit"));
        assert_eq!(nearest("whistle", known), None);
        assert_eq!(nearest(&"x".repeat(1000), known), None);
    }

    #[test]
    fn lists_words() {
        assert_eq!(either(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(either(&["a"]), "`a`");
    }
}
