//! The folder of the current exercise: whoever writes, renames or deletes a source in it is heard.
//!
//! The system tells of most folders. Of mounts from another computer or another system (WSL's drives, network drives)
//! no events come, so these are looked at again and again; `--poll` asks for that anywhere. What a program under check
//! writes itself (a database, a log) is no save: only sources count. Next: `signals.rs`.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use notify::{
    Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, MetadataKind, ModifyKind, RenameMode},
};

use crate::watch::model::Event;

/// How often a folder is looked at from which no events come.
const LOOK: Duration = Duration::from_millis(200);

/// The extensions of what a learner writes.
const SOURCES: [&str; 14] =
    ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "rs", "txt", "yaml", "yml", "css", "html"];

/// Linux's numbers of file systems whose changes may be made on another machine: `statfs(2)`.
#[cfg(target_os = "linux")]
const FAR_AWAY: [u64; 8] = [
    0x0102_1997, // 9p: the drives of WSL 2, and of some virtual machines
    0x6969,      // NFS
    0x517b,      // SMB
    0xff53_4d42, // CIFS
    0xfe53_4d42, // SMB 2
    0x6573_5546, // FUSE: sshfs, virtiofs, Docker's shared folders
    0x786f_4256, // VirtualBox's shared folders
    0x0bad_1dea, // mounts by an agent in the guest
];

/// What watches.
pub struct Files {
    tell: Arc<dyn Fn(Event) + Send + Sync>,
    poll: bool,
    watcher: Option<Box<dyn Watcher + Send>>,
    folder: Option<PathBuf>,
}

impl Files {
    /// Nothing is watched yet. `poll`: look, do not wait for events.
    pub fn new(poll: bool, tell: impl Fn(Event) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), poll, watcher: None, folder: None }
    }

    /// Listens to the folder of this file from now on, and to no other.
    ///
    /// # Errors
    /// When neither events nor looking work: in words, with what to do.
    pub fn follow(&mut self, file: &Path) -> Result<(), String> {
        let folder = file.parent().unwrap_or_else(|| Path::new("."));
        if self.folder.as_deref() == Some(folder) {
            return Ok(());
        }
        (self.watcher, self.folder) = (None, None);
        let by_events = if self.poll || is_far_away(folder) { None } else { self.by_events(folder).ok() };
        let watcher = match by_events {
            Some(watcher) => Ok(watcher),
            None => self.by_looking(folder),
        };
        let watcher =
            watcher.map_err(|error| format!("saves are not seen ({error}); press r after a save"))?;
        (self.watcher, self.folder) = (Some(watcher), Some(folder.to_path_buf()));
        Ok(())
    }

    fn by_events(&self, folder: &Path) -> notify::Result<Box<dyn Watcher + Send>> {
        let mut watcher = RecommendedWatcher::new(self.listener(), Config::default())?;
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        Ok(Box::new(watcher))
    }

    fn by_looking(&self, folder: &Path) -> notify::Result<Box<dyn Watcher + Send>> {
        // Times of change may be as coarse as two seconds there.
        let config = Config::default().with_poll_interval(LOOK).with_compare_contents(true);
        let mut watcher = PollWatcher::new(self.listener(), config)?;
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        Ok(Box::new(watcher))
    }

    fn listener(&self) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
        let tell = Arc::clone(&self.tell);
        move |event| {
            // An error is a lost event: then it is better to look once too often.
            let saved = event.map_or(Some(false), |event| {
                let counts = changes(event.kind)
                    && (event.need_rescan() || event.paths.iter().any(|path| is_source(path)));
                counts.then(|| is_whole(event.kind))
            });
            if let Some(whole) = saved {
                tell(Event::Saved { whole });
            }
        }
    }
}

/// Whether something is different after this. Who only reads changes nothing, nor does on Linux who only changes
/// metadata: there, every write is told of as one.
const fn changes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => matches!(access, AccessKind::Close(AccessMode::Write)),
        EventKind::Modify(ModifyKind::Metadata(data)) => match data {
            MetadataKind::WriteTime => true,
            MetadataKind::Any => !cfg!(target_os = "linux"),
            _ => false,
        },
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

/// Whether a file is complete with this: its writer has closed it, or has put a finished file in its place. Linux tells.
const fn is_whole(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
    )
}

/// Whether a learner writes such a file: no copy that an editor makes, nothing hidden.
fn is_source(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let extension = path.extension().and_then(OsStr::to_str);
    !hidden && extension.is_some_and(|extension| SOURCES.contains(&extension))
}

#[cfg(target_os = "linux")]
fn is_far_away(folder: &Path) -> bool {
    let Ok(found) = rustix::fs::statfs(folder) else { return false };
    // The type differs between processors; the numbers fit in 32 bits.
    let number = u64::try_from(i128::from(found.f_type) & 0xffff_ffff).unwrap_or_default();
    FAR_AWAY.contains(&number)
}

#[cfg(not(target_os = "linux"))]
const fn is_far_away(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_learner_writes_is_a_save() {
        for name in ["main.js", "main.rs", "frames.txt", "exercise.yaml", "helper.mjs"] {
            assert!(is_source(Path::new(name)), "{name}");
        }
        for name in ["main.js~", ".main.js.swp", "4913", "chat.db", "state.json", "answers", ".#main.js"] {
            assert!(!is_source(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_folder_of_this_computer_is_not_far_away() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_far_away(folder.path()));
        assert!(!is_far_away(&folder.path().join("missing")));
    }

    #[test]
    fn reading_is_no_change() {
        assert!(!changes(EventKind::Access(AccessKind::Open(AccessMode::Read))));
        assert!(!changes(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(changes(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(!changes(EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime))));
    }
}
