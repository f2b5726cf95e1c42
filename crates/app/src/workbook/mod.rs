//! Workbooks that people bring (.xlsx, ECMA-376): a package of XML, of which only names, values and
//! date formats matter here. What a formula last came to is its value.

mod dates;
mod sheet;

use dates::DateStyles;
use roxmltree::{Document, Node};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use thiserror::Error;
use zip::ZipArchive;

pub use sheet::Rows;

/// Unpacked, of one part of the package: a small file may claim to hold gigabytes.
const PART_BYTES_MAX: u64 = 200_000_000;
/// The namespace of ids that lead from one part to another.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[derive(Debug, Error)]
pub enum WorkbookError {
    #[error("it is no package of that kind")]
    NoPackage,
    #[error("{0} is missing in it")]
    Missing(String),
    #[error("{0} is too large")]
    TooLarge(String),
    #[error("{0} cannot be read")]
    Unreadable(String),
}

pub struct Workbook {
    package: ZipArchive<Cursor<Vec<u8>>>,
    /// Name and part of each sheet, in the workbook's order.
    sheets: Vec<(String, String)>,
    texts: Vec<String>,
    dates: DateStyles,
}

impl Workbook {
    pub fn open(bytes: Vec<u8>) -> Result<Workbook, WorkbookError> {
        let mut package =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::NoPackage)?;
        let book = part(&mut package, "xl/workbook.xml")?;
        let book = parsed("xl/workbook.xml", &book)?;
        let relations = part(&mut package, "xl/_rels/workbook.xml.rels")?;
        let parts = relations_of(&relations)?;
        let sheets = named(&book, "sheet")
            .filter_map(|sheet| {
                let id = sheet.attribute((RELATIONS, "id"))?;
                Some((sheet.attribute("name")?.to_owned(), parts.get(id)?.clone()))
            })
            .collect();
        let from_1904 = named(&book, "workbookPr").any(|node| is_on(node.attribute("date1904")));
        // A book of numbers alone has neither texts nor styles.
        let texts = optional(&mut package, "xl/sharedStrings.xml")?;
        let texts = texts.map(|text| shared_texts(&text)).transpose()?.unwrap_or_default();
        let styles = optional(&mut package, "xl/styles.xml")?;
        let styles = styles.as_deref().map(|text| parsed("xl/styles.xml", text)).transpose()?;
        let dates = DateStyles::of(styles.as_ref(), from_1904);
        Ok(Workbook { package, sheets, texts, dates })
    }

    pub fn sheet_names(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The cells that hold something.
    pub fn rows(&mut self, sheet: &str) -> Result<Rows, WorkbookError> {
        let known = self.sheets.iter().find(|(name, _)| name == sheet);
        let name = known.map(|(_, part)| part.clone());
        let name = name.ok_or_else(|| WorkbookError::Missing(format!("the sheet {sheet:?}")))?;
        let text = part(&mut self.package, &name)?;
        Ok(sheet::rows(&parsed(&name, &text)?, &self.texts, &self.dates))
    }
}

fn part(package: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<String, WorkbookError> {
    optional(package, name)?.ok_or_else(|| WorkbookError::Missing(name.to_owned()))
}

fn optional(
    package: &mut ZipArchive<Cursor<Vec<u8>>>,
    name: &str,
) -> Result<Option<String>, WorkbookError> {
    let Ok(file) = package.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    let read = file.take(PART_BYTES_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|_| WorkbookError::Unreadable(name.to_owned()))?;
    if bytes.len() as u64 > PART_BYTES_MAX {
        return Err(WorkbookError::TooLarge(name.to_owned()));
    }
    let text = String::from_utf8(bytes);
    text.map(Some).map_err(|_| WorkbookError::Unreadable(name.to_owned()))
}

fn parsed<'a>(name: &str, text: &'a str) -> Result<Document<'a>, WorkbookError> {
    Document::parse(text).map_err(|_| WorkbookError::Unreadable(name.to_owned()))
}

