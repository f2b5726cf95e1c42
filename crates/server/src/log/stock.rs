//! What the log asks of whoever folds it: how much of a SKU may still be promised.

use super::error::LogError;
use sync::SiteId;

pub trait Stock: Send + Sync {
    /// Sellable less promised, folded up to exactly `at_seq`; what is lent to stations is not
    /// subtracted. The site's log stands still while this is asked, so the implementor reads it
    /// through a handle of its own and never writes to it here.
    fn available(&self, site: &SiteId, sku: &str, at_seq: i64) -> Result<i64, LogError>;
}

/// For handles that lend nothing: the fold's own, and the admin's.
pub struct NoStock;

impl Stock for NoStock {
    fn available(&self, _: &SiteId, _: &str, _: i64) -> Result<i64, LogError> {
        Ok(0)
    }
}
