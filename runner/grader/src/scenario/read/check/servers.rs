//! Mistakes of role `tests`: each is about one of the servers, or about scenarios that cannot be read.

use crate::{
    scenario::{
        model::Place,
        read::{
            mistake::PlacedMistake,
            problem::shown,
            reader::Reader,
            suggest::{did_you_mean, either},
        },
        servers::Servers,
    },
    verdict::Kind,
    yaml::Reads,
};

/// Every server that a mistake names exists, and is of the right sort.
pub(crate) fn targets(reader: &mut Reader, servers: &Servers, mistakes: &[PlacedMistake]) {
    let wrong: Vec<&str> = servers.wrong.iter().map(|server| server.id.as_str()).collect();
    for placed in mistakes {
        for (when, places) in placed.mistake.when.iter().zip(&placed.places) {
            match when.kind {
                Kind::Rejected => server(reader, &[&servers.right], &when.subject, places.subject),
                Kind::Survived => server(reader, &wrong, &when.subject, places.subject),
                kind if kind.is_program_level() => {
                    server(reader, &["program"], &when.subject, places.subject);
                }
                kind => {
                    let message = format!("`{kind}` is about a program, and here learners write scenarios");
                    let help =
                        "`survived` names a wrong server, `rejected` the right one, and `also` says why";
                    reader.problem_with_help(places.when, message, help);
                }
            }
            if let Some(also) = when.also.as_ref().filter(|also| also.kind == Kind::Survived) {
                server(reader, &wrong, &also.subject, places.also);
            }
        }
    }
}

fn server(reader: &mut Reader, known: &[&str], id: &str, place: Place) {
    if !known.contains(&id) {
        let near = did_you_mean(id, known.iter().copied());
        let message = format!("no such server here: `{}`{near}", shown(id));
        reader.problem_with_help(place, message, format!("known: {}", either(known)));
    }
}
