//! The end of a quiz: how it went, by topic, and what to read again. Next: `json.rs`.

use indexmap::IndexMap;
use unicode_width::UnicodeWidthStr;

use super::{
    super::{Context, look, typed},
    feedback,
    item::Item,
};
use crate::{course::Course, exit::Failure};

/// How one question went when it was asked for the first time.
#[derive(Debug)]
pub(super) struct Done<'i> {
    pub(super) item: &'i Item,
    pub(super) right: bool,
}

/// Prints the summary of what was answered; `skipped` were left out.
pub(super) fn print(
    done: &[Done<'_>],
    skipped: usize,
    course: &Course,
    ctx: &mut Context<'_>,
) -> Result<(), Failure> {
    let (strong, shown) = (look::STRONG, look::TYPED);
    let right = done.iter().filter(|done| done.right).count();
    let left_out = if skipped > 0 { format!(", {skipped} left out") } else { String::new() };
    if done.is_empty() {
        writeln!(ctx.out, "\n{strong}No question was answered{strong:#}{left_out}")?;
        return Ok(());
    }
    writeln!(ctx.out, "\n{strong}{right} of {} right{strong:#}{left_out}", done.len())?;
    let mut topics: IndexMap<&str, (usize, usize)> = IndexMap::new();
    for done in done {
        let count = topics.entry(done.item.topic()).or_default();
        *count = (count.0 + usize::from(done.right), count.1 + 1);
    }
    let width = topics.keys().map(|topic| topic.width()).max().unwrap_or_default();
    writeln!(ctx.out)?;
    for (topic, (right, all)) in &topics {
        writeln!(ctx.out, "  {topic:width$}  {right} of {all}")?;
    }
    let mut places: Vec<String> = Vec::new();
    for Done { item, .. } in done.iter().filter(|done| !done.right) {
        let place = match item {
            Item::Question(question) => feedback::place(question, course),
            Item::Cause(cause) => typed(&format!("explain {}", cause.name)),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if !places.is_empty() {
        writeln!(ctx.out, "\nRead again:")?;
        for place in places {
            writeln!(ctx.out, "  {place}")?;
        }
    }
    let review = typed("quiz review");
    writeln!(ctx.out, "\nEach question comes back when it is time:\n  {shown}{review}{shown:#}")?;
    Ok(())
}
