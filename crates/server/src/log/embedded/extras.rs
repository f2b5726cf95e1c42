//! What the embedded log does beyond the protocol; each is one call of `store::central`.

use super::{Embedded, central};
use crate::log::convert::{append_of, envelope, head};
use crate::log::{
    Admin, ApiKey, Aside, Attention, Decided, Decision, Decisions, Delivery, DeliveryState, Fence,
    Hook, Hooks, KeptAnswer, LogError, Matter, NewDelivery, SiteRow, Snapshots, StationRow,
    Supervision,
};
use domain::{EventId, StationId, Timestamp};
use store::central::{AnswerRow, Mark, NewCode, SnapshotHead};
use sync::{Append, Cursor, Hash, Head, Item, Offer, SiteId};

impl Decisions for Embedded {
    fn fence(&self, site: &SiteId) -> Result<Fence, LogError> {
        Ok(fence(central(self).mark(&site.0)?))
    }

    fn decide(&mut self, decision: &Decision) -> Result<Decided, LogError> {
        let append = append_of(&Append {
            site: decision.site.clone(),
            station: decision.station,
            from: Some(decision.from),
            to: decision.to,
            items: decision.events.iter().cloned().map(Item::Fresh).collect(),
        });
        let answers: Vec<AnswerRow> = decision.answers.iter().map(answer_row).collect();
        let Fence { seq, tag, version } = decision.fence;
        let kept = central(self).decide(Mark { seq, tag: tag.0, version }, &append, &answers)?;
        Ok(kept.map_or(Decided::Moved, |mark| Decided::Yes(fence(mark))))
    }

    fn kept(&self, scope: &str, key: &str) -> Result<Option<KeptAnswer>, LogError> {
        Ok(central(self).answer(scope, key)?.map(|row| KeptAnswer {
            scope: row.scope,
            key: row.key,
            request: Hash(row.request),
            status: row.status,
            body: row.body,
        }))
    }

    fn join(&mut self, site: &SiteId, station: StationId) -> Result<Head, LogError> {
        Ok(head(central(self).join(&site.0, station)?))
    }

    fn outstanding(&self, site: &SiteId, sku: &str) -> Result<i64, LogError> {
        Ok(central(self).outstanding(&site.0, sku)?)
    }
}

fn fence(mark: Mark) -> Fence {
    Fence { seq: mark.seq, tag: Hash(mark.tag), version: mark.version }
}

fn answer_row(answer: &KeptAnswer) -> AnswerRow {
    AnswerRow {
        scope: answer.scope.clone(),
        key: answer.key.clone(),
        request: answer.request.0,
        status: answer.status,
        body: answer.body.clone(),
    }
}

impl Snapshots for Embedded {
    fn put_snapshot(
        &mut self,
        site: &SiteId,
        generation: i64,
        cursor: Cursor,
        bytes: &[u8],
    ) -> Result<(), LogError> {
        let (seq, tag, hash) = (cursor.seq, cursor.tag.0, Hash::of(bytes).0);
        let head = SnapshotHead { site: site.0.clone(), generation, seq, tag, hash };
        Ok(central(self).put_snapshot(&head, bytes)?)
    }
}

impl Admin for Embedded {
    fn add_site(&mut self, site: &SiteId, name: &str) -> Result<(), LogError> {
        Ok(central(self).add_site(&site.0, name)?)
    }

    fn sites(&self) -> Result<Vec<SiteRow>, LogError> {
        Ok(central(self).sites()?)
    }

    fn declare_restored(&mut self, site: &SiteId) -> Result<i64, LogError> {
        Ok(central(self).declare_restored(&site.0)?)
    }

    fn add_code(&mut self, code: Hash, name: &str, offer: &Offer) -> Result<(), LogError> {
        Ok(central(self).add_code(&NewCode {
            hash: code.0,
            site: offer.grant.site.0.clone(),
            name: name.to_owned(),
            kinds_not: offer.grant.not.clone(),
            expires: offer.expires,
        })?)
    }

