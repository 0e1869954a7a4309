//! What a person at a terminal is asked. Next: `imported.rs`.

use crate::{
    pty::Terminal,
    room::Room,
    work::{MONDAY, asha},
};

fn start(room: &Room, args: &[&str]) -> Terminal {
    Terminal::start(room.command(args), 90, 30)
}

#[test]
fn the_name_after_saying_what_is_in_the_file() {
    let room = Room::new();
    let mut terminal = start(&room, &["progress", "export"]);
    terminal.until("no paths, no user name").until("Your name?").keys("--\n");
    terminal.until("a name has at least one letter or digit").keys("Asha\n");
    let (exit, shown, _) = terminal.end();
    assert!(exit == 0 && shown.contains("`socketlings-asha.json` holds the results of Asha."), "{shown}");

    let mut terminal = start(&room, &["progress", "export"]);
    terminal.until("Your name (Enter: Asha)?").keys("\n");
    terminal.until("`socketlings-asha.json` is there already. Replace it? (y/N)").keys("\n");
    let (exit, shown, _) = terminal.end();
    assert!(exit == 1 && shown.contains("Nothing was written."), "{shown}");

    let before = room.read("socketlings-asha.json");
    room.write("socketlings-asha.json", "old");
    let mut terminal = start(&room, &["progress", "export", "--name", "Asha"]);
    terminal.until("Replace it? (y/N)").keys("y\n");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(room.read("socketlings-asha.json").len(), before.len());
}

#[test]
fn whether_the_results_of_another_person_are_put_to_ones_own() {
    let room = Room::new();
    room.run(&["progress", "export", "mine.json", "--name", "Ravi"], "").done();
    room.write("theirs.json", &asha().bundle("Asha", room.mark(), MONDAY));
    let mut terminal = start(&room, &["progress", "import", "theirs.json"]);
    terminal
        .until("These are the results of Asha, and here are those of Ravi. Put them together? (y/N)")
        .keys("n\n");
    let (exit, shown, _) = terminal.end();
    assert!(exit == 1 && shown.contains("Nothing was changed."), "{shown}");
    assert!(room.progress()["exercises"].as_object().unwrap().is_empty());

    let mut terminal = start(&room, &["progress", "import", "theirs.json"]);
    terminal.until("(y/N)").keys("y\n");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(
        (room.progress()["exercises"].as_object().unwrap().len(), &room.progress()["learner"]),
        (4, &"Ravi".into())
    );
}
