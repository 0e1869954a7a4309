//! A session at the prompt: lines in, deeds done, what passes told. Until the end is typed.
//!
//! A line is read when the one before has had its effect: an answer that was asked for has come, and for a moment
//! nothing passes. So lines from a pipe do what they would do if a person typed them. Next: [`super::table`].

use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use grader::scenario::play::drive::Observation;
use tokio::{
    sync::mpsc::{self, UnboundedReceiver},
    time::{Instant, interval, sleep_until},
};

use super::{
    input::{Heard, Input, Known},
    saved::Saved,
    table::{Table, Wait},
    typed::{self, Deed, Typed},
};
use crate::{report::hand::HandLog, whole};

/// How long an answer to CONNECT is waited for.
const DOOR: Duration = Duration::from_secs(5);
/// How long an acknowledgement is waited for.
const ANSWER: Duration = Duration::from_secs(2);
/// How long somebody listens who hears nothing.
const EVENT: Duration = Duration::from_millis(500);
/// How long the end of a connection is waited for.
const END: Duration = Duration::from_secs(2);
/// After so long without anything new, what was caused has come.
const CALM: Duration = Duration::from_millis(50);
/// And after so long the next line is read, whatever still comes.
const NEVER_CALM: Duration = Duration::from_millis(500);
/// How often the learner's file is looked at.
const LOOK: Duration = Duration::from_millis(400);

const HELP: &str = "\
asha connect                    a client connects; any name will do
asha 2 connect                  the same person in another tab
asha connect /chat auth {token: t} over polling
                                another namespace, credentials, transport
asha emit joinRoom {roomId: physics}, 5
                                an event with its arguments
asha emit joinRoom {roomId: physics} ack
                                the same, and the server shall answer
asha emit hi in /chat           where she is in several namespaces
asha reply question {answer: 42}
                                answers an event that wants an answer
ravi hear                       what came to him since the last time
asha, ravi emit hi              both, one after the other
asha disconnect                 she leaves politely
asha drop                       her line is cut
who                             who is there, and what is not heard yet
frames off                      no packets, only events and answers
save talk.yaml                  what you played, as a scenario
restart                         your server anew, as you saved it
quit                            the end; also Ctrl-D and Ctrl-C
";

/// What a session needs to know of the program that it is played with.
pub struct Setting {
    /// Where the program listens.
    pub server: SocketAddr,
    /// The file that it is made of; none if it is not one of ours.
    pub saved: Option<Saved>,
    /// Whether it can be started anew.
    pub can_restart: bool,
    /// Stands at the head of a saved scenario: how it is run.
    pub head: String,
    /// Names that the exercise has given already.
    pub taken: Vec<String>,
    /// Whether the end of the lines is the end of the session.
    pub ends_with_input: bool,
}

/// Why a session stops for now.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop {
    /// The end was typed.
    Quit,
    /// The program is to be started anew.
    Restart,
}

/// A session.
pub struct Session<'o> {
    out: &'o mut (dyn Write + Send),
    log: HandLog,
    input: Input,
    known: Arc<Mutex<Known>>,
    table: Table,
    passes: UnboundedReceiver<Observation>,
    setting: Setting,
    /// The lines have ended.
    silent: bool,
}

impl<'o> Session<'o> {
    /// A session that has not begun. `known` is what completion begins with.
    pub fn new(
        setting: Setting,
        known: Known,
        log: HandLog,
        plain: bool,
        out: &'o mut (dyn Write + Send),
    ) -> Self {
        let (tell, passes) = mpsc::unbounded_channel();
        let known = Arc::new(Mutex::new(known));
        let input = Input::open(Arc::clone(&known), plain);
        let table = Table::new(setting.server, tell, log);
        input.ready();
        Self { out, log, input, known, table, passes, setting, silent: false }
    }

