//! From a [`Spec`] to running programs: prepare once, launch once a scenario, stop everything.
//!
//! Next: [`super::javascript`] and [`super::rust`], which prepare; then [`super::hosting`] and [`super::ready`].

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use grader::{
    event::Event,
    scenario::play::drive::{Fence, ProgramEnd},
    verdict::Kind,
};
use tokio::sync::Mutex as Turn;

use super::{
    LaunchFailure, Limits, PrepareError, Run, Running, Spec, SpecKind,
    hosting::{Host, Hosting, Scene},
    hosts::{Hosts, Shared},
    javascript::{self, Node},
    output::{Kept, Listener},
    port::Port,
    process::{Control, Process, Recipe},
    ready::{Goal, accepts, hopeless, listens},
    redis::Redis,
    running::Held,
    rust,
};

/// How many ports a program is offered when others take them first.
const OFFERS: usize = 4;

/// What one launch has of its own.
#[derive(Clone, Copy, Default)]
pub struct Surroundings<'a> {
    /// More environment, such as `NODE_INDEX`.
    pub env: &'a [(String, String)],
    /// What the program may wait for before it listens.
    pub redis: Option<&'a Redis>,
}

/// A prepared program. It can be launched for several scenarios at the same time.
pub struct Launcher {
    program: Prepared,
    env: Vec<(String, String)>,
    dir: PathBuf,
    limits: Limits,
    shared: Turn<Option<Shared>>,
    started: Mutex<Vec<Weak<Process>>>,
}

enum Prepared {
    HostedJavaScript { host: Recipe, source: PathBuf },
    HostedPage { host: Recipe, source: PathBuf },
    HostedRust(Recipe),
    Program(Recipe),
    Client(Recipe),
    Elsewhere(SocketAddr),
}

impl Launcher {
    /// Builds or installs what the program needs; `say` hears `Event::Preparing`.
    ///
    /// For a hosted JavaScript server Node itself starts here and waits: the learner's file is read at the first
    /// launch. Whoever prepares before a file is saved saves most of Node's start.
    pub async fn prepare(spec: Spec, say: impl Fn(Event)) -> Result<Self, PrepareError> {
        Self::prepare_among(spec, &Hosts::default(), say).await
    }

    /// The same with a host that has served other programs, if there is one ([`Launcher::give_back`]).
    pub async fn prepare_among(spec: Spec, hosts: &Hosts, say: impl Fn(Event)) -> Result<Self, PrepareError> {
        let launcher = Self::prepare_apart(spec, say).await?;
        if let Some((recipe, host)) = launcher.host() {
            let recipe = launcher.with_environment(recipe, &[]);
            let host = if let Some(used) = hosts.take(&recipe) {
                launcher.remember(&used.hosting.process);
                Some(used)
            } else {
                // A Node that cannot start fails again, with words, at the first launch.
                launcher.start_host(&recipe, host).ok().map(|(hosting, ..)| Shared::new(hosting))
            };
            *launcher.shared.lock().await = host;
        }
        Ok(launcher)
    }

    /// The same where each launch has an environment of its own ([`Launcher::launch_with`]): nothing is started early.
    pub async fn prepare_apart(spec: Spec, say: impl Fn(Event)) -> Result<Self, PrepareError> {
        let program = match &spec.kind {
            SpecKind::JavaScriptServer { source } => {
                let node = Node::prepare(&spec.course, &spec.dir, &say).await?;
                Prepared::HostedJavaScript { host: node.host(), source: javascript::absolute(source) }
            }
            SpecKind::Page { source } => {
                let node = Node::prepare(&spec.course, &spec.dir, &say).await?;
                Prepared::HostedPage { host: node.page(&spec.dir), source: javascript::absolute(source) }
            }
            SpecKind::RustServer { bin } => {
                let recipe = rust::build(&spec.course, bin, &say).await?.folder(&spec.dir);
                Prepared::HostedRust(recipe.environment("SOCKETLINGS_CONTROL", "stdin"))
            }
            SpecKind::Program { run } => Prepared::Program(recipe(&spec, run, &say).await?),
            SpecKind::Client { run } => Prepared::Client(recipe(&spec, run, &say).await?),
            SpecKind::Url { addr, host } => {
                listens(*addr).await.map_err(|error| {
                    let what = format!("nobody answers at `{host}`: {error}");
                    PrepareError::environment(what, "start your server, then check again")
                })?;
                Prepared::Elsewhere(*addr)
            }
        };
        Ok(Self {
            program,
            env: spec.env,
            dir: javascript::absolute(&spec.dir),
            limits: spec.limits,
            shared: Turn::default(),
            started: Mutex::default(),
        })
    }

    /// Starts the program for one scenario and waits until it can be talked to.
    ///
    /// `alone`: in a process that no other scenario shares. `url`: what a client program connects to.
    pub async fn launch(
        &self,
        scenario: usize,
        alone: bool,
        url: Option<&str>,
    ) -> Result<Running, LaunchFailure> {
        self.launch_with(scenario, alone, url, Surroundings::default()).await
    }

