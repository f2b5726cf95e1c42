//! `quayside-server`: the central server and its administration.

use anyhow::Context;
use clap::Parser;
use server::log::Log;
use server::{AdminCommand, Serve};
use std::io::Write;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

/// The central server of Quayside.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Args {
    /// Folder of the log and of the sites' books.
    #[arg(long, default_value = "quayside-server")]
    data: PathBuf,
    /// A PostgreSQL database as the log, for several replicas. The folder then holds books only.
    #[arg(long, env = "QUAYSIDE_DATABASE")]
    database: Option<String>,
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Requests a second that one API key may send.
    #[arg(long, default_value_t = NonZeroU32::MIN.saturating_add(1999))]
    per_second: NonZeroU32,
    /// Certificate chain, PEM.
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key, PEM.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    #[command(subcommand)]
    admin: Option<AdminCommand>,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if this fails.
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> anyhow::Result<()> {
    // Two of them in one program would be a mistake of ours, not of whoever runs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    std::fs::create_dir_all(&args.data).context("making the data folder")?;
    let mut out = std::io::stdout();
    if let (Some(AdminCommand::Restore { file }), None) = (&args.admin, &args.database) {
        return server::restore(file, &args.data, &mut out);
    }
    let mut log = match &args.database {
        Some(url) => Log::postgres(url).context("opening the log in PostgreSQL")?,
        None => Log::embedded(&args.data).context("opening the log")?,
    };
    if let Some(command) = args.admin {
        return server::administer(&mut log, command, &mut out);
    }
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    let tls = args.tls_cert.zip(args.tls_key);
    let serve =
        Serve { log, folder: args.data, listen: args.listen, per_second: args.per_second, tls };
    runtime.block_on(server::serve(serve, &mut out))
}
