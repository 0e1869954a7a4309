//! What a directive asks for, understood: names are looked up, and what does not exist is refused with its column.

use grader::scenario::model::Track;
use runner::course::Answer;

use super::Page;
use crate::{
    manuscript::directive::{Arguments, Directive, Wrong, suggestion},
    recording::{Program, Wanted},
};

/// What a directive asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Code of a program.
    Code(Code),
    /// Packets, one by one.
    Trace(Picture),
    /// Packets, as a sequence diagram.
    Diagram(Picture),
    /// Who heard what.
    Hears(Picture),
    /// One packet, explained.
    Frame(String),
    /// What goes wrong: an exercise, and the id of its mistake.
    Mistake(String, String),
    /// The card of an exercise.
    Exercise(String),
    /// The lesson's questions.
    Quiz,
    /// The questions of the interview.
    Interview,
    /// Every named cause.
    Mistakes,
    /// All lessons with their minutes.
    Schedule,
}

/// Which code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Of which program.
    pub program: Program,
    /// Only this region.
    pub region: Option<String>,
    /// Another file of the demo's folder.
    pub file: Option<String>,
    /// A title above it.
    pub title: Option<String>,
}

/// Which packets.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Of which program.
    pub program: Program,
    /// In which scenario; the one that shows the cause, when it is none.
    pub scenario: Option<String>,
    /// What the picture says.
    pub caption: Option<String>,
    /// Only of these actors.
    pub actors: Vec<String>,
    /// Handshakes, too.
    pub whole: bool,
    /// In which track.
    pub track: Option<Track>,
}

const NAMES: &[&str] =
    &["code", "trace", "diagram", "frame", "hears", "mistake", "exercise", "quiz", "mistakes", "schedule"];
const CODE: &[&str] = &["demo", "exercise", "answer", "stage", "region", "file", "title"];
const PICTURE: &[&str] =
    &["demo", "exercise", "answer", "stage", "scenario", "caption", "actors", "detail", "track"];

