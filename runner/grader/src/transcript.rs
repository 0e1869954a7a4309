//! The ordered record.
