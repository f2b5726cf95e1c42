//! Keep what the driver brought back from a door: the code read there, the signature, a picture.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{Body, OrderId};
use serde::Deserialize;
use ts_rs::TS;

/// Every desktop of the site keeps it for ever, so a picture is made small before it comes here.
const PHOTO_BYTES_MAX: usize = 120_000;
const POINTS_MAX: usize = 4_000;
const CODE_LETTERS_MAX: usize = 80;
/// The signature's paper is this wide and high.
const PAPER: std::ops::RangeInclusive<i32> = 0..=1000;

#[derive(Debug, Deserialize, TS)]
pub struct ProofArgs {
    pub stop_id: String,
    pub code: String,
    /// Strokes of points, 0 to 1000 on either axis.
    pub signature: Vec<Vec<[i32; 2]>>,
    /// A JPEG in base64, or empty.
    pub photo: String,
}

pub fn run(ctx: &Ctx<'_>, args: ProofArgs) -> Result<Done, Fault> {
    let order = OrderId::parse(&args.stop_id).map_err(|_| Fault::unknown("stop", &args.stop_id))?;
    let code = args.code.trim().to_owned();
    check(ctx, &code, &args)?;
    ctx.done(|w| {
        let head = w.order_head(order)?.ok_or_else(|| Fault::unknown("stop", &args.stop_id))?;
        let (signature, photo) = (args.signature, args.photo);
        w.record(Body::ProofKept { order, code, signature, photo })?;
        let number = head.number;
        Ok(ctx.lang.pick(
            format!("Proof of delivery kept for {number}."),
            format!("已保存 {number} 的签收凭证。"),
        ))
    })
}

fn check(ctx: &Ctx<'_>, code: &str, args: &ProofArgs) -> Result<(), Fault> {
    let points: usize = args.signature.iter().map(Vec::len).sum();
    if code.is_empty() && points == 0 && args.photo.is_empty() {
        let why = ctx.say("a code, a signature or a photo is needed", "需要编码、签名或照片");
        return Err(Fault::invalid("proof", why));
    }
    if code.chars().count() > CODE_LETTERS_MAX {
        let why = ctx.lang.pick(
            format!("is longer than {CODE_LETTERS_MAX} letters"),
            format!("不能超过 {CODE_LETTERS_MAX} 个字符"),
        );
        return Err(Fault::invalid("code", why));
    }
    let outside = |point: &[i32; 2]| point.iter().any(|at| !PAPER.contains(at));
    if points > POINTS_MAX || args.signature.iter().flatten().any(outside) {
        let why = ctx.say("is not a signature", "不是有效签名");
        return Err(Fault::invalid("signature", why));
    }
    if args.photo.is_empty() {
        return Ok(());
    }
    let bytes = STANDARD.decode(&args.photo).unwrap_or_default();
    if !bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Err(Fault::invalid("photo", ctx.say("is not a JPEG", "不是 JPEG 图片")));
    }
    if bytes.len() > PHOTO_BYTES_MAX {
        let most = PHOTO_BYTES_MAX / 1000;
        let why = ctx.lang.pick(format!("is larger than {most} kB"), format!("不能超过 {most} kB"));
        return Err(Fault::invalid("photo", why));
    }
    Ok(())
}
