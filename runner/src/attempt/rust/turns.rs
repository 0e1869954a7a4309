//! One build of a folder at a time in this process. Cargo has a lock of its own, but whoever waits there builds again what the
//! one before has just built; who waits here finds it done.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

static TURNS: LazyLock<Mutex<HashMap<PathBuf, Arc<Turn<()>>>>> = LazyLock::new(Mutex::default);

/// Waits until nobody else builds in this folder. The turn ends when the guard is dropped.
pub(super) async fn of(folder: &Path) -> OwnedMutexGuard<()> {
    let turn = {
        let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(folder.to_owned()).or_default())
    };
    turn.lock_owned().await
}
