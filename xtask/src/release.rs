//! The installable package: the window and the `quay` command.

use crate::step::sh;
use crate::{packages, screens};

pub fn release() -> anyhow::Result<()> {
    packages::ensure_installed(&[packages::BUILD, packages::WINDOW])?;
    screens::install()?;
    screens::build()?;
    // The window and the command share most crates; the bundler then finds them compiled.
    sh("cargo build --release -p quayside -p quayside-cli --features quayside/embedded-ui")?;
    // It builds the screens again by itself unless told that they are there.
    sh(
        r#"npx --no-install tauri build --config {"build":{"beforeBuildCommand":""}} --features embedded-ui"#,
    )?;
    println!("The package is in target/release/bundle, `quay` in target/release.");
    Ok(())
}
