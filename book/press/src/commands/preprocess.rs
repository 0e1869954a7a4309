//! `preprocess`: what a stock `mdbook build` asks of a preprocessor.

use clap::Args;
use mdbook_preprocessor::{Preprocessor, parse_input};
use runner::{
    commands::Context,
    exit::{Exit, Failure},
};

use super::tell;
use crate::preprocess::{Press, Unshown};

/// Arguments of `preprocess`; mdBook gives none, or asks `supports RENDERER`.
#[derive(Debug, Clone, Args)]
pub struct PreprocessArgs {
    /// `supports`, when mdBook asks whether a renderer is supported
    #[arg(value_name = "QUESTION")]
    pub question: Option<String>,
    /// That renderer
    #[arg(value_name = "RENDERER")]
    pub renderer: Option<String>,
}

/// Reads a book on standard input and prints it with everything shown.
pub fn execute(args: &PreprocessArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    if args.question.as_deref() == Some("supports") {
        let supported = Press.supports_renderer(args.renderer.as_deref().unwrap_or_default());
        return Ok(if supported.map_err(Failure::course)? { Exit::Passed } else { Exit::NotYet });
    }
    let (context, book) = parse_input(&mut *ctx.input).map_err(|error| {
        Failure::usage(error.context("mdBook starts this, with a book on standard input"))
    })?;
    match Press.run(&context, book) {
        Ok(book) => {
            serde_json::to_writer(&mut *ctx.out, &book).map_err(std::io::Error::from)?;
            Ok(Exit::Passed)
        }
        Err(error) => match error.downcast_ref::<Unshown>() {
            Some(Unshown { problems }) => {
                tell(ctx.err, problems)?;
                Err(Failure::course(error))
            }
            None => Err(Failure::course(error)),
        },
    }
}
