//! What was lent to whom. Totals only grow; see the protocol's quotas.

use super::error::CentralError;
use super::open::CentralLog;
use super::sites;
use super::types::Spent;
use domain::StationId;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuotaRow {
    pub granted: i64,
    pub spent: i64,
    pub returned: i64,
}

impl CentralLog {
    /// Writes the total that `lend` answers, given the account, what all stations hold together and
    /// the site's newest number; the log stands still meanwhile.
    pub fn lend<E: From<CentralError>>(
        &self,
        site: &str,
        station: StationId,
        sku: &str,
        lend: impl FnOnce(QuotaRow, i64, i64) -> Result<i64, E>,
    ) -> Result<i64, E> {
        let mut refused = None;
        let lent = self.write_if(|tx| {
            let head = sites::mark(tx, site)?.seq;
            let account = account(tx, site, station, sku)?;
            let granted = match lend(account, outstanding(tx, site, sku)?, head) {
                Ok(granted) => granted,
                Err(error) => {
                    refused = Some(error);
                    return Ok(None);
                }
            };
            // A repeated question lets the decisions of others stand.
            if granted == account.granted {
                return Ok(Some(granted));
            }
            tx.prepare_cached(
                "INSERT INTO quota (site, sku, station, granted) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET granted = excluded.granted",
            )?
            .execute(params![site, sku, station.0.as_bytes(), granted])?;
            sites::touch(tx, site)?;
            Ok(Some(granted))
        })?;
        match (lent, refused) {
            (_, Some(error)) => Err(error),
            (Some(granted), None) => Ok(granted),
            (None, None) => Err(CentralError::UnknownSite(site.to_owned()).into()),
        }
    }

    pub fn given_back(
        &self,
        site: &str,
        station: StationId,
        sku: &str,
        returned: i64,
    ) -> Result<i64, CentralError> {
        self.write(|tx| {
            let account = account(tx, site, station, sku)?;
            if returned <= account.returned {
                return Ok(account.returned);
            }
            tx.prepare_cached(
                "INSERT INTO quota (site, sku, station, returned) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET returned = excluded.returned",
            )?
            .execute(params![site, sku, station.0.as_bytes(), returned])?;
            sites::touch(tx, site)?;
            Ok(returned)
        })
    }

    /// Lent to stations of the site, and neither used nor given back.
    pub fn outstanding(&self, site: &str, sku: &str) -> Result<i64, CentralError> {
        self.read(|conn| outstanding(conn, site, sku))
    }
}

fn account(
    conn: &Connection,
    site: &str,
    station: StationId,
    sku: &str,
) -> Result<QuotaRow, CentralError> {
    let found = conn
        .prepare_cached(
            "SELECT granted, spent, returned FROM quota
             WHERE site = ?1 AND sku = ?2 AND station = ?3",
        )?
        .query_row(params![site, sku, station.0.as_bytes()], |row| {
            Ok(QuotaRow { granted: row.get(0)?, spent: row.get(1)?, returned: row.get(2)? })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Who promised more than was lent to it lends nothing to the others.
fn outstanding(conn: &Connection, site: &str, sku: &str) -> Result<i64, CentralError> {
    let mut ask = conn.prepare_cached(
        "SELECT coalesce(sum(max(granted - spent - returned, 0)), 0) FROM quota
         WHERE site = ?1 AND sku = ?2",
    )?;
    Ok(ask.query_row([site, sku], |row| row.get(0))?)
}

/// A promise under quota came in.
pub(super) fn spend(conn: &Connection, site: &str, spent: &Spent) -> Result<(), CentralError> {
    conn.prepare_cached(
        "INSERT INTO quota (site, sku, station, spent) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET spent = spent + excluded.spent",
    )?
    .execute(params![site, spent.sku, spent.station.0.as_bytes(), spent.qty])?;
    Ok(())
}

/// All that a station holds is the server's again.
pub(super) fn take_back(conn: &Connection, station: StationId) -> Result<(), CentralError> {
    conn.prepare_cached(
        "UPDATE quota SET returned = max(returned, granted - spent) WHERE station = ?1",
    )?
    .execute([station.0.as_bytes()])?;
    Ok(())
}