    fn stations(&self, site: &SiteId) -> Result<Vec<StationRow>, LogError> {
        Ok(central(self).stations(&site.0)?)
    }

    fn rename(&mut self, station: StationId, name: &str) -> Result<(), LogError> {
        Ok(central(self).rename_station(station, name)?)
    }

    fn revoke(&mut self, station: StationId, revoked: bool) -> Result<(), LogError> {
        Ok(central(self).revoke_station(station, revoked)?)
    }

    fn add_key(&mut self, key: &ApiKey) -> Result<(), LogError> {
        Ok(central(self).add_key(key)?)
    }

    fn key(&self, hash: Hash) -> Result<Option<ApiKey>, LogError> {
        Ok(central(self).key(hash.0)?)
    }

    fn keys(&self, site: &SiteId) -> Result<Vec<ApiKey>, LogError> {
        Ok(central(self).keys(&site.0)?)
    }

    fn revoke_key(&mut self, hash: Hash) -> Result<bool, LogError> {
        Ok(central(self).revoke_key(hash.0)?)
    }
}

impl Hooks for Embedded {
    fn put_hook(&mut self, hook: &Hook) -> Result<(), LogError> {
        Ok(central(self).put_hook(hook)?)
    }

    fn hook(&self, id: &str) -> Result<Option<Hook>, LogError> {
        Ok(central(self).hook(id)?)
    }

    fn hooks(&self, site: &SiteId) -> Result<Vec<Hook>, LogError> {
        Ok(central(self).hooks(&site.0)?)
    }

    fn expand(
        &mut self,
        hook: &str,
        upto: i64,
        deliveries: &[NewDelivery],
    ) -> Result<(), LogError> {
        Ok(central(self).expand(hook, upto, deliveries)?)
    }

    fn due(&mut self, now: Timestamp, n: usize, lease_ms: i64) -> Result<Vec<Delivery>, LogError> {
        Ok(central(self).due(now, n, lease_ms)?)
    }

    fn delivered(&mut self, id: [u8; 32]) -> Result<(), LogError> {
        Ok(central(self).delivered(id)?)
    }

    fn failed(&mut self, id: [u8; 32], next_at: Timestamp) -> Result<(), LogError> {
        Ok(central(self).failed(id, next_at)?)
    }

    fn dead(&mut self, id: [u8; 32]) -> Result<(), LogError> {
        Ok(central(self).dead(id)?)
    }

    fn replay(&mut self, id: [u8; 32], now: Timestamp) -> Result<(), LogError> {
        Ok(central(self).replay(id, now)?)
    }

    fn deliveries(
        &self,
        hook: &str,
        state: DeliveryState,
        at_most: usize,
    ) -> Result<Vec<Delivery>, LogError> {
        Ok(central(self).deliveries(hook, state, at_most)?)
    }

    fn forget_done(&mut self, hook: &str, upto: i64) -> Result<usize, LogError> {
        Ok(central(self).forget_done(hook, upto)?)
    }
}

impl Supervision for Embedded {
    fn tell(
        &mut self,
        site: &SiteId,
        matter: Matter,
        station: StationId,
        event: Option<EventId>,
        detail: &str,
    ) -> Result<(), LogError> {
        Ok(central(self).tell(&site.0, matter, station, event, detail)?)
    }

    fn attention(&self, site: &SiteId) -> Result<Vec<Attention>, LogError> {
        Ok(central(self).attention(&site.0)?)
    }

    fn close_attention(&mut self, site: &SiteId, id: i64, by: &str) -> Result<bool, LogError> {
        Ok(central(self).close_attention(&site.0, id, by)?)
    }

    fn asides(&self, site: &SiteId, at_most: usize) -> Result<Vec<Aside>, LogError> {
        let rows = central(self).asides(&site.0, at_most)?;
        rows.into_iter()
            .map(|row| Ok(Aside { why: row.why, event: envelope(row.event)? }))
            .collect()
    }
}
