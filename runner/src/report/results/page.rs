//! A class, as one page that can be kept, sent and printed: it asks for nothing from anywhere, and runs no program.
//! Next: `markup.rs`.

use std::fmt::Write as _;

use super::{
    class::another_state,
    markup::{Head, Table, bar, escape, theirs},
    words::{count, date, done, language, median, percent, share},
};
use crate::results::{Class, Done, HardExercise, HardQuestion, Learner, Outline};

const STYLE: &str = include_str!("page.css");
/// So many of the hardest stand at the top.
const FIRST: usize = 5;

/// The page.
pub fn page(class: &Class, outline: &Outline) -> String {
    let title = format!("Results of {}", count(class.learners.len() as u64, "learner"));
    let mut page = head(&title);
    let _ = writeln!(
        page,
        "<h1>{title}</h1>\n<p class=\"soft\">Made on {} (all days are of UTC). The course has {} and {}.</p>",
        date(class.made_at),
        count(outline.exercises.len() as u64, "exercise"),
        count(outline.questions.len() as u64, "question"),
    );
    if class.of_another_state() > 0 {
        let _ = writeln!(page, "<p>{}</p>", escape(&another_state(class)));
    }
    let parts = [
        ("again", "To teach again", again(class)),
        ("learners", "Learners", learners(class)),
        ("lessons", "Lesson by lesson", lessons(class, outline)),
        ("exercises", "Exercises", exercises(class)),
        ("questions", "Questions", questions(class)),
        ("mistakes", "Mistakes", mistakes(class)),
        ("files", "Files that were left out", files(class)),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(.., part)| !part.is_empty()).collect();
    page.push_str("<nav aria-label=\"On this page\"><ul>");
    for (id, title, _) in &parts {
        let _ = write!(page, "<li><a href=\"#{id}\">{title}</a></li>");
    }
    page.push_str("</ul></nav>\n");
    for (id, title, part) in parts {
        let _ = write!(page, "<section id=\"{id}\">\n<h2>{title}</h2>\n{part}</section>\n");
    }
    page + "</main>\n</body>\n</html>\n"
}

/// The policy lets the page load nothing, and run nothing, whatever stands in it.
fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>Socketlings: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
}

fn again(class: &Class) -> String {
    let mut part = String::new();
    let unsolved = |exercise: &&HardExercise| {
        exercise.solved.part < exercise.solved.of || exercise.hints > 0 || exercise.solutions_seen > 0
    };
    let exercises: Vec<String> = class
        .exercises
        .iter()
        .filter(unsolved)
        .take(FIRST)
        .map(|exercise| {
            let checks = exercise
                .checks_until_pass
                .map_or(String::new(), |checks| format!(", checks until then (median): {checks}"));
            format!(
                "<li><b>{}</b>: {} solved it{checks}</li>",
                escape(&exercise.title),
                share(exercise.solved)
            )
        })
        .collect();
    let wrong = |question: &&HardQuestion| question.first_right.part < question.first_right.of;
    let questions: Vec<String> = class
        .questions
        .iter()
        .filter(wrong)
        .take(FIRST)
        .map(|question| {
            format!(
                "<li><b>{} right at once</b>: {}</li>",
                share(question.first_right),
                escape(&question.ask)
            )
        })
        .collect();
    for (title, items) in [("Exercises", exercises), ("Questions", questions)] {
        if !items.is_empty() {
            let _ = writeln!(part, "<h3>{title}</h3>\n<ol>{}</ol>", items.concat());
        }
    }
    part
}

fn learners(class: &Class) -> String {
    let heads = [
        column("Learner"),
        column("Track"),
        column("Exercises passed"),
        numbers("Checks"),
        numbers("Hints"),
        numbers("Solutions seen before a pass"),
        column("Questions answered"),
        numbers("Right at once"),
        column("Taken on"),
    ];
    let mut table = Table::new("of-learners", "What each learner has done, by name", &heads);
    for learner in &class.learners {
        let (exercises, questions) = (learner.exercises, learner.questions);
        table.row(&[
            theirs(&learner.name),
            language(learner.track).to_owned(),
            format!("{}{}", bar(exercises.passed, exercises.of), done(exercises)),
            learner.checks.to_string(),
            learner.hints.to_string(),
            learner.solutions_seen.to_string(),
            format!("{}{} of {}", bar(questions.answered, questions.of), questions.answered, questions.of),
            percent(questions.percent()),
            date(learner.made_at),
        ]);
    }
    table.end()
}

