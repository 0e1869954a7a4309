//! Programs that are not the course's: what `--url` and `-- CMD` may ask for. Next: [`super::interrupt`].

use std::net::{SocketAddr, ToSocketAddrs};

use anyhow::anyhow;
use grader::scenario::model::Role;

use super::check::CheckArgs;
use crate::{course::Exercise, exit::Failure};

/// `http://127.0.0.1:4000` → where to connect.
pub(super) fn address(url: &str) -> Result<SocketAddr, Failure> {
    let wrong =
        |why: String| Failure::usage(anyhow!("`--url {url}`: {why}; write it like http://127.0.0.1:4000"));
    let rest = url.strip_prefix("http://").ok_or_else(|| wrong("it must begin with http://".to_owned()))?;
    let host = rest.split('/').next().unwrap_or(rest);
    let mut found = host.to_socket_addrs().map_err(|error| wrong(error.to_string()))?;
    let address = found.next().ok_or_else(|| wrong("no such address".to_owned()))?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(wrong("only servers of this computer are graded".to_owned()))
}

/// Refuses what the exercise's role has no use for: it would be graded against something else than was meant.
pub(super) fn fits(args: &CheckArgs, exercise: &Exercise, role: Role) -> Result<(), Failure> {
    let name = exercise.name();
    match role {
        Role::Frames if args.url.is_some() || !args.command.is_empty() => Err(Failure::usage(anyhow!(
            "`{name}` is solved in `frames.txt`, there is no program to grade; check it without `--url` and `--`"
        ))),
        Role::Tests if args.url.is_some() || !args.command.is_empty() => Err(Failure::usage(anyhow!(
            "`{name}` is solved in `main.yaml`, and its servers are the course's; check it without `--url` and `--`"
        ))),
        Role::Page if args.url.is_some() || !args.command.is_empty() => Err(Failure::usage(anyhow!(
            "`{name}` is solved in `main.tsx`, there is no program to grade; check it without `--url` and `--`"
        ))),
        Role::Client if args.url.is_some() => Err(Failure::usage(anyhow!(
            "`{name}` asks for a client, and `--url` names a server; write the client's command after `--`"
        ))),
        _ => Ok(()),
    }
}