impl Page<'_> {
    /// Understands a directive.
    pub fn ask(&self, directive: &Directive) -> Result<Ask, Wrong> {
        match directive.name.as_str() {
            "code" => self.code_of(&directive.arguments(CODE, None)?).map(Ask::Code),
            "trace" => self.picture_of(&directive.arguments(PICTURE, None)?).map(Ask::Trace),
            "diagram" => self.picture_of(&directive.arguments(PICTURE, None)?).map(Ask::Diagram),
            "hears" => self.picture_of(&directive.arguments(PICTURE, None)?).map(Ask::Hears),
            "frame" if directive.rest.is_empty() => Err(Wrong::at(
                directive.column,
                "`frame` needs a packet as it is on the wire: `42[\"hello\"]`",
            )),
            "frame" => Ok(Ask::Frame(directive.rest.clone())),
            "mistake" => self.mistake_of(&directive.arguments(&[], Some("`EXERCISE/ID`"))?),
            "exercise" => {
                let arguments = directive.arguments(&[], Some("the name of an exercise"))?;
                let name = arguments.bare().map_or("", |bare| &bare.value);
                let found = self.material.exercise(name);
                let (exercise, _) = found.map_err(|why| why.at(directive.rest_column))?;
                Ok(Ask::Exercise(exercise.id().to_owned()))
            }
            "quiz" => match directive.rest.as_str() {
                "" => Ok(Ask::Quiz),
                "interview" => Ok(Ask::Interview),
                other => {
                    let message = format!(
                        "`{other}` is no quiz; write `{{{{#quiz}}}}` for this lesson's, or `{{{{#quiz interview}}}}`"
                    );
                    Err(Wrong::at(directive.rest_column, message))
                }
            },
            "mistakes" => directive.arguments(&[], None).map(|_| Ask::Mistakes),
            "schedule" => directive.arguments(&[], None).map(|_| Ask::Schedule),
            other => {
                let message = format!("unknown directive `{other}`{}", suggestion(other, NAMES));
                Err(Wrong::at(directive.column, message))
            }
        }
    }

    fn code_of(&self, arguments: &Arguments) -> Result<Code, Wrong> {
        let text = |key: &str| arguments.get(key).map(str::to_owned);
        let program = self.program_of(arguments)?;
        if arguments.get("file").is_some() && !matches!(program, Program::Demo(_)) {
            return Err(Wrong::at(arguments.column("file"), "`file` is for demos: an answer is one file"));
        }
        Ok(Code { program, region: text("region"), file: text("file"), title: text("title") })
    }

    fn picture_of(&self, arguments: &Arguments) -> Result<Picture, Wrong> {
        let program = self.program_of(arguments)?;
        arguments.need("scenario")?;
        let names = self.scenarios(&program);
        let scenario = arguments.get("scenario").map(str::to_owned);
        if let Some(id) = &scenario
            && !names.contains(id)
        {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let message = format!("`{program}` has no scenario `{id}`{}", suggestion(id, &names));
            return Err(Wrong::at(arguments.column("scenario"), message));
        }
        let track = match arguments.get("track") {
            None => None,
            Some("javascript") => Some(Track::JavaScript),
            Some("rust") => Some(Track::Rust),
            Some(other) => {
                let message = format!("`{other}` is no track; write `javascript` or `rust`");
                return Err(Wrong::at(arguments.column("track"), message));
            }
        };
        let whole = match arguments.get("detail") {
            None => false,
            Some("whole") => true,
            Some(other) => {
                let message = format!("`{other}` is no detail; write `whole`, or leave it out");
                return Err(Wrong::at(arguments.column("detail"), message));
            }
        };
        let actors = arguments.get("actors").map_or_else(Vec::new, |actors| {
            actors.split(',').map(|actor| actor.trim().to_owned()).filter(|actor| !actor.is_empty()).collect()
        });
        let caption = arguments.get("caption").map(str::to_owned);
        Ok(Picture { program, scenario, caption, actors, whole, track })
    }

    fn mistake_of(&self, arguments: &Arguments) -> Result<Ask, Wrong> {
        let Some(bare) = arguments.bare() else { return Err(Wrong::at(1, "`EXERCISE/ID` is missing")) };
        let Some((name, id)) = bare.value.rsplit_once('/') else {
            return Err(Wrong::at(bare.column, "write `EXERCISE/ID`, such as `members_only/echo-to-all`"));
        };
        let (exercise, loaded) = self.material.exercise(name).map_err(|why| why.at(bare.column))?;
        if !loaded.exercise.mistakes.iter().any(|mistake| mistake.id == id) {
            let names: Vec<&str> =
                loaded.exercise.mistakes.iter().map(|mistake| mistake.id.as_str()).collect();
            let message = format!("`{name}` has no mistake `{id}`{}", suggestion(id, &names));
            return Err(Wrong::at(bare.column, message));
        }
        Ok(Ask::Mistake(exercise.id().to_owned(), id.to_owned()))
    }

    fn program_of(&self, arguments: &Arguments) -> Result<Program, Wrong> {
        match (arguments.argument("demo"), arguments.argument("exercise")) {
            (Some(demo), None) => {
                for key in ["answer", "stage"] {
                    if let Some(argument) = arguments.argument(key) {
                        return Err(Wrong::at(argument.column, format!("`{key}` is for exercises")));
                    }
                }
                let found = self.material.demo(self.chapter.slug(), &demo.value);
                let (demo, _) = found.map_err(|why| why.at(demo.column))?;
                Ok(Program::Demo(demo.id().to_owned()))
            }
            (None, Some(exercise)) => {
                let answer = arguments.need("answer")?;
                let answer: Answer =
                    answer.parse().map_err(|why: String| Wrong::at(arguments.column("answer"), why))?;
                let stage = arguments.get("stage").map(str::to_owned);
                let found = self.material.at_stage(&exercise.value, stage.as_deref(), &answer);
                let (found, _) = found.map_err(|why| why.at(exercise.column))?;
                let there = [None, Some(Track::JavaScript), Some(Track::Rust)];
                if !there.into_iter().any(|track| found.answer(&answer, track).is_ok()) {
                    let message = format!("`{}` has no {answer}", found.id());
                    return Err(Wrong::at(arguments.column("answer"), message));
                }
                let exercise = found.id().to_owned();
                Ok(Program::Answer { exercise, stage, answer })
            }
            (Some(_), Some(exercise)) => {
                Err(Wrong::at(exercise.column, "say `demo` or `exercise`, not both"))
            }
            (None, None) => Err(Wrong::at(arguments.column(""), "`demo=NAME` or `exercise=NAME` is missing")),
        }
    }

    fn scenarios(&self, program: &Program) -> Vec<String> {
        let Ok(found) = self.material.find(program) else { return Vec::new() };
        found.scenarios()
    }

    /// What has to be recorded for it.
    pub fn wanted(&self, ask: &Ask, directive: &Directive) -> Option<Wanted> {
        let asked = (self.chapter.file(), directive.line, directive.column);
        let wanted = |program: &Program, track: Option<Track>, scenario: Option<&String>| Wanted {
            program: program.clone(),
            tracks: track.into_iter().collect(),
            scenarios: scenario.into_iter().cloned().collect(),
            asked,
        };
        match ask {
            Ask::Code(code) => Some(wanted(&code.program, None, None)),
            Ask::Trace(picture) | Ask::Diagram(picture) | Ask::Hears(picture) => {
                Some(wanted(&picture.program, picture.track, picture.scenario.as_ref()))
            }
            Ask::Mistake(exercise, id) => Some(wanted(&mistake(exercise, id), None, None)),
            // All demos are recorded, those that a quiz asks about, too.
            Ask::Frame(_) | Ask::Exercise(_) | Ask::Quiz | Ask::Interview | Ask::Mistakes | Ask::Schedule => {
                None
            }
        }
    }
}

/// The wrong program of a mistake.
pub(super) fn mistake(exercise: &str, id: &str) -> Program {
    Program::Answer { exercise: exercise.to_owned(), stage: None, answer: Answer::Mistake(id.to_owned()) }
}
