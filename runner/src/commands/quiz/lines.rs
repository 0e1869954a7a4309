//! Answers as lines of text: for pipes, screen readers and logs. Next: `keys/mod.rs`.

use std::collections::BTreeSet;

use super::{
    super::{Context, prose::wrap},
    ask::{Ask, Length, Said},
};
use crate::exit::Failure;

/// Reads lines from the input.
pub(super) struct Lines;

/// One line.
enum Line {
    Text(String),
    Skip,
    Quit,
    /// The input has ended.
    End,
}

impl Ask for Lines {
    fn one(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<usize>, Failure> {
        list(ctx, options)?;
        let count = options.len();
        let wanted = format!("a number from 1 to {count}");
        ask(ctx, &format!("Your answer, 1 to {count}:"), &wanted, |line| one_of(line, options))
    }

    fn many(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<BTreeSet<usize>>, Failure> {
        list(ctx, options)?;
        let wanted = "numbers with spaces between them, such as `1 3`, or 0 for none";
        ask(ctx, "Your answers, such as 1 3, or 0 for none:", wanted, |line| several(line, options))
    }

    fn order(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<Vec<usize>>, Failure> {
        list(ctx, options)?;
        let wanted = format!("each number from 1 to {} once", options.len());
        ask(ctx, "The right order, such as 2 1 3:", &wanted, |line| {
            let order: Vec<usize> = words(line).map(|word| one_of(word, options)).collect::<Option<_>>()?;
            let each_once = order.len() == options.len() && (0..options.len()).all(|at| order.contains(&at));
            each_once.then_some(order)
        })
    }

    fn text(&mut self, ctx: &mut Context<'_>, what: &str, length: Length) -> Result<Said<String>, Failure> {
        let prompt = match (what, length) {
            ("", Length::Short) => "Your answer:".to_owned(),
            ("", Length::Long) => "Your answer; an empty line ends it:".to_owned(),
            (what, _) => format!("{what}:"),
        };
        let mut text = String::new();
        let mut prompt = prompt.as_str();
        loop {
            match line(ctx, prompt, &[":skip"], &[":quit"])? {
                Line::Skip => return Ok(Said::Skip),
                Line::Quit => return Ok(Said::End),
                // What was typed before the input ended is an answer.
                Line::End if text.is_empty() => return Ok(Said::End),
                Line::End => return Ok(Said::Answer(text)),
                Line::Text(line) if length == Length::Short => return Ok(Said::Answer(line)),
                Line::Text(line) if line.is_empty() => return Ok(Said::Answer(text)),
                Line::Text(line) => {
                    text.push_str(&line);
                    text.push('\n');
                    prompt = "";
                }
            }
        }
    }
}

/// Prints the options, each with its number.
fn list(ctx: &mut Context<'_>, options: &[String]) -> Result<(), Failure> {
    let width = ctx.terminal.prose();
    for (at, option) in options.iter().enumerate() {
        write!(ctx.out, "{}", wrap(&format!("{}. {option}", at + 1), width, 2))?;
    }
    writeln!(ctx.out)?;
    Ok(())
}

/// Asks until a line can be read.
fn ask<T>(
    ctx: &mut Context<'_>,
    prompt: &str,
    wanted: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Said<T>, Failure> {
    loop {
        match line(ctx, prompt, &["skip", "s", ":skip"], &["quit", "q", ":quit"])? {
            Line::Skip => return Ok(Said::Skip),
            Line::Quit | Line::End => return Ok(Said::End),
            Line::Text(line) => match read(&line) {
                Some(answer) => return Ok(Said::Answer(answer)),
                None => writeln!(ctx.out, "Type {wanted}; skip leaves this one out, quit ends the quiz.")?,
            },
        }
    }
}

fn line(ctx: &mut Context<'_>, prompt: &str, skip: &[&str], quit: &[&str]) -> Result<Line, Failure> {
    if !prompt.is_empty() {
        write!(ctx.out, "{prompt} ")?;
    }
    ctx.out.flush()?;
    let mut line = String::new();
    let read = ctx.input.read_line(&mut line)?;
    if read == 0 || !ctx.terminal.interactive {
        // Nobody's Enter has ended the line on the screen.
        writeln!(ctx.out)?;
    }
    let text = line.trim();
    Ok(if read == 0 {
        Line::End
    } else if quit.contains(&text) {
        Line::Quit
    } else if skip.contains(&text) {
        Line::Skip
    } else {
        Line::Text(text.to_owned())
    })
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty())
}

/// A number, a letter, or the option itself.
fn one_of(word: &str, options: &[String]) -> Option<usize> {
    if let Some(at) = options.iter().position(|option| option.eq_ignore_ascii_case(word)) {
        return Some(at);
    }
    let at = match word.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => usize::from(letter.to_ascii_lowercase() - b'a'),
        _ => word.parse::<usize>().ok()?.checked_sub(1)?,
    };
    (at < options.len()).then_some(at)
}

fn several(line: &str, options: &[String]) -> Option<BTreeSet<usize>> {
    if ["0", "none", "nobody", "-"].iter().any(|none| line.eq_ignore_ascii_case(none)) {
        return Some(BTreeSet::new());
    }
    if let Some(at) = options.iter().position(|option| option.eq_ignore_ascii_case(line)) {
        return Some(BTreeSet::from([at]));
    }
    let picked: BTreeSet<usize> = words(line).map(|word| one_of(word, options)).collect::<Option<_>>()?;
    (!picked.is_empty()).then_some(picked)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{one_of, several};

    fn options(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn numbers_letters_and_names() {
        let actors = options(&["asha", "ravi", "asha 2"]);
        for (typed, wanted) in [
            ("1", Some(0)),
            ("c", Some(2)),
            ("B", Some(1)),
            ("Ravi", Some(1)),
            ("4", None),
            ("0", None),
            ("x", None),
        ] {
            assert_eq!(one_of(typed, &actors), wanted, "{typed}");
        }
        for (typed, wanted) in [
            ("0", Some(vec![])),
            ("nobody", Some(vec![])),
            ("1,3", Some(vec![0, 2])),
            ("ravi asha", Some(vec![0, 1])),
            ("asha 2", Some(vec![2])),
            ("a c", Some(vec![0, 2])),
            ("", None),
            ("1 9", None),
        ] {
            let wanted = wanted.map(|wanted: Vec<usize>| wanted.into_iter().collect::<BTreeSet<_>>());
            assert_eq!(several(typed, &actors), wanted, "{typed}");
        }
    }
}
