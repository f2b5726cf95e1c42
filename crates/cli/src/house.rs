//! Opening a data folder as whoever sits at this machine would: with their keychain.

use app::{App, Problem};
use std::path::Path;
use vault::Vault;

pub fn open(dir: &Path) -> Result<App, Problem> {
    App::open_with_vault(dir, Vault::of_this_machine())
}