fn named<'a>(document: &'a Document<'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.tag_name().name() == name)
}

fn is_on(attribute: Option<&str>) -> bool {
    matches!(attribute, Some("1" | "true"))
}

/// Id to the part it leads to, from the root of the package.
fn relations_of(text: &str) -> Result<HashMap<String, String>, WorkbookError> {
    let document = parsed("xl/_rels/workbook.xml.rels", text)?;
    let one = |node: Node<'_, '_>| {
        let target = node.attribute("Target")?;
        let part = match target.strip_prefix('/') {
            Some(from_root) => from_root.to_owned(),
            None => format!("xl/{target}"),
        };
        Some((node.attribute("Id")?.to_owned(), part))
    };
    Ok(named(&document, "Relationship").filter_map(one).collect())
}

fn shared_texts(text: &str) -> Result<Vec<String>, WorkbookError> {
    let document = parsed("xl/sharedStrings.xml", text)?;
    Ok(named(&document, "si").map(text_of).collect())
}

/// The text of a node, parted as it may be by fonts and colors; how Chinese is read aloud beside it
/// is left out.
fn text_of(node: Node<'_, '_>) -> String {
    let aloud = |node: &Node<'_, '_>| node.ancestors().any(|up| up.tag_name().name() == "rPh");
    node.descendants()
        .filter(|node| node.tag_name().name() == "t" && !aloud(node))
        .filter_map(|node| node.text())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn book(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const BOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <sheets><sheet name="订单" sheetId="1" r:id="rId7"/></sheets></workbook>"#;
    const RELS: &str =
        r#"<Relationships><Relationship Id="rId7" Target="/xl/worksheets/s.xml"/></Relationships>"#;

    #[test]
    fn texts_numbers_formulas_and_dates_are_what_a_person_sees() {
        let sheet = r#"<worksheet><sheetData>
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>qty</t></is></c></row>
            <row r="3"><c r="A3"><v>4006381333931</v></c><c r="B3" s="1"><v>46023.5</v></c>
                <c r="C3"><f>2+3</f><v>5</v></c><c r="AA3" t="b"><v>1</v></c></row>
            <row><c t="str"><v>no address</v></c><c t="e"><v>#N/A</v></c><c><v>0.1</v></c></row>
            </sheetData></worksheet>"#;
        let styles = r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy/mm/dd hh:mm"/></numFmts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#;
        let texts = r#"<sst><si><r><t>s</t></r><r><t>ku</t></r><rPh><t>aloud</t></rPh></si></sst>"#;
        let mut book = Workbook::open(book(&[
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELS),
            ("xl/worksheets/s.xml", sheet),
            ("xl/styles.xml", styles),
            ("xl/sharedStrings.xml", texts),
        ]))
        .unwrap();
        assert_eq!(book.sheet_names(), ["订单"]);
        let rows = book.rows("订单").unwrap();
        let cells: Vec<(u32, u32, &str)> = rows
            .iter()
            .flat_map(|(row, cells)| cells.iter().map(|(at, text)| (*row, *at, text.as_str())))
            .collect();
        assert_eq!(
            cells,
            [
                (2, 0, "sku"),
                (2, 2, "qty"),
                (3, 0, "4006381333931"),
                (3, 1, "2026-01-01 12:00"),
                (3, 2, "5"),
                (3, 26, "true"),
                (4, 0, "no address"),
                (4, 2, "0.1"),
            ]
        );
        assert!(matches!(book.rows("other"), Err(WorkbookError::Missing(_))));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(matches!(Workbook::open(b"a,b".to_vec()), Err(WorkbookError::NoPackage)));
        let other = book(&[("word/document.xml", "<x/>")]);
        assert!(matches!(Workbook::open(other), Err(WorkbookError::Missing(_))));
        let torn = book(&[("xl/workbook.xml", "<workbook>")]);
        assert!(matches!(Workbook::open(torn), Err(WorkbookError::Unreadable(_))));
    }
}