    /// The same with surroundings of its own; more environment needs a process of its own, too.
    pub async fn launch_with(
        &self,
        _scenario: usize,
        alone: bool,
        url: Option<&str>,
        surroundings: Surroundings<'_>,
    ) -> Result<Running, LaunchFailure> {
        let Surroundings { env, redis } = surroundings;
        match &self.program {
            Prepared::HostedJavaScript { host, source } => {
                let graph = javascript::graph(source);
                let relative = graph == javascript::Graph::Relative;
                let scene = Scene::Server { source, folder: &self.dir, graph: relative };
                let alone = alone || graph == javascript::Graph::Apart;
                self.launch_hosted((host, Host::JavaScript), scene, alone, surroundings).await
            }
            Prepared::HostedPage { host, source } => {
                let scene = Scene::Page { source, url: url.unwrap_or_default() };
                self.launch_hosted((host, Host::Page), scene, alone, surroundings).await
            }
            Prepared::HostedRust(recipe) => {
                let recipe = self.with_environment(recipe, env);
                let (hosting, listener, awaited) = self.start_host(&recipe, Host::Rust)?;
                let addr = hosting.ready(awaited, &self.limits, redis, &listener.kept).await?;
                Ok(Running::new(addr, listener, Held::Hosted(hosting)))
            }
            Prepared::Program(recipe) => self.launch_program(recipe, env, redis).await,
            Prepared::Client(recipe) => {
                let recipe = recipe.clone().environment("URL", url.unwrap_or_default());
                let (process, listener) = self.start(&recipe, env)?;
                Ok(Running::new(None, listener, Held::Own(process, None)))
            }
            Prepared::Elsewhere(addr) => Ok(Running::elsewhere(*addr)),
        }
    }

    /// Whether scenarios share a process: one that dies or falls silent may take others along.
    pub fn is_shared(&self) -> bool {
        self.host().is_some()
    }

    /// Whether scenarios must run in turn: there is only one program, and it is not ours.
    pub fn runs_one_at_a_time(&self) -> bool {
        matches!(self.program, Prepared::Elsewhere(_))
    }

    /// Whether the host that all scenarios share has served another program before.
    pub async fn has_used_host(&self) -> bool {
        self.shared.lock().await.as_ref().is_some_and(|host| host.served > 0)
    }

    /// How a play can ask this program whether it has handled everything.
    pub fn fence(&self) -> Fence {
        match self.program {
            Prepared::HostedJavaScript { .. } | Prepared::HostedRust(_) => Fence::Hosted,
            Prepared::Program(_) | Prepared::Elsewhere(_) => Fence::Foreign,
            Prepared::Client(_) | Prepared::HostedPage { .. } => Fence::Client,
        }
    }

    /// Ends every program that was launched, and returns when nothing of them is left.
    pub async fn stop(self) {
        let started = std::mem::take(&mut *self.started.lock().unwrap_or_else(PoisonError::into_inner));
        for process in started.iter().filter_map(Weak::upgrade) {
            process.stop().await;
        }
    }

    /// The same, but the host that all scenarios shared is kept for the next program. Only for one that ended no scenario
    /// by itself: neither by its own end nor by its silence.
    pub async fn give_back(self, hosts: &Hosts) {
        let shared = self.shared.lock().await.take().filter(|host| host.hosting.process.end().is_none());
        let last = match (shared, self.host()) {
            (Some(host), Some((recipe, _))) => {
                let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
                let process = Arc::as_ptr(&host.hosting.process);
                started.retain(|other| other.as_ptr() != process);
                drop(started);
                hosts.keep(self.with_environment(recipe, &[]), host)
            }
            _ => None,
        };
        if let Some(last) = last {
            last.hosting.process.stop().await;
        }
        self.stop().await;
    }

    /// How the host is started that all scenarios share, if they share one.
    fn host(&self) -> Option<(&Recipe, Host)> {
        match &self.program {
            Prepared::HostedJavaScript { host, .. } => Some((host, Host::JavaScript)),
            Prepared::HostedPage { host, .. } => Some((host, Host::Page)),
            _ => None,
        }
    }

