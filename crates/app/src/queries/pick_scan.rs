//! Is this the right bin, is this the right item?

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::ScanAnswer;
use domain::scan::{Scan, parse_scan};
use domain::{AllocationId, Key, LocationCode};
use serde::Deserialize;
use store::Db;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PickScanArgs {
    pub task_id: String,
    pub step: Step,
    pub scan: String,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(rename = "PickStep")]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Bin,
    Item,
}

pub fn run(ctx: &Ctx<'_>, args: PickScanArgs) -> Result<ScanAnswer, Fault> {
    let unknown = || Fault::unknown("pick", &args.task_id);
    let id = AllocationId::parse(&args.task_id).map_err(|_| unknown())?;
    ctx.read(|db| {
        let task = db.allocation(id)?.ok_or_else(unknown)?;
        match args.step {
            Step::Bin => bin(ctx, &db, &task.key, args.scan.trim()),
            Step::Item => item(ctx, &db, &task.key, args.scan.trim()),
        }
    })
}

fn bin(ctx: &Ctx<'_>, db: &Db<'_>, key: &Key, scan: &str) -> Result<ScanAnswer, Fault> {
    if scan.eq_ignore_ascii_case(key.location.as_str()) {
        return Ok(ScanAnswer::right(
            ctx.lang
                .pick(format!("Bin {}.", key.location), format!("库位 {} 正确。", key.location)),
            0,
        ));
    }
    let is_bin = LocationCode::parse(scan)
        .ok()
        .and_then(|code| db.bin(&code).transpose())
        .transpose()?
        .is_some();
    Ok(ScanAnswer::wrong(if is_bin {
        ctx.lang.pick(
            format!("Wrong bin: this is {scan}. Go to {}.", key.location),
            format!("库位不对：这是 {scan}，请到 {}。", key.location),
        )
    } else {
        ctx.lang.pick(
            format!("Not a bin: {scan}. Scan {}.", key.location),
            format!("不是库位：{scan}。请扫描 {}。", key.location),
        )
    }))
}

fn item(ctx: &Ctx<'_>, db: &Db<'_>, key: &Key, scan: &str) -> Result<ScanAnswer, Fault> {
    let (code, lot, serial) = scanned(scan);
    let wanted = db.product(&key.sku)?;
    let name = ctx.product_name(wanted.as_ref(), &key.sku);
    let by_serial = !key.serial.is_none() && code == key.serial.as_str();
    let units = wanted.as_ref().and_then(|product| product.units_of_scan(&code));
    let other_lot = lot.filter(|lot| lot != key.lot.as_str());
    if let (Some(_), Some(other)) = (units, other_lot) {
        return Ok(ScanAnswer::wrong(ctx.lang.pick(
            format!("Wrong lot: {other}. Take lot {}, or swap.", key.lot),
            format!("批号不对：{other}。请取批号 {}，或换批。", key.lot),
        )));
    }
    if by_serial || units.is_some() {
        let mut answer = ScanAnswer::right(name, units.unwrap_or(1));
        answer.serial = serial.unwrap_or_else(|| if by_serial { code } else { String::new() });
        return Ok(answer);
    }
    let other = db.product_by_scan(&code)?;
    Ok(ScanAnswer::wrong(match other {
        Some(other) => ctx.lang.pick(
            format!("Wrong item: this is {}. Take {name}.", other.name(false)),
            format!("商品不对：这是 {}，请取 {name}。", other.name(true)),
        ),
        None => ctx.lang.pick(
            format!("Unknown item: {code}. Take {name}."),
            format!("未知商品：{code}。请取 {name}。"),
        ),
    }))
}

/// Code, lot and serial of a scan, GS1 or plain.
fn scanned(scan: &str) -> (String, Option<String>, Option<String>) {
    match parse_scan(scan) {
        Ok(Scan::Gs1(gs1)) => {
            let gtin = gs1.gtin.as_deref().or(gs1.content_gtin.as_deref()).unwrap_or(scan);
            (short_gtin(gtin), gs1.lot.clone(), gs1.serial.clone())
        }
        Ok(Scan::Plain(text)) => (text, None, None),
        Err(_) => (scan.to_owned(), None, None),
    }
}

/// The item code in a scan, for looking a product up.
pub fn item_code(scan: &str) -> String {
    scanned(scan.trim()).0
}

/// GS1 pads a GTIN-13 to 14 digits; products carry the 13 that stand on the shelf label.
fn short_gtin(gtin: &str) -> String {
    match gtin.strip_prefix('0') {
        Some(short) if gtin.len() == 14 => short.to_owned(),
        _ => gtin.to_owned(),
    }
}
