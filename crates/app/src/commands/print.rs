//! Print a document: saved beside the book, and shown.

use crate::ctx::Ctx;
use crate::printing::{Paper, documents};
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use paper::{PaperError, PrintedBy, Rendered};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PrintArgs {
    pub doc: Paper,
    pub ids: Vec<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct Printed {
    pub file_name: String,
    pub saved_path: String,
    /// Of the first document; the others are beside it in the folder.
    pub pdf_base64: String,
    pub pages_svg: Vec<String>,
}

pub fn run(ctx: &Ctx<'_>, args: PrintArgs) -> Result<Printed, Fault> {
    let documents = ctx.read(|db| documents(ctx, &db, args.doc, &args.ids))?;
    let mut rendered = Vec::new();
    for document in &documents {
        rendered.push(render(ctx, document)?);
    }
    let mut saved = Vec::new();
    for (index, one) in rendered.iter().enumerate() {
        saved.push(save(ctx, "print", &file_name(ctx, args.doc, index), &one.pdf)?);
    }
    let first = rendered.first().ok_or_else(|| nothing(ctx))?;
    let file_name = file_name(ctx, args.doc, 0);
    Ok(Printed {
        saved_path: saved.swap_remove(0),
        file_name,
        pdf_base64: STANDARD.encode(&first.pdf),
        pages_svg: rendered.into_iter().flat_map(|one| one.pages_svg).collect(),
    })
}

/// Writes a file beside the book, and answers where.
pub(super) fn save(
    ctx: &Ctx<'_>,
    folder: &str,
    file_name: &str,
    bytes: &[u8],
) -> Result<String, Fault> {
    let folder = ctx.app.dir().join(folder);
    std::fs::create_dir_all(&folder).map_err(|error| unwritable(ctx, &folder, &error))?;
    let path = folder.join(file_name);
    std::fs::write(&path, bytes).map_err(|error| unwritable(ctx, &path, &error))?;
    Ok(path.display().to_string())
}

fn render(ctx: &Ctx<'_>, document: &paper::Document) -> Result<Rendered, Fault> {
    let lang = if ctx.lang.is_zh() { paper::Lang::Zh } else { paper::Lang::En };
    let who = ctx.person.as_ref().map_or_else(String::new, |person| person.name.clone());
    let at_text = format!("{} {}", ctx.today(), ctx.zone.clock(ctx.now));
    paper::render(document, lang, PrintedBy { who, at_text }).map_err(|error| match error {
        PaperError::Empty(_) => nothing(ctx),
        PaperError::Barcode { .. } | PaperError::Data { .. } | PaperError::Layout { .. } => {
            Fault::said(
                "not_printable",
                format!("{error}."),
                ctx.say("Correct the text and print again.", "请更正内容后重新打印。"),
            )
        }
    })
}

/// Seconds in the name keep two prints of a day apart.
fn file_name(ctx: &Ctx<'_>, what: Paper, index: usize) -> String {
    let day = ctx.today().to_string().replace('-', "");
    let second = ctx.now.0.div_euclid(1000).rem_euclid(86_400);
    let part = if index == 0 { String::new() } else { format!("-{}", index + 1) };
    format!("{}-{day}-{second:05}{part}.pdf", what.name())
}

pub(super) fn nothing(ctx: &Ctx<'_>) -> Fault {
    Fault::said(
        "nothing_to_print",
        ctx.say("There is nothing to print.", "没有可打印的内容。"),
        ctx.say("Choose something first.", "请先选择内容。"),
    )
}

fn unwritable(ctx: &Ctx<'_>, path: &Path, error: &std::io::Error) -> Fault {
    Fault::said(
        "not_saved",
        ctx.lang.pick(
            format!("{} cannot be written: {error}.", path.display()),
            format!("无法写入 {}：{error}。", path.display()),
        ),
        ctx.say("Check the folder and the free space.", "请检查文件夹权限和磁盘空间。"),
    )
}