fn lessons(class: &Class, outline: &Outline) -> String {
    let with_exercises = |id: &str| outline.exercises.iter().any(|exercise| exercise.lesson == id);
    let lessons: Vec<_> = outline.lessons.iter().filter(|lesson| with_exercises(&lesson.id)).collect();
    let heads = lessons.iter().map(|lesson| {
        let title = escape(&lesson.title);
        let head = format!(
            "<span title=\"{title}\"><span class=\"unseen\">lesson </span>{}<span class=\"unseen\">, {title}</span></span>",
            lesson.number
        );
        (head, true)
    });
    let heads: Vec<Head> = [column("Learner")].into_iter().chain(heads).collect();
    let caption = "Exercises that passed, of those in each lesson";
    let mut table = Table::new("of-lessons", caption, &heads);
    for learner in &class.learners {
        let cells = lessons.iter().map(|lesson| cell(learner, &lesson.id));
        table.row(&[theirs(&learner.name)].into_iter().chain(cells).collect::<Vec<_>>());
    }
    let names: Vec<String> = lessons
        .iter()
        .map(|lesson| format!("<li value=\"{}\">{}</li>", lesson.number, escape(&lesson.title)))
        .collect();
    format!(
        "{}<details><summary>The names of the lessons</summary><ol>{}</ol></details>\n",
        table.end(),
        names.concat()
    )
}

fn cell(learner: &Learner, lesson: &str) -> String {
    let done =
        learner.lessons.iter().find(|done| done.id == lesson).map(|done| done.exercises).unwrap_or_default();
    let Done { passed, of } = done;
    let class = match (passed, of) {
        // Nothing of it is in the learner's track.
        (_, 0) => return "<span class=\"soft\">none</span>".to_owned(),
        (0, _) => "soft",
        _ if passed == of => "all",
        _ => "some",
    };
    format!("<span class=\"{class}\">{passed}/{of}</span>")
}

fn exercises(class: &Class) -> String {
    if class.exercises.is_empty() {
        return String::new();
    }
    let heads = [
        column("Exercise"),
        column("Solved by, of those who tried"),
        numbers("Checks until then (median)"),
        numbers("Hints"),
        numbers("Solutions seen before a pass"),
    ];
    let mut table = Table::new("of-exercises", "Exercises and stages, those to teach again first", &heads);
    for exercise in &class.exercises {
        let stage = exercise.stage.as_ref().map_or(String::new(), |stage| format!(" at {stage}"));
        table.row(&[
            format!(
                "{}<br><code>{}</code>",
                escape(&exercise.title),
                escape(&format!("{}{stage}", exercise.id))
            ),
            format!("{}{}", bar(exercise.solved.part, exercise.solved.of), share(exercise.solved)),
            median(exercise.checks_until_pass),
            exercise.hints.to_string(),
            exercise.solutions_seen.to_string(),
        ]);
    }
    table.end()
}

fn questions(class: &Class) -> String {
    if class.questions.is_empty() {
        return String::new();
    }
    let heads = [column("Question"), column("Right at once"), numbers("Answered by"), column("Lesson")];
    let mut table = Table::new("of-questions", "Questions, those to teach again first", &heads);
    for question in &class.questions {
        table.row(&[
            format!("{}<br><code>{}</code>", escape(&question.ask), escape(&question.id)),
            format!(
                "{}{}",
                bar(question.first_right.part, question.first_right.of),
                share(question.first_right)
            ),
            question.answered.to_string(),
            escape(question.lesson.as_deref().unwrap_or("interview")),
        ]);
    }
    table.end()
}

fn mistakes(class: &Class) -> String {
    if class.mistakes.is_empty() {
        return String::new();
    }
    let heads = [column("Mistake"), numbers("Learners")];
    let mut table =
        Table::new("of-mistakes", "Mistakes with a name, and how many learners have met them", &heads);
    for mistake in &class.mistakes {
        table.row(&[format!("<code>{}</code>", escape(&mistake.name)), mistake.learners.to_string()]);
    }
    table.end()
}

fn files(class: &Class) -> String {
    if class.left_out.is_empty() {
        return String::new();
    }
    let items: Vec<String> = class
        .left_out
        .iter()
        .map(|file| {
            let word = if file.refused { "refused" } else { "old" };
            format!("<li>{}: {word}: {}</li>", theirs(&file.file), escape(&file.why))
        })
        .collect();
    format!("<ul>{}</ul>\n", items.concat())
}

fn column(words: &str) -> Head {
    (escape(words), false)
}

fn numbers(words: &str) -> Head {
    (escape(words), true)
}
