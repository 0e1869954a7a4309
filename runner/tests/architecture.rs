//! The shape of the code: arrows point down, and the grader stays pure.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

/// The layers of the `runner` crate, bottom to top. A module may use modules before it, never after it.
const LAYERS: &[&str] = &[
    "exit", "whole", "course", "carrier", "wire", "attempt", "check", "verify", "review", "progress",
    "bundle", "results", "report", "watch", "play", "commands", "cli",
];

/// What the grader may depend on, directly or not.
const GRADER_MAY_USE: &[&str] = &[
    "arraydeque",
    "base64",
    "block-buffer",
    "bytes",
    "cfg-if",
    "cmov",
    "const-oid",
    "cpufeatures",
    "crypto-common",
    "ctutils",
    "digest",
    "equivalent",
    "fastrand",
    "granit-parser",
    "grader",
    "hashbrown",
    "hmac",
    "hybrid-array",
    "indexmap",
    "itoa",
    "memchr",
    "proc-macro2",
    "quote",
    "regex-lite",
    "serde",
    "serde_core",
    "serde_derive",
    "serde_json",
    "sha2",
    "smallvec",
    "strsim",
    "scopeguard",
    "syn",
    "thiserror",
    "thiserror-impl",
    "typenum",
    "unicode-ident",
    "unicode-width",
    "yaml",
    "zmij",
];

fn rust_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a source folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == name)
}

/// The layer a file belongs to: the first part of its path under `src`.
fn layer_of(relative: &Path) -> Option<usize> {
    let first = relative.components().next()?.as_os_str().to_str()?;
    layer(first.trim_end_matches(".rs"))
}

/// The modules of this crate that a source text names: `crate::attempt::…`, `use crate::{attempt::…, course}`.
fn named_modules(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(items(list).iter().map(|item| first_word(item))),
            None => {
                found.insert(first_word(rest));
            }
        }
    }
    found
}

/// The parts of `a::{b, c}, d}…` that stand between the outer commas.
fn items(list: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0_usize;
    for letter in list.chars() {
        match letter {
            '}' if depth == 0 => break,
            ',' if depth == 0 => items.push(String::new()),
            _ => {
                depth = match letter {
                    '{' => depth + 1,
                    '}' => depth - 1,
                    _ => depth,
                };
                items.last_mut().expect("there is always one").push(letter);
            }
        }
    }
    items
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn arrows_point_down() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut checked = 0;
    let mut upward = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&source).expect("it is under src");
        let Some(own) = layer_of(relative) else { continue };
        let text = fs::read_to_string(&file).expect("a source file can be read");
        // A comment may point anywhere: "Next: …" leads the reader on.
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for module in named_modules(&code.join("\n")) {
            if let Some(other) = layer(&module) {
                checked += 1;
                if other > own {
                    upward.push(format!("{} uses `{module}`", relative.display()));
                }
            }
        }
    }
    assert!(
        checked > 10,
        "the test found almost no `use` of the crate's own modules: does it still look right?"
    );
    assert!(upward.is_empty(), "these arrows point up:\n{}", upward.join("\n"));
}

#[test]
fn the_reader_of_use_lines_sees_lists() {
    let named =
        named_modules("use crate::{attempt::{A, B}, course, report::json::Json}; crate::check::run();");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["attempt", "check", "course", "report"]);
}

#[test]
fn the_grader_depends_on_nothing_that_touches_the_system() {
    let tree = tree("grader", "normal", "{p}");
    let used: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(used.contains("serde_json"), "the tree was not read: {tree}");
    let strangers: Vec<&&str> = used.iter().filter(|name| !GRADER_MAY_USE.contains(name)).collect();
    assert!(strangers.is_empty(), "not on the allow-list: {strangers:?}");
}

/// A first check builds the runner and then one Rust exercise. A crate of both is compiled once if it has the same
/// features in both; one that has not takes those along that stand on it: tokio, hyper and axum cost 20 processor seconds.
#[test]
fn the_runner_and_the_exercises_share_their_builds() {
    let of = |package| {
        let tree = tree(package, "normal,build", "{p}|{f}");
        let mut features: BTreeMap<String, String> = BTreeMap::new();
        for line in tree.lines() {
            let (name, with) = line.trim_end_matches(" (*)").split_once('|').expect("the format has a bar");
            // A crate is listed once with what it has for programs, and once with what it has for the build.
            let known = features.entry(name.to_owned()).or_default();
            if known.len() < with.len() {
                with.clone_into(known);
            }
        }
        features
    };
    let (runner, exercises) = (of("runner"), of("exercises"));
    let shared: Vec<_> =
        runner.iter().filter_map(|(name, with)| Some((name, with, exercises.get(name)?))).collect();
    assert!(shared.iter().any(|(name, ..)| name.starts_with("tokio ")), "the trees were not read");
    let apart: Vec<_> = shared.iter().filter(|(_, here, there)| here != there).collect();
    assert!(
        apart.is_empty(),
        "compiled twice, because their features differ (runner, exercises): {apart:#?}"
    );
}

/// What `cargo tree` says of a package, crate by crate.
fn tree(package: &str, edges: &str, format: &str) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            edges,
            "--prefix",
            "none",
            "--format",
            format,
            "--offline",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
