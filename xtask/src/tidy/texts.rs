//! Rules about the text of the files themselves.

use crate::bindings;
use crate::manifests::Crate;
use crate::step;
use anyhow::Context;
use std::fs;

const LINES_WARNED: usize = 400;
const LINES_MAX: usize = 600;
const REASONS: &str = "docs/DEPENDENCIES.md";

pub struct Text {
    path: String,
    text: String,
}

/// Every tracked file that is text.
pub fn tracked() -> anyhow::Result<Vec<Text>> {
    let list = step::read("git ls-files")?;
    let read = |path: &str| {
        let text = fs::read_to_string(path).ok()?;
        Some(Text { path: path.to_owned(), text })
    };
    Ok(list.lines().filter_map(read).collect())
}

/// A long file is one that nobody reads to its end.
pub fn too_long(files: &[Text]) -> Vec<String> {
    let is_code = |path: &str| [".rs", ".ts", ".svelte"].iter().any(|end| path.ends_with(end));
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| is_code(&file.path) && file.path != bindings::FILE) {
        let lines = file.text.lines().count();
        if lines > LINES_MAX {
            wrong.push(format!("{}: {lines} lines, split it by {LINES_MAX}", file.path));
        } else if lines > LINES_WARNED {
            println!("   {}: {lines} lines need a reason", file.path);
        }
    }
    wrong
}

/// A path of the machine it was written on means nothing on any other.
pub fn machine_paths(files: &[Text]) -> Vec<String> {
    // Put together here, or this file would find itself.
    let paths = ["work", "root", "home/user"].map(|name| format!("/{name}/"));
    let found = |file: &&Text| paths.iter().any(|path| file.text.contains(path.as_str()));
    files.iter().filter(found).map(|file| file.path.clone()).collect()
}

/// Every direct dependency stands with its reason in docs/DEPENDENCIES.md.
pub fn unexplained(crates: &[Crate]) -> anyhow::Result<Vec<String>> {
    let reasons = fs::read_to_string(REASONS).with_context(|| format!("reading {REASONS}"))?;
    let ours: Vec<&Crate> = crates.iter().filter(|krate| krate.is_ours).collect();
    let mut direct: Vec<&str> = ours.iter().flat_map(|krate| krate.all()).collect();
    direct.retain(|name| ours.iter().all(|krate| krate.name != *name));
    direct.sort_unstable();
    direct.dedup();
    direct.retain(|name| !reasons.contains(&format!("`{name}`")));
    Ok(direct.into_iter().map(|name| format!("{name} has no line in {REASONS}")).collect())
}
