//! What was brought back from a door.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::ById;
use domain::OrderId;
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct ProofView {
    pub at: i64,
    pub code: String,
    pub signature: Vec<Vec<[i32; 2]>>,
    pub photo: String,
}

/// `None` while there is none.
pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Option<ProofView>, Fault> {
    let order = OrderId::parse(&args.id).map_err(|_| Fault::unknown("stop", &args.id))?;
    let row = ctx.read(|db| Ok(db.proof(order)?))?;
    Ok(row.map(|row| ProofView {
        at: row.at_millis,
        code: row.code,
        signature: row.signature,
        photo: row.photo,
    }))
}
