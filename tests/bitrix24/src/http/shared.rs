//! What all connections share.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::model::changes::Hit;
use crate::model::clock;
use crate::model::portal::Portal;
use crate::rest::limits::Limits;

use super::journal::Journal;
use super::statefile::StateFile;

/// The server's state.
pub struct Shared {
    portal: Mutex<Portal>,
    state: Mutex<Option<StateFile>>,
    /// The journal.
    pub journal: Mutex<Journal>,
    /// Calls that have come and not yet taken effect.
    pub open: AtomicUsize,
    /// Rate limits.
    pub limits: Mutex<Limits>,
    /// The webhook's user.
    pub user: i64,
    /// The webhook's token.
    pub token: String,
    /// Tells the board that something changed.
    pub changed: watch::Sender<u64>,
    /// For handlers behind https.
    pub tls: Arc<tokio_rustls::rustls::ClientConfig>,
}

/// Takes a lock; a poisoned one is taken all the same, for a test's panic must not stop the portal.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// A server's state.
    pub fn new(
        portal: Portal,
        state: Option<StateFile>,
        user: i64,
        token: String,
        tls: Arc<tokio_rustls::rustls::ClientConfig>,
    ) -> Self {
        Self {
            portal: Mutex::new(portal),
            state: Mutex::new(state),
            journal: Mutex::default(),
            open: AtomicUsize::new(0),
            limits: Mutex::default(),
            user,
            token,
            changed: watch::Sender::new(0),
            tls,
        }
    }

    /// Works on the portal; what changed is in the state file before anybody hears of it.
    pub fn with<T>(&self, work: impl FnOnce(&mut Portal) -> T) -> T {
        let mut portal = lock(&self.portal);
        let before = portal.version;
        let out = work(&mut portal);
        if let Some(state) = lock(&self.state).as_mut() {
            state.save(&mut portal);
        }
        let after = portal.version;
        drop(portal);
        if after != before {
            self.changed.send_replace(after);
        }
        out
    }
}

/// A call of a user, now.
pub fn hit(portal: &Portal, user: i64) -> Hit {
    // A century either way is enough.
    let shift = portal.switches.clock_shift.clamp(-3_155_760_000, 3_155_760_000);
    Hit::new(user, clock::micros() / 1_000_000 + shift)
}
