//! Texts that would like to be markup stay texts: in YAML, in packets, in captions.

use press::{
    manuscript::Chapter,
    recording::model::{Run, Way},
    show::Page,
};

use crate::support::{LESSON, Small, demo, packet, recording};

const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";

#[test]
fn nothing_of_it_is_markup() {
    let small = Small::new();
    let yaml = format!("exercises/{LESSON}/say/exercise.yaml");
    small.change(&yaml, "title: \"Say\"", &format!("title: \"{SCRIPT} [x](javascript:alert(3))\""));
    small.change(&yaml, "A client sends", &format!("{SCRIPT} [x](javascript:alert(3)) A client sends"));
    small.change(&yaml, "Who must hear it, and", &format!("{SCRIPT} and"));
    small.change(&yaml, "Asha said it, and then", &format!("{SCRIPT} then"));
    small.change(
        "book/demos/01_small/greeting/main.js",
        "socket.emit",
        "/* </code></pre><script> */ socket.emit",
    );
    let frame = format!("42[\"hello\",\"{SCRIPT}\\n\\n</svg># {{{{#include /etc/passwd}}}}\"]");
    let run = Run {
        tracks: Vec::new(),
        failed: None,
        actors: vec!["asha".to_owned(), SCRIPT.to_owned()],
        entries: vec![
            packet("asha", Way::FromProgram, &frame, &format!("event {SCRIPT}")),
            packet(SCRIPT, Way::ToProgram, &frame, "\u{202e}words"),
        ],
    };
    small.record(&demo(), recording(&demo(), "hello", vec![run]));
    let material = small.material();
    let caption = SCRIPT.replace('"', "'");
    let body = format!(
        "---\ntitle: \"{SCRIPT}\"\nobjectives: [\"{SCRIPT}\"]\n---\n{{{{#trace demo=greeting scenario=hello caption=\"{caption}\"}}}}\n\n\
         {{{{#diagram demo=greeting scenario=hello caption=\"{caption}\"}}}}\n\n{{{{#hears demo=greeting scenario=hello caption=\"{caption}\"}}}}\n\n\
         {{{{#code demo=greeting title=\"{caption}\"}}}}\n\n{{{{#exercise say}}}}\n\n{{{{#mistakes}}}}\n\n{{{{#frame 42[\"{SCRIPT}\"]}}}}\n"
    );
    let chapter = Chapter::new("01_small.md", body);
    let shown = Page { material: &material, chapter: &chapter }.show();
    assert_eq!(shown.problems, []);
    let text = &shown.markdown;
    for markup in ["<script", "<img", "</svg>#", "href=\"javascript", "{{#include", "\u{202e}"] {
        assert!(!text.contains(markup), "{markup} in {text}");
    }
    assert!(text.matches("&lt;script&gt;").count() > 8, "{text}");
}

#[test]
fn html_of_a_directive_has_no_empty_line() {
    let small = Small::new();
    small.change(
        "book/demos/01_small/greeting/main.js",
        "socket.emit",
        "\n\n    # not a heading\n\n    socket.emit",
    );
    let material = small.material();
    let chapter =
        Chapter::new("01_small.md", "---\ntitle: \"x\"\n---\n{{#code demo=greeting}}\n\n{{#exercise say}}\n");
    let shown = Page { material: &material, chapter: &chapter }.show();
    let blocks: Vec<&str> = shown.markdown.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    // The header, the code, the card: a blank line inside of one would end it.
    assert_eq!(blocks.len(), 3, "{blocks:#?}");
    assert!(blocks.iter().all(|block| block.trim().starts_with('<')), "{blocks:#?}");
}