    /// The program runs again, perhaps at another address.
    pub fn restarted(&mut self, server: SocketAddr) -> io::Result<()> {
        self.table.clear(server);
        self.setting.server = server;
        let note = format!("your server runs anew, and listens on {server}; nobody is connected");
        self.print(&self.log.note(&note))?;
        self.input.ready();
        Ok(())
    }

    /// The program cannot be started anew; the session goes on.
    pub fn not_restarted(&mut self, why: &str) -> io::Result<()> {
        self.print(&self.log.wrong(why))?;
        self.input.ready();
        Ok(())
    }

    /// Plays on until something stops it. `program` is what the program says meanwhile.
    pub async fn play(&mut self, program: &mut UnboundedReceiver<Observation>) -> io::Result<Stop> {
        let mut looks = interval(LOOK);
        loop {
            tokio::select! {
                biased;
                Some(observation) = self.passes.recv() => self.observe(&observation)?,
                Some(observation) = program.recv() => self.hear_program(&observation)?,
                _ = looks.tick() => self.look()?,
                heard = self.input.next(), if !self.silent => match heard {
                    Heard::Line(line) => {
                        if let Some(stop) = self.line(&line, program).await? {
                            return Ok(stop);
                        }
                        self.input.ready();
                    }
                    Heard::Interrupted => return Ok(Stop::Quit),
                    Heard::End if self.setting.ends_with_input || self.input.is_edited() => {
                        return Ok(Stop::Quit);
                    }
                    Heard::End => {
                        self.silent = true;
                        self.print(&self.log.note("the input has ended; the page is still there, and Ctrl-C ends it"))?;
                    }
                },
            }
        }
    }

    async fn line(
        &mut self,
        line: &str,
        program: &mut UnboundedReceiver<Observation>,
    ) -> io::Result<Option<Stop>> {
        if !self.input.is_edited() {
            // What comes from a pipe is shown, so that the whole reads like a session.
            let echo = format!("> {}\n", line.trim_end());
            self.print(&echo)?;
        }
        let read = match typed::read(line) {
            Ok(read) => read,
            Err(why) => return self.print(&self.log.wrong(&why.to_string())).map(|()| None),
        };
        match read {
            Typed::Nothing => {}
            Typed::Quit => return Ok(Some(Stop::Quit)),
            Typed::Restart if self.setting.can_restart => {
                // What is saved from now on may come too late for the start.
                self.setting.saved.as_mut().map(Saved::look);
                return Ok(Some(Stop::Restart));
            }
            Typed::Restart => {
                self.print(&self.log.wrong("this server is not ours; start it anew yourself"))?;
            }
            Typed::Help => self.print(HELP)?,
            Typed::Who => self.print(&self.log.present(&self.table.present()))?,
            Typed::Frames(shown) => {
                self.table.frames = shown;
                let words = if shown { "packets are shown" } else { "only events and answers are shown" };
                self.print(&self.log.note(words))?;
            }
            Typed::Save(file) => self.save(&file)?,
            Typed::Act(names, deed) => {
                for name in names {
                    self.act(&name, &deed, program).await?;
                }
                let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
                known.names.extend(self.table.names().map(str::to_owned));
                if let Deed::Emit { event, .. } | Deed::Reply { event, .. } = &deed {
                    known.events.insert(event.clone());
                }
            }
        }
        Ok(None)
    }

    async fn act(
        &mut self,
        name: &str,
        deed: &Deed,
        program: &mut UnboundedReceiver<Observation>,
    ) -> io::Result<()> {
        let wait = match self.table.act(name, deed) {
            Ok((wait, told)) => {
                self.print(&told)?;
                wait
            }
            Err(why) => return self.print(&self.log.wrong(&why)),
        };
        let (patience, missing) = match &wait {
            Wait::Calm => (Duration::ZERO, None),
            Wait::Door(_) => (DOOR, Some("no answer to CONNECT yet; it is shown when it comes")),
            Wait::Answer(..) => (ANSWER, Some("no acknowledgement yet; it is shown when it comes")),
            Wait::Event => (EVENT, None),
            Wait::End => (END, Some("the connection is still there")),
        };
        let came = self.wait(name, &wait, patience, program).await?;
        if let Some(missing) = missing.filter(|_| !came) {
            self.print(&self.log.wrong(missing))?;
        }
        if wait == Wait::Event {
            let told = self.table.hear(name);
            self.print(&told)?;
        }
        Ok(())
    }

