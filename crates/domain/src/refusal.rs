//! The trade's ways of saying no. An intent may be refused; a fact never is.

use crate::code::{LocationCode, Sku};
use crate::measure::Qty;
use thiserror::Error;

/// Each refusal is a stable code; the words for people are made where their language is known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("unknown {what} {id}")]
    Unknown { what: &'static str, id: String },
    #[error("quantity must be more than 0")]
    QtyNotPositive,
    #[error("only {on_hand} of {wanted} on hand in {location}")]
    NotEnough { sku: Sku, location: LocationCode, on_hand: Qty, wanted: Qty },
    #[error("{what} is {is}; {needs}")]
    WrongState { what: &'static str, is: String, needs: &'static str },
    #[error("{field}: {problem}")]
    Invalid { field: &'static str, problem: String },
    #[error("the same key came with different content")]
    Conflict { key: String },
    #[error("the recount must be done by another person")]
    SamePerson,
    #[error("serial {serial} is already in {location}")]
    SerialElsewhere { serial: String, location: LocationCode },
    #[error("already undone")]
    AlreadyUndone,
    #[error("cannot be undone: {why}")]
    NotUndoable { why: String },
    #[error("wrong scan: expected {expected}, got {got}")]
    WrongScan { expected: String, got: String },
}

impl Refusal {
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Unknown { .. } => "unknown",
            Refusal::QtyNotPositive => "qty_not_positive",
            Refusal::NotEnough { .. } => "not_enough",
            Refusal::WrongState { .. } => "wrong_state",
            Refusal::Invalid { .. } => "invalid",
            Refusal::Conflict { .. } => "conflict",
            Refusal::SamePerson => "same_person",
            Refusal::SerialElsewhere { .. } => "serial_elsewhere",
            Refusal::AlreadyUndone => "already_undone",
            Refusal::NotUndoable { .. } => "not_undoable",
            Refusal::WrongScan { .. } => "wrong_scan",
        }
    }
}
