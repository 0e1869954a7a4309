//! Quizzes on the page: what each kind looks like, what a page gets to judge with, what is refused, and where.

use std::{fs, path::Path};

use grader::quiz::{
    model::{Choice, Kind, Question},
    read,
};
use press::{
    manuscript::Chapter,
    preprocess::told,
    show::{Page, quiz::key},
};
use runner::course::Course;
use snapbox::Data;

use crate::support::{LESSON, Small, lesson};

const HEARS: &str = "
  - id: who_is_greeted
    kind: hears
    level: junior
    topic: events
    section: a-scene
    ask: \"Asha comes in. Who hears `hello`?\"
    demo: 01_small/greeting
    scenario: hello
    event: hello
    show: greet
    answer: [asha]
    rust: []
    differs: \"There it is *late*.\"
    explain: \"The server greets who comes in.\"
";

/// The small course with a quiz of every kind.
fn small() -> Small {
    let small = Small::new();
    let course = Course::open(small.root()).expect("a course");
    let written = press::new::quiz(&course, LESSON).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert_eq!(written.len(), 1);
    let path = format!("quiz/{LESSON}.yaml");
    let text = small.read(&path);
    let (questions, _) = text.split_once("  # Who hears").expect("the part that is no question yet");
    small.write(&path, &format!("{questions}{HEARS}"));
    small
}

fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/golden").join(name);
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(actual, Data::read_from(&path, None).raw());
}

#[test]
fn each_kind() {
    let small = small();
    let material = small.material();
    assert_eq!(material.problems, []);
    let chapter = Chapter::new("01_small.md", "---\ntitle: \"Small\"\n---\n{{#quiz}}\n");
    let shown = Page { material: &material, chapter: &chapter }.show();
    assert_eq!(shown.problems, []);
    let quiz = shown.markdown.split_once("</header>").expect("a header").1.trim().to_owned();
    assert!(!quiz.contains('\n'), "an empty line would end the HTML");
    for name in Kind::NAMES {
        let kind = format!("&quot;kind&quot;:&quot;{name}&quot;");
        let of_kind: Vec<&str> = quiz.split("<article ").filter(|article| article.contains(&kind)).collect();
        let last = of_kind.last().unwrap_or_else(|| panic!("no question of the kind {name}"));
        golden(&format!("quiz_{name}.html"), &format!("<article {last}").replace("><", ">\n<"));
    }
}

#[test]
fn the_interview_has_an_index_of_the_lessons() {
    let small = small();
    small.change(&format!("quiz/{LESSON}.yaml"), "id: who_is_greeted", "id: greeted_by_whom");
    let yaml = small.read(&format!("quiz/{LESSON}.yaml")).replace("id: small_", "id: interview_");
    let yaml =
        yaml.replace("id: greeted_by_whom", "id: who_is_greeted").replace("section: ", "section: 01_small#");
    small.write("quiz/interview.yaml", &yaml);
    small.write("book/src/index.md", "---\ntitle: \"Start\"\n---\n{{#quiz interview}}\n");
    assert_eq!(small.problems(), []);
    let material = small.material();
    let page = Page { material: &material, chapter: material.chapter("index").expect("it is there") };
    let html = page.show().markdown;
    let index = "data-interview=\"[&#123;&quot;page&quot;:&quot;01_small&quot;,&quot;questions&quot;:[&quot;small_who_begins&quot;,";
    assert!(html.contains(index), "{html}");
    assert_eq!(html.matches("<article ").count(), 9);
    assert!(html.contains("Small: A scene</a>"), "the link names the lesson: {html}");
}

#[test]
fn the_steps_of_an_order_never_stand_in_their_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let course = Course::open(&root).expect("the course");
    let material =
        press::material::Material::open(&root).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    let mut seen = 0;
    for chapter in &material.chapters {
        let shown = Page { material: &material, chapter }.show();
        for article in shown.markdown.split("<article ").filter(|article| article.contains("sl-steps")) {
            let steps = article.split("data-step=\"").skip(1);
            let steps: Vec<usize> = steps.filter_map(|step| step.split('"').next()?.parse().ok()).collect();
            assert!(!steps.is_sorted(), "{article}");
            seen += 1;
        }
    }
    assert!(seen > 20 && course.quizzes().is_ok_and(|quizzes| quizzes.len() == 24), "{seen}");
}

