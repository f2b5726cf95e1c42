//! Proposals.

pub(crate) struct Computed;
