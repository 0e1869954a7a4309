//! Programs that are not the course's: what `--url` and `-- CMD` may ask for. Next: [`super::interrupt`].

use std::{
    net::{SocketAddr, TcpStream, ToSocketAddrs},
    time::Duration,
};

use anyhow::anyhow;
use grader::scenario::model::Role;

use super::check::CheckArgs;
use crate::{course::Exercise, exit::Failure};

/// How long one address of a name is tried.
const PATIENCE: Duration = Duration::from_secs(1);

/// `http://127.0.0.1:4000` → where to connect. A name such as `localhost` may have several addresses, and a server listens
/// on one of them: the first that accepts is taken.
pub(super) fn address(url: &str) -> Result<SocketAddr, Failure> {
    let wrong =
        |why: String| Failure::usage(anyhow!("`--url {url}`: {why}; write it like http://127.0.0.1:4000"));
    let rest = url.strip_prefix("http://").ok_or_else(|| wrong("it must begin with http://".to_owned()))?;
    let host = rest.split('/').next().unwrap_or(rest);
    let found: Vec<SocketAddr> = host.to_socket_addrs().map_err(|error| wrong(error.to_string()))?.collect();
    if found.iter().any(|address| !address.ip().is_loopback()) {
        return Err(wrong("only servers of this computer are graded".to_owned()));
    }
    that_answers(&found).ok_or_else(|| wrong("no such address".to_owned()))
}

/// The first that accepts a connection; where none does, the first.
fn that_answers(found: &[SocketAddr]) -> Option<SocketAddr> {
    let answers = |address: &&SocketAddr| TcpStream::connect_timeout(address, PATIENCE).is_ok();
    match found {
        [] => None,
        [only] => Some(*only),
        several => several.iter().find(answers).or(several.first()).copied(),
    }
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

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn of_a_name_with_several_addresses_the_one_that_answers_is_taken() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = server.local_addr().unwrap().port();
        let silent: SocketAddr = format!("[::1]:{port}").parse().unwrap();
        let found = [silent, server.local_addr().unwrap()];
        assert_eq!(that_answers(&found), Some(server.local_addr().unwrap()));
        drop(server);
        assert_eq!(that_answers(&found), Some(silent), "the check says that nobody answers there");
        assert_eq!(that_answers(&[]), None);
    }

    #[test]
    fn only_this_computer_is_graded() {
        assert!(address("http://127.0.0.1:4000").is_ok());
        for url in ["https://127.0.0.1:4000", "http://192.0.2.1:4000", "http://127.0.0.1"] {
            assert!(address(url).is_err(), "{url}");
        }
    }
}
