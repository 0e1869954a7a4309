//! An exercise's title without reading the whole file: `list` shows sixty of them at once.
//!
//! The rule: the first line of `exercise.yaml` that begins with `title:` in its first column, when what stands
//! there is a scalar on that one line. Anything else (a block scalar, an escape that JSON does not know, a title
//! further down than 4 KiB) is left to the real reader: cheap or right, never cheap and wrong. Next: `load.rs`.

use std::{fs::File, io::Read, path::Path};

const TOP: u64 = 4096;

/// The title, when the rule above finds it.
pub(super) fn read(file: &Path) -> Option<String> {
    let mut top = Vec::new();
    File::open(file).ok()?.take(TOP).read_to_end(&mut top).ok()?;
    find(&String::from_utf8_lossy(&top))
}

fn find(top: &str) -> Option<String> {
    // The last line may have been cut in the middle: only whole lines count.
    let mut whole = top.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let value = whole.find_map(|line| line.strip_prefix("title:"))?;
    if whole.next().is_some_and(|next| next.starts_with([' ', '\t'])) {
        return None;
    }
    scalar(value.strip_prefix([' ', '\t'])?.trim())
}

/// A YAML scalar on one line: plain, 'single' or "double".
fn scalar(text: &str) -> Option<String> {
    match text.chars().next()? {
        '"' => serde_json::from_str(text).ok(),
        '\'' => {
            let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
            let unquoted = inside.replace("''", "\u{0}");
            (text.len() > 1 && !unquoted.contains('\'')).then(|| unquoted.replace('\u{0}', "'"))
        }
        letter if letter.is_alphanumeric() => {
            let plain = text.split(" #").next().unwrap_or(text).trim_end();
            let is_text = !plain.contains(": ") && !plain.ends_with(':') && plain.parse::<f64>().is_err();
            is_text.then(|| plain.to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn scalars_on_one_line_are_read() {
        for (top, title) in [
            ("title: Members only\nrole: server\n", "Members only"),
            ("# comment\n\ntitle: \"Say \\\"hi\\\" first\"\n", "Say \"hi\" first"),
            ("title: 'It''s Asha'\r\n", "It's Asha"),
            ("title: Rooms # and more\n", "Rooms"),
            ("title: Räume\n", "Räume"),
        ] {
            assert_eq!(find(top).as_deref(), Some(title), "{top}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_reader() {
        for top in [
            "title: |\n  Members only\n",
            "title: >-\n  Members only\n",
            "title: Members\n  only\n",
            "title: \"Members \\x41\"\n",
            "title: *anchor\n",
            "title: !fresh x\n",
            "title: a: b\n",
            "title: 12\n",
            "title: 'It's\n",
            "title: '\n",
            "title:Members\n",
            "  title: nested\n",
            "title: cut in the mid",
            "role: server\n",
            "",
        ] {
            assert_eq!(find(top), None, "{top}");
        }
    }
}
