//! A diagram in sentences, one for each arrow.
//!
//! Screen readers, `--plain` and the text alternative of the SVG use it. Next: [`super::svg`].

use super::{
    Arrow, Diagram, Saying,
    gather::HTTP,
    shorten::{Charset, clean, clip},
};
use crate::transcript::Direction;

/// The longest printed line or remark in a sentence.
const LONGEST: usize = 160;

pub(super) fn sentences(diagram: &Diagram) -> Vec<String> {
    let mut sentences = Vec::new();
    if diagram.earlier > 0 {
        sentences.push(left_out(diagram.earlier, "earlier"));
    }
    sentences.extend(diagram.arrows.iter().map(|arrow| sentence(diagram, arrow)));
    if diagram.later > 0 {
        sentences.push(left_out(diagram.later, "later"));
    }
    sentences
}

fn left_out(count: usize, which: &str) -> String {
    if count == 1 {
        format!("1 {which} packet is left out.")
    } else {
        format!("{count} {which} packets are left out.")
    }
}

fn sentence(diagram: &Diagram, arrow: &Arrow) -> String {
    let (actors, program) = (names(diagram, arrow), clean(&diagram.program, Charset::Unicode));
    let many = arrow.actors.len() > 1;
    let to_program = arrow.direction == Some(Direction::ToProgram);
    let (who, whom) = if to_program { (&actors, &program) } else { (&program, &actors) };
    let several_speak = if to_program { many } else { program.ends_with("frames") };
    let verb = |one: &str, several: &str| if several_speak { several.to_owned() } else { one.to_owned() };
    let head = clip(&clean(&arrow.label.head, Charset::Unicode), LONGEST, Charset::Unicode);
    let args = arrow.label.args_in_words();
    let with = args.as_ref().map_or_else(String::new, |args| format!(" {args}"));
    let said = match arrow.saying {
        Saying::Http if by_nobody(diagram, arrow) && to_program => {
            format!("an HTTP request goes to {program}: {head}{with}")
        }
        Saying::Http if by_nobody(diagram, arrow) => {
            format!("{program} {} over HTTP: {head}{with}", verb("answers", "answer"))
        }
        Saying::Event | Saying::Frame | Saying::Http => {
            format!("{who} {} {head}{with} to {whom}", verb("sends", "send"))
        }
        Saying::Ack => format!("{who} {} {whom}: {head}{with}", verb("answers", "answer")),
        Saying::Connect => {
            let with = args.map_or_else(String::new, |args| format!(", with {args}"));
            let place = head.strip_prefix("CONNECT").unwrap_or_default();
            format!("{who} {} {whom} to be let in{place}{with}", verb("asks", "ask"))
        }
        Saying::Welcome => {
            let place = head.strip_prefix("CONNECT").unwrap_or_default();
            format!("{who} {} {whom} in{place}", verb("lets", "let"))
        }
        Saying::Refusal => {
            let with = args.map_or_else(String::new, |args| format!(": {args}"));
            format!("{who} {} {whom}{with}", verb("refuses", "refuse"))
        }
        Saying::Leave => format!("{who} {} DISCONNECT to {whom}", verb("sends", "send")),
        Saying::Close => head.strip_prefix("closes: ").map_or_else(
            || format!("{who} {head} to {whom}"),
            |how| format!("{who} {} the connection with {whom}: {how}", verb("closes", "close")),
        ),
        Saying::Deed if !arrow.actors.is_empty() => format!("{who} {head}{with}"),
        Saying::End if head.starts_with("node ") => head,
        Saying::Print | Saying::Deed | Saying::End => format!("{program} {head}{with}"),
        Saying::Transport => format!("{actors}: {head}"),
        Saying::Note => head,
    };
    let times = match arrow.times {
        times if times > arrow.actors.len().max(1) => format!(", {times} times"),
        _ => String::new(),
    };
    let mark = if arrow.marked { " Here it goes wrong." } else { "" };
    let end = if said.ends_with(['.', '!', '?']) && times.is_empty() { "" } else { "." };
    capital(&format!("{said}{times}{end}{mark}"))
}

/// Whether it is a step over HTTP: its actor is nobody in particular.
fn by_nobody(diagram: &Diagram, arrow: &Arrow) -> bool {
    arrow.actors.iter().all(|&index| diagram.actors[index] == HTTP)
}

/// `Asha`, `Asha and Ravi`, `Asha, Ravi and 18 others`
fn names(diagram: &Diagram, arrow: &Arrow) -> String {
    let names: Vec<String> = arrow
        .actors
        .iter()
        .map(|&index| match diagram.actors[index].as_str() {
            role @ ("server" | "user") => format!("the {role}"),
            name => capital(&clean(name, Charset::Unicode)),
        })
        .collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if first.len() < 4 => format!("{} and {last}", first.join(", ")),
        [one, two, rest @ ..] => format!("{one}, {two} and {} others", rest.len()),
    }
}

fn capital(text: &str) -> String {
    let mut symbols = text.chars();
    symbols.next().map_or_else(String::new, |first| first.to_uppercase().chain(symbols).collect())
}
