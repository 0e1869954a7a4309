//! What the forms of the scenario language mean: YAML beside the model that the reader makes of it.

use std::time::Duration;

use grader::{
    scenario::{
        model::{
            AckWish, Act, Cast, Ending, Exercise, Made, Pattern, Piece, Place, Role, Step, StepKind, Text,
            Track, Transport,
        },
        read,
    },
    verdict::Kind,
};

fn read(role: &str, top: &str, steps: &str) -> Exercise {
    let steps = steps.trim().lines().map(|line| format!("      {line}\n")).collect::<Vec<_>>().concat();
    let yaml = format!(
        "title: Forms\nrole: {role}\ngoal: \"Try.\"\nhints: [\"a\", \"b\", \"c\"]\n{top}\nscenarios:\n  \
         - title: The forms, all\n    why: \"x\"\n    steps:\n{steps}"
    );
    read::exercise(&yaml).unwrap_or_else(|problems| {
        let told: Vec<String> = problems.iter().map(|problem| problem.render("forms", &yaml)).collect();
        panic!("{}", told.join("\n"))
    })
}

fn steps(role: &str, steps: &str) -> Vec<Step> {
    read(role, "", steps).scenarios.remove(0).steps
}

fn acts(role: &str, yaml: &str) -> Vec<Act> {
    let act = |step: Step| match step.kind {
        StepKind::Each { act, .. } => act,
        other => panic!("{other:?}"),
    };
    steps(role, yaml).into_iter().map(act).collect()
}

fn text(word: &str) -> Text {
    Text(vec![Piece::Literal(word.into())])
}
fn said(word: &str) -> Made {
    Made::Text(text(word))
}
fn one(name: &str) -> Cast {
    Cast::One(name.into())
}

#[test]
fn the_top_level_has_sensible_defaults() {
    let exercise = read("server", "", "- asha: connect");
    assert_eq!((exercise.role, exercise.nodes, exercise.program), (Role::Server, 1, false));
    assert_eq!(exercise.tracks, [Track::JavaScript, Track::Rust]);
    assert_eq!(exercise.scenarios[0].id, "the-forms-all");
    assert_eq!(exercise.scenarios[0].place, Place { line: 7, column: 5, len: 1 });
    assert!(exercise.mistakes.is_empty() && exercise.vars.is_empty() && exercise.starter.is_none());
    assert_eq!(read("client", "", "- server: accept").tracks, [Track::JavaScript]);
    assert_eq!(read("frames", "", "- server: { receive: '40' }").tracks, []);
}

#[test]
fn the_top_level_keeps_what_is_written() {
    let top = "tracks: [rust]\nstates: [board]\nignores: [typing]\nstarter: no-answer\nprogram: true\nnodes: 1\n\
               env: { NAME: $ravi }\nvars: { room: !fresh room }";
    let exercise = read("server", top, "- asha: connect");
    assert_eq!(exercise.tracks, [Track::Rust]);
    assert_eq!((exercise.states[0].as_str(), exercise.ignores[0].as_str()), ("board", "typing"));
    assert_eq!((exercise.starter.as_deref(), exercise.program), (Some("no-answer"), true));
    assert_eq!(exercise.env["NAME"], Made::Name("ravi".into()));
    assert_eq!(exercise.vars["room"], Made::Fresh("room".into()));
}

#[test]
fn a_step_names_its_actors_and_its_place() {
    let read = steps("server", "- asha, asha 2: connect\n- 20 bidders: connect\n- bidders: drop");
    let actors = |step: &Step| match &step.kind {
        StepKind::Each { actors, .. } => actors.clone(),
        other => panic!("{other:?}"),
    };
    let bidders = Cast::Group { name: "bidders".into(), size: 20 };
    assert_eq!(actors(&read[0]), [one("asha"), one("asha 2")]);
    assert_eq!(actors(&read[1]), std::slice::from_ref(&bidders));
    assert_eq!(actors(&read[2]), [bidders]);
    assert_eq!(read[0].place, Place { line: 10, column: 9, len: 12 });
}

