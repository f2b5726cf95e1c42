//! What whoever keeps the server up does from the command line.

use crate::api::auth::Scope;
use crate::courier::hex;
use crate::log::{Admin, ApiKey, Embedded, Log};
use anyhow::{Context, bail};
use clap::Subcommand;
use domain::StationId;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use sync::{Code, Grant, Hash, Offer, SiteId};

const DAY_MS: i64 = 24 * 3_600_000;

#[derive(Debug, Clone, Subcommand)]
pub enum AdminCommand {
    /// Add a site, or give it another name.
    Site {
        id: String,
        #[arg(default_value = "")]
        name: String,
    },
    /// List the sites.
    Sites,
    /// Give out a one-time code for a desktop.
    Code {
        site: String,
        /// What the desktop will be called.
        #[arg(default_value = "desktop")]
        name: String,
        /// Kinds of events that it may not write.
        #[arg(long = "not")]
        not: Vec<String>,
        /// How long the code is good for.
        #[arg(long, default_value_t = 7)]
        days: i64,
    },
    /// List the stations of a site.
    Stations { site: String },
    /// Shut a station out: what it sends is kept aside.
    Revoke { station: String },
    /// Let a station in again.
    Readmit { station: String },
    /// Make an API key; it is shown this once.
    Key {
        site: String,
        name: String,
        /// All of them unless told.
        #[arg(long = "scope")]
        scopes: Vec<String>,
    },
    /// Revoke an API key.
    RevokeKey { key: String },
    /// Say that a site's log was restored from a backup: stations offer again what was lost.
    Restored { site: String },
    /// Copy the log of this machine into one file, while the server runs.
    Backup { file: PathBuf },
    /// Put a backup in the place of a log that is gone; every site begins a new generation.
    Restore { file: PathBuf },
    /// What a supervisor has to be told.
    Attention { site: String },
}

pub fn administer(
    log: &mut Log,
    command: AdminCommand,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let edge = app::Edge::real();
    match command {
        AdminCommand::Site { id, name } => {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
                bail!("a site's id is 1 to 40 letters, digits, - and _");
            }
            let name = if name.is_empty() { id.clone() } else { name };
            log.add_site(&SiteId(id.clone()), &name)?;
            writeln!(out, "{id}")?;
        }
        AdminCommand::Sites => {
            for site in log.sites()? {
                writeln!(out, "{}\t{}\t{} events", site.id, site.name, site.head)?;
            }
        }
        AdminCommand::Code { site, name, not, days } => {
            let code = Code::from_random(edge.random());
            let grant = Grant { site: SiteId(site), not: not.into_iter().collect() };
            let expires = edge.now().plus_millis(days.max(1) * DAY_MS);
            let offer = Offer { grant, expires, used_by: None };
            log.add_code(code.hash(), &name, &offer)?;
            writeln!(out, "{}", code.spoken())?;
        }
        AdminCommand::Stations { site } => {
            for row in log.stations(&SiteId(site))? {
                let state = match (row.revoked, row.closed) {
                    (true, _) => "revoked",
                    (false, true) => "closed",
                    (false, false) => "active",
                };
                writeln!(out, "{}\t{}\t{} events\t{state}", row.id, row.name, row.head.seq)?;
            }
        }
        AdminCommand::Revoke { station } => log.revoke(station_id(&station)?, true)?,
        AdminCommand::Readmit { station } => log.revoke(station_id(&station)?, false)?,
        AdminCommand::Key { site, name, scopes } => {
            let key = add_key(log, &edge, site, name, scopes)?;
            writeln!(out, "{key}")?;
        }
        AdminCommand::RevokeKey { key } => {
            if !log.revoke_key(Hash::of(key.trim().as_bytes()))? {
                bail!("there is no such key");
            }
        }
        AdminCommand::Restored { site } => {
            let generation = log.declare_restored(&SiteId(site))?;
            writeln!(out, "generation {generation}")?;
        }
        AdminCommand::Backup { file } => {
            let Log::Embedded(log) = log else {
                bail!(
                    "a log in PostgreSQL is backed up by the database: see docs/guides/server.md"
                );
            };
            if file.exists() {
                bail!("{} is there already", file.display());
            }
            let unfinished = file.with_extension("unfinished");
            log.back_up(&unfinished)?;
            std::fs::File::open(&unfinished)?.sync_all()?;
            std::fs::rename(&unfinished, &file).context("naming the backup")?;
        }
        AdminCommand::Restore { .. } => {
            bail!("there is a log already; restore into an empty folder")
        }
        AdminCommand::Attention { site } => {
            for one in log.attention(&SiteId(site))? {
                writeln!(out, "{one:?}")?;
            }
        }
    }
    Ok(())
}

/// Makes the log of a folder from a backup, before anybody opens it.
pub fn restore(file: &Path, folder: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let log = Embedded::restore(file, folder);
    let mut log = log.with_context(|| format!("restoring {}", file.display()))?;
    for site in log.sites()? {
        let generation = log.declare_restored(&SiteId(site.id.clone()))?;
        writeln!(out, "{}: {} events, generation {generation}", site.id, site.head)?;
    }
    Ok(())
}

fn add_key(
    log: &mut Log,
    edge: &app::Edge,
    site: String,
    name: String,
    scopes: Vec<String>,
) -> anyhow::Result<String> {
    let all = || Scope::ALL.into_iter().map(|scope| scope.word().to_owned());
    if let Some(stranger) = scopes.iter().find(|scope| !all().any(|known| known == **scope)) {
        let words: Vec<String> = all().collect();
        bail!("{stranger} is no scope; there are {}", words.join(", "));
    }
    let scopes: BTreeSet<String> =
        if scopes.is_empty() { all().collect() } else { scopes.into_iter().collect() };
    let mut secret = Vec::with_capacity(24);
    (0..3).for_each(|_| secret.extend(edge.random().to_le_bytes()));
    let key = format!("qk_{}", hex(&secret));
    let hash = Hash::of(key.as_bytes()).0;
    log.add_key(&ApiKey { hash, site, name, scopes, revoked: false })?;
    Ok(key)
}

fn station_id(text: &str) -> anyhow::Result<StationId> {
    StationId::parse(text).ok().with_context(|| format!("{text} is no station id"))
}
