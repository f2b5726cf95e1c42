//! Who works on which task, and until when.

use super::error::CentralError;
use super::open::CentralLog;
use domain::{StationId, Timestamp};
use rusqlite::{OptionalExtension, params};

type Held = (StationId, Timestamp);

impl CentralLog {
    /// Writes the lease that `ask` wants in place of the present one, and passes its answer on.
    pub fn lease<T>(
        &self,
        site: &str,
        task: &str,
        ask: impl FnOnce(Option<Held>) -> (Option<Held>, T),
    ) -> Result<T, CentralError> {
        self.write(|tx| {
            let held: Option<Held> = tx
                .prepare_cached("SELECT holder, until FROM lease WHERE site = ?1 AND task = ?2")?
                .query_row([site, task], |row| {
                    Ok((StationId::from_bytes(row.get(0)?), Timestamp(row.get(1)?)))
                })
                .optional()?;
            let (new, answer) = ask(held);
            if let Some((holder, until)) = new {
                tx.prepare_cached(
                    "INSERT INTO lease (site, task, holder, until) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until",
                )?
                .execute(params![site, task, holder.0.as_bytes(), until.0])?;
            }
            Ok(answer)
        })
    }
}
