//! Purchase orders as a file for other programs: saved beside the book, and handed over.

use crate::commands::print::{nothing, save};
use crate::csv_file::{csv_file, guarded};
use crate::ctx::Ctx;
use crate::printing::purchase::{Ordered, ordered};
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::money::decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum OrderFormat {
    Csv,
    Json,
}

#[derive(Debug, Deserialize, TS)]
pub struct ExportOrdersArgs {
    /// Numbers of orders, or SKUs ordered today; empty for all of today's.
    pub ids: Vec<String>,
    pub format: OrderFormat,
}

#[derive(Debug, Serialize, TS)]
pub struct ExportedOrders {
    pub file_name: String,
    pub saved_path: String,
    pub base64: String,
    pub orders: usize,
}

pub fn run(ctx: &Ctx<'_>, args: ExportOrdersArgs) -> Result<ExportedOrders, Fault> {
    let orders = ctx.read(|db| ordered(ctx, &db, &args.ids))?;
    if orders.is_empty() {
        return Err(nothing(ctx));
    }
    let (bytes, ending) = match args.format {
        OrderFormat::Csv => (csv(&orders)?, "csv"),
        OrderFormat::Json => {
            let bytes = serde_json::to_vec_pretty(&orders);
            (bytes.map_err(|error| Fault::invalid("purchase order", error))?, "json")
        }
    };
    let day = ctx.today().to_string().replace('-', "");
    let file_name = format!("purchase-orders-{day}.{ending}");
    let saved_path = save(ctx, "exports", &file_name, &bytes)?;
    let base64 = STANDARD.encode(&bytes);
    Ok(ExportedOrders { file_name, saved_path, base64, orders: orders.len() })
}

const HEAD: [&str; 14] = [
    "purchase_order",
    "supplier",
    "ordered_on",
    "wanted_by",
    "line",
    "sku",
    "barcode",
    "name",
    "quantity",
    "unit",
    "pack",
    "unit_cost",
    "cost",
    "currency",
];

fn csv(orders: &[Ordered]) -> Result<Vec<u8>, Fault> {
    let lines = orders.iter().flat_map(|order| order.lines.iter().map(move |line| (order, line)));
    let rows = lines.map(|(order, line)| {
        vec![
            guarded(&order.number),
            guarded(&order.supplier),
            order.ordered_on.clone(),
            order.wanted_by.clone(),
            line.line.to_string(),
            guarded(&line.sku),
            guarded(&line.barcode),
            guarded(&line.name),
            line.qty.to_string(),
            guarded(&line.unit),
            line.pack.to_string(),
            line.unit_cost.clone(),
            decimal(line.cost_minor),
            order.currency.clone(),
        ]
    });
    csv_file(std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(rows))
        .map_err(|error| Fault::invalid("purchase order", error))
}
