//! Prints the TypeScript of the commands and views; `cargo xtask bindings` writes it to its place.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::io::stdout().write_all(app::bindings::typescript()?.as_bytes())?;
    Ok(())
}
