//! Documents as PDF, and as SVG pages for a preview on the screen.
//!
//! Architecture Invariant: pure. The fonts and layouts are inside the binary; no file is read, no
//! network touched, no clock asked: who printed and when is handed in. Text from outside reaches a
//! layout as data only and is never read as markup.
//!
//! Data in -> data out: a `Document`, a language and who prints it -> PDF bytes and SVG pages.

mod document;
mod code128;
mod world;
mod render;

pub use code128::{Code128Error, encode as code128};
pub use document::{
    Arrow, BinLabel, Block, CartonLabel, Column, CountLine, CountSheet, DayReport, Document,
    Figure, Lang, Manifest, ManifestStop, PackingSlip, PickList, PickStop, PrintedBy, ProductLabel,
    PurchaseLine, PurchaseOrder, SlipLine,
};
pub use render::{PaperError, Rendered, render};
