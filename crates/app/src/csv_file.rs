//! Rows as a CSV file that spreadsheets open as it is meant.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// With a byte order mark, without which Excel takes Chinese for Latin letters.
pub(crate) fn csv_file(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(&row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A text that a spreadsheet would run as a formula is kept from it by an apostrophe: names and
/// notes come from strangers.
pub(crate) fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("{}{text}", if formula { "'" } else { "" })
}
