//! What a server file imports decides how its scenarios are kept apart.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

/// How to give each scenario fresh module-level state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::attempt) enum Graph {
    /// One file: another query makes it another module.
    Single,
    /// It imports its own files: they need the query as well.
    Relative,
    /// It can share state past its modules: each scenario gets a process of its own.
    Apart,
}

/// Whatever reaches state that no query separates: the cache of `require`, globals, the process itself.
const SHARES: [&str; 6] = ["globalThis", "global.", "createRequire", "require(", ".cjs", "process.on"];

/// Reads the file and what it imports; a file that cannot be read is Node's to complain about.
pub(in crate::attempt) fn graph(source: &Path) -> Graph {
    let mut graph = Graph::Single;
    let mut seen = HashSet::new();
    let mut unread = vec![source.to_owned()];
    while let Some(path) = unread.pop() {
        // One file has many names (`../a/../b.js`): files that import each other would never come to an end.
        let Ok(path) = path.canonicalize() else { continue };
        if !seen.insert(path.clone()) {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if SHARES.iter().any(|word| text.contains(word)) {
            return Graph::Apart;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for specifier in relative_specifiers(&text) {
            graph = Graph::Relative;
            unread.push(folder.join(specifier));
        }
    }
    graph
}

/// Texts in quotes that begin with `./` or `../`. One that is no import costs some milliseconds and nothing else.
fn relative_specifiers(text: &str) -> Vec<PathBuf> {
    let begins =
        |at: usize| text.get(at + 1..).is_some_and(|rest| rest.starts_with("./") || rest.starts_with("../"));
    text.match_indices(['\'', '"', '`'])
        .filter(|(at, _)| begins(*at))
        .filter_map(|(at, quote)| Some(PathBuf::from(text.get(at + 1..)?.split(quote).next()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_followed_to_whatever_shares_state() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let main = folder.path().join("main.js");
        write("main.js", "import { Server } from 'socket.io';\nexport default (io) => {};");
        assert_eq!(graph(&main), Graph::Single);
        write("main.js", "import { rooms } from \"./rooms.js\";");
        write("rooms.js", "import './main.js'; export const rooms = new Map();");
        assert_eq!(graph(&main), Graph::Relative);
        write("rooms.js", "globalThis.rooms ??= new Map();");
        assert_eq!(graph(&main), Graph::Apart);
        assert_eq!(graph(&folder.path().join("absent.js")), Graph::Single);
    }

    #[test]
    fn files_in_two_folders_that_import_each_other_come_to_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.js");
        fs::write(&main, "import './rooms/a.js'; import './state/b.js';").unwrap();
        for name in ["rooms/a.js", "state/b.js"] {
            let file = folder.path().join(name);
            fs::create_dir(file.parent().unwrap()).unwrap();
            fs::write(file, "import { io } from '../main.js';").unwrap();
        }
        assert_eq!(graph(&main), Graph::Relative);
    }
}
