//! A directive: a line `{{#name key=value key="quoted value"}}`, with the place of each of its parts.

use runner::course::nearest;

/// A line that stands for something the book shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// `trace`
    pub name: String,
    /// The line of its file, from 1.
    pub line: u32,
    /// The column of its `{{#`, in characters, from 1.
    pub column: u32,
    /// All that stands behind the name, as it was written.
    pub rest: String,
    /// The column at which that begins.
    pub rest_column: u32,
}

/// Why a directive cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The column that is meant, in characters, from 1.
    pub column: u32,
    /// What is wrong and what to do.
    pub message: String,
    /// The file that is wrong itself. It is told with its own place, and this only follows from it.
    pub follows_from: Option<String>,
}

impl Wrong {
    /// Something wrong at a column.
    pub fn at(column: u32, message: impl Into<String>) -> Self {
        Self { column, message: message.into(), follows_from: None }
    }
}

/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its key; none for a bare word.
    pub key: Option<String>,
    /// Its value, without quotes.
    pub value: String,
    /// Where it begins.
    pub column: u32,
}

/// The arguments of a directive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    all: Vec<Argument>,
    /// The column of the whole directive: for what is missing.
    column: u32,
}

impl Directive {
    /// Reads a line, if it is a directive.
    pub fn read(line: &str, number: u32) -> Option<Self> {
        let text = line.trim_end();
        let inside = text.trim_start().strip_prefix("{{#")?.strip_suffix("}}")?;
        let column = count(&text[..text.len() - text.trim_start().len()]) + 1;
        let name: String =
            inside.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
        let rest = &inside[name.len()..];
        let begins = rest.len() - rest.trim_start().len();
        let rest_column = column + 3 + count(&name) + count(&rest[..begins]);
        Some(Self { name, line: number, column, rest: rest.trim().to_owned(), rest_column })
    }

    /// Its arguments. `keys` are the known ones; a bare word is allowed where `bare` says what it is.
    pub fn arguments(&self, keys: &[&str], bare: Option<&str>) -> Result<Arguments, Wrong> {
        let mut all: Vec<Argument> = Vec::new();
        let mut left = self.rest.as_str();
        let mut column = self.rest_column;
        while !left.is_empty() {
            let (argument, used) = next(left, column)?;
            if let Some(key) = &argument.key {
                known(key, keys, &self.name, argument.column)?;
            } else if bare.is_none() {
                let message = format!("`{}` is no `key=value`; known here: {}", argument.value, listed(keys));
                return Err(Wrong::at(argument.column, message));
            }
            if all.iter().any(|have| have.key == argument.key) {
                let twice = argument.key.as_deref().unwrap_or("a name");
                return Err(Wrong::at(argument.column, format!("`{twice}` stands twice")));
            }
            all.push(argument);
            column += count(&left[..used]);
            left = &left[used..];
            let trimmed = left.trim_start();
            column += count(&left[..left.len() - trimmed.len()]);
            left = trimmed;
        }
        if let Some(what) = bare
            && all.iter().all(|argument| argument.key.is_some())
        {
            return Err(Wrong::at(self.column, format!("`{}` needs {what}", self.name)));
        }
        Ok(Arguments { all, column: self.column })
    }
}

impl Arguments {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.argument(key).map(|argument| argument.value.as_str())
    }

    /// A key that has to be there.
    pub fn need(&self, key: &str) -> Result<&str, Wrong> {
        self.get(key).ok_or_else(|| Wrong::at(self.column, format!("`{key}=…` is missing")))
    }

    /// The bare word.
    pub fn bare(&self) -> Option<&Argument> {
        self.all.iter().find(|argument| argument.key.is_none())
    }

    /// The argument of a key.
    pub fn argument(&self, key: &str) -> Option<&Argument> {
        self.all.iter().find(|argument| argument.key.as_deref() == Some(key))
    }

    /// Where the argument of a key stands, or else the directive.
    pub fn column(&self, key: &str) -> u32 {
        self.argument(key).map_or(self.column, |argument| argument.column)
    }
}

