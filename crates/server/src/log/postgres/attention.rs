//! What a supervisor has to be told, until somebody closes it.

use super::session::{Session, fixed, id};
use super::{Postgres, chain};
use crate::log::{Aside, Attention, LogError, Matter, Supervision};
use domain::{EventId, StationId, Timestamp};
use sync::SiteId;

impl Supervision for Postgres {
    fn tell(
        &mut self,
        site: &SiteId,
        matter: Matter,
        station: StationId,
        event: Option<EventId>,
        detail: &str,
    ) -> Result<(), LogError> {
        self.pool.write(|db| tell(db, &site.0, matter, station, event, 1, detail))
    }

    fn attention(&self, site: &SiteId) -> Result<Vec<Attention>, LogError> {
        self.pool.read(|db| open(db, site))
    }

    fn close_attention(&mut self, site: &SiteId, id: i64, by: &str) -> Result<bool, LogError> {
        let sql = "UPDATE attention SET closed_by = $3
             WHERE site = $1 AND id = $2 AND closed_by IS NULL";
        self.pool.write(|db| Ok(db.execute(sql, &[&site.0, &id, &by])? == 1))
    }

    fn asides(&self, site: &SiteId, at_most: usize) -> Result<Vec<Aside>, LogError> {
        self.pool.read(|db| chain::asides(db, site, at_most))
    }
}

fn open(db: &mut Session, site: &SiteId) -> Result<Vec<Attention>, LogError> {
    let rows = db.rows(
        "SELECT id, matter, station, event, detail, times, since FROM attention
         WHERE site = $1 AND closed_by IS NULL ORDER BY id",
        &[&site.0],
    )?;
    let mut open = Vec::new();
    for row in &rows {
        // A newer server's matter is for its own screens.
        let Some(matter) = Matter::parse(row.try_get(1)?) else { continue };
        let event: Option<&[u8]> = row.try_get(3)?;
        open.push(Attention {
            id: row.try_get(0)?,
            site: site.0.clone(),
            matter,
            station: StationId::from_bytes(id(row, 2)?),
            event: event.map(fixed).transpose()?.map(EventId::from_bytes),
            detail: row.try_get(4)?,
            times: row.try_get(5)?,
            since: Timestamp(row.try_get(6)?),
        });
    }
    Ok(open)
}

pub fn tell(
    db: &mut Session,
    site: &str,
    matter: Matter,
    station: StationId,
    event: Option<EventId>,
    times: i64,
    detail: &str,
) -> Result<(), LogError> {
    db.execute(
        "INSERT INTO attention (site, matter, station, event, detail, times, since)
         VALUES ($1, $2, $3, $4, $5, $6, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
         ON CONFLICT (site, matter, station) WHERE closed_by IS NULL
         DO UPDATE SET times = attention.times + excluded.times",
        &[
            &site,
            &matter.code(),
            &&station.0.as_bytes()[..],
            &event.as_ref().map(|event| &event.0.as_bytes()[..]),
            &detail,
            &times,
        ],
    )?;
    Ok(())
}
