//! `{{#hears}}`: who heard which event, from the recordings of both tracks.

use std::fmt::Write as _;

use grader::{quiz::heard, scenario::model::Track};
use indexmap::IndexSet;

use super::{
    Page,
    ask::Picture,
    html::{escape, inline},
    trace,
};
use crate::{
    manuscript::directive::Wrong,
    recording::{self, model::Run},
};

impl Page<'_> {
    /// The table.
    pub(super) fn hears(&self, picture: &Picture, column: u32) -> Result<String, Wrong> {
        // For the actors and for what is wrong with the picture.
        let packets = self.packets(picture, column)?;
        let client = packets.is_client();
        let played = picture.scenario.as_ref().and_then(|id| packets.recording.scenario(id));
        let runs: Vec<&Run> = played
            .into_iter()
            .flat_map(|played| &played.runs)
            .filter(|run| picture.track.is_none_or(|track| run.tracks.contains(&track)))
            .collect();
        let heard: Vec<Vec<(String, String)>> = runs.iter().map(|run| events(run, client)).collect();
        let names: IndexSet<&str> = heard.iter().flatten().map(|(_, event)| event.as_str()).collect();
        if names.is_empty() {
            return Err(Wrong::at(column, "nobody hears an event in this scenario"));
        }
        let mut rows = String::new();
        // Also those that only another track has.
        let is_asked = |actor: &&String| picture.actors.is_empty() || picture.actors.contains(actor);
        let of_others = runs.iter().flat_map(|run| &run.actors).filter(is_asked);
        let actors: IndexSet<&String> = packets.run.actors.iter().chain(of_others).collect();
        for actor in actors.into_iter().filter(|actor| heard::listens(actor)) {
            let _ = write!(rows, "<tr><th scope=\"row\">{}</th>", escape(&trace::name(actor, client)));
            for name in &names {
                let times = |run: &Vec<(String, String)>| {
                    run.iter().filter(|(who, event)| who == actor && event == name).count()
                };
                let counts: Vec<usize> = heard.iter().map(times).collect();
                rows.push_str(&cell(&runs, &counts));
            }
            rows.push_str("</tr>");
        }
        let mut titles = String::from("<tr><td></td>");
        for name in &names {
            let _ = write!(titles, "<th scope=\"col\"><code>{}</code></th>", escape(name));
        }
        let caption = picture.caption.as_deref().unwrap_or("Who hears what");
        Ok(format!(
            "<div class=\"sl-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"sl-hears\">\
             <caption>{}</caption><thead>{titles}</tr></thead><tbody>{rows}</tbody></table></div>",
            escape(caption),
            inline(caption)
        ))
    }
}

/// Who heard which event, in order.
fn events(run: &Run, program_is_client: bool) -> Vec<(String, String)> {
    let transcript = recording::transcript(run);
    let events = heard::events(&transcript, program_is_client);
    events.map(|(who, event)| (who.to_owned(), event.to_owned())).collect()
}

fn cell(runs: &[&Run], counts: &[usize]) -> String {
    let alike = counts.windows(2).all(|pair| pair[0] == pair[1]);
    if alike {
        let count = counts.first().copied().unwrap_or_default();
        let class = if count == 0 { "sl-no" } else { "sl-yes" };
        return format!("<td class=\"{class}\">{}</td>", words(count));
    }
    let each: Vec<String> = runs
        .iter()
        .zip(counts)
        .map(|(run, count)| {
            let tracks: Vec<&str> = run.tracks.iter().map(|track| title(*track)).collect();
            format!("{}: {}", tracks.join(", "), words(*count))
        })
        .collect();
    format!("<td class=\"sl-differs\">{}</td>", each.join("<br>"))
}

fn words(count: usize) -> String {
    match count {
        0 => "no".to_owned(),
        1 => "yes".to_owned(),
        times => format!("{times} times"),
    }
}

/// How a track is called on the page.
pub(super) const fn title(track: Track) -> &'static str {
    match track {
        Track::JavaScript => "JavaScript",
        Track::Rust => "Rust",
    }
}
