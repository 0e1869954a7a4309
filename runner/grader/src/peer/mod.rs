//! A Socket.IO session without I/O.
