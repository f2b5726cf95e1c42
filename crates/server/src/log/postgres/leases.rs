//! Who works on which task, and until when.

use super::session::{Session, id, plain};
use crate::log::LogError;
use domain::{StationId, Timestamp};
use sync::{Decision, Lease, LeaseAnswer, SiteId};

pub fn lease(
    db: &mut Session,
    site: &SiteId,
    task: &str,
    ask: &dyn Fn(Option<&Lease>) -> Decision,
) -> Result<LeaseAnswer, LogError> {
    let task = plain(task);
    let sql = "SELECT holder, until FROM lease WHERE site = $1 AND task = $2 FOR UPDATE";
    let held = match db.row(sql, &[&site.0, &task])? {
        Some(row) => Some(Lease {
            holder: StationId::from_bytes(id(&row, 0)?),
            until: Timestamp(row.try_get(1)?),
        }),
        None => None,
    };
    let (new, answer) = ask(held.as_ref());
    let Some(new) = new else { return Ok(answer) };
    let (holder, until) = (&new.holder.0.as_bytes()[..], new.until.0);
    let changed = match held {
        Some(_) => db.execute(
            "UPDATE lease SET holder = $3, until = $4 WHERE site = $1 AND task = $2",
            &[&site.0, &task, &holder, &until],
        )?,
        None => db.execute(
            "INSERT INTO lease (site, task, holder, until) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            &[&site.0, &task, &holder, &until],
        )?,
    };
    // There was no row to lock, and somebody else made it: ask again.
    if changed == 1 { Ok(answer) } else { Err(LogError::Conflict) }
}
