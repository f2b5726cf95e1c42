//! What people do in the model: few kinds, one for each way in which events can meet.

use domain::EventId;

/// Σ promises of one SKU may never be more.
pub(crate) const SELLABLE: i64 = 12;
pub(crate) const SKUS: u64 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Moved {
        sku: u64,
        from: u64,
        to: u64,
        qty: i64,
    },
    /// A field of a record: the last writer wins.
    Set {
        field: u64,
        value: u64,
    },
    Promised {
        sku: u64,
        qty: i64,
    },
    /// The authority takes a promise back.
    Released {
        sku: u64,
        qty: i64,
    },
    Done {
        task: u64,
        late: u64,
    },
    /// A kind that old clients do not know.
    Teleported {
        sku: u64,
        qty: i64,
    },
    /// Not allowed to stations.
    Forbidden,
    /// Cannot be applied by anybody: it is parked.
    Poison,
}

impl Deed {
    pub fn kind(self) -> &'static str {
        match self {
            Deed::Moved { .. } => "moved",
            Deed::Set { .. } => "set",
            Deed::Promised { .. } => "promised",
            Deed::Released { .. } => "released",
            Deed::Done { .. } => "done",
            Deed::Teleported { .. } => "teleported",
            Deed::Forbidden => "forbidden",
            Deed::Poison => "poison",
        }
    }

    /// `action` numbers what one person did once: retries share it.
    pub fn body(self, action: u64) -> String {
        let (x, y, q) = match self {
            Deed::Moved { sku, from, to, qty } => (sku, from * 10 + to, qty),
            Deed::Set { field, value } => (field, value, 0),
            Deed::Promised { sku, qty } | Deed::Released { sku, qty } => (sku, 0, qty),
            Deed::Teleported { sku, qty } => (sku, 0, qty),
            Deed::Done { task, late } => (task, late, 0),
            Deed::Forbidden | Deed::Poison => (0, 0, 0),
        };
        let kind = self.kind();
        format!("{{\"kind\":\"{kind}\",\"a\":{action},\"x\":{x},\"y\":{y},\"q\":{q}}}")
    }

    pub fn parse(body: &str) -> Option<(Deed, u64)> {
        let field = |name: &str| -> Option<u64> {
            let rest = &body[body.find(name)? + name.len()..];
            rest[..rest.find([',', '}'])?].parse().ok()
        };
        let (action, x, y) = (field("\"a\":")?, field("\"x\":")?, field("\"y\":")?);
        let qty = field("\"q\":")? as i64;
        let kind = body.strip_prefix("{\"kind\":\"")?.split('"').next()?;
        let deed = match kind {
            "moved" => Deed::Moved { sku: x, from: y / 10, to: y % 10, qty },
            "set" => Deed::Set { field: x, value: y },
            "promised" => Deed::Promised { sku: x, qty },
            "released" => Deed::Released { sku: x, qty },
            "done" => Deed::Done { task: x, late: y },
            "teleported" => Deed::Teleported { sku: x, qty },
            "forbidden" => Deed::Forbidden,
            "poison" => Deed::Poison,
            _ => return None,
        };
        Some((deed, action))
    }
}

/// Ids in order of their making, as the real ones.
pub(crate) fn event_id(number: u64) -> EventId {
    EventId::from_bytes(((u128::from(number) << 64) | 0x7000_8000).to_be_bytes())
}
