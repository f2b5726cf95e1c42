//! `quay`: the same house from the command line.

// Standard output is this program's product.
#![allow(clippy::print_stdout)]

mod backup;
mod clock;
mod day;
mod demo;
mod forecast;
mod house;
mod import;
mod lock;
mod recommend;
mod replenish;
mod report;
mod roads;
mod serve;
#[path = "link.rs"]
mod link_command;
mod solve;
mod verify;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "quay", version, about = "Quayside from the command line")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a demo warehouse in an empty folder
    Demo(demo::Args),
    /// Work a day without a window: promise, release, plan, print
    Day(day::Args),
    /// Take in a file of orders, products or stock
    Import(import::Args),
    /// Report on a week or a day as PDF, with charts
    Report(report::Args),
    /// Prove the books: rebuild everything from the events and compare
    Verify(verify::Args),
    /// Copy a data folder into one file while people work in it
    Backup(backup::BackupArgs),
    /// Make a data folder of a backup
    Restore(backup::RestoreArgs),
    /// Encipher a data folder's book, with a key in this machine's keychain
    Lock(lock::LockArgs),
    /// Decipher it again
    Unlock(lock::UnlockArgs),
    /// Serve the screens to a browser on this machine
    Serve(serve::Args),
    /// Belong to a server, and say how that stands
    #[command(subcommand)]
    Link(link_command::Command),
    /// Build, measure and route on a road network
    #[command(subcommand)]
    Roads(roads::Command),
    /// Solve a vehicle-routing instance
    Solve(solve::Args),
    /// Forecast series from a CSV
    Forecast(forecast::Args),
    /// Choose reorder points, or order for today, from files in a folder
    Replenish(replenish::Args),
    /// Name what goes with what, from purchases in a folder
    Recommend(recommend::Args),
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Day(args) => day::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Backup(args) => backup::back_up(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Lock(args) => lock::lock(&args),
        Command::Unlock(args) => lock::unlock(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Link(command) => link_command::run(&command),
        Command::Roads(command) => roads::run(&command),
        Command::Solve(args) => solve::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Replenish(args) => replenish::run(&args),
        Command::Recommend(args) => recommend::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_flag_is_well_formed() {
        Cli::command().debug_assert();
    }
}
