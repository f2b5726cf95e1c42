//! Whole books, so that a new station need not fold the log from its beginning.

use super::error::LogError;
use sync::{Cursor, SiteId};

pub trait Snapshots {
    /// Keeps it beside the one before, which stations may still be fetching; older ones go.
    fn put_snapshot(
        &mut self,
        site: &SiteId,
        generation: i64,
        cursor: Cursor,
        bytes: &[u8],
    ) -> Result<(), LogError>;
}
