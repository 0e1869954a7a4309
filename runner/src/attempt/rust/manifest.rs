//! Manifests: what `exercises/Cargo.toml` says of one binary, and the manifest of the package that holds all Rust
//! answers of a lesson. That one has the same dependencies, features and profiles as `exercises`, so that everything
//! below the answers is compiled once for both; of the optional dependencies it has those that its lesson asks for.

use std::{collections::BTreeSet, path::Path};

use toml::{Table, Value};

/// The name of a group's generated package and of its binary.
pub(super) fn name(group: &str) -> String {
    format!("socketlings-answers-{group}")
}

/// The manifest of a group and its lesson, made of the course's own two. `course` is absolute.
pub(super) fn manifest(
    course: &Path,
    (group, lesson): (&str, &str),
    workspace: &str,
    exercises: &str,
) -> Result<String, toml::de::Error> {
    let workspace: Table = workspace.parse()?;
    let exercises: Table = exercises.parse()?;
    let shared = table(&workspace, "workspace");
    let known = table(&shared, "dependencies");

    let wanted_here = optional_of(&exercises, lesson);
    let mut dependencies = Table::new();
    for (name, asked) in table(&exercises, "dependencies") {
        let is_optional = asked.get("optional").and_then(Value::as_bool) == Some(true);
        if is_optional && !wanted_here.contains(&name) {
            continue;
        }
        let mut wanted = match asked.get("workspace") {
            Some(_) => entry(known.get(&name)),
            None => entry(Some(&asked)),
        };
        if asked.get("workspace").is_some()
            && let (Some(Value::Array(more)), Some(asked)) =
                (asked.get("features"), wanted.get_mut("features"))
        {
            asked.as_array_mut().into_iter().for_each(|features| features.extend(more.iter().cloned()));
        }
        if let Some(Value::String(path)) = wanted.get("path") {
            let path = course.join(path).display().to_string();
            wanted.insert("path".to_owned(), Value::String(path));
        }
        wanted.remove("optional");
        dependencies.insert(name, Value::Table(wanted));
    }

    let mut package = Table::new();
    package.insert("name".to_owned(), name(group).into());
    package.insert("version".to_owned(), "0.0.0".into());
    package.insert("publish".to_owned(), false.into());
    if let Some(edition) = table(&shared, "package").get("edition") {
        package.insert("edition".to_owned(), edition.clone());
    }
    let mut own = Table::new();
    // A workspace of its own: the course's members stay what they are.
    own.insert("resolver".to_owned(), shared.get("resolver").cloned().unwrap_or_else(|| "3".into()));

    let mut whole = Table::new();
    whole.insert("package".to_owned(), Value::Table(package));
    whole.insert("workspace".to_owned(), Value::Table(own));
    whole.insert("dependencies".to_owned(), Value::Table(dependencies));
    if let Some(profile) = workspace.get("profile") {
        whole.insert("profile".to_owned(), profile.clone());
    }
    Ok(whole.to_string())
}

/// The optional dependencies that the binaries of a lesson ask for through their features.
fn optional_of(exercises: &Table, lesson: &str) -> BTreeSet<String> {
    let features = table(exercises, "features");
    let binaries = exercises.get("bin").and_then(Value::as_array).into_iter().flatten();
    let of_lesson = binaries.filter(|bin| {
        let path = bin.get("path").and_then(Value::as_str).unwrap_or_default();
        path.split('/').next() == Some(lesson)
    });
    let asked = of_lesson.filter_map(|bin| bin.get("required-features")?.as_array()).flatten();
    let enabled = asked.filter_map(|feature| features.get(feature.as_str()?)?.as_array()).flatten();
    enabled.filter_map(|enabled| enabled.as_str()?.strip_prefix("dep:")).map(str::to_owned).collect()
}

/// The features that a binary of `exercises/Cargo.toml` needs (`required-features`), joined by commas.
pub(super) fn features(exercises: &str, binary: &str) -> Option<String> {
    let exercises: Table = exercises.parse().ok()?;
    let binaries = exercises.get("bin")?.as_array()?;
    let asked = binaries.iter().find(|bin| bin.get("name").and_then(Value::as_str) == Some(binary))?;
    let names: Vec<&str> =
        asked.get("required-features")?.as_array()?.iter().filter_map(Value::as_str).collect();
    Some(names.join(","))
}

fn table(from: &Table, key: &str) -> Table {
    from.get(key).and_then(Value::as_table).cloned().unwrap_or_default()
}

/// A dependency as a table: `"1.0"` is short for `{ version = "1.0" }`.
fn entry(value: Option<&Value>) -> Table {
    match value {
        Some(Value::Table(table)) => table.clone(),
        Some(version) => Table::from_iter([("version".to_owned(), version.clone())]),
        None => Table::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_keep_their_versions_features_and_places() {
        let workspace = r#"
            [workspace]
            resolver = "3"
            [workspace.package]
            edition = "2024"
            [workspace.dependencies]
            sandbox = { path = "runner/sandbox" }
            serde = { version = "1.0", features = ["derive"] }
            bytes = "1"
            rusqlite = "0.40"
            [profile.dev]
            debug = false
        "#;
        let exercises = "[dependencies]\nsandbox.workspace = true\nserde = { workspace = true, features = [\"rc\"] }\nbytes.workspace = true\nrusqlite = { workspace = true, optional = true }\n\
            jsonwebtoken = { version = \"11\", optional = true }\n[features]\nsqlite = [\"dep:rusqlite\"]\n\
            jwt = [\"dep:jsonwebtoken\"]\n[[bin]]\npath = \"12_a/door/main.rs\"\nrequired-features = [\"jwt\"]";
        let made: Table =
            manifest(Path::new("/course"), ("12_a", "12_a"), workspace, exercises).unwrap().parse().unwrap();
        let dependencies = made["dependencies"].as_table().unwrap();
        assert_eq!(dependencies["sandbox"]["path"].as_str(), Some("/course/runner/sandbox"));
        assert_eq!(dependencies["serde"]["features"].as_array().unwrap().len(), 2);
        assert_eq!(dependencies["bytes"]["version"].as_str(), Some("1"));
        assert_eq!(dependencies["jsonwebtoken"].get("optional"), None);
        assert!(!dependencies.contains_key("rusqlite"), "another lesson's");
        assert_eq!(made["package"]["name"].as_str(), Some("socketlings-answers-12_a"));
        assert_eq!(made["profile"]["dev"]["debug"].as_bool(), Some(false));
        assert_eq!(made["package"]["edition"].as_str(), Some("2024"));
    }
    #[test]
    fn a_binary_says_which_features_it_needs() {
        let exercises =
            "[[bin]]\nname = \"echo\"\n[[bin]]\nname = \"door\"\nrequired-features = [\"jwt\", \"sqlite\"]";
        assert_eq!(features(exercises, "door").as_deref(), Some("jwt,sqlite"));
        assert_eq!(features(exercises, "echo"), None);
        assert_eq!(features(exercises, "other"), None);
    }
}
