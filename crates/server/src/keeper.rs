//! Keeps a packed book of each large site in the log: a new station begins with it and folds only
//! what came after.

use crate::hub::Hub;
use crate::log::{Log, LogError};
use crate::site::Site;
use std::collections::HashMap;
use std::time::Duration;
use sync::{Lease, LeaseAnswer, Limits, Rules, SiteId};

const LOOK_EVERY: Duration = Duration::from_secs(3);
/// A tenth of the log may be newer than its snapshot: a station folds that in some seconds, and
/// over the years all snapshots together cost ten times the last one.
const TAIL_SHARE: i64 = 10;
/// Faster growth than this between two looks is a first load or a morning after days offline, and
/// the snapshot would be old when it is done.
const BUSY_EVENTS: i64 = 1_000;
/// Replicas take turns; one that dies over it is waited for so long.
const TASK: &str = "~snapshot";
const LEASE_MS: i64 = 10 * 60_000;

pub async fn keep(hub: Hub) {
    let mut seen: HashMap<SiteId, i64> = HashMap::new();
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        for (id, desk) in hub.open_desks() {
            let site = desk.site().clone();
            let head = site.cursor();
            let before = seen.insert(id.clone(), head).unwrap_or(0);
            let kept = hub.log(move |log| keep_one(log, &site, before, head)).await;
            if let Err(error) = kept {
                tracing::warn!(site = %id.0, code = %error.body.code, "no snapshot could be kept");
            }
        }
    }
}

fn keep_one(log: &mut Log, site: &Site, before: i64, head: i64) -> Result<(), LogError> {
    if head < Limits::DEFAULT.snapshot_from {
        return Ok(());
    }
    let newest = log.snapshot(&site.id, 0, 0, 0)?.map_or(0, |part| part.cursor.seq);
    if !is_due(newest, before, head) || !is_ours(log, site)? {
        return Ok(());
    }
    let said = |problem: app::Problem| LogError::Other(problem.what_happened);
    let (cursor, bytes) = site.app.pack_snapshot().map_err(said)?;
    // A log that was restored from a backup meanwhile has another past than the book.
    let place = log.rows_after(&site.id, cursor.seq - 1, 1)?;
    if place.first().is_none_or(|row| (row.seq, row.tag) != (cursor.seq, cursor.tag)) {
        return Ok(());
    }
    let (generation, _) = log.generation(&site.id, 0)?;
    log.put_snapshot(&site.id, generation, cursor, &bytes)?;
    metrics::counter!("quayside_snapshots_total").increment(1);
    tracing::info!(site = %site.id.0, seq = cursor.seq, bytes = bytes.len(), "snapshot kept");
    Ok(())
}

fn is_due(newest: i64, before: i64, head: i64) -> bool {
    let tail = head - newest;
    let quiet = head - before < BUSY_EVENTS || tail > newest;
    quiet && tail >= Limits::DEFAULT.snapshot_from.max(newest / TAIL_SHARE)
}

fn is_ours(log: &mut Log, site: &Site) -> Result<bool, LogError> {
    let (me, now) = (site.me(), app::Edge::real().now());
    let answer =
        log.lease(&site.id, TASK, &|current| Lease::ask(current, me, now, LEASE_MS, Rules::SOUND))?;
    Ok(matches!(answer, LeaseAnswer::Yours { .. }))
}

#[cfg(test)]
mod tests {
    use super::is_due;

    #[test]
    fn a_snapshot_is_due_after_a_share_of_the_log_and_not_under_a_flood() {
        // newest snapshot, head at the last look, head now
        for (newest, before, head, due) in [
            (0, 19_000, 19_999, false),
            (0, 19_999, 20_000, true),
            (20_000, 39_990, 40_000, true),
            (1_000_000, 1_099_990, 1_099_999, false),
            (1_000_000, 1_099_990, 1_100_000, true),
            (1_000_000, 1_100_000, 1_150_000, false),
            (1_000_000, 1_990_000, 2_000_001, true),
            (0, 0, 30_000, true),
        ] {
            assert_eq!(is_due(newest, before, head), due, "{newest} {before} {head}");
        }
    }
}
