//! What was lent to whom. Totals only grow; see the protocol's quotas. The site's row is locked
//! before any of these rows.

use super::session::{Session, plain};
use super::sites;
use crate::log::LogError;
use domain::StationId;
use store::central::Spent;
use sync::{Account, SiteId};

pub fn lend(
    db: &mut Session,
    site: &SiteId,
    station: StationId,
    sku: &str,
    available: &dyn Fn(i64) -> Result<i64, LogError>,
    lend: &dyn Fn(Account, i64) -> i64,
) -> Result<i64, LogError> {
    let at_seq = sites::locked(db, site)?.seq;
    let account = account(db, site, station, sku)?;
    let free = available(at_seq)?.saturating_sub(outstanding(db, site, sku)?);
    let granted = lend(account, free.max(0));
    // A repeated question lets the decisions of others stand.
    if granted == account.granted {
        return Ok(granted);
    }
    db.execute(
        "INSERT INTO quota (site, sku, station, granted) VALUES ($1, $2, $3, $4)
         ON CONFLICT (site, sku, station) DO UPDATE SET granted = excluded.granted",
        &[&site.0, &plain(sku), &&station.0.as_bytes()[..], &granted],
    )?;
    sites::touch(db, site)?;
    Ok(granted)
}

pub fn given_back(
    db: &mut Session,
    site: &SiteId,
    station: StationId,
    sku: &str,
    returned: i64,
) -> Result<i64, LogError> {
    sites::locked(db, site)?;
    let account = account(db, site, station, sku)?;
    if returned <= account.returned {
        return Ok(account.returned);
    }
    db.execute(
        "INSERT INTO quota (site, sku, station, returned) VALUES ($1, $2, $3, $4)
         ON CONFLICT (site, sku, station) DO UPDATE SET returned = excluded.returned",
        &[&site.0, &plain(sku), &&station.0.as_bytes()[..], &returned],
    )?;
    sites::touch(db, site)?;
    Ok(returned)
}

fn account(
    db: &mut Session,
    site: &SiteId,
    station: StationId,
    sku: &str,
) -> Result<Account, LogError> {
    let row = db.row(
        "SELECT granted, spent, returned FROM quota
         WHERE site = $1 AND sku = $2 AND station = $3",
        &[&site.0, &plain(sku), &&station.0.as_bytes()[..]],
    )?;
    Ok(match row {
        Some(row) => {
            Account { granted: row.try_get(0)?, spent: row.try_get(1)?, returned: row.try_get(2)? }
        }
        None => Account::default(),
    })
}

/// Who promised more than was lent to it lends nothing to the others.
pub fn outstanding(db: &mut Session, site: &SiteId, sku: &str) -> Result<i64, LogError> {
    let row = db.row(
        "SELECT coalesce(sum(greatest(granted - spent - returned, 0)), 0)::bigint FROM quota
         WHERE site = $1 AND sku = $2",
        &[&site.0, &plain(sku)],
    )?;
    row.map_or(Ok(0), |row| Ok(row.try_get(0)?))
}

/// A promise under quota came in.
pub fn spend(db: &mut Session, site: &SiteId, spent: &Spent) -> Result<(), LogError> {
    db.execute(
        "INSERT INTO quota (site, sku, station, spent) VALUES ($1, $2, $3, $4)
         ON CONFLICT (site, sku, station) DO UPDATE SET spent = quota.spent + excluded.spent",
        &[&site.0, &plain(&spent.sku), &&spent.station.0.as_bytes()[..], &spent.qty],
    )?;
    Ok(())
}

/// All that a station holds is the server's again.
pub fn take_back(db: &mut Session, station: StationId) -> Result<(), LogError> {
    db.execute(
        "UPDATE quota SET returned = greatest(returned, granted - spent) WHERE station = $1",
        &[&&station.0.as_bytes()[..]],
    )?;
    Ok(())
}
