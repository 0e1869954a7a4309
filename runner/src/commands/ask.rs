//! Questions to a person. The end of input is an answer too: nothing is changed. Next: [`super::track`].

use std::io;

use super::Context;

/// One line of an answer, without its end; `None` at the end of input.
pub(super) fn answer(ctx: &mut Context<'_>, question: &str) -> io::Result<Option<String>> {
    write!(ctx.err, "{question} ")?;
    ctx.err.flush()?;
    let mut line = String::new();
    if ctx.input.read_line(&mut line)? == 0 {
        writeln!(ctx.err)?;
        return Ok(None);
    }
    if !ctx.terminal.interactive {
        // Nobody's Enter has ended the line on the screen.
        writeln!(ctx.err)?;
    }
    Ok(Some(line.trim().to_owned()))
}
