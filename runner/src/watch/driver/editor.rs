//! Which editor opens a file, and where: in a window, in a pane, or in our own place. Next: `log.rs`.
//!
//! | asked in this order | then |
//! |---|---|
//! | `VISUAL`, `EDITOR` | that one; with a window of its own it opens beside us |
//! | we run in the terminal of VS Code or of Zed | that one |
//! | `code` or `zed` is installed, and there is a desktop | that one |
//! | `nano`, `vim`, `vi` is installed | that one |
//!
//! An editor without a window opens in a new pane of tmux or Zellij, if we run in one, or else in our place. Where a pane
//! beside us would leave too little room, tmux makes a window. A file that tmux shows already is gone to instead.

use std::{ffi::OsStr, path::Path};

use crate::attempt::find_program;

/// Editors with windows of their own.
const WITH_WINDOWS: [&str; 14] = [
    "code",
    "code-insiders",
    "codium",
    "cursor",
    "windsurf",
    "zed",
    "zeditor",
    "subl",
    "gedit",
    "kate",
    "gvim",
    "idea",
    "webstorm",
    "rustrover",
];

/// Editors for a terminal, the gentlest first.
const IN_TERMINALS: [&str; 3] = ["nano", "vim", "vi"];

/// How a file is opened: the words of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Beside us: the command, and what the file is opened by, in words.
    Beside(Vec<String>, String),
    /// In our place, until it ends.
    Here(Vec<String>),
}

/// What there is: variables of the environment, and programs.
pub struct Surroundings<V, P> {
    /// The value of a variable; empty is not set.
    pub variable: V,
    /// Whether a program is on the `PATH`.
    pub is_here: P,
    /// Whether there is a desktop with windows.
    pub desktop: bool,
    /// How wide our own window is, in columns.
    pub columns: u16,
}

/// Room for us and for an editor of the same width, with a line between them.
const ROOM_FOR_TWO: u16 = 121;

/// Goes to the pane that was opened for this file; else opens one. `$1`: the file, `$2`: how; then the editor's command.
const IN_TMUX: &str = r#"
file=$1
how=$2
shift 2
tmux list-panes -s -F '#{pane_id} #{@socketlings}' | {
  while read -r pane opened; do
    [ "$opened" = "$file" ] && exec tmux select-window -t "$pane" ';' select-pane -t "$pane"
  done
  exit 1
} && exit
pane=$(tmux $how -P -F '#{pane_id}' "$@") && tmux set-option -p -t "$pane" @socketlings "$file"
"#;

impl<V: Fn(&str) -> Option<String>> Surroundings<V, fn(&str) -> bool> {
    /// Those of this process.
    pub fn here(variable: V, columns: u16) -> Self {
        let is_here: fn(&str) -> bool = |name| find_program(OsStr::new(name)).is_some();
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let desktop = cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY");
        Self { variable, is_here, desktop, columns }
    }
}

/// The command that opens this file.
///
/// # Errors
/// When there is no editor: in words, with what to do.
pub fn how<V, P>(file: &Path, around: &Surroundings<V, P>) -> Result<How, String>
where
    V: Fn(&str) -> Option<String>,
    P: Fn(&str) -> bool,
{
    let set = |name: &str| (around.variable)(name).filter(|value| !value.trim().is_empty());
    let file = file.display().to_string();
    let wanted = set("VISUAL").or_else(|| set("EDITOR")).or_else(|| offered(around, &set));
    let Some(editor) = wanted else {
        return Err(format!("no editor is known; set `EDITOR`, or open {file} yourself"));
    };
    let program = editor.split_whitespace().next().unwrap_or_default();
    let name =
        Path::new(program).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if WITH_WINDOWS.contains(&name.as_str()) {
        let mut argv = vec![program.to_owned()];
        if name.starts_with("code") || ["codium", "cursor", "windsurf"].contains(&name.as_str()) {
            argv.push("-g".to_owned());
        }
        // `code --wait` waits for the file to be closed: nobody here does.
        argv.extend(editor.split_whitespace().skip(1).filter(|word| !is_wait(word)).map(str::to_owned));
        argv.push(file);
        return Ok(How::Beside(argv, name));
    }
    // As git does: the variable is a piece of shell, the file is not.
    let shell = ["sh", "-c", &format!("{editor} \"$@\""), &name, &file].map(str::to_owned);
    let (before, by): (Vec<&str>, &str) = if set("TMUX").is_some() {
        let (how, by) = if around.columns < ROOM_FOR_TWO {
            ("new-window", "a window of tmux")
        } else {
            ("split-window -h", "a pane of tmux")
        };
        (vec!["sh", "-c", IN_TMUX, "sh", &file, how], by)
    } else if set("ZELLIJ").is_some() {
        (vec!["zellij", "run", "--close-on-exit", "--"], "a pane of Zellij")
    } else {
        return Ok(How::Here(shell.to_vec()));
    };
    let argv = before.into_iter().map(str::to_owned).chain(shell).collect();
    Ok(How::Beside(argv, format!("{name}, in {by}")))
}

