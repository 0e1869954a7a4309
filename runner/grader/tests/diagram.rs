//! Pictures as a person sees them, against golden files; and that no transcript can break one.
//!
//! `SNAPSHOTS=overwrite cargo test -p grader --test diagram` writes the files anew: then read them.

mod diagram_script;

use diagram_script::Script;
use grader::{
    diagram::{Detail, Diagram, Saying},
    transcript::{Direction, Transcript, What},
    value::Value,
    wire::engine,
};
use snapbox::{assert_data_eq, file};

const SERVER: &str = "your server";

/// The example of the design: a message that reached somebody outside its room.
fn members_only() -> Transcript {
    Script::of(&["asha", "ravi", "meera"])
        .connects("asha")
        .connects("ravi")
        .connects("meera")
        .says("asha", r#"20["joinRoom",{"roomId":"room-k3x9"}]"#)
        .hears("asha", r#"30[{"ok":true}]"#)
        .says("ravi", r#"20["joinRoom",{"roomId":"room-k3x9"}]"#)
        .hears("ravi", r#"30[{"ok":true}]"#)
        .says("ravi", r#"21["sendMessage",{"roomId":"room-k3x9","text":"hi"}]"#)
        .hears("asha", r#"2["receiveMessage",{"id":"m1","text":"hi"}]"#)
        .hears("ravi", r#"2["receiveMessage",{"id":"m1","text":"hi"}]"#)
        .hears("ravi", r#"31[{"ok":true,"id":"m1"}]"#)
        .hears("meera", r#"2["receiveMessage",{"id":"m1","text":"hi"}]"#)
        .marked()
        .end()
}

fn server(transcript: &Transcript) -> Diagram {
    Diagram::from_transcript(transcript, SERVER)
}

/// A report has little room and leaves out what is beside the point. A story is read from its beginning: who has asked has an answer.
#[test]
fn a_story_tells_the_answers() {
    let acks = |detail| {
        let diagram = Diagram::in_detail(&members_only(), SERVER, detail);
        diagram
            .arrows
            .iter()
            .filter(|arrow| arrow.saying == Saying::Ack)
            .map(|arrow| arrow.times)
            .sum::<usize>()
    };
    assert_eq!((acks(Detail::Telling), acks(Detail::Story)), (0, 3));
}

/// A picture at several widths in one file.
fn widths(diagram: &Diagram, widths: &[usize]) -> String {
    let shown: Vec<_> =
        widths.iter().map(|&width| format!("── {width} columns\n{}\n", diagram.to_text(width))).collect();
    shown.concat()
}

#[test]
fn a_message_that_left_its_room() {
    let diagram = server(&members_only());
    assert_data_eq!(
        widths(&diagram, &[120, 100, 76, 60, 50, 40, 24]),
        file!["golden/diagram/members_only.txt"].raw()
    );
    assert_data_eq!(diagram.to_ascii(76), file!["golden/diagram/members_only.ascii.txt"].raw());
    assert_data_eq!(
        diagram.to_words().join("\n") + "\n",
        file!["golden/diagram/members_only.words.txt"].raw()
    );
    assert_data_eq!(diagram.to_svg(), file!["golden/diagram/members_only.svg"].raw());
}

#[test]
fn every_detail_when_asked_for() {
    let transcript = Script::of(&["asha"])
        .connects("asha")
        .carries("asha", Direction::FromProgram, engine::Packet::Ping(String::new()))
        .quiet()
        .carries("asha", Direction::ToProgram, engine::Packet::Pong(String::new()))
        .quiet()
        .push("asha", What::Upgraded)
        .says("asha", r#"2["hello"]"#)
        .push("asha", What::Closed { direction: Direction::ToProgram, how: "transport close".to_owned() })
        .push("learner", What::Ended("exit code 0".to_owned()))
        .push("asha", What::Note("a fence went unanswered; waited 300 ms".to_owned()))
        .end();
    let shown: String = [Detail::Telling, Detail::Whole, Detail::Housekeeping]
        .map(|detail| {
            format!("── {detail:?}\n{}\n", Diagram::in_detail(&transcript, SERVER, detail).to_text(76))
        })
        .concat();
    assert_data_eq!(shown, file!["golden/diagram/details.txt"].raw());
}

#[test]
fn a_refused_connection_shows_its_connect() {
    let transcript = Script::of(&["asha", "ravi"])
        .connects("asha")
        .opens("ravi")
        .says("ravi", r#"0{"token":"not-a-token"}"#)
        .hears("ravi", r#"4{"message":"unauthorized","data":{"reason":"expired"}}"#)
        .marked()
        .end();
    let diagram = server(&transcript);
    let shown = widths(&diagram, &[76]) + &diagram.to_words().join("\n") + "\n";
    assert_data_eq!(shown, file!["golden/diagram/refused.txt"].raw());
}

#[test]
fn a_client_program_and_what_it_prints() {
    let transcript = Script::of(&["server"])
        .hears("server", "0")
        .says("server", r#"0{"sid":"vjOHi7eI2p3LqL1xAAAB"}"#)
        .says("server", r#"2["welcome",{"name":"Socketlings"}]"#)
        .push("learner", What::Printed("hello \u{1b}[31mSocketlings".to_owned()))
        .hears("server", r#"20["ready",{"tasks":[1,2,3]}]"#)
        .says("server", r#"30[{"ok":true}]"#)
        .marked()
        .end();
    let diagram = Diagram::from_transcript(&transcript, "your client");
    let shown = widths(&diagram, &[76, 40]) + &diagram.to_words().join("\n") + "\n";
    assert_data_eq!(shown, file!["golden/diagram/client.txt"].raw());
}

#[test]
fn a_page_and_the_person_in_front_of_it() {
    let deed = |verb: &str, json: &str| What::Deed {
        verb: verb.to_owned(),
        args: serde_json::from_str::<Vec<Value>>(json).expect("a list"),
    };
    let transcript = Script::of(&["server"])
        .push("learner", deed("mounts", r#"[{"room":"room-k3x9"}]"#))
        .hears("server", "0")
        .says("server", r#"0{"sid":"vjOHi7eI2p3LqL1xAAAB"}"#)
        .hears("server", r#"2["joinRoom",{"roomId":"room-k3x9"}]"#)
        .push("user", deed("types", r#"[{"Message":"hello"}]"#))
        .push("user", deed("clicks", r#"["Send"]"#))
        .says("server", r#"2["receiveMessage",{"text":"hello"}]"#)
        .push("learner", What::Shows(vec!["ravi hello".to_owned(), "ravi hello".to_owned()]))
        .marked()
        .push("learner", deed("unmounts", "[]"))
        .end();
    let diagram = Diagram::from_transcript(&transcript, "your page");
    let shown = widths(&diagram, &[76, 40]) + &diagram.to_words().join("\n") + "\n";
    assert_data_eq!(shown, file!["golden/diagram/page.txt"].raw());
}

#[test]
fn a_long_story_shows_its_end() {
    let script = (1..=26).fold(Script::of(&["asha", "ravi"]), |script, n| {
        script.says("asha", &format!(r#"2["line",{n}]"#)).hears("ravi", &format!(r#"2["line",{n}]"#))
    });
    let last = server(&script.hears("ravi", r#"2["line",26]"#).marked().end());
    assert_data_eq!(widths(&last, &[60]), file!["golden/diagram/long.txt"].raw());

    let early = (1..=26).fold(Script::of(&["asha"]), |script, n| {
        let script = script.hears("asha", &format!(r#"2["line",{n}]"#));
        if n == 5 { script.marked() } else { script }
    });
    assert_data_eq!(
        widths(&server(&early.end()), &[60]),
        file!["golden/diagram/long_marked_early.txt"].raw()
    );
}

#[test]
fn equal_packets_are_one_arrow() {
    let bids = (0..20).fold(Script::of(&["asha"]), |script, id| {
        script.says("asha", &format!(r#"2{id}["bid",{{"amount":100}}]"#))
    });
    let bids =
        bids.says_bytes("asha", "photo", 20_000).hears("asha", r#"2/auctions,["sold",{"to":"asha"}]"#).end();
    let diagram = server(&bids);
    let shown = widths(&diagram, &[76]) + &diagram.to_words().join("\n") + "\n";
    assert_data_eq!(shown, file!["golden/diagram/merged.txt"].raw());
}

#[test]
fn many_actors_keep_those_who_speak() {
    let names = ["asha", "ravi", "meera", "dev", "tara", "omar", "lin", "zoë"];
    let few = Script::of(&names).says("asha", r#"2["hi"]"#).hears("lin", r#"2["hi"]"#).marked().end();
    let crowd = names.iter().fold(Script::of(&names), |script, name| script.says(name, r#"2["bid",1]"#));
    let crowd = names.iter().fold(crowd, |script, name| script.hears(name, r#"2["price",{"amount":1}]"#));
    let shown = widths(&server(&few), &[76]) + &widths(&server(&crowd.end()), &[120, 76, 40]);
    assert_data_eq!(shown, file!["golden/diagram/many_actors.txt"].raw());
}
