//! Events of a check.
