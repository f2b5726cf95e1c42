//! Licenses of everything that is linked in.

use crate::manifests::Crate;

/// Each lets the whole be given away under Apache-2.0. MPL-2.0 binds only its own files, which are
/// used as they are.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

pub fn wrong(crates: &[Crate]) -> Vec<String> {
    let outside = crates.iter().filter(|krate| !krate.is_ours && !is_allowed(&krate.license));
    outside.map(|krate| format!("{}: {:?}", krate.name, krate.license)).collect()
}

/// Every part joined by AND needs one allowed choice among those joined by OR. Enough for what
/// packages write; an expression that it misreads is refused, not let through.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], "");
    !plain.trim().is_empty()
        && plain
            .split(" AND ")
            .all(|part| part.split(" OR ").any(|license| ALLOWED.contains(&license.trim())))
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn expressions() {
        for (expression, expected) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0 OR MIT", true),
            ("GPL-3.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression), expected, "{expression}");
        }
    }
}