    /// Until it has come, and then until it is calm; whether it came.
    async fn wait(
        &mut self,
        name: &str,
        wait: &Wait,
        patience: Duration,
        program: &mut UnboundedReceiver<Observation>,
    ) -> io::Result<bool> {
        let began = Instant::now();
        let mut calm_at = began + CALM;
        let mut last = None;
        loop {
            let came = self.table.has_come(name, wait);
            if came && last.is_none() {
                last = Some(Instant::now() + NEVER_CALM);
                calm_at = Instant::now() + CALM;
            }
            let until = last.map_or(began + patience, |last| last.min(calm_at));
            tokio::select! {
                biased;
                Some(observation) = self.passes.recv() => {
                    calm_at = Instant::now() + CALM;
                    self.observe(&observation)?;
                }
                Some(observation) = program.recv() => {
                    calm_at = Instant::now() + CALM;
                    self.hear_program(&observation)?;
                }
                () = sleep_until(until) => return Ok(came),
            }
        }
    }

    fn observe(&mut self, observation: &Observation) -> io::Result<()> {
        let told = self.table.observe(observation);
        self.print(&told)
    }

    fn hear_program(&mut self, observation: &Observation) -> io::Result<()> {
        match observation {
            Observation::Printed(line) => self.print(&self.log.printed(line)),
            Observation::Ended(end) => {
                let how = match (end.code, end.signal) {
                    (Some(code), _) => format!("with code {code}"),
                    (None, Some(signal)) => format!("by signal {signal}"),
                    (None, None) => "by itself".to_owned(),
                };
                let words: String = end.last_words.iter().map(|line| self.log.printed(line)).collect();
                self.print(&words)?;
                self.print(&self.log.wrong(&format!("your server ended {how}; `restart` starts it anew")))
            }
            _ => Ok(()),
        }
    }

    fn look(&mut self) -> io::Result<()> {
        let Some(saved) = self.setting.saved.as_mut() else { return Ok(()) };
        if !saved.look() {
            return Ok(());
        }
        let note = format!("{} was saved; `restart` starts your server anew with it", saved.name());
        self.print(&self.log.note(&note))
    }

    fn save(&mut self, file: &str) -> io::Result<()> {
        self.table.read_all();
        if self.table.story.is_empty() {
            return self.print(&self.log.wrong("nothing was played yet"));
        }
        let taken: Vec<&str> = self.setting.taken.iter().map(String::as_str).collect();
        let head = self.setting.head.replace("FILE", file);
        let yaml = self.table.story.yaml("played by hand", &head, &taken);
        let note = match replace(Path::new(file), &yaml) {
            Ok(()) => self.log.note(&format!("wrote {file}: {}", head.lines().last().unwrap_or_default())),
            Err(error) => self.log.wrong(&format!("cannot write `{file}`: {error}; name another file")),
        };
        self.print(&note)
    }

    fn print(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if self.input.is_edited() {
            return self.input.print(text);
        }
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

/// How the head of a saved scenario begins.
const SAVED_HERE: &str = "# Played by hand";

/// No file is replaced that was not saved here: an exercise is full of scenarios, too.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if path.exists()
        && !fs::read_to_string(path).is_ok_and(|old| old.starts_with(SAVED_HERE) || old.trim().is_empty())
    {
        return Err(io::Error::other("it is there already, and was not saved here; name another file"));
    }
    whole::replace(path, text.as_bytes())
}
