//! How long a build takes beside one of a plain mdBook, and how soon a change is built: `cargo bench -p press`.
//!
//! The plain mdBook gets the Markdown that our preprocessor makes, and in a third build the chapters as they are written,
//! where each directive is one line of text. The builds take turns. The fastest of each counts, and the ratio is told for each turn,
//! too: what else the computer does is in both.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use mdbook_driver::MDBook;
use press::{
    build::{Options, build},
    material::Material,
    preprocess::show,
};

const TURNS: usize = 5;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the course");
    let folder = tempfile::tempdir().expect("a folder");
    let to = ["ours", "shown", "plain"].map(|name| folder.path().join(name));
    let material = Material::open(&root).expect("the book's material");
    let (shown, _) = show(&material, plain(&root, &to[1]).book);
    let mut best = [Duration::MAX; 3];
    let mut ratios = Vec::new();
    for _ in 0..TURNS {
        let ours = time(|| {
            let built = build(&root, Options { out: Some(&to[0]), draft: true, ..Options::default() });
            assert!(built.is_ok_and(|built| built.folder.is_some()));
        });
        let same = time(|| {
            let mut book = plain(&root, &to[1]);
            book.book = shown.clone();
            book.build().expect("built");
        });
        let bare = time(|| plain(&root, &to[2]).build().expect("built"));
        best = [best[0].min(ours), best[1].min(same), best[2].min(bare)];
        ratios.push(ours.as_secs_f64() / same.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    let [ours, shown, plain] = best.map(|time| time.as_secs_f64());
    println!(
        "| the whole book, warm, beside a plain mdBook of the same Markdown | {ours:.2} s, {shown:.2} s: {:.2} × ({:.2} to {:.2} × in {TURNS} turns) | 2 × |",
        ours / shown,
        ratios[0],
        ratios[TURNS - 1]
    );
    println!(
        "| the same beside a plain mdBook that leaves the directives as they are | {ours:.2} s, {plain:.2} s: {:.2} × | |",
        ours / plain
    );
    println!("| after the edit of a line: a whole build | {ours:.2} s | 2 s |");
}

/// The book without our preprocessor: its directives stay texts.
fn plain(root: &Path, out: &PathBuf) -> MDBook {
    let text = std::fs::read_to_string(root.join("book/book.toml")).expect("book.toml");
    let mut table: toml::Table = text.parse().expect("TOML");
    table.remove("preprocessor");
    let mut config: mdbook_driver::config::Config = table.to_string().parse().expect("a configuration");
    config.build.build_dir.clone_from(out);
    let source = root.join("book/src");
    let text = std::fs::read_to_string(source.join("SUMMARY.md")).expect("SUMMARY.md");
    let (mut summary, _) = press::manuscript::summary::read(&text).expect("a summary");
    press::manuscript::summary::draft_missing(&mut summary, &source);
    MDBook::load_with_config_and_summary(root.join("book"), config, summary).expect("a book")
}

fn time(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}
