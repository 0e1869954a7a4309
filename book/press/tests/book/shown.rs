//! What each directive looks like: golden HTML.

use press::{
    manuscript::Chapter,
    recording::model::{Run, Way},
    show::Page,
};
use snapbox::Data;

use crate::support::{Small, demo, greeting, lesson, packet, recording};
use grader::scenario::model::Track;

/// The Markdown of a chapter with this body, without its header.
fn shown(small: &Small, body: &str) -> String {
    let material = small.material();
    let chapter = Chapter::new("01_small.md", format!("---\ntitle: \"Small\"\n---\n{body}"));
    let shown = Page { material: &material, chapter: &chapter }.show();
    assert_eq!(shown.problems, []);
    let markdown = shown.markdown.split_once("</header>").expect("a header").1.trim().to_owned();
    // One element a line is easier to read in a diff.
    markdown.replace("><", ">\n<")
}

fn golden(name: &str, actual: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/golden").join(name);
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(actual, Data::read_from(&path, None).raw());
}

#[test]
fn each_directive() {
    let small = Small::new();
    for (name, directive) in [
        ("code.html", "{{#code demo=greeting region=greet title=\"A `greeting`\"}}"),
        ("code_whole.html", "{{#code demo=greeting}}"),
        ("code_file.html", "{{#code demo=greeting file=demo.yaml}}"),
        ("code_answer.html", "{{#code exercise=say answer=mistake:sender-hears-it-too}}"),
        ("trace.html", "{{#trace demo=greeting scenario=hello caption=\"One `packet`\"}}"),
        ("trace_whole.html", "{{#trace demo=greeting scenario=hello detail=whole}}"),
        ("diagram.html", "{{#diagram demo=greeting scenario=hello caption=\"Hello\"}}"),
        ("frame.html", "{{#frame 42[\"hello\",{\"name\":\"asha\"}]}}"),
        ("hears.html", "{{#hears demo=greeting scenario=hello caption=\"Who?\"}}"),
        ("mistake.html", "{{#mistake say/sender-hears-it-too}}"),
        ("exercise.html", "{{#exercise say}}"),
        ("quiz.html", "{{#quiz}}"),
        ("mistakes.html", "{{#mistakes}}"),
        ("schedule.html", "{{#schedule}}"),
    ] {
        golden(name, &shown(&small, directive));
    }
}

#[test]
fn the_header_is_made_from_the_front_matter() {
    let small = Small::new();
    let text = lesson("").replace("minutes: 20", "minutes: 20\nprerequisites: [index]");
    small.write("book/src/01_small.md", &text);
    let material = small.material();
    let chapter = material.chapter("01_small").expect("the lesson");
    let shown = Page { material: &material, chapter }.show();
    let head = shown.markdown.split_once("</header>").expect("a header").0.replace("><", ">\n<");
    golden("head.html", &head);
}

#[test]
fn a_difference_between_the_tracks_is_shown() {
    let small = Small::new();
    let run = |track: Track, times: usize| Run {
        tracks: vec![track],
        failed: None,
        actors: vec!["asha".to_owned()],
        entries: vec![packet("asha", Way::FromProgram, r#"42["hello"]"#, "an event"); times],
    };
    let runs = vec![run(Track::JavaScript, 2), run(Track::Rust, 1)];
    small.record(&demo(), recording(&demo(), "hello", runs));
    golden("hears_differs.html", &shown(&small, "{{#hears demo=greeting scenario=hello}}"));
    let rust = shown(&small, "{{#trace demo=greeting scenario=hello track=rust}}");
    assert_eq!(rust.matches("<li").count(), 1, "{rust}");
    // Somebody may be there in one track alone.
    let mut other = run(Track::Rust, 1);
    other.actors.push("ravi".to_owned());
    other.entries.push(packet("ravi", Way::FromProgram, r#"42["hello"]"#, "an event"));
    small.record(&demo(), recording(&demo(), "hello", vec![run(Track::JavaScript, 1), other]));
    let table = shown(&small, "{{#hears demo=greeting scenario=hello}}");
    let row = "<th scope=\"row\">ravi</th>\n<td class=\"sl-differs\">JavaScript: no<br>Rust: yes</td>";
    assert!(table.contains(row), "{table}");
    small.record(&demo(), greeting());
}

#[test]
fn the_reason_of_a_fragment_is_no_class() {
    let small = Small::new();
    let text = shown(&small, "```js fragment=\"a sketch, nothing more\"\nlet a;\n```\n");
    assert_eq!(text, "```js\nlet a;\n```");
}
