//! Purchase orders as a file for other programs: saved beside the book, and handed over.

use crate::commands::print::{nothing, save};
use crate::ctx::Ctx;
use crate::printing::purchase::{Ordered, ordered};
use crate::problem::Fault;
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
    pub text: String,
    pub orders: usize,
}

pub fn run(ctx: &Ctx<'_>, args: ExportOrdersArgs) -> Result<ExportedOrders, Fault> {
    let orders = ctx.read(|db| ordered(ctx, &db, &args.ids))?;
    if orders.is_empty() {
        return Err(nothing(ctx));
    }
    let (text, ending) = match args.format {
        OrderFormat::Csv => (csv(&orders), "csv"),
        OrderFormat::Json => {
            let text = serde_json::to_string_pretty(&orders);
            (text.map_err(|error| Fault::invalid("purchase order", error))?, "json")
        }
    };
    let day = ctx.today().to_string().replace('-', "");
    let file_name = format!("purchase-orders-{day}.{ending}");
    let saved_path = save(ctx, &file_name, text.as_bytes())?;
    Ok(ExportedOrders { file_name, saved_path, text, orders: orders.len() })
}

const HEAD: &str = "purchase_order,supplier,ordered_on,wanted_by,line,sku,barcode,name,quantity,unit,pack,\
     unit_cost,cost,currency";

fn csv(orders: &[Ordered]) -> String {
    let mut text = format!("{HEAD}\r\n");
    for order in orders {
        for line in &order.lines {
            let cost = format!("{}.{:02}", line.cost_minor / 100, line.cost_minor % 100);
            let cells = [
                cell(&order.number),
                cell(&order.supplier),
                order.ordered_on.clone(),
                order.wanted_by.clone(),
                line.line.to_string(),
                cell(&line.sku),
                cell(&line.barcode),
                cell(&line.name),
                line.qty.to_string(),
                cell(&line.unit),
                line.pack.to_string(),
                line.unit_cost.clone(),
                cost,
                order.currency.clone(),
            ];
            text += &cells.join(",");
            text += "\r\n";
        }
    }
    text
}

/// Quoted where a comma or quote needs it. A name that a spreadsheet would take for a formula gets
/// an apostrophe before it.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_safe_for_spreadsheets() {
        for (text, expected) in [
            ("Mug", "Mug"),
            ("Mug, white", "\"Mug, white\""),
            ("12\"", "\"12\"\"\""),
            ("=1+1", "'=1+1"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