/// Every text of a question becomes this one.
const SCRIPT: &str = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{#include /etc/passwd}} [x](javascript:alert(3)) \
                      \"><b onclick='x'>\n\n</form></article># ";

fn hostile(question: &mut Question) {
    let all = |texts: &mut [String]| texts.iter_mut().for_each(|text| SCRIPT.clone_into(text));
    let choices = |choices: &mut [Choice]| {
        for choice in choices {
            SCRIPT.clone_into(&mut choice.text);
            choice.why = choice.why.as_ref().map(|_| SCRIPT.to_owned());
        }
    };
    for text in [&mut question.ask, &mut question.explain, &mut question.section.title] {
        SCRIPT.clone_into(text);
    }
    match &mut question.kind {
        Kind::Choice { choices: texts } | Kind::Choices { choices: texts } => choices(texts),
        Kind::Short { answers, wrong } => {
            all(answers);
            for wrong in wrong {
                SCRIPT.clone_into(&mut wrong.answer);
                SCRIPT.clone_into(&mut wrong.why);
            }
        }
        Kind::Order { steps } => steps.iter_mut().for_each(|group| all(group)),
        Kind::Decode { packet, answer } => {
            *packet = format!("42{}", serde_json::json!([SCRIPT]));
            answer.values_mut().for_each(|value| SCRIPT.clone_into(value));
        }
        Kind::Hears(hears) => {
            SCRIPT.clone_into(&mut hears.event);
            hears.differs = Some(SCRIPT.to_owned());
            all(&mut hears.actors);
            all(&mut hears.answer);
        }
        Kind::Open { points, model } => {
            SCRIPT.clone_into(model);
            for point in points {
                SCRIPT.clone_into(&mut point.point);
                point.words = vec![vec![SCRIPT.to_owned()]];
            }
        }
    }
}

#[test]
fn no_text_of_a_question_is_markup() {
    let small = small();
    let mut material = small.material();
    for question in &mut material.quizzes[0].questions {
        hostile(question);
    }
    let chapter = Chapter::new("01_small.md", "---\ntitle: \"x\"\n---\n{{#quiz}}\n\nBehind it.\n");
    let shown = Page { material: &material, chapter: &chapter }.show();
    assert_eq!(shown.problems, []);
    let text = &shown.markdown;
    for markup in
        ["<script", "</script", "<img", "<b ", "</form></article>#", "href=\"javascript", "{{#include"]
    {
        assert!(!text.contains(markup), "{markup}");
    }
    assert_eq!(text.matches("<article ").count(), text.matches("</article>").count());
    assert_eq!(text.matches("<form ").count(), 9);
    assert!(text.matches("&lt;script&gt;").count() > 60, "{}", text.matches("&lt;script&gt;").count());
    // The quiz is one line, so that Markdown takes nothing of it for its own.
    let line = text.lines().find(|line| line.starts_with("<section class=\"sl-quiz\"")).expect("the quiz");
    assert!(line.ends_with("</section>"));
}

/// What a page gets of the questions of the shared table: the browser's tests judge with it.
#[test]
fn the_keys_of_the_shared_table() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runner/grader/tests/quiz/verdicts.json");
    let table: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(table).expect("the table")).expect("JSON");
    let keys: Vec<String> = table
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| {
            let yaml: Vec<String> =
                entry["question"].as_str().expect("YAML").lines().map(|line| format!("    {line}")).collect();
            let yaml = format!("questions:\n  -\n{}\n", yaml.join("\n"));
            let mut question = read::quiz(&yaml, Some("07_rooms")).expect("a question").remove(0);
            if let Kind::Hears(hears) = &mut question.kind {
                hears.actors = serde_json::from_value(entry["actors"].clone()).expect("actors");
            }
            key(&question).to_string()
        })
        .collect();
    golden("quiz_keys.json", &format!("[\n{}\n]\n", keys.join(",\n")));
}

