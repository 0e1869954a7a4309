//! No transcript, however odd, breaks a diagram: nothing panics, no line is too wide, nothing steers a terminal.

use std::time::Duration;

use grader::{
    diagram::{Detail, Diagram, shorten::width},
    transcript::{Direction, Entry, Transcript, What},
    value::Value,
    wire::{engine, socket},
};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,12}",
        any::<String>(),
        "\\PC{0,40}",
        Just("\u{1b}]0;title\u{7}\u{202e}x\r\n".to_owned()),
        Just("👩‍👩‍👧‍👦❤️🇳🇱ﻻ".to_owned()),
        Just("<script>alert(1)</script>&\"'".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
        (0usize..40).prop_map(|count| Value::Bytes(vec![0; count])),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((text(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn packet() -> impl Strategy<Value = (engine::Packet, Option<socket::Packet>)> {
    let kind = prop::sample::select(vec![
        socket::Kind::Connect,
        socket::Kind::Disconnect,
        socket::Kind::Event,
        socket::Kind::Ack,
        socket::Kind::ConnectError,
    ]);
    let meant = (kind, text(), any::<Option<u64>>(), prop::option::of(value()))
        .prop_map(|(kind, namespace, id, data)| socket::Packet { kind, namespace, id, data });
    let carried = prop_oneof![
        text().prop_map(engine::Packet::Message),
        text().prop_map(|text| engine::Packet::Message(format!("51-[{text}"))),
        text().prop_map(engine::Packet::Ping),
        (0usize..9).prop_map(|count| engine::Packet::Binary(vec![1; count])),
        Just(engine::Packet::Close),
    ];
    (carried, prop::option::of(meant))
}

fn what() -> impl Strategy<Value = What> {
    let direction = prop_oneof![Just(Direction::ToProgram), Just(Direction::FromProgram)];
    let crossing = (direction.clone(), packet()).prop_map(|(direction, (packet, socket))| What::Packet {
        direction,
        packet,
        socket,
    });
    prop_oneof![
        6 => crossing,
        1 => prop_oneof![Just(What::Opened), Just(What::Upgraded)],
        1 => (direction.clone(), text()).prop_map(|(direction, how)| What::Closed { direction, how }),
        1 => (direction, text()).prop_map(|(direction, line)| What::Http { direction, line }),
        1 => text().prop_map(What::Printed),
        1 => text().prop_map(What::Ended),
        1 => text().prop_map(What::Note),
        1 => (text(), prop::collection::vec(value(), 0..3)).prop_map(|(verb, args)| What::Deed { verb, args }),
        1 => prop::collection::vec(text(), 0..4).prop_map(What::Shows),
    ]
}

fn transcript() -> impl Strategy<Value = Transcript> {
    (
        prop::collection::vec(text(), 0..9),
        prop::collection::vec((any::<prop::sample::Index>(), what(), any::<u8>()), 0..30),
    )
        .prop_map(|(actors, told)| {
            let pool: Vec<String> = actors
                .iter()
                .cloned()
                .chain(["server".to_owned(), "learner".to_owned(), "late".to_owned()])
                .collect();
            let entries = told
                .into_iter()
                .map(|(who, what, dice)| Entry {
                    at: Duration::from_millis(u64::from(dice)),
                    actor: pool[who.index(pool.len())].clone(),
                    what,
                    quiet: dice % 7 == 0,
                    marked: dice % 11 == 0,
                })
                .collect();
            Transcript { actors, entries, ..Transcript::default() }
        })
}

fn assert_harmless(text: &str) {
    let steering = text.chars().find(|symbol| symbol.is_control() && *symbol != '\n');
    assert_eq!(steering, None, "in {text:?}");
    assert!(!text.contains(['\u{202e}', '\u{2066}']), "in {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_line_is_wider_than_asked(transcript in transcript(), columns in 0usize..140, program in text()) {
        for detail in [Detail::Telling, Detail::Whole, Detail::Housekeeping] {
            let diagram = Diagram::in_detail(&transcript, &program, detail);
            let (boxes, ascii) = (diagram.to_text(columns), diagram.to_ascii(columns));
            for line in boxes.lines().chain(ascii.lines()) {
                prop_assert!(width(line) <= columns, "{} columns instead of {columns}: {line:?}", width(line));
            }
            assert_harmless(&boxes);
            prop_assert!(ascii.is_ascii());
        }
    }

    #[test]
    fn words_and_svg_are_harmless(transcript in transcript(), program in text()) {
        let diagram = Diagram::from_transcript(&transcript, &program);
        assert_eq!(diagram.to_words().len(), diagram.arrows.len() + usize::from(diagram.earlier > 0) + usize::from(diagram.later > 0));
        diagram.to_words().iter().for_each(|words| assert_harmless(words));
        let svg = diagram.to_svg();
        assert_harmless(&svg);
        // In a text these words do no harm; in a tag they would.
        let tags: String = svg.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
        prop_assert!(!tags.contains("script") && !tags.contains("href"), "{svg}");
    }

    #[test]
    fn every_unhidden_packet_is_counted(transcript in transcript()) {
        let whole = Diagram::in_detail(&transcript, "your server", Detail::Telling);
        let shown: usize = whole.arrows.iter().map(|arrow| arrow.times).sum();
        prop_assert!(whole.earlier + shown + whole.later <= transcript.entries.len());
        prop_assert!(whole.arrows.len() <= 12);
    }
}