    /// A scenario of a JavaScript host. `alone`: in a process of its own, as it is with more environment.
    async fn launch_hosted(
        &self,
        (recipe, host): (&Recipe, Host),
        scene: Scene<'_>,
        alone: bool,
        Surroundings { env, redis }: Surroundings<'_>,
    ) -> Result<Running, LaunchFailure> {
        if alone || !env.is_empty() {
            let (hosting, listener, _) = self.start_host(&self.with_environment(recipe, env), host)?;
            let awaited = hosting.open(scene, &listener).await;
            let scenario = awaited.scenario;
            let addr = hosting.ready(awaited, &self.limits, redis, &listener.kept).await?;
            let held = match scene {
                Scene::Server { .. } => Held::Hosted(hosting),
                Scene::Page { .. } => Held::Page { hosting: Arc::new(hosting), scenario, alone: true },
            };
            return Ok(Running::new(addr, listener, held));
        }
        let hosting = {
            let mut shared = self.shared.lock().await;
            if let Some(host) = shared.as_ref().filter(|host| host.hosting.process.end().is_none()) {
                Arc::clone(&host.hosting)
            } else {
                let (hosting, ..) = self.start_host(&self.with_environment(recipe, &[]), host)?;
                Arc::clone(&shared.insert(Shared::new(hosting)).hosting)
            }
        };
        let listener = hosting.process.listen(self.limits.output);
        let awaited = hosting.open(scene, &listener).await;
        let scenario = awaited.scenario;
        match hosting.ready(awaited, &self.limits, None, &listener.kept).await {
            Ok(addr) => {
                let held = match scene {
                    Scene::Server { .. } => Held::Shared(hosting, scenario),
                    Scene::Page { .. } => Held::Page { hosting, scenario, alone: false },
                };
                Ok(Running::new(addr, listener, held))
            }
            Err(failure) => {
                if matches!(failure.kind, Kind::Stuck | Kind::NeverListened) {
                    // The next launch gets another process; this one ends when nobody waits for it any more.
                    self.shared.lock().await.take_if(|current| Arc::ptr_eq(&current.hosting, &hosting));
                }
                Err(failure)
            }
        }
    }

    async fn launch_program(
        &self,
        recipe: &Recipe,
        env: &[(String, String)],
        redis: Option<&Redis>,
    ) -> Result<Running, LaunchFailure> {
        let mut offers = 1;
        loop {
            let port = Port::free().map_err(|error| LaunchFailure::not_started("PORT".as_ref(), &error))?;
            let expected =
                format!("a program that listens on {} (`PORT` is {})", port.address(), port.number());
            let recipe = recipe.clone().environment("PORT", port.number().to_string());
            let (process, listener) = self.start(&recipe, env)?;
            let goal = Goal::Listener(port.address());
            let failure = tokio::select! {
                end = process.ended() => {
                    if offers < OFFERS && lost_its_port(&end, &port) {
                        offers += 1;
                        continue;
                    }
                    LaunchFailure::ended(&end, &expected, self.limits.memory, Kept::lines(&listener.kept))
                }
                () = accepts(port.address()) => {
                    let addr = port.address();
                    return Ok(Running::new(Some(addr), listener, Held::Own(process, Some(port))));
                }
                reason = hopeless(&process, &goal, &self.limits, redis) => {
                    process.stop().await;
                    let output = Kept::lines(&listener.kept);
                    LaunchFailure { kind: reason.kind, expected, actual: reason.actual, output }
                }
            };
            return Err(failure);
        }
    }

    fn start(
        &self,
        recipe: &Recipe,
        env: &[(String, String)],
    ) -> Result<(Arc<Process>, Listener), LaunchFailure> {
        let recipe = self.with_environment(recipe, env);
        let started = Process::start(&recipe, Control::None, self.limits.memory, self.limits.output);
        let (process, listener) =
            started.map_err(|error| LaunchFailure::not_started(&recipe.program, &error))?;
        let process = Arc::new(process);
        self.remember(&process);
        Ok((process, listener))
    }

    fn start_host(
        &self,
        recipe: &Recipe,
        host: Host,
    ) -> Result<(Hosting, Listener, super::hosting::Awaited), LaunchFailure> {
        let (hosting, listener, awaited) = Hosting::start(recipe, host, &self.limits)?;
        self.remember(&hosting.process);
        Ok((hosting, listener, awaited))
    }

    fn with_environment(&self, recipe: &Recipe, env: &[(String, String)]) -> Recipe {
        let mut recipe = recipe.clone();
        recipe
            .environment
            .extend(self.env.iter().chain(env).map(|(name, value)| (name.into(), value.into())));
        recipe
    }

    fn remember(&self, process: &Arc<Process>) {
        let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
        started.retain(|process| process.strong_count() > 0);
        started.push(Arc::downgrade(process));
    }
}

/// Whether the program ended because somebody else took its port between our choice and its `listen`.
fn lost_its_port(end: &ProgramEnd, port: &Port) -> bool {
    let said = end.last_words.join("\n").to_lowercase();
    let in_use = ["eaddrinuse", "address already in use", "address in use", "addrinuse"];
    in_use.iter().any(|words| said.contains(words)) && port.is_taken()
}

async fn recipe(spec: &Spec, run: &Run, say: &impl Fn(Event)) -> Result<Recipe, PrepareError> {
    match run {
        Run::JavaScript { source } => {
            let node = Node::prepare(&spec.course, &spec.dir, say).await?;
            Ok(node.program(source).folder(&spec.dir))
        }
        Run::Rust { bin } => Ok(rust::build(&spec.course, bin, say).await?.folder(&spec.dir)),
        Run::Command { argv } => {
            let Some((program, arguments)) = argv.split_first() else {
                return Err(PrepareError::environment(
                    "there is no command after `--`",
                    "write one, such as `-- node server.js`",
                ));
            };
            if super::tool::find(program).is_none() {
                let what = format!("the command `{}` was not found", program.display());
                return Err(PrepareError::environment(what, "install it, or check its spelling and `PATH`"));
            }
            Ok(arguments.iter().fold(Recipe::new(program), Recipe::argument))
        }
    }
}
