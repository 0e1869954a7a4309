//! Memory for what is not complete yet: bodies, messages, attachments. All of it together is bounded.
//! Next: [`super::frames`].

use std::{cell::Cell, rc::Rc};

/// Bytes that one body or message may have to be read.
pub(super) const ONE: usize = 16 * 1024 * 1024;
/// Bytes that all of them may have together.
const ALL: usize = 64 * 1024 * 1024;

/// The room there is, shared by all who need some.
#[derive(Debug, Clone, Default)]
pub(super) struct Room(Rc<Cell<usize>>);

/// A part of the room. Dropping it gives it back.
#[derive(Debug)]
pub(super) struct Share {
    room: Room,
    bytes: usize,
}

impl Room {
    pub(super) fn share(&self) -> Share {
        Share { room: self.clone(), bytes: 0 }
    }

    /// Bytes that grow as they come.
    pub(super) fn keep(&self) -> Kept {
        Kept { bytes: Vec::new(), share: self.share(), total: 0, cut: false }
    }
}

impl Share {
    /// Takes more room, if there is any.
    pub(super) fn grow(&mut self, by: usize) -> bool {
        let all = self.room.0.get();
        let fits = self.bytes + by <= ONE && all + by <= ALL;
        if fits {
            self.bytes += by;
            self.room.0.set(all + by);
        }
        fits
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.0.set(self.room.0.get() - self.bytes);
    }
}

/// Bytes that grow as they come, until there is no room: then all of them are forgotten, and only counted.
#[derive(Debug)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    share: Share,
    total: u64,
    cut: bool,
}

impl Kept {
    pub(super) fn push(&mut self, more: &[u8]) {
        self.total += more.len() as u64;
        if !self.cut && self.share.grow(more.len()) {
            self.bytes.extend_from_slice(more);
        } else {
            self.forget();
        }
    }

    /// They will not be read.
    pub(super) fn forget(&mut self) {
        self.cut = true;
        self.bytes = Vec::new();
        self.share = self.share.room.share();
    }

    /// How many came.
    pub(super) const fn total(&self) -> u64 {
        self.total
    }

    /// All that came; nothing if it was too much.
    pub(super) fn whole(&self) -> Option<&[u8]> {
        (!self.cut).then_some(self.bytes.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_only_counted_and_room_comes_back() {
        let room = Room::default();
        let mut kept = room.keep();
        kept.push(&vec![1; ONE]);
        assert_eq!(kept.whole().map(<[u8]>::len), Some(ONE));
        kept.push(&[1]);
        assert_eq!((kept.whole(), kept.total()), (None, ONE as u64 + 1));
        assert_eq!(room.0.get(), 0);
    }

    #[test]
    fn all_together_are_bounded() {
        let room = Room::default();
        let mut many: Vec<Kept> = (0..5).map(|_| room.keep()).collect();
        for kept in &mut many {
            kept.push(&vec![1; ONE]);
        }
        assert_eq!(many.iter().filter(|kept| kept.whole().is_some()).count(), ALL / ONE);
        drop(many);
        assert_eq!(room.0.get(), 0);
    }
}
