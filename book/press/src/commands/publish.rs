//! `publish`: the book, ready for any static host. Next: [`super::new`].

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use runner::{
    commands::Context,
    exit::{Exit, Failure},
};

use super::{root, several, tell};
use crate::publish::{Base, Published, publish};

const EXAMPLES: &str = "\
The folder can be copied to any host that serves files; no page needs a server. With the address the pages say where they \
are (canonical links, sitemap.xml, previews), and the page for a wrong address finds its styles.

Examples:
  cargo run -p press -- publish
  cargo run -p press -- publish --out site \\
      --base-url https://example.org/socketlings/";

/// Arguments of `publish`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct PublishArgs {
    /// The address under which it will be found
    #[arg(long, value_name = "URL", value_parser = Base::read)]
    pub base_url: Option<Base>,

    /// Where to; a folder that is empty, or was published to before [default: target/site]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Publishes.
pub fn execute(args: &PublishArgs, ctx: &mut Context<'_>) -> Result<Exit, Failure> {
    let root = root(ctx)?;
    let out = args.out.as_ref().map_or_else(|| root.join("target/site"), |out| ctx.here.join(out));
    match publish(&root, &out, args.base_url.as_ref())? {
        Published::Site(folder, files) => {
            writeln!(ctx.out, "{}: {}", folder.display(), several(files, "file", "files"))?;
            if args.base_url.is_none() {
                ctx.note("without `--base-url` there are no canonical links and no sitemap.xml");
            }
            Ok(Exit::Passed)
        }
        Published::Problems(problems) => {
            tell(ctx.out, &problems)?;
            let count = several(problems.len(), "problem", "problems");
            Err(Failure::course(anyhow!("{count}: mend what is named above; nothing was published")))
        }
    }
}
