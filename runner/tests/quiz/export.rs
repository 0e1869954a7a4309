//! The file for Anki. Next: `pty.rs`.

use std::collections::BTreeSet;

use crate::room::{Room, golden};

#[test]
fn a_file_that_anki_reads() {
    let room = Room::new();
    let out = room.run("quiz --export-anki -", "").done();
    golden("anki", &out);
    let (head, notes): (Vec<&str>, Vec<&str>) = out.lines().partition(|line| line.starts_with('#'));
    assert_eq!(head.len(), 7);
    assert_eq!(notes.len(), 9);
    assert!(notes.iter().all(|note| note.split('\t').count() == 4), "{notes:#?}");
    let ids: BTreeSet<&str> = notes.iter().filter_map(|note| note.split('\t').next()).collect();
    assert_eq!(ids.len(), 9, "each note is one of its own, and the same one the next time");
}

#[test]
fn it_goes_to_a_file_and_may_be_a_part() {
    let room = Room::new();
    let said = room.run("quiz interview --export-anki notes.txt", "").done();
    assert_eq!(said, "1 question is in `notes.txt`. In Anki: File, Import.\n");
    assert_eq!(room.read("notes.txt").lines().filter(|line| !line.starts_with('#')).count(), 1);
    let said = room.run("quiz --export-anki no/such/folder.txt", "");
    assert_eq!(said.exit, 2);
    assert!(
        said.err.starts_with("error: cannot write `no/such/folder.txt`; name another file: "),
        "{}",
        said.err
    );
    assert_eq!(room.run("quiz review --export-anki x", "").exit, 64);
}
