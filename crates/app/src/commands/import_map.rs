//! Make the map and the roads of a city from an OpenStreetMap file on this machine.

use crate::ctx::{Ctx, Done};
use crate::dispatching::map_job;
use crate::problem::Fault;
use serde::Deserialize;
use std::path::PathBuf;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct ImportMapArgs {
    /// Of an `.osm.pbf` file.
    pub path: String,
}

pub fn run(ctx: &Ctx<'_>, args: ImportMapArgs) -> Result<Done, Fault> {
    let path = PathBuf::from(args.path.trim().trim_matches('"'));
    if !path.is_file() {
        return Err(Fault::said(
            "no_such_file",
            ctx.lang.pick(
                format!("There is no file {}.", path.display()),
                format!("找不到文件 {}。", path.display()),
            ),
            ctx.say("Give the whole path of an .osm.pbf file.", "请填写 .osm.pbf 文件的完整路径。"),
        ));
    }
    map_job::start(ctx, path)?;
    Ok(Done {
        message: ctx.say("Importing the map.", "正在导入地图。"), event_ids: Vec::new()
    })
}
