//! A small book that is right, and the same book with one thing wrong: `check` names it, with its place.

use press::preprocess::told;

use crate::support::{LESSON, Small, demo, greeting, lesson};

#[test]
fn nothing_is_wrong_with_a_book_in_which_nothing_is_wrong() {
    let small = Small::new();
    let material = small.material();
    let wanted = press::check::wanted::all(&material);
    let summary = press::check::inspect(&material, &wanted, None)
        .unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert_eq!(summary.problems, []);
    assert_eq!((summary.lessons, summary.snippets, summary.snippets_unproved), (1, 2, 0));
    assert_eq!((summary.traces, summary.diagrams, summary.fragments, summary.broken_links), (2, 1, 0, 0));
    assert_eq!(summary.words, 1_403);
    let json = serde_json::to_string(&summary).expect("JSON");
    assert!(
        json.starts_with(
            r#"{"lessons":1,"words":1403,"snippets":2,"snippets_unproved":0,"fragments":0,"traces":2"#
        ),
        "{json}"
    );
}

/// Makes one thing wrong; answers what is said about it.
fn with(change: impl FnOnce(&Small)) -> String {
    let small = Small::new();
    change(&small);
    small.problems().iter().map(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_fault_is_named() {
    let chapter = "book/src/01_small.md";
    let more = |text: &'static str| move |small: &Small| small.write(chapter, &lesson(text));
    let cases: Vec<(String, &str)> = vec![
        (
            with(|small| small.change(chapter, "minutes: 5\n", "")),
            "01_small.md:1:1: the front matter of a lesson needs `minutes`",
        ),
        (with(|small| small.change(chapter, "level: beginner\n", "")), "needs a `level`"),
        (
            with(|small| small.change(chapter, ", \"tell them apart\"", "")),
            "01_small.md:5:1: a lesson has 3 to 5 objectives, not 2",
        ),
        (
            with(|small| small.change(chapter, "minutes: 5", "minutes: 5\nprerequisites: [09_none]")),
            "there is no lesson `09_none`",
        ),
        (
            with(|small| small.change(chapter, "title: \"Small\"", "title: \"Tiny\"")),
            "the title is `Tiny`, and `Small` in SUMMARY.md",
        ),
        (
            with(|small| small.change(chapter, "Asha says a word, and Ravi hears it at once. ", "Asha. ")),
            "words of its own, and should have 1200 to 2200",
        ),
        (with(|small| small.change(chapter, "{{#quiz}}", "")), "the lesson has no `{{#quiz}}`"),
        (with(|small| small.change(chapter, "{{#exercise say}}", "")), "the exercise `say` has no card"),
        (with(more("\n{{#exercise say}}\n")), "01_small.md:28:1: the card of `say` stands twice in the book"),
        (with(more("\n# Big\n")), "01_small.md:28:1: a second `h1`"),
        (
            with(more("\n```js\nlet a;\n```\n")),
            "01_small.md:28:1: a block of code comes from a file that is run",
        ),
        (with(more("\n```js fragment=\"why\"\nlet a;\n```\n")), "1 of 3 blocks of code are fragments"),
        (
            with(more("\n{{#code exercise=say answer=solution}}\n")),
            "does not show the solution of its own exercise",
        ),
        (with(more("\n[x](02_none.md)\n")), "01_small.md:28:1: `02_none.md` leads nowhere"),
        (with(more("\n[x](index.md#nowhere)\n")), "the chapter has no `#nowhere`"),
        (with(more("\n[x](#a-scen)\n")), "did you mean `#a-scene`?"),
        (with(more("\n![x](icons/none.png)\n")), "`icons/none.png` leads nowhere"),
        (with(more("\n[x](index.html)\n")), "link to the chapter's `.md`"),
        (with(more("\nA {{#quiz}} in the text\n")), "01_small.md:28:3: a directive stands alone on its line"),
        (
            with(|small| small.write("book/src/SUMMARY.md", "# Summary\n\n[Start](index.md)\n")),
            "the lesson `01_small` has exercises and no chapter",
        ),
        (
            with(|small| small.write("book/src/02_more.md", "x")),
            "the chapter `02_more.md` is in no line of it",
        ),
        (
            with(|small| small.change("book/src/SUMMARY.md", "- [Small]", "- [More](02_more.md)\n- [Small]")),
            "SUMMARY.md:5:10: `book/src/02_more.md` cannot be read",
        ),
        (
            with(|small| small.change("book/demos/01_small/greeting/main.js", "hello", "hallo")),
            "main.js:1:1: it has changed since it was recorded",
        ),
        (
            with(|small| small.change("book/demos/01_small/greeting/demo.yaml", "connect", "conect")),
            "demo.yaml:9:",
        ),
        (
            with(|small| small.change("book/demos/01_small/greeting/main.rs", "// endregion", "")),
            "the region `greet` has no `endregion`",
        ),
        (
            with(|small| std::fs::remove_dir_all(small.root().join("book/recordings/demos")).expect("gone")),
            "it was not recorded yet",
        ),
        (
            with(|small| small.write("book/recordings/demos/01_small/greeting.json", "{}")),
            "its recording cannot be read",
        ),
        (
            with(|small| small.write("book/recordings/demos/01_small/old.json", "{}")),
            "no chapter shows it any more",
        ),
        (
            with(|small| {
                small.write(
                    "book/demos/01_small/unused/demo.yaml",
                    &small.read("book/demos/01_small/greeting/demo.yaml"),
                );
            }),
            "no chapter shows this demo, and no question asks about it",
        ),
    ];
    for (said, wanted) in cases {
        assert!(said.contains(wanted), "wanted {wanted:?}, and it said:\n{said}");
    }
}

#[test]
fn a_difference_on_the_wire_is_told() {
    use press::recording::Came;
    let small = Small::new();
    let material = small.material();
    let wanted = press::check::wanted::all(&material);
    let came = |change: fn(String) -> String| {
        let all = wanted.iter().map(|wanted| {
            let recording = material.recording(&wanted.program).expect("recorded");
            let text = recording.to_json();
            let text = if wanted.program == demo() { change(text) } else { text };
            Came::Recorded(serde_json::from_str(&text).expect("a recording"))
        });
        all.collect::<Vec<_>>()
    };
    let problems = |came: &[Came]| {
        let summary = press::check::inspect(&material, &wanted, Some(came));
        summary.unwrap_or_else(|failure| panic!("{:#}", failure.error)).problems
    };
    assert_eq!(problems(&came(|text| text)), []);
    let said = problems(&came(|text| text.replace("\\\"hello\\\",{", "\\\"hallo\\\",{")));
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].file, "book/recordings/demos/01_small/greeting.json");
    assert!(
        said[0].message.contains("hallo") && said[0].message.contains(&format!("record {LESSON}")),
        "{said:?}"
    );
    drop(greeting());
}
