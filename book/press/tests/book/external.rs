//! The same binary as a preprocessor of a stock mdBook.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use mdbook_driver::config::Config;
use mdbook_preprocessor::{
    PreprocessorContext,
    book::{Book, BookItem, Chapter},
};

use crate::support::Small;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_press"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // One that needs no input may be gone by now.
    drop(child.stdin.take().expect("piped").write_all(input.as_bytes()));
    child.wait_with_output().expect("it ends")
}

/// What mdBook hands over.
fn handed_over(small: &Small) -> String {
    let context = PreprocessorContext::new(small.root().join("book"), Config::default(), "html".to_owned());
    let chapter = Chapter::new("Small", small.read("book/src/01_small.md"), "01_small.md", Vec::new());
    serde_json::to_string(&(context, Book::new_with_items(vec![BookItem::Chapter(chapter)]))).expect("JSON")
}

#[test]
fn it_says_what_it_supports() {
    assert_eq!(run(&["preprocess", "supports", "html"], "").status.code(), Some(0));
    assert_eq!(run(&["preprocess", "supports", "markdown"], "").status.code(), Some(1));
}

#[test]
fn it_shows_the_same_as_in_one_process() {
    let small = Small::new();
    let output = run(&["preprocess"], &handed_over(&small));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let book: Book = serde_json::from_slice(&output.stdout).expect("a book");
    let chapter = book.chapters().next().expect("a chapter").content.clone();
    let material = small.material();
    let written = material.chapter("01_small").expect("the lesson");
    assert_eq!(chapter, press::show::Page { material: &material, chapter: written }.show().markdown);
}

#[test]
fn what_is_wrong_ends_it() {
    let small = Small::new();
    small.change("book/src/01_small.md", "{{#quiz}}", "{{#quizz}}");
    let output = run(&["preprocess"], &handed_over(&small));
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("book/src/01_small.md:26:1: unknown directive `quizz`; did you mean `quiz`?"),
        "{said}"
    );
    assert_eq!(run(&["preprocess"], "nonsense").status.code(), Some(64));
}
