//! Open counts, one per bin. A bin that is already being counted is left alone.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::known;
use domain::{Body, CountId};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct OpenCountsArgs {
    pub locations: Vec<String>,
    pub why: String,
}

pub fn run(ctx: &Ctx<'_>, args: OpenCountsArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let (mut opened, mut skipped) = (0, 0);
        for text in &args.locations {
            let location = known::bin(w, text)?.code;
            if w.open_count_at(location.as_str())?.is_some() {
                skipped += 1;
                continue;
            }
            let count = CountId(w.id());
            w.record(Body::CountOpened { count, location, why: args.why.clone() })?;
            opened += 1;
        }
        Ok(match skipped {
            0 => ctx
                .lang
                .pick(format!("{opened} counts opened."), format!("已下达 {opened} 个盘点。")),
            _ => ctx.lang.pick(
                format!("{opened} counts opened; {skipped} were open already."),
                format!("已下达 {opened} 个盘点；{skipped} 个库位已在盘点中。"),
            ),
        })
    })
}
