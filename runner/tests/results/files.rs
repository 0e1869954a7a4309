//! Where results go: files, devices, folders that take nothing. Next: `main.rs`.

use crate::{
    room::{Ran, Room},
    work::{MONDAY, asha},
};

fn room() -> Room {
    let room = Room::new();
    room.write("bundles/asha.json", &asha().bundle("Asha", room.mark(), MONDAY));
    room
}

#[test]
fn what_cannot_be_a_file_is_refused_before_anything_is_read() {
    let room = room();
    for (args, words) in [
        ("report bundles --html exercises", "cannot write `exercises`: it is a folder; name another file"),
        ("report bundles --csv no/where.csv", "cannot write `no/where.csv`: its folder is not there"),
        ("report bundles --csv a --json a", "`a` is named twice; name two files"),
        ("report bundles --csv - --json -", "`-` is named twice; name two files"),
        ("report bundles --json bundles/asha.json", "`bundles/asha.json` is a bundle, and somebody's work"),
        ("progress export exercises --name Asha", "cannot write `exercises`: it is a folder"),
        ("progress export no/asha.json --name Asha", "its folder is not there"),
    ] {
        let refused = room.typed(args).refused(64);
        assert!(refused.contains(words), "{args}: {refused}");
    }
    assert!(room.read("bundles/asha.json").contains("socketlings-bundle"));
}

/// Even a bundle that nobody can read any more is somebody's work.
#[test]
fn a_damaged_bundle_is_not_written_over() {
    let room = room();
    let damaged = room.read("bundles/asha.json").replace("Asha", "Asho");
    room.write("bundles/damaged.json", &damaged);
    room.typed("report bundles --csv bundles/damaged.json").refused(64);
    assert_eq!(room.read("bundles/damaged.json"), damaged);
}

#[test]
fn a_report_may_be_written_anew() {
    let room = room();
    room.typed("report bundles --csv class.csv").done();
    room.typed("report bundles --csv class.csv").done();
    assert_eq!(room.read("class.csv").lines().count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt as _;

    let room = room();
    for args in [
        "progress export /dev/full --name Asha --force",
        "report bundles --csv /dev/full",
        "report bundles --json /dev/full",
        "report bundles --html /dev/full",
    ] {
        let refused = room.typed(args).refused(2);
        assert!(refused.contains("cannot write `/dev/full`; name another file"), "{args}: {refused}");
        assert!(std::fs::metadata("/dev/full").unwrap().file_type().is_char_device());
    }
    for args in ["report bundles", "progress", "progress export - --name Asha"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let args: Vec<_> = args.split(' ').collect();
        let output = room.command(&args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The old file is whole when there is no room for the new one.
#[cfg(unix)]
#[test]
fn a_full_disk_keeps_the_old_file() {
    let room = room();
    room.write("asha.json", "old");
    let export = room.command(&["progress", "export"]);
    let mut full = std::process::Command::new("/bin/sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" progress export asha.json --name Asha --force"])
        .arg(export.get_program())
        .current_dir(room.path(""));
    let refused = Ran::with_input(full, "").refused(2);
    assert!(refused.contains("cannot write `asha.json`; name another file"), "{refused}");
    assert_eq!(room.read("asha.json"), "old");
    assert!(!room.names("").iter().any(|name| name.contains(".part")), "nothing half written is left");
}

/// `/sys` refuses even root.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_nothing() {
    let room = room();
    for args in ["progress export /sys/asha.json --name Asha", "report bundles --html /sys/class.html"] {
        let refused = room.typed(args).refused(2);
        assert!(refused.contains("; name another file"), "{args}: {refused}");
    }
}

/// The name cannot be remembered, which costs a warning: the bundle is there.
#[cfg(target_os = "linux")]
#[test]
fn progress_that_nobody_may_write_is_exported_all_the_same() {
    let room = room();
    std::fs::remove_dir_all(room.path(".socketlings")).unwrap();
    std::os::unix::fs::symlink("/sys", room.path(".socketlings")).unwrap();
    let ran = room.typed("progress export asha.json --name Asha");
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.err.starts_with("warning: progress was not saved"), "{ran:?}");
    assert!(room.read("asha.json").contains("\"Asha\""));
    assert_eq!(room.typed("progress import asha.json").exit, 2);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_folder_is_not_waited_for() {
    let room = room();
    rustix::fs::mkfifoat(
        rustix::fs::CWD,
        room.path("bundles/pipe.json"),
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
    )
    .unwrap();
    std::os::unix::fs::symlink("/dev/zero", room.path("bundles/zero.json")).unwrap();
    let out = room.typed("report bundles").done();
    assert!(
        out.contains("refused: pipe.json: it is no bundle") && out.contains("refused: zero.json"),
        "{out}"
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let room = room();
    for more in [&[][..], &["--csv", "-"], &["--csv-items", "-"], &["--json", "-"], &["--html", "-"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let args = [&["report", "bundles"], more].concat();
        let output =
            room.command(&args).stdout(writer).stderr(std::process::Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(141), 0), "{args:?}");
    }
}