/// Makes one thing wrong; answers what is said about it.
fn with(change: impl FnOnce(&Small)) -> String {
    let small = small();
    change(&small);
    small.problems().iter().map(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_fault_is_named_with_its_place() {
    const QUIZ: &str = "quiz/01_small.yaml";
    let chapter = "book/src/01_small.md";
    let of = |key: &str| {
        let text = small().read(QUIZ);
        let lines = (1..).zip(text.lines());
        let (line, text) =
            lines.into_iter().filter(|(_, line)| line.trim().starts_with(key)).last().expect("the key");
        format!("{QUIZ}:{line}:{}: ", text.find(key).expect("the key") + key.len() + 2)
    };
    let cases = [
        (with(|_| {}), String::new()),
        (
            with(|small| small.change(QUIZ, "show: greet", "show: gret")),
            of("show:") + "`main.js` of `01_small/greeting` has no region `gret`; did you mean `greet`?",
        ),
        (
            with(|small| small.change(QUIZ, "scenario: hello", "scenario: helo")),
            of("scenario:") + "the demo `01_small/greeting` has no scenario `helo`; did you mean `hello`?",
        ),
        (
            with(|small| small.change(QUIZ, "01_small/greeting", "01_small/greting")),
            of("demo:")
                + "there is no demo `01_small/greting` under `book/demos`; did you mean `01_small/greeting`?",
        ),
        (
            with(|small| fs::remove_dir_all(small.root().join("book/recordings/demos")).expect("gone")),
            of("scenario:")
                + "`01_small/greeting`: it was not recorded yet; run `cargo run -p press -- record 01_small`",
        ),
        (
            with(|small| small.write(chapter, &lesson("\n{{#quiz}}\n"))),
            format!("{chapter}:28:1: the quiz of this lesson stands twice"),
        ),
        (
            with(|small| small.write("book/src/index.md", "---\ntitle: \"Start\"\n---\n{{#quiz}}\n")),
            "book/src/index.md:4:1: only a lesson has a quiz of its own".to_owned(),
        ),
        (
            with(|small| {
                small.write("book/src/index.md", "---\ntitle: \"Start\"\n---\n{{#quiz interview}}\n");
            }),
            "book/src/index.md:4:1: there are no questions for the interview".to_owned(),
        ),
        (
            with(|small| {
                let yaml = small
                    .read(QUIZ)
                    .replace("id: ", "id: interview_")
                    .replace("section: ", "section: 01_small#");
                small.write("quiz/interview.yaml", &yaml);
            }),
            "quiz/interview.yaml: no chapter asks these questions: `{{#quiz interview}}`".to_owned(),
        ),
        (with(|small| small.change(chapter, "{{#quiz}}", "")), "the lesson has no `{{#quiz}}`".to_owned()),
    ];
    for (said, wanted) in cases {
        assert!(
            said.contains(&wanted) && (wanted.is_empty() == said.is_empty()),
            "wanted {wanted:?}, and it said:\n{said}"
        );
    }
}

#[test]
fn a_demo_that_only_a_question_uses_is_used() {
    let small = small();
    let text = lesson("");
    let unused: Vec<&str> = text.lines().filter(|line| !line.contains("demo=greeting")).collect();
    let unused = unused.join("\n");
    small.write("book/src/01_small.md", &unused);
    let said: Vec<String> = small.problems().iter().map(told).collect();
    assert!(!said.iter().any(|line| line.contains("no chapter shows this demo")), "{said:?}");
    fs::remove_file(small.root().join("quiz/01_small.yaml")).expect("gone");
    let said: Vec<String> = small.problems().iter().map(told).collect();
    assert!(
        said.iter().any(|line| line.contains("no chapter shows this demo, and no question asks about it")),
        "{said:?}"
    );
}

#[test]
fn a_quiz_is_written_once_and_for_a_lesson_that_is_there() {
    let small = small();
    let course = Course::open(small.root()).expect("a course");
    let refused = |slug: &str| {
        let failure = press::new::quiz(&course, slug).expect_err(slug);
        format!("{:#}", failure.error)
    };
    assert!(refused("01_small").contains("`quiz/01_small.yaml` is there already"));
    assert!(refused("02_none").contains(
        "there is no lesson `02_none` yet; write it first: `cargo run -p press -- new lesson 02_none`"
    ));
    assert!(refused("../01_small").contains("a lesson is named `NN_slug`"));
}
