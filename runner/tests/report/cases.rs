//! Verdicts of every kind, made by hand; the checks that would make them are somebody else's work.

use std::time::Duration;

use grader::{
    event::Event,
    scenario::{
        model::{Place, Role, Track},
        stage::AtStage,
    },
    transcript::{Direction, Transcript, What},
    verdict::{Also, Cause, Kind, Mismatch, Outcome, ScenarioResult, Verdict},
};
use runner::report::{ExerciseView, StageView};

use crate::diagram_script::Script;

const YAML: &str = include_str!("members_only.yaml");

/// An exercise's view and the events of one check of it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) view: ExerciseView,
    pub(crate) events: Vec<Event>,
}

pub(crate) fn view() -> ExerciseView {
    ExerciseView {
        id: "07_rooms/members_only".to_owned(),
        title: "Members only".to_owned(),
        role: Some(Role::Server),
        lesson: Some("book/src/07_rooms.md".to_owned()),
        answer: None,
        edit_path: "exercises/07_rooms/members_only/main.js".to_owned(),
        yaml_path: "exercises/07_rooms/members_only/exercise.yaml".to_owned(),
        yaml_source: YAML.to_owned(),
        whys: vec![
            "An acknowledgement says that the server did it, not only that it heard.".to_owned(),
            "Rooms are labels that the server puts on sockets; to(room) addresses the label.".to_owned(),
        ],
        track: None,
        next: Some("07_rooms/leaving".to_owned()),
        stage: None,
    }
}

/// The same check of an answer of the course, in a clone without the lessons' texts.
pub(crate) fn of_the_course(answer: &str, case: Case) -> Case {
    let file = answer.replace("mistake:", "mistakes/");
    let edit_path = format!("exercises/07_rooms/members_only/answers/{file}.js");
    let view = ExerciseView { lesson: None, edit_path, answer: Some(answer.to_owned()), ..case.view };
    Case { view, ..case }
}

pub(crate) fn mismatch(kind: Kind, subject: &str, expected: &str, actual: &str) -> Mismatch {
    Mismatch {
        kind,
        subject: subject.to_owned(),
        actor: None,
        at: None,
        saw: None,
        expected: expected.to_owned(),
        actual: actual.to_owned(),
        place: Place::default(),
        line: None,
        also: Vec::new(),
    }
}

fn at(line: u32, column: u32, len: u32, mismatch: Mismatch) -> Mismatch {
    Mismatch { place: Place { line, column, len }, ..mismatch }
}

pub(crate) fn scenario(title: &str, millis: u64, outcome: Outcome, transcript: Transcript) -> ScenarioResult {
    ScenarioResult {
        id: title.replace(' ', "-"),
        title: title.to_owned(),
        stage: None,
        outcome,
        took: Duration::from_millis(millis),
        transcript,
        output: Vec::new(),
        notes: Vec::new(),
    }
}

fn passed(title: &str, millis: u64) -> ScenarioResult {
    scenario(title, millis, Outcome::Passed, Transcript::default())
}

fn failed(title: &str, millis: u64, mismatch: Mismatch, transcript: Transcript) -> ScenarioResult {
    scenario(title, millis, Outcome::Failed(Box::new(mismatch)), transcript)
}

pub(crate) fn cause(id: &str, says: &str, scenario: Option<usize>) -> Cause {
    Cause { id: id.to_owned(), says: says.to_owned(), scenario, named: id.contains('/') }
}

pub(crate) fn verdict(scenarios: Vec<ScenarioResult>, cause: impl Into<Option<Cause>>) -> Verdict {
    Verdict {
        exercise: "07_rooms/members_only".to_owned(),
        stage: None,
        track: Some(Track::JavaScript),
        seed: 4711,
        program: None,
        output: Vec::new(),
        scenarios,
        cause: cause.into(),
        took: Duration::from_millis(83),
    }
}

