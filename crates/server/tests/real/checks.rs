//! What must be true of the log and of every book when the storm is over.

use app::syncing::BookLog;
use app::{App, SYSTEM};
use domain::EventId;
use serde_json::{Value, json};
use server::log::Log;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync::{Hash, SiteId, StationLog};

use super::storm::{After, SITE, wait};

/// How often everybody must be found at the log's head before it is called quiet.
const STILL: u32 = 10;
const PAGE_BYTES: usize = 1 << 20;

/// Opens the desktops again, without work, until all have everything.
pub fn wait_quiet(books: &[PathBuf], log: &Log, mut look: impl FnMut()) {
    let apps: Vec<Arc<App>> = books.iter().map(|dir| Arc::new(App::open(dir).unwrap())).collect();
    let _wires: Vec<_> = apps.iter().map(|app| link::start(app.clone())).collect();
    let mut still = 0;
    wait("quiet", || {
        look();
        let Ok(fence) = log.fence(&SiteId(SITE.into())) else { return false };
        let quiet = apps.iter().all(|app| {
            let only_here = app.call_as(SYSTEM, "server", json!({})).unwrap()["only_here"].clone();
            only_here == 0 && app.cursor().unwrap().seq == fence.seq
        });
        still = if quiet { still + 1 } else { 0 };
        still > STILL
    });
}

/// Panics with the first thing that is wrong; answers what there is to report.
pub fn check(after: &After) -> String {
    let events = check_log(after);
    let mut states = BTreeSet::new();
    for dir in after.books.iter().chain(&after.replicas) {
        states.insert(check_book(dir, after));
    }
    assert_eq!(states.len(), 1, "books differ: {states:?}");
    let mut report = format!(
        "{events} events, {} confirmed on desktops and {} orders accepted; none lost, none doubled\n\
         {} books verified, one state: {}\n{} lines cut\n",
        after.confirmed.len(),
        after.accepted.len(),
        after.books.len() + after.replicas.len(),
        states.first().unwrap(),
        after.cuts,
    );
    for victim in ["station", "replica", "primary"] {
        report += &gaps(after, victim);
    }
    report
}

/// Each event once, no number left out, and the log never was another than it had been seen.
fn check_log(after: &After) -> i64 {
    let (mut seq, mut tag) = (0, Hash::NONE);
    let (mut ids, mut reasons, mut orders) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    let mut tags = BTreeMap::new();
    loop {
        let rows = after.log.rows_after(&SiteId(SITE.into()), seq, PAGE_BYTES).unwrap();
        if rows.is_empty() {
            break;
        }
        for row in rows {
            assert_eq!(row.seq, seq + 1, "a number is missing");
            (seq, tag) = (row.seq, tag.then(row.event.hash()));
            assert_eq!(row.tag, tag, "number {seq}");
            tags.insert(seq, tag);
            assert!(ids.insert(row.event.id), "event {} twice", row.event.id);
            let body: Value = serde_json::from_str(&row.event.body).unwrap();
            let reason = body["reason"].as_str().unwrap_or_default();
            if reason.len() == 16 {
                assert!(reasons.insert(reason.to_owned()), "one action took effect twice");
            }
            if let Some(external_id) = body["order"]["external_id"].as_str() {
                *orders.entry(external_id.to_owned()).or_insert(0) += 1;
            }
        }
    }
    // Otherwise nothing of this was looked at.
    assert!(!reasons.is_empty() && !orders.is_empty() && !after.seen.is_empty());
    for id in &after.confirmed {
        assert!(ids.contains(&EventId::parse(id).unwrap()), "{id} was confirmed and is lost");
    }
    for order in &after.accepted {
        assert_eq!(orders.get(&order.external_id), Some(&1), "order {}", order.external_id);
    }
    for place in after.seen.iter().filter(|place| place.seq > 0) {
        assert_eq!(tags.get(&place.seq), Some(&place.tag), "the log lost what it had said");
    }
    seq
}

/// A book has every confirmed event and proves itself; answers its state.
fn check_book(dir: &Path, after: &After) -> String {
    let app = App::open(dir).unwrap();
    let missing: Vec<&String> = after
        .confirmed
        .iter()
        .filter(|id| {
            let id = EventId::parse(id).unwrap();
            !app.with_store(|store| store.db().has_event(id)).unwrap()
        })
        .collect();
    assert!(missing.is_empty(), "{}: {missing:?}", dir.display());
    let standpoint = BookLog(&app).standpoint().unwrap();
    let proof = app.call_as(SYSTEM, "verify", Value::Null).unwrap();
    assert_eq!(proof["ok"], true, "{}: {}", dir.display(), wrong(&proof, after));
    assert!(standpoint.cursor.seq > 0);
    proof["state_hash"].as_str().unwrap().to_owned()
}

/// The checks that failed, and what the log says of the line that they name.
fn wrong(proof: &Value, after: &After) -> String {
    let checks = proof["checks"].as_array().unwrap();
    let mut said = String::new();
    for check in checks.iter().filter(|check| check["ok"] == false) {
        said += &format!("\n{}: {}", check["name"], check["text"]);
        let words = check["text"].as_str().unwrap().split([' ', ':']);
        let Some(line) = words.into_iter().find(|word| word.len() == 36) else { continue };
        for row in after.log.rows_after(&SiteId(SITE.into()), 0, usize::MAX).unwrap() {
            if row.event.body.contains(line) {
                said += &format!("\n  {} {} {}", row.seq, row.event.station, row.event.body);
            }
        }
    }
    said
}

/// From each kill to the next accepted order.
fn gaps(after: &After, victim: &str) -> String {
    let kills = after.kills.iter().filter(|(what, _)| *what == victim).map(|(_, at)| *at);
    let mut gaps: Vec<Duration> = kills.filter_map(|at| next(after, at)).collect();
    gaps.sort();
    let Some(longest) = gaps.last() else { return format!("no {victim} killed\n") };
    let median = gaps[gaps.len() / 2];
    format!(
        "{:>3} x {victim} killed: next order accepted after {:.2} s (median), {:.2} s (longest)\n",
        gaps.len(),
        median.as_secs_f64(),
        longest.as_secs_f64()
    )
}

fn next(after: &After, kill: Instant) -> Option<Duration> {
    let later = after.accepted.iter().map(|order| order.at).filter(|at| *at > kill);
    later.min().map(|at| at - kill)
}
