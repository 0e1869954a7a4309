//! Everything that touches files, processes, sockets and terminals. Begin with [`carrier`].

pub mod carrier;
