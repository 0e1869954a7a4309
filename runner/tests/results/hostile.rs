//! Bundles that nobody should trust. Each is refused with a reason, and nothing is touched. Next: `class.rs`.

use std::fmt::Write as _;

use crate::{
    room::{PROGRESS, Room, golden},
    work::{MONDAY, asha},
};

/// Seals a text anew, as somebody would who wants to cheat or to harm: the runner's own writer is not asked.
fn sealed(body: &str) -> String {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::digest(body).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });
    format!("{},\"sha256\":\"{hash}\"}}", body.strip_suffix('}').unwrap())
}

fn body(learner: &str, exercises: &str) -> String {
    let learner = serde_json::to_string(learner).unwrap();
    format!(
        r#"{{"format":"socketlings-bundle","version":1,"made_at":1764000000,"learner":{learner},"course":{{"sha256":"","exercises":["07_rooms/members_only"],"quizzes":[]}},"exercises":{{{exercises}}},"questions":{{}}}}"#
    )
}

#[test]
fn every_reason_to_refuse_is_told_and_nothing_is_touched() {
    let room = Room::new();
    let good = asha().bundle("Asha", room.mark(), MONDAY);
    let mut foreign = room.mark();
    foreign.exercises = vec!["01_cooking/boil_an_egg".to_owned()];
    let deep = format!(
        r#"{{"format":"socketlings-bundle","version":1,"x":{}1{}}}"#,
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    let many: Vec<String> = (0..10_001).map(|id| format!("\"{id}\":{{}}")).collect();
    let cases = [
        ("a photograph", vec![0xff, 0xd8, 0xff, 0xe0]),
        ("another JSON", b"{\"name\": \"package\"}".to_vec()),
        ("nothing", Vec::new()),
        ("cut in the middle", good.as_bytes()[..good.len() / 2].to_vec()),
        ("one digit more", good.replacen("\"checks\":5", "\"checks\":4", 1).into_bytes()),
        ("another name", good.replacen("\"Asha\"", "\"Ravi\"", 1).into_bytes()),
        (
            "a member more",
            good.replacen("\"version\": 1,", "\"version\": 1, \"home\": \"x\",", 1).into_bytes(),
        ),
        ("no version", b"{\"format\": \"socketlings-bundle\"}".to_vec()),
        ("a newer version", b"{\"format\": \"socketlings-bundle\", \"version\": 7, \"pages\": []}".to_vec()),
        ("another course", asha().bundle("Asha", foreign, MONDAY).into_bytes()),
        ("deep", deep.into_bytes()),
        ("huge", vec![b' '; 4 * 1024 * 1024 + 1]),
        ("many entries", sealed(&body("Asha", &many.join(","))).into_bytes()),
        ("a name that steers", sealed(&body("\u{1b}[2Jowned", "")).into_bytes()),
        ("a name of a mile", sealed(&body(&"a".repeat(5_000), "")).into_bytes()),
        ("an id that steers", sealed(&body("Asha", "\"\\u001b[2J\":{}")).into_bytes()),
        ("a negative count", sealed(&body("Asha", "\"a\":{\"hints\":-1}")).into_bytes()),
    ];
    let before = room.read(PROGRESS);
    let mut told = String::new();
    for (what, bytes) in cases {
        std::fs::write(room.path("handed.json"), &bytes).unwrap();
        let refused = room.typed("progress import handed.json").refused(64);
        writeln!(told, "# {what}\n{}\n", refused.trim_end()).unwrap();
        assert_eq!(room.read(PROGRESS), before, "{what}");
    }
    golden("refused.txt", &told);
}

/// Mail and editors do this, and it changes nothing that counts.
#[test]
fn another_layout_is_no_damage() {
    let room = Room::new();
    let good = asha().bundle("Asha", room.mark(), MONDAY);
    let compact = good.lines().map(str::trim).collect::<String>();
    for text in [good.replace('\n', "\r\n"), format!("\u{feff}{good}"), compact] {
        room.write("handed.json", &text);
        room.write(PROGRESS, "{ \"version\": 2 }");
        assert!(room.typed("progress import handed.json").done().starts_with("The results of Asha"));
    }
}

/// The checksum is right, so this is no accident: it must do no harm all the same.
#[test]
fn a_bundle_that_was_sealed_by_a_stranger_does_no_harm() {
    let room = Room::new();
    let huge = u64::MAX;
    let exercises = format!(
        r#""07_rooms/members_only":{{"javascript":{{"checks":{huge},"passed_at":{huge},"passed_after":{huge}}},"rust":{{"checks":{huge},"passed_at":1}},"hints":4294967295}}"#
    );
    room.write("bundles/x.json", &sealed(&body("<script>alert(1)</script>", &exercises)));
    room.typed("progress import bundles/x.json").done();
    room.typed("progress").done();
    assert_eq!(room.typed("report bundles").exit, 0);
    let html = room.typed("report bundles --html -").out;
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script"), "{html}");
    assert_eq!(room.typed("hint members_only").exit, 0);
}
