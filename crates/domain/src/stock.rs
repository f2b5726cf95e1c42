//! The key under which stock is counted.

use crate::code::{LocationCode, LotCode, Serial, Sku};
use serde::{Deserialize, Serialize};

#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    #[default]
    Good,
    Damaged,
    Quarantine,
}

impl Condition {
    pub fn as_str(self) -> &'static str {
        match self {
            Condition::Good => "good",
            Condition::Damaged => "damaged",
            Condition::Quarantine => "quarantine",
        }
    }

    pub fn parse(text: &str) -> Option<Condition> {
        [Condition::Good, Condition::Damaged, Condition::Quarantine]
            .into_iter()
            .find(|condition| condition.as_str() == text)
    }
}

/// One heap of identical stock: everything that must match for two units to be interchangeable.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    pub sku: Sku,
    #[serde(default, skip_serializing_if = "LotCode::is_none")]
    pub lot: LotCode,
    #[serde(default, skip_serializing_if = "Serial::is_none")]
    pub serial: Serial,
    /// A carton or pallet number; empty for loose stock.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub package: String,
    pub location: LocationCode,
    /// Whose stock it is; empty for the house's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    #[serde(default)]
    pub condition: Condition,
}
