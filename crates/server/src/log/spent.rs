//! Promises that a station made under its quota.

use serde::Deserialize;
use store::central::Spent;
use sync::Envelope;

#[derive(Deserialize)]
struct Promised {
    /// The SKU whose quota was used; without it the authority itself promised.
    quota: Option<String>,
    qty: i64,
}

/// What a fresh event uses of its author's quota.
pub fn spent(event: &Envelope) -> Option<Spent> {
    if event.kind()?.name != "promised" {
        return None;
    }
    let promised: Promised = serde_json::from_str(&event.body).ok()?;
    let (station, sku, qty) = (event.station, promised.quota?, promised.qty);
    (qty > 0).then_some(Spent { station, sku, qty })
}
