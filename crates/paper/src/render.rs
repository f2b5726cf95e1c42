//! A document -> pages.

use crate::code128::{self, Code128Error};
use crate::document::{Document, Lang, PrintedBy};
use crate::world::Desk;
use serde::Serialize;
use std::collections::BTreeMap;
use thiserror::Error;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_svg::SvgOptions;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub pdf: Vec<u8>,
    pub pages_svg: Vec<String>,
}

#[derive(Debug, Error)]
pub enum PaperError {
    #[error("there is nothing to print on the {0}")]
    Empty(&'static str),
    #[error("no barcode can be drawn for {text:?}")]
    Barcode { text: String, source: Code128Error },
    #[error("the data of the {name} cannot be written down")]
    Data { name: &'static str, source: serde_json::Error },
    #[error("the {name} could not be laid out: {why}")]
    Layout { name: &'static str, why: String },
}

/// What a layout reads from data.json.
#[derive(Serialize)]
struct Data<'a> {
    document: &'a Document,
    lang: Lang,
    printed: &'a PrintedBy,
    codes: BTreeMap<String, Vec<u8>>,
}

/// Layouts keep their intermediate results between calls; older ones than this many calls are let
/// go, so that a day of printing does not fill the memory.
const CALLS_REMEMBERED: usize = 4;

/// The same input gives the same bytes.
pub fn render(doc: &Document, lang: Lang, printed: PrintedBy) -> Result<Rendered, PaperError> {
    let name = doc.name();
    if doc.is_empty() {
        return Err(PaperError::Empty(name));
    }
    let data = Data { document: doc, lang, printed: &printed, codes: codes(doc)? };
    let data = serde_json::to_vec(&data).map_err(|source| PaperError::Data { name, source })?;
    let layout = |why: String| PaperError::Layout { name, why };
    let desk = Desk::new(data).ok_or_else(|| layout("a layout has a bad name".into()))?;
    let explain = |problems: &[typst::diag::SourceDiagnostic]| {
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        layout(messages.join("; "))
    };

    let pages = typst::compile::<PagedDocument>(&desk).output.map_err(|p| explain(&p))?;
    let pdf = typst_pdf::pdf(&pages, &PdfOptions::default()).map_err(|p| explain(&p))?;
    let options = SvgOptions::default();
    let pages_svg = pages.pages().iter().map(|page| typst_svg::svg(page, &options)).collect();
    typst::comemo::evict(CALLS_REMEMBERED);
    Ok(Rendered { pdf, pages_svg })
}

fn codes(doc: &Document) -> Result<BTreeMap<String, Vec<u8>>, PaperError> {
    let drawn = |text: String| match code128::encode(&text) {
        Ok(widths) => Ok((text, widths)),
        Err(source) => Err(PaperError::Barcode { text, source }),
    };
    doc.codes().into_iter().map(drawn).collect()
}
