//! Prove the books: invariants, hash chains, and a rebuild beside the live projections.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::Nothing;
use serde::Serialize;
use std::time::Instant;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct CheckView {
    pub name: String,
    pub ok: bool,
    pub text: String,
}

#[derive(Debug, Serialize, TS)]
pub struct VerifyView {
    pub ok: bool,
    pub events: i64,
    pub state_hash: String,
    pub checks: Vec<CheckView>,
    pub seconds: f64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<VerifyView, Fault> {
    let begin = Instant::now();
    let scratch = ctx.app.dir().join("verify.tmp.sqlite");
    let found = ctx.app.with_store(|store| store.verify(&scratch))?;
    let ok = found.ok();
    let check = |check: store::Check| CheckView {
        name: name(ctx, check.name),
        ok: check.failure.is_none(),
        text: check.failure.unwrap_or_else(|| ctx.say("holds", "成立")),
    };
    Ok(VerifyView {
        ok,
        events: found.events,
        state_hash: found.state_hash,
        checks: found.checks.into_iter().map(check).collect(),
        seconds: begin.elapsed().as_millis() as f64 / 1000.0,
    })
}

/// The check's own name in English; what it proves in Chinese.
fn name(ctx: &Ctx<'_>, name: &str) -> String {
    let zh = match name {
        "file" => "数据文件完好",
        "I1 conservation" => "I1 收支守恒",
        "I2 balances equal their moves" => "I2 结存等于流水合计",
        "I3 allocated within on hand" => "I3 分配不超过现有量",
        "I4 promises within sellable" => "I4 承诺不超过可售量",
        "I5 serials in one place" => "I5 序列号只在一处",
        "I6 cost layers equal stock" => "I6 成本层与库存一致",
        "I7 every event once" => "I7 每条记录只有一份",
        "I8 rebuild gives the same state" => "I8 重建后状态一致",
        "I9 on hand = sellable + held" => "I9 现有量 = 可售 + 冻结",
        "line counters" => "订单行数量关系",
        "hash chains" => "记录链完整",
        other => other,
    };
    ctx.say(name, zh)
}
