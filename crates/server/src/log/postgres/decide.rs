//! A replica's own decision, and the answers that are the same for ever.

use super::append::{self, Only};
use super::session::{Session, digest};
use super::{Postgres, quotas, sites, stations};
use crate::log::{Decided, Decision, Decisions, Fence, KeptAnswer, LogError};
use domain::StationId;
use sync::{Append, Hash, Head, Item, SiteId};

impl Decisions for Postgres {
    fn fence(&self, site: &SiteId) -> Result<Fence, LogError> {
        self.pool.read(|db| sites::fence(db, site))
    }

    fn decide(&mut self, decision: &Decision) -> Result<Decided, LogError> {
        match self.pool.write_if(|db| decide(db, decision)) {
            Ok(Some(fence)) => Ok(Decided::Yes(fence)),
            Ok(None) | Err(LogError::Conflict) => Ok(Decided::Moved),
            Err(error) => Err(error),
        }
    }

    fn kept(&self, scope: &str, key: &str) -> Result<Option<KeptAnswer>, LogError> {
        self.pool.read(|db| answer(db, scope, key))
    }

    fn join(&mut self, site: &SiteId, station: StationId) -> Result<Head, LogError> {
        self.pool.write(|db| stations::join(db, site, station))
    }

    fn outstanding(&self, site: &SiteId, sku: &str) -> Result<i64, LogError> {
        self.pool.read(|db| quotas::outstanding(db, site, sku))
    }
}

fn decide(db: &mut Session, decision: &Decision) -> Result<Option<Fence>, LogError> {
    let (fence, answers) = (decision.fence, &decision.answers[..]);
    if decision.events.is_empty() {
        // A refusal changes nothing that anybody else decides on, so nobody waits for it.
        let holds = sites::fence(db, &decision.site)? == fence && keep(db, answers)?;
        return Ok(holds.then_some(fence));
    }
    let append = Append {
        site: decision.site.clone(),
        station: decision.station,
        from: Some(decision.from),
        to: decision.to,
        items: decision.events.iter().cloned().map(Item::Fresh).collect(),
    };
    append::add(db, &append, Some(&Only { fence, answers }))
}

/// False when one of the keys was answered before.
pub fn keep(db: &mut Session, answers: &[KeptAnswer]) -> Result<bool, LogError> {
    if answers.is_empty() {
        return Ok(true);
    }
    let scopes: Vec<&str> = answers.iter().map(|answer| answer.scope.as_str()).collect();
    let keys: Vec<&str> = answers.iter().map(|answer| answer.key.as_str()).collect();
    let requests: Vec<&[u8]> = answers.iter().map(|answer| &answer.request.0[..]).collect();
    let statuses: Vec<i64> = answers.iter().map(|answer| i64::from(answer.status)).collect();
    let bodies: Vec<&[u8]> = answers.iter().map(|answer| answer.body.as_bytes()).collect();
    let kept = db.execute(
        "INSERT INTO answer (scope, key, request, status, body)
         SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[], $5::bytea[])
         ON CONFLICT DO NOTHING",
        &[&scopes, &keys, &requests, &statuses, &bodies],
    )?;
    Ok(kept == answers.len() as u64)
}

fn answer(db: &mut Session, scope: &str, key: &str) -> Result<Option<KeptAnswer>, LogError> {
    let sql = "SELECT request, status, body FROM answer WHERE scope = $1 AND key = $2";
    let Some(row) = db.row(sql, &[&scope, &key])? else { return Ok(None) };
    let status: i64 = row.try_get(1)?;
    let damaged = |detail: String| LogError::Damaged(detail);
    Ok(Some(KeptAnswer {
        scope: scope.to_owned(),
        key: key.to_owned(),
        request: Hash(digest(&row, 0)?),
        status: u16::try_from(status).map_err(|e| damaged(e.to_string()))?,
        body: String::from_utf8(row.try_get(2)?).map_err(|e| damaged(e.to_string()))?,
    }))
}