pub(crate) fn case(view: ExerciseView, verdict: Verdict) -> Case {
    let started = Event::CheckStarted {
        exercise: verdict.exercise.clone(),
        title: view.title.clone(),
        stage: verdict.stage.clone(),
        track: verdict.track,
        seed: verdict.seed,
        scenarios: verdict.scenarios.len(),
    };
    let scenarios = verdict.scenarios.clone();
    let ended = scenarios.into_iter().map(Event::ScenarioEnded);
    let events = [started].into_iter().chain(ended).chain([Event::CheckEnded(verdict)]).collect();
    Case { view, events }
}

/// The example of the design.
pub(crate) fn outside_the_room() -> Case {
    let transcript = Script::of(&["asha", "ravi", "meera"])
        .connects("asha")
        .connects("ravi")
        .connects("meera")
        .says("asha", r#"20["joinRoom",{"roomId":"room-k3x9"}]"#)
        .hears("asha", r#"30[{"ok":true}]"#)
        .says("ravi", r#"20["joinRoom",{"roomId":"room-k3x9"}]"#)
        .hears("ravi", r#"30[{"ok":true}]"#)
        .says("ravi", r#"21["sendMessage",{"roomId":"room-k3x9","text":"hi"}]"#)
        .hears("asha", r#"2["receiveMessage",{"text":"hi"}]"#)
        .hears("meera", r#"2["receiveMessage",{"text":"hi"}]"#)
        .marked()
        .end();
    let unexpected = Mismatch {
        actor: Some("meera".to_owned()),
        ..mismatch(
            Kind::Unexpected,
            "receiveMessage",
            "meera hears nothing more",
            r#"meera heard receiveMessage {"text":"hi"}"#,
        )
    };
    let says = "Meera never joined the room, yet she got the message.\n`io.emit` addresses every client; address the room instead.";
    let verdict = verdict(
        vec![
            passed("joining a room is acknowledged", 12),
            failed("a message reaches its room, and nobody else", 58, at(19, 9, 5, unexpected), transcript),
        ],
        cause("members_only/echo-to-all", says, Some(1)),
    );
    case(view(), verdict)
}

pub(crate) fn solved() -> Case {
    let verdict = verdict(
        vec![
            passed("joining a room is acknowledged", 12),
            passed("a message reaches its room, and nobody else", 58),
        ],
        None,
    );
    case(view(), verdict)
}

/// The same at the second of three stages: both scenarios, one of each of the first two.
fn at_stage(current: &str, case: Case) -> Case {
    let at = AtStage { id: "sends".to_owned(), title: "Say it to the room".to_owned(), number: 2, of: 3 };
    let stage = StageView {
        at: at.clone(),
        current: current.to_owned(),
        all: ["joins", "sends", "leaves"].map(str::to_owned).to_vec(),
        unlocks: Some((
            "Leave it again".to_owned(),
            "Who leaves a room\nhears it no more.\n\nNobody is told.\n".to_owned(),
        )),
    };
    let of_stage = |scenarios: &mut Vec<ScenarioResult>| {
        for (scenario, id) in scenarios.iter_mut().zip(["joins", "sends"]) {
            scenario.stage = Some(id.to_owned());
        }
    };
    let mut events = case.events;
    for event in &mut events {
        match event {
            Event::CheckStarted { stage, .. } => *stage = Some(at.clone()),
            Event::CheckEnded(verdict) => {
                verdict.stage = Some(at.clone());
                of_stage(&mut verdict.scenarios);
            }
            Event::ScenarioEnded(_) | Event::Preparing { .. } => {}
        }
    }
    Case { view: ExerciseView { stage: Some(stage), ..case.view }, events }
}

pub(crate) fn stage_passes() -> Case {
    at_stage("sends", solved())
}

pub(crate) fn stage_fails() -> Case {
    at_stage("sends", outside_the_room())
}

/// What passed at the stage before does not any more.
pub(crate) fn stage_before_fails() -> Case {
    let mut case = outside_the_room();
    for event in &mut case.events {
        if let Event::CheckEnded(verdict) = event {
            verdict.scenarios.reverse();
            verdict.cause.iter_mut().for_each(|cause| cause.scenario = Some(0));
        }
    }
    at_stage("sends", case)
}

/// The learner is further, and has checked this stage again.
pub(crate) fn stage_fails_later() -> Case {
    at_stage("leaves", outside_the_room())
}

pub(crate) fn several_failures() -> Case {
    let wrong = Mismatch {
        at: Some("/0/from".to_owned()),
        also: vec![
            Also { kind: Kind::Unexpected, subject: "typing".to_owned(), actor: Some("meera".to_owned()) },
            Also { kind: Kind::Closed, subject: "ravi".to_owned(), actor: Some("ravi".to_owned()) },
        ],
        ..mismatch(
            Kind::Different,
            "receiveMessage",
            r#"asha hears receiveMessage {"from":"ravi-x1","text":"hi","sentAt":"an integer between 1700000000000 and 1900000000000"}"#,
            r#"asha heard receiveMessage {"from":"asha-x1","text":"hi","sentAt":1763910000000,"roomId":"room-k3x9-and-a-very-long-name-that-never-ends"}"#,
        )
    };
    let transcript = Script::of(&["asha", "ravi"])
        .says("ravi", r#"2["sendMessage",{"roomId":"room-k3x9","text":"hi"}]"#)
        .hears("asha", r#"2["receiveMessage",{"from":"asha-x1","text":"hi","sentAt":1763910000000}]"#)
        .marked()
        .end();
    let mut explained = failed("a message names its sender", 31, at(18, 9, 10, wrong), transcript);
    explained.output =
        vec!["ravi says hi".to_owned(), "\u{1b}[31msent\u{1b}[0m to \u{1b}]0;x\u{7}1 socket".to_owned()];
    explained.notes = vec!["a fence went unanswered; 300 ms of wall time were waited instead".to_owned()];
    let missing = mismatch(Kind::Missing, "left", r#"asha hears left {"who":"ravi"}"#, "asha heard no left");
    let verdict = verdict(
        vec![
            explained,
            passed("joining a room is acknowledged", 12),
            failed("whoever leaves is announced", 1043, at(16, 9, 4, missing), Transcript::default()),
        ],
        cause("wrong-value", "The event came with another value than was asked for.", Some(0)),
    );
    case(view(), verdict)
}

pub(crate) fn skipped() -> Case {
    let needs = "two nodes, and a server that is already running is one".to_owned();
    let verdict = verdict(
        vec![
            passed("joining a room is acknowledged", 12),
            scenario("a message reaches the other node", 0, Outcome::Skipped(needs), Transcript::default()),
        ],
        None,
    );
    case(view(), verdict)
}

pub(crate) fn series() -> Case {
    let script = (3..=35).filter(|n| *n != 17).fold(Script::of(&["asha"]), |script, n| {
        script.hears("asha", &format!(r#"2["line",{{"n":{n},"text":"line {n}"}}]"#))
    });
    let gap = Mismatch {
        actor: Some("asha".to_owned()),
        ..mismatch(
            Kind::Missing,
            "line",
            r#"asha hears line {"n":anything}"#,
            "asha heard 32 of them, number 17 is missing",
        )
    };
    let verdict = verdict(
        vec![failed("no line is lost on the way", 402, at(17, 9, 4, gap), script.end())],
        cause(
            "lost-in-a-burst",
            "One of many events sent at once never arrived. `volatile` gives up what cannot be written at once.",
            Some(0),
        ),
    );
    case(view(), verdict)
}

pub(crate) fn polling() -> Case {
    let transcript = Script::of(&["asha", "ravi"])
        .opens("asha")
        .push(
            "asha",
            What::Http {
                direction: Direction::ToProgram,
                line: "GET /socket.io/?EIO=4&transport=polling".to_owned(),
            },
        )
        .push("asha", What::Http { direction: Direction::FromProgram, line: "200 0{…}".to_owned() })
        .push(
            "asha",
            What::Http {
                direction: Direction::ToProgram,
                line: "POST /socket.io/?EIO=4&transport=polling&sid=Rm4hkHRVbT3FzOYzAAAA".to_owned(),
            },
        )
        .push(
            "asha",
            What::Http {
                direction: Direction::FromProgram,
                line: r#"400 {"code":1,"message":"Session ID unknown"}"#.to_owned(),
            },
        )
        .marked()
        .push("asha", What::Closed { direction: Direction::FromProgram, how: "transport close".to_owned() })
        .end();
    let closed = Mismatch {
        actor: Some("asha".to_owned()),
        ..mismatch(Kind::Closed, "asha", "an open connection", "closed: transport close")
    };
    let verdict = verdict(
        vec![failed("polling works through the proxy", 22, at(14, 9, 4, closed), transcript)],
        cause(
            "polling/no-sticky",
            "The second request reached another node, which does not know the session.",
            Some(0),
        ),
    );
    case(view(), verdict)
}

pub(crate) fn refused() -> Case {
    let transcript = Script::of(&["asha"])
        .opens("asha")
        .says("asha", r#"0{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhc2hhIn0.c2lnbmF0dXJl"}"#)
        .hears("asha", r#"4{"message":"jwt expired"}"#)
        .marked()
        .end();
    let refused = Mismatch {
        actor: Some("asha".to_owned()),
        ..mismatch(Kind::Refused, "asha", "to be let in", r#"refused: "jwt expired""#)
    };
    let verdict = verdict(
        vec![failed("a valid token is let in", 9, at(14, 9, 19, refused), transcript)],
        cause("refused", "The server refused a token that is valid for another minute.", Some(0)),
    );
    case(view(), verdict)
}

pub(crate) fn client() -> Case {
    let transcript = Script::of(&["server"])
        .hears("server", "0")
        .says("server", r#"0{"sid":"vjOHi7eI2p3LqL1xAAAB"}"#)
        .says("server", r#"2["welcome",{"name":"Socketlings"}]"#)
        .push("learner", What::Printed("hello world".to_owned()))
        .marked()
        .end();
    let prints = mismatch(Kind::Different, "line", "prints hello Socketlings", "prints hello world");
    let verdict = verdict(
        vec![failed("greets whoever welcomes it", 41, at(15, 9, 7, prints), transcript)],
        cause("clients/hard-coded", "The line does not hold the name that the server sent.", Some(0)),
    );
    case(ExerciseView { role: Some(Role::Client), ..view() }, verdict)
}

pub(crate) fn frames() -> Case {
    let transcript = Script::of(&["server"]).hears("server", "0/chat").marked().end();
    let different = Mismatch {
        line: Some(3),
        ..mismatch(Kind::Different, "frame", "40/chat,", "40/chat   (frames.txt:7)")
    };
    let mut verdict = verdict(
        vec![failed("joins the namespace /chat by hand", 2, at(13, 7, 8, different), transcript)],
        cause("by_hand/no-comma", "A namespace ends with a comma, even when nothing follows it.", Some(0)),
    );
    verdict.track = None;
    let view = ExerciseView {
        role: Some(Role::Frames),
        edit_path: "exercises/07_rooms/by_hand/frames.txt".to_owned(),
        ..view()
    };
    case(view, verdict)
}

pub(crate) fn crashed_in_a_scenario() -> Case {
    let transcript = Script::of(&["asha"])
        .connects("asha")
        .says("asha", r#"2["joinRoom",null]"#)
        .push("learner", What::Ended("exit code 1".to_owned()))
        .marked()
        .end();
    let crashed = mismatch(
        Kind::Crashed,
        "program",
        r#"an acknowledgement [{"ok":false}]"#,
        "it ended with exit code 1: TypeError: Cannot destructure property 'roomId' of 'object null' as it is null.",
    );
    let mut scenario = failed("a bad request is answered, not fatal", 40, at(15, 9, 4, crashed), transcript);
    scenario.output = node_crash();
    let verdict = verdict(
        vec![scenario],
        cause("crashed", "An exception that nobody catches ends the whole server, for everybody.", Some(0)),
    );
    case(view(), verdict)
}

fn node_crash() -> Vec<String> {
    let text = "listening\nfile:///course/exercises/07_rooms/members_only/main.js:9\n  socket.on(\"joinRoom\", ({ roomId }, ack) => {\n                           ^\n\nTypeError: Cannot destructure property 'roomId' of 'object null' as it is null.\n    at Socket.<anonymous> (file:///course/exercises/07_rooms/members_only/main.js:9:28)\n    at Socket.emit (node:events:519:28)\n    at Socket.emitUntyped (file:///course/exercises/node_modules/socket.io/dist/typed-events.js:69:22)\n\nNode.js v22.11.0\n";
    text.lines().map(str::to_owned).collect()
}

fn rustc_errors() -> Vec<String> {
    let text = "\u{1b}[1m\u{1b}[33mwarning\u{1b}[0m: unused import: `std::time::Duration`\n --> exercises/07_rooms/members_only/main.rs:1:5\n\n\u{1b}[1m\u{1b}[91merror[E0425]\u{1b}[0m: cannot find value `room` in this scope\n  --> exercises/07_rooms/members_only/main.rs:12:23\n   |\n12 |             io.to(room).emit(\"receiveMessage\", &message).await.ok();\n   |                   ^^^^ not found in this scope\n\nerror: aborting due to 1 previous error; 1 warning emitted\n\nFor more information about this error, try `rustc --explain E0425`.";
    text.lines().map(str::to_owned).collect()
}

/// A program that never came to a scenario, in every kind.
pub(crate) fn program_level(kind: Kind) -> Case {
    let listening = "a server on 127.0.0.1:41234";
    let (expected, actual, output) = match kind {
        Kind::BuildFailed => {
            ("a program that builds", "error[E0425]: cannot find value `room` in this scope", rustc_errors())
        }
        Kind::NeverListened => (
            listening,
            "it was still running after 1.0 s and listened nowhere",
            vec!["ready soon …".to_owned()],
        ),
        Kind::WrongPort => (listening, "it listens on 127.0.0.1:3000", Vec::new()),
        Kind::NotSocketIo => {
            ("the handshake of a Socket.IO server", "404 Not Found: Cannot GET /socket.io/", Vec::new())
        }
        Kind::Exited => {
            ("a server that keeps running", "it ended by itself, without an error (exit code 0)", Vec::new())
        }
        Kind::Crashed => (
            "a server that keeps running",
            "it ended with exit code 1: TypeError: Cannot destructure property 'roomId' of 'object null' as it is null.",
            node_crash(),
        ),
        Kind::Stuck => ("an answer", "it computed for 1.4 s without a pause", Vec::new()),
        _ => ("at most 512 MiB of memory", "it used more than 512 MiB of memory and was ended", Vec::new()),
    };
    let subject = if kind == Kind::Exited { "node 2" } else { "program" };
    let mut verdict = verdict(
        Vec::new(),
        cause(
            kind.as_str(),
            "What this means and one thing to try stands in the course's general causes.",
            None,
        ),
    );
    verdict.program = Some(mismatch(kind, subject, expected, actual));
    verdict.output = output;
    case(view(), verdict)
}

/// A check that had to build first.
pub(crate) fn prepared() -> Case {
    let Case { view, mut events } = solved();
    let preparing =
        |line: Option<&str>| Event::Preparing { what: "npm ci".to_owned(), line: line.map(str::to_owned) };
    events.splice(
        1..1,
        [
            preparing(None),
            preparing(Some(
                "added 12 packages, and audited 13 packages in 2s, which is a long line to show on one row",
            )),
            preparing(Some("\u{1b}[2Jdone")),
        ],
    );
    Case { view, events }
}