/// The argument at the beginning of a text, and how many bytes it takes.
fn next(text: &str, column: u32) -> Result<(Argument, usize), Wrong> {
    let end_of_word = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
    let word = &text[..end_of_word];
    if !text[end_of_word..].starts_with('=') {
        return Ok((Argument { key: None, value: word.to_owned(), column }, end_of_word));
    }
    if word.is_empty() {
        return Err(Wrong::at(column, "there is no key before `=`"));
    }
    let value_at = end_of_word + 1;
    let value = &text[value_at..];
    let (value, used) = if let Some(quoted) = value.strip_prefix('"') {
        let end = quoted
            .find('"')
            .ok_or_else(|| Wrong::at(column, format!("the value of `{word}` has no closing quote")))?;
        (&quoted[..end], end + 2)
    } else {
        let end = value.find(char::is_whitespace).unwrap_or(value.len());
        (&value[..end], end)
    };
    if value.trim().is_empty() {
        return Err(Wrong::at(column, format!("`{word}` has no value")));
    }
    Ok((Argument { key: Some(word.to_owned()), value: value.to_owned(), column }, value_at + used))
}

fn known(key: &str, keys: &[&str], directive: &str, column: u32) -> Result<(), Wrong> {
    if keys.contains(&key) {
        return Ok(());
    }
    let near = suggestion(key, keys);
    Err(Wrong::at(column, format!("`{directive}` has no key `{key}`{near}")))
}

/// `; did you mean …?`, or what there is.
pub(crate) fn suggestion(typed: &str, names: &[&str]) -> String {
    let near = nearest(typed, names.iter().copied());
    match near.first() {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; known here: {}", listed(names)),
    }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        return "nothing".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

pub(crate) fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&str] = &["demo", "scenario", "caption"];

    fn read(line: &str) -> Directive {
        Directive::read(line, 7).expect("a directive")
    }

    #[test]
    fn values_may_be_quoted() {
        let directive = read(r#"{{#trace demo=greet scenario=inside caption="a = b, and more"}}"#);
        let arguments = directive.arguments(KEYS, None).unwrap();
        assert_eq!(arguments.get("demo"), Some("greet"));
        assert_eq!(arguments.get("caption"), Some("a = b, and more"));
        assert_eq!(arguments.column("scenario"), 21);
        assert_eq!(arguments.need("actors").unwrap_err(), Wrong::at(1, "`actors=…` is missing"));
    }

    #[test]
    fn a_frame_is_kept_as_it_is() {
        let directive = read(r#"{{#frame 42["hello", "a}}b"]}}"#);
        assert_eq!((directive.rest.as_str(), directive.rest_column), (r#"42["hello", "a}}b"]"#, 10));
    }

    #[test]
    fn what_is_wrong_has_its_column() {
        let wrong = |line: &str| read(line).arguments(KEYS, None).unwrap_err();
        assert_eq!(wrong("{{#code demo=a scenaro=b}}").column, 16);
        assert!(wrong("{{#code demo=a scenaro=b}}").message.contains("did you mean `scenario`"));
        assert_eq!(wrong("{{#code é=1}}").column, 9);
        assert!(wrong("{{#code demo=\"a}}").message.contains("closing quote"));
        assert!(wrong("{{#code demo=}}").message.contains("no value"));
        assert!(wrong("{{#code demo=a demo=b}}").message.contains("twice"));
        assert!(wrong("{{#code greet}}").message.contains("is no `key=value`"));
        let bare = read("{{#exercise}}").arguments(&[], Some("the name of an exercise")).unwrap_err();
        assert_eq!(bare.message, "`exercise` needs the name of an exercise");
    }

    #[test]
    fn other_lines_are_no_directives() {
        for line in ["text {{#code demo=a}}", "{{#code demo=a}} text", "{{code}}", ""] {
            assert_eq!(Directive::read(line, 1), None, "{line}");
        }
    }
}
