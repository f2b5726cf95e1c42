//! The house, the people, the data folder.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::queries::imports::{DropFolderView, ImportReport, RowErrorView};
use crate::view::{Nothing, mirror};
use domain::person::{Person, Role};
use serde::Serialize;
use store::Db;
use store::read::ImportRow;
use ts_rs::TS;

const IMPORTS_SHOWN: i64 = 20;

#[derive(Debug, Serialize, TS)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    #[ts(as = "Vec<mirror::Role>")]
    pub roles: Vec<Role>,
    pub active: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct SettingsView {
    pub warehouse: String,
    pub site: String,
    pub data_folder: String,
    pub database_bytes: u64,
    pub events: i64,
    pub station: String,
    pub version: String,
    pub people: Vec<PersonRow>,
    pub drop: DropFolderView,
    pub currency: String,
    /// A name of the tz database.
    pub time_zone: String,
    pub tolerance_units: i64,
    pub tolerance_minor: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<SettingsView, Fault> {
    let station = ctx.app.with_store(|store| store.station());
    ctx.read(|db| {
        let house = house(&db)?;
        Ok(SettingsView {
            warehouse: house.name,
            site: house.site,
            data_folder: ctx.app.dir().display().to_string(),
            database_bytes: database_bytes(ctx),
            events: db.event_count()?,
            station: station.to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            people: db.people()?.into_iter().map(person).collect(),
            drop: drop_folder(ctx, &db)?,
            currency: house.currency.to_string(),
            time_zone: house.time_zone,
            tolerance_units: number(&db, "tolerance_units")?,
            tolerance_minor: number(&db, "tolerance_minor")?,
        })
    })
}

/// The book and its write-ahead log together.
fn database_bytes(ctx: &Ctx<'_>) -> u64 {
    let size =
        |name: &str| std::fs::metadata(ctx.app.dir().join(name)).map_or(0, |file| file.len());
    size("quayside.sqlite") + size("quayside.sqlite-wal")
}

fn number(db: &Db<'_>, name: &str) -> Result<i64, Fault> {
    Ok(db.setting(name)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn person(person: Person) -> PersonRow {
    PersonRow { id: person.id.0, name: person.name, roles: person.roles, active: person.active }
}

fn drop_folder(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<DropFolderView, Fault> {
    let path = ctx.app.dir().join("drop");
    Ok(DropFolderView {
        // Somebody watches the folder from the moment it is there.
        watching: path.is_dir(),
        path: path.display().to_string(),
        recent: db.imports(IMPORTS_SHOWN)?.into_iter().map(|row| recent(ctx, row)).collect(),
    })
}

fn recent(ctx: &Ctx<'_>, row: ImportRow) -> ImportReport {
    let message = ctx.lang.pick(
        format!(
            "{} of {} rows taken, {} already known.",
            row.accepted, row.rows, row.already_known
        ),
        format!("共 {} 行，导入 {} 行，已存在 {} 行。", row.rows, row.accepted, row.already_known),
    );
    let rejected = row.errors.into_iter().map(|(line, column, message)| RowErrorView {
        line,
        column,
        message,
    });
    ImportReport {
        import_id: row.id,
        file_name: row.file_name,
        kind: row.what,
        at: row.at,
        rows: row.rows,
        accepted: row.accepted,
        already_known: row.already_known,
        rejected: rejected.collect(),
        duplicate_file: false,
        message,
        // Undoing is offered where imports are listed, which knows what has happened since.
        undoable: false,
    }
}
