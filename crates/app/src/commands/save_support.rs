//! One file for whoever helps from afar: what the screen told about itself, and the last lines of
//! the program's diary.

use crate::commands::print::save;
use crate::ctx::Ctx;
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const TEXT_BYTES_MAX: usize = 100_000;
/// Mail takes it, and a person can still look through it.
const DIARY_BYTES: usize = 200_000;

#[derive(Debug, Deserialize, TS)]
pub struct SupportArgs {
    pub text: String,
}

#[derive(Debug, Serialize, TS)]
pub struct SupportFile {
    pub file_name: String,
    pub saved_path: String,
    pub base64: String,
}

pub fn run(ctx: &Ctx<'_>, args: SupportArgs) -> Result<SupportFile, Fault> {
    if args.text.len() > TEXT_BYTES_MAX {
        return Err(Fault::invalid("text", ctx.say("is too long", "过长")));
    }
    let diary = ctx.app.diary.tail(DIARY_BYTES);
    let bytes = format!("{}\n\n{diary}", args.text.trim_end()).into_bytes();
    let day = ctx.today().to_string().replace('-', "");
    let second = ctx.now.0.div_euclid(1000).rem_euclid(86_400);
    let file_name = format!("quayside-support-{day}-{second:05}.txt");
    let saved_path = save(ctx, "exports", &file_name, &bytes)?;
    Ok(SupportFile { file_name, saved_path, base64: STANDARD.encode(bytes) })
}