#[test]
fn together_repeat_and_wait() {
    let read = steps(
        "server",
        "- asha, ravi: connect\n- together:\n    - asha: drop\n    - - wait: 10ms\n      - ravi: drop\n\
         - repeat: { n: 1..3, steps: [{ asha: connect }, { asha: { emit: [a, $n] } }, { asha: drop }] }",
    );
    let StepKind::Together(branches) = &read[1].kind else { panic!() };
    assert_eq!(branches.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(branches[1][0].kind, StepKind::Wait(Duration::from_millis(10)));
    let StepKind::Repeat { name, from, to, steps } = &read[2].kind else { panic!() };
    assert_eq!((name.as_str(), *from, *to, steps.len()), ("n", 1, 3, 3));
}

#[test]
fn connect_in_all_its_forms() {
    let acts = acts(
        "server",
        "- asha: connect\n- ravi: { connect: { namespace: \"/r-$asha\", auth: { a: 1 }, query: { v: 2 }, \
         headers: { x: y }, transport: polling }, refused: { message: no, data: !any } }\n\
         - meera: { open: { transport: websocket } }\n- asha: drop\n- asha: { connect: { resume: true, node: 1 } }",
    );
    let Act::Connect(plain) = &acts[0] else { panic!() };
    assert!(plain.auth.is_none() && plain.refused.is_none() && plain.namespace.is_none() && !plain.resume);
    let Act::Connect(full) = &acts[1] else { panic!() };
    let name = Text(vec![Piece::Literal("/r-".into()), Piece::Name("asha".into())]);
    assert_eq!(full.namespace, Some(name));
    assert_eq!(full.transport, Some(Transport::Polling));
    assert_eq!((full.query["v"].clone(), full.headers["x"].clone()), (Made::Number(2.into()), said("y")));
    let refused = full.refused.as_ref().expect("refused");
    assert_eq!(refused.message, Some(Pattern::Text(text("no"))));
    assert_eq!(refused.data, Some(Pattern::Any));
    assert!(matches!(&acts[2], Act::Open(open) if open.transport == Some(Transport::Websocket)));
    assert!(matches!(&acts[4], Act::Connect(again) if again.resume && again.node == Some(1)));
}

#[test]
fn emit_and_what_it_expects_back() {
    let acts = acts(
        "server",
        "- 2 bidders: connect\n- asha: connect\n- asha: { emit: [a, 1, $asha] }\n- asha: { emit: [a], ack: [] }\n\
         - asha: { emit: [a], ack: [$id, { ok: true }] }\n- asha: { emit: [a], ack: !any }\n\
         - asha: { emit: [a], ack: nothing }\n- asha: { emit: [a], ack: later, times: 2, every: 2ms }\n\
         - asha: { acked: [a, $id] }\n- asha: { acked: [a] }\n\
         - bidders: { emit: [a], acks: { 1: [1], rest: [2] } }",
    );
    let ack = |act: &Act| match act {
        Act::Emit(emit) => emit.ack.clone(),
        other => panic!("{other:?}"),
    };
    let Act::Emit(plain) = &acts[2] else { panic!() };
    assert_eq!((&plain.event, plain.times, plain.every), (&text("a"), 1, None));
    assert_eq!(plain.args, [Made::Number(1.into()), Made::Name("asha".into())]);
    assert_eq!(plain.ack, AckWish::NotAsked);
    assert_eq!(ack(&acts[3]), AckWish::Like(vec![]));
    assert!(matches!(ack(&acts[4]), AckWish::Like(like) if like[0] == Pattern::Name("id".into())));
    assert_eq!(ack(&acts[5]), AckWish::Any);
    assert_eq!(ack(&acts[6]), AckWish::Nothing);
    let Act::Emit(later) = &acts[7] else { panic!() };
    assert_eq!((later.times, later.every), (2, Some(Duration::from_millis(2))));
    assert_eq!(later.ack, AckWish::Later);
    assert_eq!(acts[8], Act::Acked { event: text("a"), answer: vec![Pattern::Name("id".into())] });
    let number = |n: i64| Pattern::Number(n.into());
    assert_eq!(
        ack(&acts[10]),
        AckWish::Counts { counted: vec![(1, vec![number(1)])], rest: Some(vec![number(2)]) }
    );
}

#[test]
fn hear_in_all_its_forms() {
    let acts = acts(
        "server",
        "- asha: connect\n- asha: { hear: [a] }\n- asha: { hear: [a, 1], reply: [2] }\n- asha: { hear: [a, $n], n: 3..35 }\n\
         - asha: { hear: !any_order [[a], [b, 1]] }\n- asha: { hear: nothing }\n- asha: { hear: nothing, for: 80ms }\n\
         - asha: { reply: [a, 3] }",
    );
    let hear = |act: &Act| match act {
        Act::Hear(hear) => hear.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(hear(&acts[1]).events[0].args, None, "the name alone says nothing of the arguments");
    assert_eq!(hear(&acts[2]).events[0].args, Some(vec![Pattern::Number(1.into())]));
    assert_eq!(hear(&acts[2]).reply, Some(vec![Made::Number(2.into())]));
    assert_eq!(hear(&acts[3]).series, Some(("n".into(), 3, 35)));
    assert_eq!(hear(&acts[4]).events.len(), 2);
    assert_eq!(acts[5], Act::HearNothing { during: None });
    assert_eq!(acts[6], Act::HearNothing { during: Some(Duration::from_millis(80)) });
    assert_eq!(acts[7], Act::Reply { event: text("a"), answer: vec![Made::Number(3.into())] });
}

#[test]
fn in_and_within_stand_beside_the_action() {
    let read = steps(
        "server",
        "- asha: connect\n- asha: { connect: { namespace: /staff } }\n- asha: { hear: [a], in: /staff, within: 2s }",
    );
    let StepKind::Each { namespace, within, .. } = &read[2].kind else { panic!() };
    assert_eq!(*namespace, Some(text("/staff")));
    assert_eq!(*within, Some(Duration::from_secs(2)));
}

#[test]
fn leaving_and_frames() {
    let acts = acts(
        "server",
        "- asha, ravi, meera, teacher: connect\n- asha: disconnect\n- ravi: { drop }\n- meera: closed\n\
         - teacher: { closed: io server disconnect }\n- lena: { open: }\n- lena: { closed: transport close }\n\
         - lena: { open: {} }\n- lena: { send: '42[\"a\",\"$asha\"]' }\n- lena: { receive: '42…' }\n- lena: { receive: '3' }",
    );
    assert_eq!(
        acts[1..5],
        [Act::Disconnect, Act::Drop, Act::Closed(None), Act::Closed(Some(Ending::Disconnect))]
    );
    assert_eq!(acts[6], Act::Closed(Some(Ending::Transport)));
    assert!(matches!(&acts[8], Act::Send(Text(pieces)) if pieces[1] == Piece::Name("asha".into())));
    assert!(matches!(&acts[9], Act::Receive(frame) if frame.open_end && frame.frame == text("42")));
    assert!(matches!(&acts[10], Act::Receive(frame) if !frame.open_end));
}

#[test]
fn our_side_of_a_client_program() {
    let acts = acts(
        "client",
        "- server: accept\n- server: drop\n- server: { accept: { auth: { name: $who } } }\n- server: { connections: 1 }\n\
         - server: { refuse: { message: no, data: { a: 1 } } }\n- learner: { prints: put out }\n- learner: { exits: 0 }",
    );
    assert_eq!(acts[0], Act::Accept { auth: None });
    assert!(matches!(&acts[2], Act::Accept { auth: Some(Pattern::Object(auth)) } if auth.len() == 1));
    assert_eq!(acts[3], Act::Connections(1));
    assert!(matches!(&acts[4], Act::Refuse { message, data: Some(_) } if *message == said("no")));
    assert_eq!(acts[5], Act::Prints(Pattern::Text(text("put out"))));
    assert_eq!(acts[6], Act::Exits(0));
}

#[test]
fn http_requests() {
    let acts = acts(
        "server",
        "- http: { post: \"/a/b?c=1\", send: { a: 1 }, headers: { X-Key: k }, status: 201, \
         expect_headers: { Content-Type: !matches json }, body: { id: !any } }",
    );
    let Act::Http(call) = &acts[0] else { panic!() };
    assert_eq!((call.method.as_str(), &call.path, call.status), ("POST", &text("/a/b?c=1"), Some(201)));
    assert_eq!(call.headers["X-Key"], said("k"));
    assert_eq!(call.expect_headers["content-type"], Pattern::Matches("json".into()));
    assert!(call.send.is_some() && call.body.is_some());
}

#[test]
fn mistakes_keep_every_part_of_a_when() {
    let yaml = "- id: one\n  tracks: [rust]\n  when: [{ different: a, at: /0/b, saw: [!any], also: { closed: \"*\" } }]\n  \
                says: \"x\"\n  explain: |\n    Long.\n";
    let causes = read::causes(yaml).expect("causes");
    let mistake = &causes[0];
    assert_eq!((mistake.id.as_str(), mistake.tracks.as_slice()), ("one", [Track::Rust].as_slice()));
    let when = &mistake.when[0];
    assert_eq!((when.kind, when.subject.as_str(), when.at.as_deref()), (Kind::Different, "a", Some("/0/b")));
    assert_eq!(when.saw, Some(Pattern::Array(vec![Pattern::Any])));
    assert_eq!(when.also.as_ref().map(|also| (also.kind, also.subject.as_str())), Some((Kind::Closed, "*")));
    assert_eq!(mistake.explain.as_deref(), Some("Long.\n"));
}

#[test]
fn yaml_1_1_traps_are_texts() {
    let acts = acts(
        "server",
        "- asha: connect\n- asha: { emit: [a, yes, no, on, off, y, n, 007, 1_000, 0x10, 12:30] }",
    );
    let Act::Emit(emit) = &acts[1] else { panic!() };
    assert!(emit.args.iter().all(|arg| matches!(arg, Made::Text(_))), "{:?}", emit.args);
}

#[test]
fn a_page_and_its_user() {
    let acts = acts(
        "page",
        "- page: mount\n- page: { props: { room: physics, n: 1 } }\n- user: { click: Send }\n\
         - user: { type: { Message: hello } }\n- user: { sees: hello, times: 2, within: 2s }\n- user: { misses: hello }\n\
         - page: unmount",
    );
    assert!(matches!(&acts[0], Act::Mount(props) if props.is_empty()));
    assert!(matches!(&acts[1], Act::Props(props) if props["room"] == said("physics") && props.len() == 2));
    assert_eq!(acts[2], Act::Click(text("Send")));
    assert!(matches!(&acts[3], Act::Type(fields) if fields["Message"] == text("hello")));
    assert_eq!(acts[4], Act::Sees { text: text("hello"), times: Some(2) });
    assert_eq!(acts[5], Act::Misses(text("hello")));
    assert_eq!(acts[6], Act::Unmount);
}
