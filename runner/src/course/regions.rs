//! Regions of a program: `// region: NAME` … `// endregion`. The marker lines are never shown.
//! Next: `quizzes.rs`.

/// Why a file has no such region, or why its regions are wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line that is meant, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
}

/// A file with its regions.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The file without its markers.
    pub whole: String,
    /// Name, first line in the file, and text with the common indentation removed.
    pub named: Vec<(String, u32, String)>,
}

impl Regions {
    /// The text of a region.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(have, ..)| have == name).map(|(.., text)| text.as_str())
    }

    /// The names that there are.
    pub fn names(&self) -> Vec<&str> {
        self.named.iter().map(|(name, ..)| name.as_str()).collect()
    }
}

/// Takes a file apart.
///
/// # Errors
/// Every marker that is wrong: nested, unclosed, twice.
pub fn read(text: &str) -> Result<Regions, Vec<Wrong>> {
    let mut regions = Regions::default();
    let mut wrong = Vec::new();
    let mut open: Option<(String, u32, Vec<&str>)> = None;
    let mut whole = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match marker(line) {
            None => {
                whole.push(line);
                if let Some((.., lines)) = &mut open {
                    lines.push(line);
                }
            }
            Some(Marker::Begin(name)) => {
                if let Some((outer, ..)) = &open {
                    let message =
                        format!("the region `{name}` begins inside of `{outer}`: regions do not nest");
                    wrong.push(Wrong { line: number, message });
                } else if name.is_empty() || regions.get(name).is_some() {
                    let message = format!("a region needs a name of its own, and `{name}` is none");
                    wrong.push(Wrong { line: number, message });
                } else {
                    open = Some((name.to_owned(), number, Vec::new()));
                }
            }
            Some(Marker::End) => match open.take() {
                Some((name, line, lines)) => regions.named.push((name, line, dedent(&lines))),
                None => {
                    wrong
                        .push(Wrong { line: number, message: "no region begins before this end".to_owned() });
                }
            },
        }
    }
    if let Some((name, line, _)) = open {
        wrong.push(Wrong { line, message: format!("the region `{name}` has no `endregion`") });
    }
    regions.whole = trimmed(&whole);
    if wrong.is_empty() { Ok(regions) } else { Err(wrong) }
}

enum Marker<'l> {
    Begin(&'l str),
    End,
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let text = line.trim();
    let text = text.strip_prefix("{/*").and_then(|text| text.strip_suffix("*/}")).unwrap_or(text);
    let text = text.trim().trim_start_matches('/').trim_start_matches('#').trim();
    let is_comment = ["//", "#", "{/*"].iter().any(|start| line.trim_start().starts_with(start));
    match text.strip_prefix("region:") {
        Some(name) if is_comment => Some(Marker::Begin(name.trim())),
        None if is_comment && text == "endregion" => Some(Marker::End),
        _ => None,
    }
}

fn dedent(lines: &[&str]) -> String {
    let indentation = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(indentation..).unwrap_or_default()).collect();
    trimmed(&lines)
}

/// Without empty lines at both ends, and never two of them in a row.
fn trimmed(lines: &[&str]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        let line = line.trim_end();
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    while kept.last().is_some_and(|last| last.is_empty()) {
        kept.pop();
    }
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_vanish_and_indentation_too() {
        let text = "a\n  // region: x\n  b\n\n    c\n  // endregion\n\n{/* region: y */}\nd\n{/* endregion */}\n# region: z\n# endregion\n";
        let regions = read(text).unwrap();
        assert_eq!(regions.whole, "a\n  b\n\n    c\n\nd");
        assert_eq!(regions.get("x"), Some("b\n\n  c"));
        assert_eq!(regions.get("y"), Some("d"));
        assert_eq!(regions.names(), ["x", "y", "z"]);
    }

    #[test]
    fn wrong_markers_are_all_told() {
        let wrong =
            read("// region: a\n// region: b\n// endregion\n// endregion\n// region: a\n// region:\n")
                .unwrap_err();
        let lines: Vec<u32> = wrong.iter().map(|wrong| wrong.line).collect();
        assert_eq!(lines, [2, 4, 5, 6]);
    }

    #[test]
    fn text_that_looks_like_a_marker_is_none() {
        assert_eq!(read("say('region: x')\n").unwrap().names(), Vec::<&str>::new());
    }
}
