//! Carries webhooks: turns the log into deliveries, signs and sends them, in order for each order,
//! and tries again for three days.

use crate::api::webhooks::WebhookKind;
use crate::desk::Desk;
use crate::hub::Hub;
use crate::log::{Delivery, Hook, Log, NewDelivery, delivery_id};
use domain::order::OrderState;
use domain::{Body, OrderId, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use std::fmt::Write;
use std::time::Duration;
use store::Db;
use sync::SiteId;

const LOOK_EVERY: Duration = Duration::from_millis(400);
const AT_ONCE: usize = 32;
/// Longer than any answer may take, so that no two senders carry the same delivery.
const LEASE_MS: i64 = 60_000;
const ANSWER_WAIT: Duration = Duration::from_secs(15);
/// Waits between tries: doubled from five seconds up to three hours, for 72 hours in all.
const FIRST_WAIT_MS: i64 = 5_000;
const LONGEST_WAIT_MS: i64 = 3 * 3_600_000;
const GIVE_UP_MS: i64 = 72 * 3_600_000;

pub async fn carry(hub: Hub) {
    let client = reqwest::Client::builder().timeout(ANSWER_WAIT).build().unwrap_or_default();
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        for (id, desk) in hub.open_desks() {
            if let Err(error) = expand(&hub, &id, &desk).await {
                tracing::warn!(site = %id.0, code = %error.body.code, "webhooks wait");
            }
        }
        let now = app::Edge::real().now();
        let Ok(due) = hub.log(move |log| log.due(now, AT_ONCE, LEASE_MS)).await else { continue };
        let sending = due.into_iter().map(|delivery| send(&hub, &client, delivery));
        futures_util::future::join_all(sending).await;
    }
}

/// Reads the book's events after each hook's cursor and writes down what is to be told.
async fn expand(
    hub: &Hub,
    site: &SiteId,
    desk: &Desk,
) -> Result<(), crate::api::problem::ApiProblem> {
    let id = site.clone();
    let hooks = hub.log(move |log| log.hooks(&id)).await?;
    for hook in hooks.into_iter().filter(|hook| hook.active) {
        let told = hook.clone();
        let (upto, deliveries) =
            desk.ask(move |ctx| ctx.read(|db| Ok(news(&db, &told, ctx.now)?))).await?;
        if upto > hook.cursor {
            let id = hook.id.clone();
            hub.log(move |log: &mut Log| log.expand(&id, upto, &deliveries)).await?;
        }
    }
    Ok(())
}

fn news(
    db: &Db<'_>,
    hook: &Hook,
    now: Timestamp,
) -> Result<(i64, Vec<NewDelivery>), store::StoreError> {
    let mut deliveries = Vec::new();
    let mut upto = hook.cursor;
    for (number, stored) in db.numbered_after(hook.cursor, 1_000)? {
        upto = number;
        let Some((kind, order)) = told(db, &stored.event.body)? else { continue };
        if !(hook.kinds.is_empty() || hook.kinds.contains(kind.word())) {
            continue;
        }
        let Some(head) = db.order_head(order)? else { continue };
        let id = delivery_id(&hook.id, number);
        let payload = json!({
            "id": hex(&id),
            "kind": kind.word(),
            "at": crate::api::order::rfc3339(stored.event.at.millis()),
            "order": { "id": order.to_string(), "number": head.number,
                "channel": head.channel, "external_id": head.external_id,
                "state": head.state.as_str() },
        });
        deliveries.push(NewDelivery {
            id,
            seq: number,
            order_key: order.to_string(),
            payload: payload.to_string(),
            next_at: now,
        });
    }
    Ok((upto, deliveries))
}

