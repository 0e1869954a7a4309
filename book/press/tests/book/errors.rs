//! Everything that is wrong with a chapter is told at once, each with file, line and column.

use press::preprocess::told;
use snapbox::Data;

use crate::support::Small;

/// What the build says of a chapter with this body, which begins on line 4.
fn problems(body: &str) -> String {
    let small = Small::new();
    small.write("book/src/01_small.md", &format!("---\ntitle: \"Small\"\n---\n{body}"));
    let options = press::build::Options { out: Some(&small.out()), ..Default::default() };
    let built =
        press::build::build(small.root(), options).unwrap_or_else(|failure| panic!("{:#}", failure.error));
    assert_eq!(built.folder, None, "a book with problems is not written");
    assert!(!small.out().exists());
    built.problems.iter().map(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn directives() {
    let body = r#"{{#cod demo=greeting}}
{{#code demo=greting}}
{{#code demo=greeting regon=x}}
{{#code demo=greeting region=nowhere}}
{{#code demo=greeting exercise=say}}
{{#code exercise=say answer=mistake:unknown}}
{{#code exercise=say answer=soluton}}
{{#code demo=greeting file=../../../../../Cargo.toml}}
{{#code}}
{{#trace demo=greeting}}
{{#trace demo=greeting scenario=helo}}
{{#trace demo=greeting scenario=hello actors="ashaa"}}
{{#trace demo=greeting scenario=hello track=go}}
{{#trace demo=greeting scenario=hello detail=all}}
{{#trace demo=greeting scenario=hello caption="no end}}
{{#trace exercise=say answer=mistake:no-answer scenario=the-others}}
{{#frame 4x}}
{{#frame}}
{{#mistake say}}
{{#mistake say/nothing}}
{{#mistake sa/nothing}}
{{#exercise}}
{{#exercise saay}}
{{#quiz now}}
text {{#quiz}} text
`{{#quiz}}` is code

    {{#quiz}} is code, too
"#;
    golden("errors.txt", &problems(body));
}

#[test]
fn front_matter() {
    let small = Small::new();
    let said = |text: &str| {
        small.write("book/src/01_small.md", text);
        let problems = small.problems();
        let first = problems.iter().find(|problem| {
            ["front matter", "unknown level", "a whole number"]
                .iter()
                .any(|part| problem.message.contains(part))
        });
        first.map(told).unwrap_or_default()
    };
    let texts = [
        "# Small\n",
        "---\ntitle: \"Small\"\nmood: good\n---\n",
        "---\ntitle: \"Small\"\nminutes: many\n---\n",
        "---\ntitle: \"Small\"\nlevel: easy\n---\n",
        "---\ntitle: \"Small\n---\n",
        "---\ntitle: \"Small\"\n",
    ];
    golden("errors_front.txt", &texts.map(said).join("\n"));
}

fn golden(name: &str, actual: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/golden").join(name);
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(format!("{actual}\n"), Data::read_from(&path, None).raw());
}
