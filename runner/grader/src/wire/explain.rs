//! Packets in words.
