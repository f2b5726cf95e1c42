//! How the data of this desktop is kept from others: its key, and the lock of its book.

use crate::ctx::Ctx;
use crate::locking::{Standing, standing};
use crate::problem::Fault;
use crate::syncing::KeyHome;
use crate::view::Nothing;
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct SafekeepingView {
    pub book: BookLock,
    /// Why the book is not yet what was wished.
    pub trouble: Option<String>,
    /// Where the key is that proves to the server who this desktop is; nothing without a server.
    pub key: Option<KeyHome>,
    /// Why it is not in the keychain.
    pub key_note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BookLock {
    Open,
    Locked,
    LockedFromNextStart,
    OpenFromNextStart,
}

impl From<Standing> for BookLock {
    fn from(standing: Standing) -> BookLock {
        match standing {
            Standing::Open => BookLock::Open,
            Standing::Locked => BookLock::Locked,
            Standing::LockedFromNextStart => BookLock::LockedFromNextStart,
            Standing::OpenFromNextStart => BookLock::OpenFromNextStart,
        }
    }
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<SafekeepingView, Fault> {
    let unlocked = ctx.app.unlocked();
    let known = ctx.app.link.known().clone();
    Ok(SafekeepingView {
        book: standing(ctx.app.dir(), unlocked.key.as_ref())?.into(),
        trouble: unlocked.trouble.clone(),
        key: known.key,
        key_note: known.key_note,
    })
}
