//! Saves of every kind, and the log that tells of each: the newest content always gets the verdict.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::Child,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    desk::{Desk, FAR, ROOMS, finish},
    left,
    session::{desk, progress, solution},
};

/// A program that never listens: its check would take ten seconds.
const NEVER: &str = "await new Promise(() => {});\n";

/// A watch that writes a log.
struct Log {
    child: Child,
    out: PathBuf,
}

impl Log {
    /// Started, and past its first verdict.
    fn start(desk: &Desk, more: &[&str]) -> Self {
        let out = desk.course.parent().unwrap().join("log");
        let mut command = desk.runner(["watch", "members_only", "--plain"].iter().chain(more));
        let file = File::create(&out).unwrap();
        let child = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        let log = Self { child, out };
        log.until(|text| text.contains("Likely cause"));
        log
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.out).unwrap()
    }

    #[track_caller]
    fn until(&self, is_there: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let text = self.text();
            if is_there(&text) {
                return text;
            }
            assert!(began.elapsed() < FAR / 4, "it never came:\n{text}");
            thread::yield_now();
        }
    }

    /// How many verdicts it told.
    fn verdicts(text: &str) -> usize {
        text.matches("Exercise 07_rooms/members_only").count()
    }

    /// Ctrl-C; nothing is left.
    fn end(self, desk: &Desk) -> String {
        kill_process(Pid::from_raw(self.child.id().cast_signed()).unwrap(), Signal::INT).unwrap();
        let text = self.out;
        assert_eq!(finish(self.child).code, Some(130));
        desk.assert_empty();
        fs::read_to_string(text).unwrap()
    }
}

#[test]
fn fifty_saves_in_five_seconds_end_with_one_verdict_of_the_last() {
    let Some(desk) = desk() else { return };
    let log = Log::start(&desk, &[]);
    let began = Instant::now();
    for save in 1..50_u32 {
        desk.write(ROOMS, "main.js", &format!("// save {save}\n{NEVER}"));
        // The time between saves is what this is about.
        thread::sleep((began + Duration::from_millis(100) * save).saturating_duration_since(Instant::now()));
    }
    desk.write(ROOMS, "main.js", &solution(&desk));
    // The last line of a pass, which is told in several writes.
    let text = log.until(|text| text.contains("Well done") && text.ends_with("runner check\n\n"));
    assert_eq!(Log::verdicts(&text), 2, "one at the start, and one of the last save:\n{text}");
    let programs =
        || left::living(&desk.mark).into_iter().filter(|process| process.contains("node ")).count();
    let began = Instant::now();
    // One waits for the next save.
    while programs() != 1 {
        assert!(began.elapsed() < FAR / 8, "{:?}", left::living(&desk.mark));
    }
    assert_eq!(log.end(&desk), text, "nothing more was said");
    // A verdict is told before it is written down, so this is looked at when the watch has ended.
    assert_eq!(progress(&desk)["exercises"][ROOMS]["javascript"]["attempts"], 2);
}

#[test]
fn a_rename_over_the_file_is_a_save() {
    let Some(desk) = desk() else { return };
    let log = Log::start(&desk, &[]);
    let fresh = desk.write(ROOMS, "main.js~new", &solution(&desk));
    fs::rename(fresh, desk.path(ROOMS, "main.js")).unwrap();
    let text = log.until(|text| text.contains("Well done"));
    assert_eq!(Log::verdicts(&text), 2, "{text}");
    log.end(&desk);
}

#[test]
fn a_file_that_is_deleted_is_missed_until_it_is_back() {
    let Some(desk) = desk() else { return };
    let log = Log::start(&desk, &[]);
    fs::remove_file(desk.path(ROOMS, "main.js")).unwrap();
    log.until(|text| text.contains("Not checked: `exercises/07_rooms/members_only/main.js` is not there"));
    desk.write(ROOMS, "main.js", &solution(&desk));
    log.until(|text| text.contains("Well done"));
    log.end(&desk);
}

#[test]
fn a_save_at_any_moment_of_a_check_takes_its_place() {
    let Some(desk) = desk() else { return };
    let log = Log::start(&desk, &[]);
    for moment in [0, 20, 45, 55, 70, 90, 120, 160, 220] {
        desk.write(ROOMS, "main.js", NEVER);
        // When the check before is debounced, starts, plays.
        thread::sleep(Duration::from_millis(moment));
        let before = log.text().matches("Well done").count();
        desk.write(ROOMS, "main.js", &solution(&desk));
        log.until(|text| text.matches("Well done").count() > before);
    }
    let text = log.end(&desk);
    assert_eq!(Log::verdicts(&text), 10, "{text}");
}

#[test]
fn looking_again_and_again_sees_saves_too() {
    let Some(desk) = desk() else { return };
    let log = Log::start(&desk, &["--poll"]);
    desk.write(ROOMS, "main.js", &solution(&desk));
    let text = log.until(|text| text.contains("Well done"));
    assert_eq!(Log::verdicts(&text), 2, "{text}");
    log.end(&desk);
}

#[test]
fn what_the_program_itself_writes_is_no_save() {
    let Some(desk) = desk() else { return };
    let log = Log::start(&desk, &[]);
    let writes = "import { writeFileSync } from 'node:fs';\nwriteFileSync('chat.db', String(process.pid));\n";
    desk.write(ROOMS, "main.js", &(writes.to_owned() + &solution(&desk)));
    let text = log.until(|text| text.contains("Well done"));
    assert!(desk.path(ROOMS, "chat.db").is_file());
    let again = desk.write(ROOMS, "main.js", &solution(&desk));
    assert!(again.is_file());
    let more = log.until(|text| text.matches("Well done").count() == 2);
    assert_eq!((Log::verdicts(&text), Log::verdicts(&more)), (2, 3), "{more}");
    log.end(&desk);
}

#[test]
fn a_log_without_a_name_goes_on_after_a_pass() {
    let Some(desk) = desk() else { return };
    let out = desk.course.parent().unwrap().join("log");
    let mut command = desk.runner(["watch", "--plain"]);
    let child = command.stdout(File::create(&out).unwrap()).spawn().unwrap();
    let log = Log { child, out };
    log.until(|text| text.contains("Watching exercises/01_why_real_time/first_push/main.js"));
    let first = "01_why_real_time/first_push";
    let right = fs::read_to_string(desk.path(first, "answers/solution.js")).unwrap();
    desk.write(first, "main.js", &right);
    log.until(|text| text.contains("Watching exercises/04_on_the_wire/shake_hands/frames.txt"));
    log.end(&desk);
}
