//! Many programs, run one beside the other, with progress on the way.

use std::{
    cell::RefCell,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use futures_util::{StreamExt, stream};
use runner::{
    commands::{Context, interrupt::Interrupts},
    exit::Failure,
    verify::Problem,
};

use crate::{
    check,
    interrupt::Session,
    material::Material,
    recording::{self, Came, Wanted},
};

/// How many programs run at once. Most of a run is waiting for silence.
const AT_ONCE: usize = 6;
/// How often a program that differs from its recording is run alone, at most, before it counts as different.
const TIMES_ALONE: usize = 3;
/// How often progress is told where a line cannot be written over.
const SAY_EVERY: Duration = Duration::from_secs(20);

/// Runs these programs; answers what came of each, in the same order.
pub(super) fn run(
    ctx: &mut Context<'_>,
    material: &Material,
    wanted: &[Wanted],
) -> Result<Vec<Came>, Failure> {
    some(ctx, material, wanted, AT_ONCE)
}

/// The same for a comparison: what differs from its recording is run again, alone, because two programs that wait for one
/// another on a busy machine may tell two packets the other way round. Answers also which were run again.
pub(super) fn compared(
    ctx: &mut Context<'_>,
    material: &Material,
    wanted: &[Wanted],
) -> Result<(Vec<Came>, Vec<String>), Failure> {
    let mut came = run(ctx, material, wanted)?;
    let mut run_again = Vec::new();
    for _ in 0..TIMES_ALONE {
        let differs = |place: &usize| !check::is_as_recorded(material, &wanted[*place], &came[*place]);
        let places: Vec<usize> = (0..wanted.len()).filter(differs).collect();
        let again: Vec<Wanted> = places.iter().map(|place| wanted[*place].clone()).collect();
        for (place, other) in places.into_iter().zip(some(ctx, material, &again, 1)?) {
            came[place] = other;
        }
        if run_again.is_empty() {
            run_again = again.iter().map(|wanted| wanted.program.to_string()).collect();
        }
    }
    Ok((came, run_again))
}

fn some(
    ctx: &mut Context<'_>,
    material: &Material,
    wanted: &[Wanted],
    at_once: usize,
) -> Result<Vec<Came>, Failure> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let columns = ctx.terminal.width.filter(|_| ctx.terminal.interactive);
    let err = RefCell::new(&mut *ctx.err);
    let mut told = Instant::now();
    let mut tell = |done: usize, latest: &str| {
        let of = wanted.len();
        // A line about progress that cannot be written is not worth ending for.
        let Some(width) = columns else {
            if told.elapsed() >= SAY_EVERY {
                told = Instant::now();
                let _ = writeln!(err.borrow_mut(), "{done} of {of} programs");
            }
            return;
        };
        let line: String =
            format!("{done} of {of}  {latest}").chars().take(width.saturating_sub(1)).collect();
        let end = if done == of { "\r\x1b[2K" } else { "" };
        let _ = write!(err.borrow_mut(), "\r\x1b[2K{line}{end}");
        let _ = err.borrow_mut().flush();
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")
        .map_err(Failure::environment)?;
    let _session = Session::new();
    let mut interrupts = Interrupts::listen(&runtime)?;
    runtime.block_on(interrupts.or(async {
        let one = async |place: usize| {
            let wanted = &wanted[place];
            let came = match material.find(&wanted.program) {
                Ok(found) => recording::record(&material.course, &material.causes, &found, wanted).await,
                Err(why) => {
                    let (file, line, column) = wanted.asked.clone();
                    Came::Wrong(Problem { file, line, column, message: why.to_string() })
                }
            };
            (place, came)
        };
        let mut running = stream::iter(0..wanted.len()).map(one).buffer_unordered(at_once);
        let mut results: Vec<Option<Came>> = wanted.iter().map(|_| None).collect();
        let mut done = 0;
        while let Some((place, came)) = running.next().await {
            done += 1;
            tell(done, &wanted[place].program.to_string());
            results[place] = Some(came);
        }
        Ok(results.into_iter().flatten().collect())
    }))
}
