//! Which crate may use which. Anything not listed is forbidden; ARCHITECTURE.md has the drawing.

use crate::manifests::Crate;

/// From -> to, among our own crates.
const ARROWS: &[(&str, &[&str])] = &[
    ("quayside", &["quayside-app", "quayside-link", "quayside-sync", "quayside-vault"]),
    // The wire carries what the protocol says into and out of the book.
    ("quayside-link", &["quayside-app", "quayside-sync", "quayside-vault", "quayside-domain"]),
    (
        "quayside-cli",
        &[
            "quayside-app",
            "quayside-link",
            "quayside-sync",
            "quayside-bridge",
            "quayside-roads",
            "quayside-mapped",
            "quayside-routing",
            "quayside-planning",
            "quayside-recommend",
            "quayside-dispatch",
            "quayside-vault",
            "quayside-domain",
        ],
    ),
    ("quayside-bridge", &["quayside-app", "quayside-sync"]),
    (
        "quayside-server",
        &[
            "quayside-app",
            "quayside-sync",
            // The embedded log is kept by the store, in ids and times of the domain.
            "quayside-store",
            "quayside-domain",
        ],
    ),
    (
        "quayside-app",
        &[
            "quayside-store",
            "quayside-warehouse",
            "quayside-planning",
            "quayside-dispatch",
            // The map is the application's own: it is imported, drawn and changed by commands.
            "quayside-roads",
            "quayside-mapped",
            "quayside-recommend",
            "quayside-sync",
            "quayside-paper",
            // A locked book's key is somewhere else than the book.
            "quayside-vault",
            "quayside-domain",
        ],
    ),
    ("quayside-dispatch", &["quayside-routing", "quayside-roads", "quayside-domain"]),
    ("quayside-warehouse", &["quayside-domain"]),
    ("quayside-planning", &["quayside-domain"]),
    ("quayside-recommend", &["quayside-domain"]),
    ("quayside-roads", &["quayside-domain"]),
    ("quayside-mapped", &[]),
    ("quayside-vault", &[]),
    ("quayside-sync", &["quayside-domain"]),
    ("quayside-store", &["quayside-domain"]),
    ("quayside-paper", &["quayside-domain"]),
    ("quayside-routing", &[]),
    ("quayside-domain", &[]),
    ("quayside-sim", &["quayside-sync", "quayside-domain"]),
    ("quayside-disk", &[]),
    ("xtask", &[]),
];

/// May use anything: it tests the whole.
const FREE: &str = "quayside-tests";

/// Outside crates that only these of ours may name, so that they can be replaced in one place.
const RESERVED: &[(&str, &[&str])] = &[
    ("tauri", &["quayside"]),
    ("tauri-build", &["quayside"]),
    // The second is the disk that fails in tests: a VFS of SQLite.
    ("rusqlite", &["quayside-store", "quayside-disk"]),
    // Mapping is `unsafe`, and what makes it sound is said there.
    ("memmap2", &["quayside-mapped"]),
    // Only one door to a keychain, so that tests cannot open another.
    ("keyring-core", &["quayside-vault"]),
];

pub fn wrong(crates: &[Crate]) -> Vec<String> {
    let ours: Vec<&Crate> = crates.iter().filter(|krate| krate.is_ours).collect();
    let is_ours = |name: &str| ours.iter().any(|krate| krate.name == name);
    let mut wrong = Vec::new();
    for krate in ours.iter().filter(|krate| krate.name != FREE) {
        let allowed = ARROWS.iter().find(|(from, _)| *from == krate.name);
        let Some((_, allowed)) = allowed else {
            wrong.push(format!("{}: not in the table of xtask/src/tidy/arrows.rs", krate.name));
            continue;
        };
        for to in krate.normal.iter().filter(|to| is_ours(to) && !allowed.contains(&to.as_str())) {
            wrong.push(format!("{} -> {to} is not an allowed arrow", krate.name));
        }
        for (outside, owners) in RESERVED {
            if !owners.contains(&krate.name.as_str()) && krate.all().any(|name| name == *outside) {
                wrong.push(format!("{} names {outside}; only {} may", krate.name, owners[0]));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::wrong;
    use crate::manifests::Crate;

    fn krate(name: &str, normal: &[&str]) -> Crate {
        Crate {
            name: name.into(),
            normal: normal.iter().map(|name| (*name).into()).collect(),
            other: Vec::new(),
            license: String::new(),
            is_ours: name.starts_with("quayside"),
        }
    }

    #[test]
    fn only_listed_arrows_and_reserved_names() {
        let crates = [
            krate("quayside-domain", &["serde"]),
            krate("quayside-store", &["quayside-domain", "rusqlite"]),
            krate("quayside-warehouse", &["quayside-store", "rusqlite"]),
            krate("quayside-tests", &["quayside-store", "rusqlite"]),
            krate("quayside-new", &[]),
        ];
        assert_eq!(
            wrong(&crates),
            [
                "quayside-warehouse -> quayside-store is not an allowed arrow",
                "quayside-warehouse names rusqlite; only quayside-store may",
                "quayside-new: not in the table of xtask/src/tidy/arrows.rs",
            ]
        );
    }
}
