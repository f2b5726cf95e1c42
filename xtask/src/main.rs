//! The workshop: one file for each thing that is done to the project. `cargo xtask --help`.

// What it says is its output.
#![allow(clippy::print_stdout)]

mod step;
mod packages;
mod screens;
mod manifests;
mod run;
mod test;
mod bench;
mod tidy;
mod bindings;
mod release;
mod walk;
mod pace;

use anyhow::bail;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  run [--browser]   build what is missing, make demo data, open the window
                    (in a browser where there is no display, or with --browser)
  test              everything that can turn red: screens, Rust, the window, the browser
  tidy              format, lints, allowed arrows, lengths, licenses, stale bindings, documents
  bindings          write ui/src/api/bindings.ts from the Rust types
  walk              every screen in Chromium: accessibility, languages, keyboard
  pictures DIR      pictures of every screen, in both languages, two themes and two sizes
  bench NAME        run one benchmark in release mode; `pace` is that of the screens
  release           build the installable package
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match obey(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(words: &[&str]) -> anyhow::Result<()> {
    std::env::set_current_dir(step::root())?;
    match words {
        [] | ["help", ..] => print!("{HELP}"),
        words if words.iter().any(|word| ["--help", "-h"].contains(word)) => print!("{HELP}"),
        ["run"] => run::run(false)?,
        ["run", "--browser"] => run::run(true)?,
        ["test"] => test::test()?,
        ["tidy"] => tidy::tidy()?,
        ["bindings"] => bindings::write()?,
        ["walk"] => walk::walk()?,
        ["pictures", dir] => walk::pictures(dir)?,
        ["bench", "pace", rest @ ..] => pace::pace(rest)?,
        ["bench", name, rest @ ..] => bench::bench(name, rest)?,
        ["release"] => release::release()?,
        other => bail!("no such command: {}\n\n{HELP}", other.join(" ")),
    }
    Ok(())
}
