//! Reading files of orders, products, places and stock. A row in error is named by line and column; an order with
//! such a row is refused whole, because half an order is not what the customer asked for.

mod orders;
mod places;
mod products;
mod stock;
mod table;

pub use orders::{DraftLine, OrderDraft, read_orders};
pub use places::read_places;
pub use products::read_products;
pub use stock::{StockRow, read_stock};

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    Missing,
    NotANumber(String),
    NotPositive(String),
    BadDate(String),
    BadPlace(String),
    BadCode(String),
    /// The row has fewer or more cells than the header.
    WrongWidth {
        found: usize,
        expected: usize,
    },
    /// Two rows of one order disagree about its header.
    Disagrees {
        first: String,
        here: String,
    },
    UnknownSku(String),
    UnknownLocation(String),
    /// Another row of the same order is wrong.
    OrderRefused {
        line: i64,
    },
    Conflict(String),
    NotText,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Line in the file, from 1, the header included; for JSON the position in the list, from 1.
    pub line: i64,
    pub column: String,
    pub problem: RowProblem,
}

/// Why a whole file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    Empty,
    MissingColumns(Vec<String>),
    BadJson(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake<T> {
    pub rows: i64,
    pub good: Vec<T>,
    pub errors: Vec<RowError>,
}

impl<T> Default for Intake<T> {
    fn default() -> Intake<T> {
        Intake { rows: 0, good: Vec::new(), errors: Vec::new() }
    }
}
