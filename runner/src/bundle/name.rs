//! The learner's name: what may be one, who is the same, and the name of a file. Next: [`crate::results`].

/// The longest name: characters.
const LONGEST: usize = 80;
/// The longest part of a file's name that comes from a name: characters.
const LONGEST_IN_FILE: usize = 40;

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing to see.
    #[error("a name has at least one letter or digit")]
    Empty,
    /// Too long for a list.
    #[error("a name has at most {LONGEST} characters")]
    TooLong,
    /// It would steer a terminal, or turn the text around it.
    #[error("a name has no control characters")]
    Steers,
}

/// A name as it is kept: without space around it, and with single spaces.
pub fn learner_name(typed: &str) -> Result<String, NameError> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let steers = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
    };
    if name.contains(steers) {
        Err(NameError::Steers)
    } else if name.chars().count() > LONGEST {
        Err(NameError::TooLong)
    } else if !name.contains(char::is_alphanumeric) {
        Err(NameError::Empty)
    } else {
        Ok(name)
    }
}

/// What is the same for two bundles of one person: capitals and spaces do not count.
pub fn same_person(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A file for this learner's bundle: `socketlings-asha-rao.json`. Letters of every script stay; whatever means something to a
/// shell, a path or a file system does not.
pub fn file_name(learner: &str) -> String {
    let mut safe = String::new();
    for letter in learner.chars().flat_map(char::to_lowercase).take(LONGEST_IN_FILE) {
        if letter.is_alphanumeric() {
            safe.push(letter);
        } else if !safe.is_empty() && !safe.ends_with('-') {
            safe.push('-');
        }
    }
    format!("socketlings-{}.json", safe.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::{NameError, file_name, learner_name};

    #[test]
    fn names_are_of_every_script_and_steer_nothing() {
        for (typed, name) in [
            ("  Asha\t Rao\n", Ok("Asha Rao")),
            ("=cmd|' /C calc'!A0", Ok("=cmd|' /C calc'!A0")),
            ("نرگس\u{200c}ها", Ok("نرگس\u{200c}ها")),
            ("小明", Ok("小明")),
            (" \n", Err(NameError::Empty)),
            ("---", Err(NameError::Empty)),
            ("a\u{1b}[2J", Err(NameError::Steers)),
            ("a\u{202e}b", Err(NameError::Steers)),
        ] {
            assert_eq!(learner_name(typed), name.map(str::to_owned), "{typed:?}");
        }
        assert_eq!(learner_name(&"a".repeat(81)), Err(NameError::TooLong));
    }

    #[test]
    fn a_file_name_stays_in_its_folder() {
        for (name, file) in [
            ("Asha Rao", "socketlings-asha-rao.json"),
            ("../../etc/passwd", "socketlings-etc-passwd.json"),
            ("小明", "socketlings-小明.json"),
            ("CON", "socketlings-con.json"),
            ("-rf *; $(x)", "socketlings-rf-x.json"),
            (&"ß".repeat(80), &format!("socketlings-{}.json", "ß".repeat(40))),
        ] {
            assert_eq!(file_name(name), file, "{name}");
        }
    }
}
