//! How a quiz looks in windows of 80 and of 60 columns. The command is called with buffers in the terminal's place.
//! Next: `program.rs`.

use std::io::Cursor;

use clap::Parser as _;
use runner::{
    cli::{self, Cli},
    commands::{Context, Terminal},
};
use unicode_width::UnicodeWidthStr as _;

use crate::room::{Room, golden};

fn shown(width: usize, plain: bool) -> String {
    let room = Room::new();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input =
        Cursor::new("1\n1 3\nio.to(r)\n1 3 2\n3\n2\n[]\nasha\nasha\nI check in the handler.\n\n2\n");
    let mut ctx = Context {
        out: &mut out,
        err: &mut err,
        input: &mut input,
        terminal: Terminal { interactive: false, plain, width: Some(width) },
        course: Some(room.root().to_path_buf()),
        here: room.root().to_path_buf(),
    };
    let cli = Cli::try_parse_from(["runner", "quiz", "rooms", "--seed", "0"]).unwrap();
    cli::run(cli.command, &mut ctx).unwrap();
    assert_eq!(String::from_utf8(err).unwrap(), "");
    anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
}

#[test]
fn at_80_and_at_60_columns() {
    for width in [80, 60] {
        let out = shown(width, false);
        golden(&format!("look_{width}"), &out);
        let wide: Vec<&str> = out.lines().filter(|line| line.width() > width).collect();
        assert!(wide.is_empty(), "wider than {width}: {wide:#?}");
    }
}

#[test]
fn in_words_alone() {
    let out = shown(80, true);
    assert!(!out.contains(['✓', '✗']), "{out}");
    assert!(out.contains("wrong:"), "{out}");
}
