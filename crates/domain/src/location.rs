//! Bins and the other physical places of a site.

use crate::code::LocationCode;
use crate::measure::{Grams, Milliliters};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BinKind {
    /// Where pickers pick.
    Pick,
    /// Reserve storage.
    Bulk,
    /// Where receipts land.
    Dock,
    /// Where picked goods wait for packing.
    Pack,
    /// Packed goods before loading.
    Stage,
    Quarantine,
    Van,
}

impl BinKind {
    pub const ALL: [BinKind; 7] = [
        BinKind::Pick,
        BinKind::Bulk,
        BinKind::Dock,
        BinKind::Pack,
        BinKind::Stage,
        BinKind::Quarantine,
        BinKind::Van,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            BinKind::Pick => "pick",
            BinKind::Bulk => "bulk",
            BinKind::Dock => "dock",
            BinKind::Pack => "pack",
            BinKind::Stage => "stage",
            BinKind::Quarantine => "quarantine",
            BinKind::Van => "van",
        }
    }

    pub fn parse(text: &str) -> Option<BinKind> {
        BinKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether good stock standing here may be promised to a customer.
    pub fn is_sellable(self) -> bool {
        matches!(self, BinKind::Pick | BinKind::Bulk | BinKind::Dock)
    }

    /// Whether a pick may be sent here.
    pub fn is_pickable(self) -> bool {
        matches!(self, BinKind::Pick | BinKind::Bulk)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    pub code: LocationCode,
    pub kind: BinKind,
    pub zone: String,
    /// Position along the walking path: picks are sorted by it, and "nearest" means lowest.
    pub walk: i64,
    pub capacity: Milliliters,
    pub max_weight: Grams,
}
