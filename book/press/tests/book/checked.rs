//! A small book that is right, and the same book with one thing wrong: `check` names it, with its place.

use press::preprocess::told;

use crate::support::{LESSON, Small, demo, greeting, lesson};

#[test]
fn nothing_is_wrong_with_a_book_in_which_nothing_is_wrong() {
    let small = Small::new();
    let material = small.material();
    let wanted = press::check::wanted::all(&material);
    let summary = press::check::inspect(&material, &press::check::Scope::whole(), &wanted, None)
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
            with(|small| small.change(chapter, "minutes: 20\n", "")),
            "01_small.md:1:1: the front matter of a lesson needs `minutes`",
        ),
        (with(|small| small.change(chapter, "level: beginner\n", "")), "needs a `level`"),
        (
            with(|small| small.change(chapter, ", \"tell them apart\"", "")),
            "01_small.md:5:1: a lesson has 3 to 5 objectives, not 2",
        ),
        (
            with(|small| small.change(chapter, "minutes: 20", "minutes: 20\nprerequisites: [09_none]")),
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
            with(more("\n<a href=\"02_none.md\">x</a>\n")),
            "01_small.md:28:1: `02_none.html` leads nowhere: the built book has no such file",
        ),
        (
            with(more("\n<a href=\"index.md#nowhere\">x</a>\n")),
            "01_small.md:28:1: `index.html#nowhere` leads",
        ),
        (with(more("\n<p><img src=\"none.png\"></p>\n")), "01_small.md:28:1: `none.png` leads nowhere"),
        (
            with(|small| small.change(chapter, "\"hear it\"", "\"hear [it](02_none.md)\"")),
            "01_small.md:5:1: `02_none.",
        ),
        (
            with(|small| small.write("book/src/404.md", "# Lost\n\nBegin [here](begin.md).\n")),
            "book/src/404.md:3:1: `begin.html` leads nowhere",
        ),
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
            with(|small| {
                small.write("book/demos/01_small/greeting/more.js", "");
                small.record(&demo(), greeting());
                std::fs::remove_file(small.root().join("book/demos/01_small/greeting/more.js"))
                    .expect("gone");
            }),
            "greeting/more.js:1:1: it has changed since it was recorded",
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
            with(|small| {
                let recording = small.read("book/recordings/demos/01_small/greeting.json");
                small.write("book/recordings/demos/01_small/old.json", &recording);
            }),
            "old.json: no chapter shows it any more; `cargo run -p press -- record 01_small` removes it",
        ),
        (
            with(|small| small.write("book/recordings/demos/01_small/notes.json", "{}")),
            "notes.json: this is no recording",
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
fn a_lesson_without_exercises_can_come_before_another_one() {
    let small = Small::new();
    let course = || runner::course::Course::open(small.root()).expect("a course");
    for slug in ["02_more", "03_most"] {
        press::new::lesson(&course(), slug, None).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    }
    small.change("book/src/03_most.md", "prerequisites: [01_small]", "prerequisites: [02_more]");
    small.change("book/src/02_more.md", "prerequisites: [01_small]", "prerequisites: [03_most]");
    let said: Vec<String> = small
        .problems()
        .iter()
        .map(told)
        .filter(|said| said.contains("this lesson") || said.contains("no lesson"))
        .collect();
    assert!(
        said.len() == 1
            && said[0].contains("02_more.md")
            && said[0].ends_with("`03_most` comes later than this lesson"),
        "{said:#?}"
    );
}

#[test]
fn files_that_an_editor_keeps_are_no_part_of_a_demo() {
    let small = Small::new();
    for name in [".DS_Store", ".main.js.swp", "main.js~"] {
        small.write(&format!("book/demos/01_small/greeting/{name}"), "// region: x\n");
    }
    assert_eq!(small.problems(), []);
}

#[test]
fn a_scenario_that_is_wanted_and_not_there_was_not_recorded() {
    let small = Small::new();
    let material = small.material();
    let mut wanted = crate::support::wanted(&crate::support::mistake());
    assert!(material.is_recorded(&wanted));
    wanted.scenarios.insert("another".to_owned());
    assert!(!material.is_recorded(&wanted));
}

#[test]
fn a_link_that_leads_somewhere_is_no_fault_wherever_it_stands() {
    let small = Small::new();
    small.write("book/src/pictures/a.png", "x");
    small.write("book/src/404.md", "# Lost\n\nBegin [here](index.md).\n");
    small.write(
        "book/src/01_small.md",
        &lesson(
            "\n<p><a href=\"index.md\">x</a> <a href=\"#a-scene\">y</a> <a href=\"print.html\">p</a> <a href=\"./\">r</a>\
             <img src=\"pictures/a.png\"></p>\n\n`<a href=\"none.html\">`\n",
        ),
    );
    assert_eq!(small.problems(), []);
    // One that Markdown has is told once, with its place.
    small.write("book/src/01_small.md", &lesson("\n[x](02_none.md#x)\n"));
    assert_eq!(small.problems().len(), 1);
}

/// Everything that is said about a book in which one thing is wrong.
fn all_of(change: impl FnOnce(&Small)) -> Vec<String> {
    let small = Small::new();
    change(&small);
    small.problems().iter().map(told).collect()
}

#[test]
fn what_follows_from_a_fault_is_not_said() {
    let chapter = "book/src/01_small.md";
    let (trace, card) = ("{{#trace demo", "{{#exercise say}}");
    let only = |wanted: &str, said: Vec<String>| {
        assert!(
            said.len() == 1 && said[0].contains(wanted),
            "wanted {wanted:?} alone, and it said {said:#?}"
        );
    };
    only(
        "unknown directive `trase`; did you mean `trace`?",
        all_of(|small| small.change(chapter, trace, "{{#trase demo")),
    );
    only("unknown directive `exercse`", all_of(|small| small.change(chapter, card, "{{#exercse say}}")));
    only("unknown directive `mistaek`", all_of(|small| small.change(chapter, "{{#mistake", "{{#mistaek")));
    only("unknown directive `cod`", all_of(|small| small.change(chapter, "{{#code", "{{#cod")));
    only("stands alone on its line", all_of(|small| small.change(chapter, card, "See {{#exercise say}}")));
    only(
        "01_small.md:1:1: the front matter has no end",
        all_of(|small| small.change(chapter, "\n---\n\n", "\n\n")),
    );
    only("01_small.md:4:8: unknown level `easy`", all_of(|small| small.change(chapter, "beginner", "easy")));
    only(
        "01_small.md:3:10: `minutes` is a whole number, not `many`",
        all_of(|small| small.change(chapter, "20", "many")),
    );
    let ten = |small: &Small| {
        small.change(chapter, &"Asha says a word, and Ravi hears it at once. ".repeat(140), "Asha.");
    };
    only(
        "`minutes` is a whole number, not `ten`",
        all_of(|small| {
            ten(small);
            small.change(chapter, "minutes: 20", "minutes: ten");
        }),
    );
    let yaml = "exercises/01_small/say/exercise.yaml";
    only(
        "exercise.yaml:3:1: an exercise has no key `rolle`",
        all_of(|small| small.change(yaml, "role:", "rolle:")),
    );
    let yaml = "book/demos/01_small/greeting/demo.yaml";
    only("demo.yaml:2:1: a demo has no key `rolle`", all_of(|small| small.change(yaml, "role:", "rolle:")));
}

#[test]
fn a_lesson_is_held_to_the_size_that_its_minutes_ask_for() {
    let chapter = "book/src/01_small.md";
    let short = |small: &Small, minutes: u32, sentences: usize| {
        let sentence = "Asha says a word, and Ravi hears it at once. ";
        small.change(chapter, &sentence.repeat(140), &sentence.repeat(sentences));
        small.change(chapter, "minutes: 20", &format!("minutes: {minutes}"));
    };
    let nothing: [String; 0] = [];
    // Ten words a sentence, and three in the headings.
    assert_eq!(all_of(|small| short(small, 10, 34)), nothing);
    let wanted = "book/src/01_small.md:1:1: the lesson has 293 words of its own, and should have 300 to 1100 for a lesson of 10 minutes";
    assert_eq!(all_of(|small| short(small, 10, 29)), [wanted]);
    let wanted =
        "book/src/01_small.md:1:1: the lesson has 343 words of its own, and should have 1200 to 2200";
    assert_eq!(all_of(|small| short(small, 20, 34)), [wanted]);
    // One picture is enough for a short one, and one objective.
    let said = all_of(|small| {
        short(small, 10, 34);
        small.change(chapter, "{{#trace", "<!-- {{#trace");
        small.change(chapter, ", \"hear it\", \"tell them apart\"", "");
        let text = small.read(chapter);
        let without: Vec<&str> = text.lines().filter(|line| !line.contains("{{#trace")).collect();
        small.write(chapter, &without.join("\n"));
    });
    assert_eq!(said, nothing);
}

#[test]
fn an_unfinished_lesson_says_what_is_missing_and_is_no_problem() {
    let small = Small::new();
    let chapter = "book/src/01_small.md";
    small.change(chapter, "minutes: 20", "minutes: 20\nunfinished: true");
    small.change(chapter, "Asha says a word, and Ravi hears it at once. ", "Asha. ");
    small.change(chapter, "{{#exercise say}}", "");
    small.change(chapter, "{{#quiz}}", "");
    let material = small.material();
    let whole = press::check::Scope::whole();
    let wanted = press::check::wanted::all(&material);
    let summary = press::check::inspect(&material, &whole, &wanted, None);
    let summary = summary.unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert_eq!(summary.problems, []);
    let said: Vec<String> = summary.unfinished.iter().map(told).collect();
    let place = "book/src/01_small.md";
    assert_eq!(
        said,
        [
            format!("{place}:1:1: the exercise `say` has no card: `{{{{#exercise say}}}}`"),
            format!("{place}:1:1: the lesson has 143 words of its own, and should have 1200 to 2200"),
            format!("{place}:1:1: the lesson has no `{{{{#quiz}}}}`"),
            format!("{place}:4:1: the lesson is unfinished; when it is written, take this line out"),
        ]
    );
    let page = material
        .chapter("01_small")
        .map(|chapter| (press::show::Page { material: &material, chapter }).show());
    assert!(page.is_some_and(|shown| shown.markdown.contains("This lesson is still being written.")));
    // What is there has to be true all the same.
    small.write("book/src/index.md", "---\ntitle: \"Start\"\n---\n\n[x](01_small.md#nowhere)\n");
    assert_eq!(small.problems().len(), 1);
}

#[test]
fn one_lesson_is_looked_at_alone() {
    use press::check::Scope;
    let small = Small::new();
    small.change("book/src/index.md", "#a-scene", "#nowhere");
    small.write(
        "book/src/SUMMARY.md",
        "# Summary\n\n[Start](index.md)\n\n- [Small](01_small.md)\n- [None](03_none.md)\n",
    );
    small.write("quiz/interview.yaml", "questions: 5\n");
    let material = small.material();
    let said = |names: &[&str]| -> Vec<String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let scope = Scope::of(&material, &names).unwrap_or_else(|failure| panic!("{:#}", failure.error));
        let wanted = press::check::wanted::of(&material, &scope);
        let summary = press::check::inspect(&material, &scope, &wanted, None);
        summary.unwrap_or_else(|failure| panic!("{:#}", failure.error)).problems.iter().map(told).collect()
    };
    assert_eq!(said(&[]).len(), 3, "{:#?}", said(&[]));
    for name in ["1", "small", "01_small", "book/src/01_small.md"] {
        assert_eq!(said(&[name]), [""; 0], "{name}");
    }
    assert!(said(&["index"])[0].contains("has no `#nowhere`"), "{:#?}", said(&["index"]));
    let refused = |name: &str| Scope::of(&material, &[name.to_owned()]).map(drop).unwrap_err();
    assert_eq!(refused("01_smal").exit, runner::exit::Exit::Usage);
    assert!(format!("{:#}", refused("01_smal").error).contains("did you mean `01_small`?"));
    assert!(
        format!("{:#}", refused("9").error).contains("a lesson is named by its number, or as its file is")
    );
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
        let summary = press::check::inspect(&material, &press::check::Scope::whole(), &wanted, Some(came));
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