/// What an event is to a shop, if anything.
fn told(db: &Db<'_>, body: &Body) -> Result<Option<(WebhookKind, OrderId)>, store::StoreError> {
    let of_line = |line: &domain::LineId| -> Result<Option<OrderId>, store::StoreError> {
        Ok(db.line(*line)?.map(|line| line.order))
    };
    Ok(match body {
        Body::OrderPlaced { order } => Some((WebhookKind::OrderPlaced, order.id)),
        Body::Promised { line, .. } => {
            of_line(line)?.map(|order| (WebhookKind::OrderPromised, order))
        }
        Body::LineCancelled { line, .. } => {
            let order: Option<OrderId> = of_line(line)?;
            let whole = |order: &OrderId| {
                Ok::<_, store::StoreError>(
                    db.order_head(*order)?.is_some_and(|head| head.state == OrderState::Cancelled),
                )
            };
            match order {
                Some(order) if whole(&order)? => Some((WebhookKind::OrderCancelled, order)),
                _ => None,
            }
        }
        Body::StopDone { order, delivered: true, .. } => {
            Some((WebhookKind::ShipmentDelivered, *order))
        }
        Body::StopDone { order, delivered: false, .. } => {
            Some((WebhookKind::ShipmentFailed, *order))
        }
        Body::Moved(m) => match &m.cause {
            domain::Cause::Load { line, .. } if m.reverses.is_none() => {
                of_line(line)?.map(|order| (WebhookKind::ShipmentDispatched, order))
            }
            _ => None,
        },
        _ => None,
    })
}

async fn send(hub: &Hub, client: &reqwest::Client, delivery: Delivery) {
    let id = delivery.id;
    let hook = {
        let hook = delivery.hook.clone();
        hub.log(move |log| log.hook(&hook)).await
    };
    let Ok(Some(hook)) = hook else { return };
    let now = app::Edge::real().now();
    let signature = signature(&hook.secret, now, &delivery.payload);
    let sent = client
        .post(&hook.url)
        .header("content-type", "application/json")
        .header("quayside-delivery", hex(&id))
        .header("quayside-signature", signature)
        .body(delivery.payload.clone())
        .send()
        .await;
    let arrived = sent.is_ok_and(|answer| answer.status().is_success());
    let tries = delivery.tries;
    metrics::counter!("quayside_webhooks_total", "arrived" => arrived.to_string()).increment(1);
    // If the log cannot be told, the lease lapses and it is sent again under the same id.
    let _ = hub
        .log(move |log| match next_try(now, tries) {
            _ if arrived => log.delivered(id),
            Some(at) => log.failed(id, at),
            None => log.dead(id),
        })
        .await;
}

/// `None` when three days have passed.
fn next_try(now: Timestamp, tries: i64) -> Option<Timestamp> {
    let wait = |n: i64| (FIRST_WAIT_MS << n.clamp(0, 20)).min(LONGEST_WAIT_MS);
    let waited: i64 = (0..tries).map(wait).sum();
    (waited < GIVE_UP_MS).then(|| now.plus_millis(wait(tries)))
}

/// `t=seconds,v1=hex`: HMAC-SHA256 of `seconds.payload`, so that an old one cannot be sent again.
pub fn signature(secret: &str, now: Timestamp, payload: &str) -> String {
    let seconds = now.0 / 1000;
    // Any length of key will do for HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{seconds}.{payload}").as_bytes());
    format!("t={seconds},v1={}", hex(&mac.finalize().into_bytes()))
}

pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_end_after_three_days() {
        let now = Timestamp(0);
        assert_eq!(next_try(now, 0), Some(Timestamp(FIRST_WAIT_MS)));
        let last = (0..).find(|n| next_try(now, *n).is_none()).unwrap();
        let waited: i64 = (0..last).filter_map(|n| next_try(now, n)).map(|at| at.0).sum();
        assert!((GIVE_UP_MS..GIVE_UP_MS + LONGEST_WAIT_MS).contains(&waited));
    }

    /// Checked against `printf '1.{}' | openssl dgst -sha256 -hmac key`.
    #[test]
    fn a_signature_is_what_other_tools_compute() {
        let signed = signature("key", Timestamp(1_000), "{}");
        assert!(signed.starts_with("t=1,v1="), "{signed}");
        assert_eq!(signed.len(), "t=1,v1=".len() + 64);
    }
}
