//! Every document in both languages. With `PAPER_DIR` set, the pages are written there to look at.

// Tests may read and write files, also those of a pure crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod samples;

use paper::{Document, Lang, PaperError, render};
use samples::{all, pick_list, printed};

fn pages(doc: &Document, lang: Lang) -> usize {
    let rendered = render(doc, lang, printed()).unwrap_or_else(|error| panic!("{error}"));
    assert!(rendered.pdf.starts_with(b"%PDF"), "{}", doc.name());
    for page in &rendered.pages_svg {
        assert!(page.starts_with("<svg"), "{}", doc.name());
    }
    if let Some(dir) = option_env!("PAPER_DIR") {
        let name = format!("{dir}/{} {lang:?}.pdf", doc.name()).replace(' ', "-");
        std::fs::write(&name, &rendered.pdf).unwrap();
        std::fs::write(name.replace(".pdf", ".svg"), &rendered.pages_svg[0]).unwrap();
    }
    rendered.pages_svg.len()
}

#[test]
fn each_document_is_laid_out_in_both_languages() {
    for doc in all() {
        let expected = match doc.name() {
            "bin labels" => 3,
            "product labels" | "carton labels" | "pick list" | "manifest" => 2,
            _ => 1,
        };
        for lang in [Lang::En, Lang::Zh] {
            assert_eq!(pages(&doc, lang), expected, "{} {lang:?}", doc.name());
        }
    }
}

#[test]
fn a_long_list_goes_on_to_the_next_page() {
    assert_eq!(pages(&pick_list(1), Lang::En), 1);
    assert!(pages(&pick_list(60), Lang::En) >= 4);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let once = render(&pick_list(3), Lang::Zh, printed()).unwrap();
    assert_eq!(once, render(&pick_list(3), Lang::Zh, printed()).unwrap());
}

#[test]
fn an_empty_list_and_a_code_without_bars_are_named() {
    assert!(matches!(
        render(&pick_list(0), Lang::En, printed()),
        Err(PaperError::Empty("pick list"))
    ));
    let Document::PickList(mut list) = pick_list(1) else { panic!("a pick list") };
    list.stops[0].bin = "货架一".into();
    let error = render(&Document::PickList(list), Lang::En, printed()).unwrap_err();
    assert_eq!(error.to_string(), "no barcode can be drawn for \"货架一\"");
}

/// The text must be there as text, for search and for screen readers. `pdftotext` is a tool of the
/// developer's machine; without it this test has nothing to read with.
#[test]
fn the_text_can_be_read_back() {
    let read = |doc: &Document| {
        let file = tempfile::NamedTempFile::new().unwrap();
        let pdf = render(doc, Lang::Zh, printed()).unwrap().pdf;
        std::fs::write(file.path(), pdf).unwrap();
        let output = std::process::Command::new("pdftotext").arg(file.path()).arg("-").output();
        output.ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for (doc, wanted) in [
        (pick_list(3), vec!["A-01-1", "拣货单", "MUG-W-330", "第 1 页，共 1 页", "Li Wei 李伟"]),
        (samples::day_report(), vec!["B #not [markup] $x$", "今日接单 148 张"]),
    ] {
        let Some(text) = read(&doc) else { return };
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted} is not in {text}");
        }
    }
}
