//! What can be printed. Numbers come in the units of the books (grams, meters, base units); days
//! and times come as text, because only the caller knows the warehouse's time zone.

use serde::{Deserialize, Serialize};

/// The language of headings; labels that leave the house carry both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    En,
    Zh,
}

/// Stands at the foot of each page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedBy {
    pub who: String,
    pub at_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    BinLabels(Vec<BinLabel>),
    ProductLabels(Vec<ProductLabel>),
    CartonLabels(Vec<CartonLabel>),
    PickList(PickList),
    PackingSlip(PackingSlip),
    Manifest(Manifest),
    CountSheet(CountSheet),
    PurchaseOrder(PurchaseOrder),
    DayReport(DayReport),
}

/// 100 x 50 mm, for the front of the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinLabel {
    pub code: String,
    pub zone: String,
    /// Which shelf the label means when it sits between two.
    pub arrow: Arrow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    None,
    Up,
    Down,
}

/// 80 x 50 mm, for a piece or a box of pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductLabel {
    pub sku: String,
    pub name: String,
    /// What a scan returns; a GTIN or, without one, the SKU.
    pub barcode: String,
    pub lot: String,
    pub expiry: String,
    /// "12 pieces"; empty for one piece.
    pub contents: String,
}

/// 100 x 150 mm, one for each carton.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonLabel {
    /// Name first, then the address from the street down.
    pub ship_to: Vec<String>,
    pub ship_from: Vec<String>,
    pub phone: String,
    pub order_number: String,
    /// Van and stop, so that the carton finds its way to the right door: "Van 3 · stop 12".
    pub route: String,
    pub carton_no: u32,
    pub carton_count: u32,
    pub weight_g: i64,
    /// 18 digits, with the check digit.
    pub sscc: String,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickList {
    pub wave: String,
    pub picker: String,
    pub orders: u32,
    /// In walking order.
    pub stops: Vec<PickStop>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickStop {
    pub bin: String,
    pub sku: String,
    pub name: String,
    pub lot: String,
    pub expiry: String,
    pub qty: i64,
    pub unit: String,
    pub order_number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackingSlip {
    pub order_number: String,
    pub placed_on: String,
    pub shipped_on: String,
    pub ship_to: Vec<String>,
    pub ship_from: Vec<String>,
    pub cartons: u32,
    pub weight_g: i64,
    pub lines: Vec<SlipLine>,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipLine {
    pub line_no: u32,
    pub sku: String,
    pub name: String,
    pub lot: String,
    pub ordered: i64,
    pub shipped: i64,
    pub backordered: i64,
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub number: String,
    pub day: String,
    pub van: String,
    pub driver: String,
    pub depot: String,
    pub departs: String,
    pub returns: String,
    pub distance_m: i64,
    /// In driving order.
    pub stops: Vec<ManifestStop>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestStop {
    pub no: u32,
    pub eta: String,
    pub window: String,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub orders: Vec<String>,
    pub pieces: u32,
    pub weight_g: i64,
    pub note: String,
}

/// Blind: it has no book quantity, so that the counter counts and does not confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountSheet {
    pub number: String,
    pub zone: String,
    pub reason: String,
    pub counter: String,
    pub lines: Vec<CountLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountLine {
    pub bin: String,
    pub sku: String,
    pub name: String,
    pub lot: String,
    pub unit: String,
}

/// To one supplier. Amounts come as text: only the caller knows the currency's decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseOrder {
    pub number: String,
    pub supplier: String,
    pub ordered_on: String,
    pub wanted_by: String,
    pub deliver_to: Vec<String>,
    pub currency: String,
    pub lines: Vec<PurchaseLine>,
    pub total: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseLine {
    pub no: u32,
    pub sku: String,
    pub name: String,
    pub barcode: String,
    pub qty: i64,
    pub unit: String,
    /// "4 × 12"; empty where it is not whole packs.
    pub packs: String,
    pub unit_cost: String,
    pub cost: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayReport {
    pub title: String,
    pub subtitle: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Block {
    Heading {
        text: String,
    },
    Paragraph {
        text: String,
    },
    Table {
        caption: String,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    Chart {
        caption: String,
        svg: String,
    },
    /// Two to a row.
    Charts {
        charts: Vec<Figure>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub caption: String,
    /// One sentence that says what to see; may be empty.
    pub note: String,
    pub svg: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub title: String,
    /// Numbers stand to the right.
    pub numeric: bool,
}

impl Document {
    /// A name for the heading of an error, and for a file.
    pub fn name(&self) -> &'static str {
        match self {
            Document::BinLabels(_) => "bin labels",
            Document::ProductLabels(_) => "product labels",
            Document::CartonLabels(_) => "carton labels",
            Document::PickList(_) => "pick list",
            Document::PackingSlip(_) => "packing slip",
            Document::Manifest(_) => "manifest",
            Document::CountSheet(_) => "count sheet",
            Document::PurchaseOrder(_) => "purchase order",
            Document::DayReport(_) => "day report",
        }
    }

    /// A sheet without a single line is a mistake of the caller, not a document.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Document::BinLabels(labels) => labels.is_empty(),
            Document::ProductLabels(labels) => labels.is_empty(),
            Document::CartonLabels(labels) => labels.is_empty(),
            Document::PickList(list) => list.stops.is_empty(),
            Document::PackingSlip(slip) => slip.lines.is_empty(),
            Document::Manifest(manifest) => manifest.stops.is_empty(),
            Document::CountSheet(sheet) => sheet.lines.is_empty(),
            Document::PurchaseOrder(order) => order.lines.is_empty(),
            Document::DayReport(report) => report.blocks.is_empty(),
        }
    }

    /// Every text that the layout draws as a barcode.
    pub(crate) fn codes(&self) -> Vec<String> {
        match self {
            Document::BinLabels(labels) => labels.iter().map(|label| label.code.clone()).collect(),
            Document::ProductLabels(labels) => {
                labels.iter().map(|label| label.barcode.clone()).collect()
            }
            Document::CartonLabels(labels) => {
                labels.iter().map(|label| format!("(00){}", label.sscc)).collect()
            }
            Document::PickList(list) => list.stops.iter().map(|stop| stop.bin.clone()).collect(),
            Document::PackingSlip(slip) => vec![slip.order_number.clone()],
            Document::Manifest(manifest) => vec![manifest.number.clone()],
            Document::CountSheet(sheet) => {
                sheet.lines.iter().map(|line| line.bin.clone()).collect()
            }
            Document::PurchaseOrder(order) => vec![order.number.clone()],
            Document::DayReport(_) => Vec::new(),
        }
    }
}
