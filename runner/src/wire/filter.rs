//! What somebody wants to see of all that passes. Next: [`super::keep`].

use grader::transcript::Direction;

use super::entry::{Entry, Rank};

/// What is wanted. Empty lists want everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only packets of these namespaces; the slash may be missing.
    pub namespaces: Vec<String>,
    /// Only these events.
    pub events: Vec<String>,
    /// Only this direction.
    pub direction: Option<Direction>,
    /// Heartbeats, too.
    pub heartbeats: bool,
}

impl Filter {
    /// Whether an entry is wanted. What went wrong with the proxy itself always is.
    pub fn wants(&self, entry: &Entry) -> bool {
        if entry.client.is_none() && entry.rank == Rank::Problem {
            return true;
        }
        let namespace = |name: &str| self.namespaces.iter().any(|own| same_namespace(own, name));
        let event = |name: &str| self.events.iter().any(|own| own == name);
        (self.heartbeats || entry.rank != Rank::Heartbeat)
            && self.direction.is_none_or(|direction| entry.direction == Some(direction))
            && (self.namespaces.is_empty() || entry.namespace.as_deref().is_some_and(namespace))
            && (self.events.is_empty() || entry.event.as_deref().is_some_and(event))
    }
}

fn same_namespace(typed: &str, name: &str) -> bool {
    typed.trim_start_matches('/') == name.trim_start_matches('/')
}
