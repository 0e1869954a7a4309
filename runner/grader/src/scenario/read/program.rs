//! Our side of a client program: `server: accept`, `refuse`. Next: [`super::http`].

use super::{
    act::{Deed, nothing_follows},
    node::Node,
    reader::Reader,
};
use crate::{scenario::model::Act, yaml::Reads};

impl Reader {
    /// `accept`, `{ accept: { auth } }`.
    pub(crate) fn accept(&mut self, deed: &Deed<'_>) -> Option<Act> {
        if nothing_follows(deed) {
            return Some(Act::Accept { auth: None });
        }
        let mut fields = self.fields(deed.value, "`accept`", &["auth"])?;
        let auth = match fields.take("auth") {
            Some(field) => Some(self.pattern(field.value)?),
            None => None,
        };
        fields.finish(self);
        Some(Act::Accept { auth })
    }

    /// `{ refuse: { message, data } }`.
    pub(crate) fn refuse(&mut self, node: &Node) -> Option<Act> {
        let mut fields = self.fields(node, "`refuse`", &["message", "data"])?;
        let message = fields.need(self, "message").and_then(|message| self.made(message));
        let data = match fields.take("data") {
            Some(field) => Some(self.made(field.value)?),
            None => None,
        };
        fields.finish(self);
        Some(Act::Refuse { message: message?, data })
    }
}
