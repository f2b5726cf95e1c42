//! What a scan at the dock stands for. It records nothing.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::ReceiptLine;
use domain::{Gs1, Product, Qty, Scan, parse_scan};
use serde::{Deserialize, Serialize};
use store::Db;
use store::read::ReceiptLineRow;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct ReceiveScanArgs {
    pub receipt_id: String,
    pub scan: String,
}

#[derive(Debug, Default, Serialize, TS)]
pub struct ReceiveScanView {
    pub line: Option<ReceiptLine>,
    pub message: String,
    pub lot: String,
    pub expires: String,
    pub serial: String,
    pub qty: i64,
}

pub fn run(ctx: &Ctx<'_>, args: ReceiveScanArgs) -> Result<ReceiveScanView, Fault> {
    let scan = match parse_scan(&args.scan) {
        Ok(scan) => scan,
        Err(error) => {
            let zh = "无法识别该条码，请重新扫描。".to_owned();
            let message = ctx.lang.pick(format!("Cannot read that code: {error}."), zh);
            return Ok(ReceiveScanView { message, ..ReceiveScanView::default() });
        }
    };
    ctx.read(|db| {
        let Some((product, units, label)) = product_of(&db, &scan)? else {
            let message = ctx.lang.pick(
                format!("No product has the code {}.", args.scan.trim()),
                format!("没有商品使用条码 {}。", args.scan.trim()),
            );
            return Ok(ReceiveScanView { message, ..ReceiveScanView::default() });
        };
        let lines = db.receipt_lines(&args.receipt_id)?;
        let known = lines.into_iter().find(|line| line.sku == product.sku);
        let extra = known.is_none();
        let line = known.unwrap_or_else(|| ReceiptLineRow {
            sku: product.sku.clone(),
            expected: Qty::ZERO,
            received: Qty::ZERO,
            unit_cost: product.unit_cost.0,
        });
        let message = if extra {
            ctx.say(
                "Not on this receipt; it will be received as an extra.",
                "不在到货单上，将按多到货收入。",
            )
        } else {
            String::new()
        };
        let expires = label.expiry.or(label.best_before);
        Ok(ReceiveScanView {
            line: Some(ReceiptLine::new(ctx, &line, Some(&product))),
            message,
            lot: if product.lot_tracked { label.lot.unwrap_or_default() } else { String::new() },
            expires: expires.map_or_else(String::new, |day| day.to_string()),
            serial: if product.serial_tracked {
                label.serial.unwrap_or_default()
            } else {
                String::new()
            },
            qty: label.qty.unwrap_or(units),
        })
    })
}

/// The product, the units one scan stands for, and what else the label says.
fn product_of(db: &Db<'_>, scan: &Scan) -> Result<Option<(Product, i64, Gs1)>, Fault> {
    let (codes, label) = match scan {
        Scan::Plain(code) => (vec![code.clone()], Gs1::default()),
        Scan::Gs1(gs1) => {
            let gtin = gs1.gtin.as_ref().or(gs1.content_gtin.as_ref());
            // A GTIN-13 travels as 14 digits with a zero in front; a GTIN-8 with six.
            let short = gtin.map(|gtin| gtin.strip_prefix('0').unwrap_or(gtin).to_owned());
            let shortest = gtin.map(|gtin| gtin.trim_start_matches('0').to_owned());
            (gtin.cloned().into_iter().chain(short).chain(shortest).collect(), (**gs1).clone())
        }
    };
    for code in codes {
        if let Some(product) = db.product_by_scan(&code)? {
            let units = product.units_of_scan(&code).unwrap_or(1);
            return Ok(Some((product, units, label)));
        }
    }
    Ok(None)
}
