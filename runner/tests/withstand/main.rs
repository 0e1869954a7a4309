//! "It must withstand": hostile programs and bad days, through the `runner` binary itself.
//!
//! Each check ends in bounded time, says its own cause, and leaves nothing: no process, no port. `desk` sets up a
//! course in a folder with an awkward name and runs the binary there; `left` looks for what was left. The other
//! modules are one subject each: `hosted`, `shared`, `commands`, `clients`, `rust`, `cluster` (programs), `interrupts`,
//! `killed` (the runner's own end), `disk`, `url`, `names`, `tools`.

mod clients;
mod cluster;
mod commands;
mod desk;
mod disk;
mod hosted;
mod interrupts;
mod killed;
mod left;
mod names;
mod rust;
mod shared;
mod tools;
mod url;
