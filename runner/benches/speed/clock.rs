//! Time and memory of whole commands.

use std::{
    error::Error,
    fs,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// One measurement.
pub(crate) type Sample = Result<Duration, Box<dyn Error>>;

/// The middle of the values.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Until the command has ended, whatever its exit code.
pub(crate) fn until_exit(command: &mut Command) -> Sample {
    let began = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(began.elapsed())
}

/// Until it prints a line with that text; it is waited for, but that time does not count.
pub(crate) fn until_line(command: &mut Command, text: &str) -> Sample {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut output = BufReader::new(child.stdout.take().ok_or("no output")?);
    let mut line = String::new();
    let seen = loop {
        line.clear();
        if output.read_line(&mut line)? == 0 {
            break None;
        }
        if line.contains(text) {
            break Some(began.elapsed());
        }
    };
    output.read_to_string(&mut line)?;
    child.wait()?;
    seen.ok_or_else(|| format!("{command:?} never printed {text}").into())
}

/// The most memory that the command itself held, in kB (`VmHWM`), without its children.
pub(crate) fn peak_memory(command: &mut Command) -> Result<u64, Box<dyn Error>> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        thread::sleep(Duration::from_millis(2));
    }
    Ok(peak)
}

/// Processor seconds of all children that have ended: `cutime` and `cstime` of `/proc/self/stat`, in ticks of 10 ms.
pub(crate) fn children_cpu() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let rest = stat.rsplit(')').next().ok_or("an odd /proc/self/stat")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks =
        |index: usize| -> Result<f64, Box<dyn Error>> { Ok(fields.get(index).ok_or("too short")?.parse()?) };
    Ok((ticks(13)? + ticks(14)?) / 100.0)
}
