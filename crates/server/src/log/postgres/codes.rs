//! One-time codes: given out by a supervisor, used up by one machine.

use super::session::{Session, fixed};
use super::{sites, stations};
use crate::log::{LogError, StationKey, StationRow, Tip};
use domain::{StationId, Timestamp};
use sync::{EnrollError, Grant, Hash, Offer, SiteId};

pub fn add(db: &mut Session, code: Hash, name: &str, offer: &Offer) -> Result<(), LogError> {
    sites::fence(db, &offer.grant.site)?;
    db.execute(
        "INSERT INTO code (hash, site, name, kinds_not, expires) VALUES ($1, $2, $3, $4, $5)",
        &[
            &&code.0[..],
            &offer.grant.site.0,
            &name,
            &serde_json::to_string(&offer.grant.not)?,
            &offer.expires.0,
        ],
    )?;
    Ok(())
}

pub fn redeem(
    db: &mut Session,
    code: Hash,
    station: StationId,
    public_key: [u8; 32],
    now: Timestamp,
) -> Result<Result<Grant, EnrollError>, LogError> {
    let found = locked(db, code)?;
    let offer = found.as_ref().map(|(_, offer)| offer);
    let granted = match sync::redeem(offer, station, public_key, now) {
        Ok(granted) => granted,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some((name, offer)) = found.filter(|(_, offer)| offer.used_by.is_none()) else {
        return Ok(Ok(granted));
    };
    // Another machine has this id.
    if stations::station(db, station)?.is_some() {
        return Ok(Err(EnrollError::Used));
    }
    let row = StationRow {
        id: station,
        site: offer.grant.site.0,
        name,
        key: StationKey::Public(public_key),
        kinds_not: offer.grant.not,
        head: Tip::default(),
        closed: false,
        revoked: false,
    };
    stations::insert(db, &row)?;
    db.execute(
        "UPDATE code SET used_by = $2, used_key = $3 WHERE hash = $1",
        &[&&code.0[..], &&station.0.as_bytes()[..], &&public_key[..]],
    )?;
    Ok(Ok(granted))
}

fn locked(db: &mut Session, code: Hash) -> Result<Option<(String, Offer)>, LogError> {
    let sql = "SELECT site, name, kinds_not, expires, used_by, used_key FROM code
         WHERE hash = $1 FOR UPDATE";
    let Some(row) = db.row(sql, &[&&code.0[..]])? else { return Ok(None) };
    let by: Option<&[u8]> = row.try_get(4)?;
    let key: Option<&[u8]> = row.try_get(5)?;
    let used_by = match by.zip(key) {
        Some((by, key)) => Some((StationId::from_bytes(fixed(by)?), fixed(key)?)),
        None => None,
    };
    let not = serde_json::from_str(row.try_get(2)?)?;
    let grant = Grant { site: SiteId(row.try_get(0)?), not };
    let expires = Timestamp(row.try_get(3)?);
    Ok(Some((row.try_get(1)?, Offer { grant, expires, used_by })))
}
