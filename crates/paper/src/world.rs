//! The closed world in which a document is laid out: our layouts, our fonts, one data file.

use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

macro_rules! layouts {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../assets/paper/", $name)))),+]
    };
}

/// `main.typ` chooses the layout by the kind of document.
const LAYOUTS: &[(&str, &str)] = layouts![
    "main.typ",
    "words.typ",
    "parts.typ",
    "labels.typ",
    "carton_label.typ",
    "pick_list.typ",
    "packing_slip.typ",
    "manifest.typ",
    "count_sheet.typ",
    "purchase_order.typ",
    "day_report.typ",
];

const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../../assets/fonts/Inter-Bold.otf"),
    include_bytes!("../../../assets/fonts/NotoSansSC-Regular.otf"),
    include_bytes!("../../../assets/fonts/NotoSansSC-Bold.otf"),
];

/// What every document shares, parsed once.
struct House {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
    House {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: LAYOUTS
            .iter()
            .filter_map(|(name, text)| Some(Source::new(file(name)?, (*text).to_owned())))
            .collect(),
    }
});

pub(crate) struct Desk {
    main: FileId,
    data_id: FileId,
    data: Bytes,
}

impl Desk {
    /// `data` is the JSON that the layouts read. `None` only if our own file names were malformed.
    pub(crate) fn new(data: Vec<u8>) -> Option<Desk> {
        Some(Desk { main: file("main.typ")?, data_id: file("data.json")?, data: Bytes::new(data) })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &HOUSE.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &HOUSE.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = HOUSE.sources.iter().find(|source| source.id() == id);
        found.cloned().ok_or_else(|| FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        HOUSE.fonts.get(index).cloned()
    }

    /// A layout must not depend on when it is drawn.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}
