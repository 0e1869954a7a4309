//! Names a mistake.