fn is_wait(word: &str) -> bool {
    ["--wait", "-w", "-f", "--nofork"].contains(&word)
}

/// Nothing was chosen: what is at hand.
fn offered<V, P: Fn(&str) -> bool>(
    around: &Surroundings<V, P>,
    set: &impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let terminal = set("TERM_PROGRAM").unwrap_or_default();
    let here = |name: &&str| (around.is_here)(name);
    let own = match terminal.as_str() {
        "vscode" => Some("code"),
        "zed" => Some("zed"),
        _ => None,
    };
    let windows = ["code", "zed"].into_iter().filter(|_| around.desktop);
    own.into_iter().chain(windows).chain(IN_TERMINALS).find(here).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(variables: &[(&str, &str)], programs: &[&str], desktop: bool) -> String {
        let around = Surroundings {
            variable: |name: &str| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            },
            is_here: |name: &str| programs.contains(&name),
            desktop,
            columns: 80,
        };
        match how(Path::new("/a b/main.js"), &around) {
            Ok(How::Beside(argv, by)) => format!("{by}: {}", argv.join("|").replace(IN_TMUX, "SCRIPT")),
            Ok(How::Here(argv)) => format!("here: {}", argv.join("|")),
            Err(why) => why,
        }
    }

    #[test]
    fn the_learners_choice_goes_first() {
        let both = [("VISUAL", "hx"), ("EDITOR", "nano")];
        assert_eq!(opened(&both, &["code"], true), "here: sh|-c|hx \"$@\"|hx|/a b/main.js");
        let waits = [("EDITOR", "/usr/bin/code --wait")];
        assert_eq!(opened(&waits, &[], false), "code: /usr/bin/code|-g|/a b/main.js");
        assert_eq!(opened(&[("EDITOR", "zed --wait")], &[], false), "zed: zed|/a b/main.js");
        assert_eq!(opened(&[("EDITOR", " ")], &["vi"], false), "here: sh|-c|vi \"$@\"|vi|/a b/main.js");
    }

    #[test]
    fn the_terminal_that_we_run_in_is_an_editor_too() {
        let programs = ["code", "zed", "nano"];
        assert_eq!(opened(&[("TERM_PROGRAM", "vscode")], &programs, false), "code: code|-g|/a b/main.js");
        assert_eq!(opened(&[("TERM_PROGRAM", "zed")], &programs, false), "zed: zed|/a b/main.js");
        assert_eq!(opened(&[], &programs, true), "code: code|-g|/a b/main.js");
        assert_eq!(opened(&[], &programs, false), "here: sh|-c|nano \"$@\"|nano|/a b/main.js");
    }

    #[test]
    fn an_editor_without_a_window_gets_a_pane() {
        let tmux = [("EDITOR", "vim"), ("TMUX", "/tmp/tmux-0/default,1,0")];
        assert_eq!(
            opened(&tmux, &[], false),
            "vim, in a window of tmux: sh|-c|SCRIPT|sh|/a b/main.js|new-window|sh|-c|vim \"$@\"|vim|/a b/main.js"
        );
        let zellij = [("EDITOR", "vim"), ("ZELLIJ", "0")];
        assert_eq!(
            opened(&zellij, &[], false),
            "vim, in a pane of Zellij: zellij|run|--close-on-exit|--|sh|-c|vim \"$@\"|vim|/a b/main.js"
        );
    }

    #[test]
    fn without_any_editor_it_says_what_to_do() {
        assert_eq!(opened(&[], &[], true), "no editor is known; set `EDITOR`, or open /a b/main.js yourself");
    }
}
