//! A new map in the background: tiles and roads from one OpenStreetMap file, put in place together
//! or not at all.

use crate::ctx::Ctx;
use crate::dispatching::town::{MapFiles, Place, middle};
use crate::face::Listeners;
use crate::lang::Lang;
use crate::problem::{Fault, Problem};
use crate::queries::planner::Planner;
use roads::addresses::Addresses;
use roads::import::Options;
use roads::tiles::{Progress, Stage, TileError};
use roads::{Profile, RoadGraph};
use serde::Serialize;
use std::fs::File;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use ts_rs::TS;

const SOURCE: &str = "© OpenStreetMap contributors";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum MapStage {
    #[default]
    Reading,
    Drawing,
    Roads,
    Done,
    Stopped,
    Failed,
}

#[derive(Default)]
pub(crate) struct MapJob {
    pub running: bool,
    pub stopping: bool,
    pub stage: MapStage,
    pub per_mille: u32,
    pub failed: Option<Problem>,
}

/// Where a map comes from and goes to.
struct Import {
    planner: Planner,
    dir: PathBuf,
    map: PathBuf,
    lang: Lang,
    listeners: Listeners,
}

/// Starts, unless a map is being made already.
pub(crate) fn start(ctx: &Ctx<'_>, map: PathBuf) -> Result<(), Fault> {
    let import = Import {
        planner: ctx.app.planner.clone(),
        dir: ctx.app.dir().to_owned(),
        map,
        lang: ctx.lang,
        listeners: ctx.app.listeners(),
    };
    {
        let mut job = import.planner.map_job();
        if job.running {
            return Err(Fault::said(
                "map_running",
                ctx.say("A map is being imported already.", "已有地图正在导入。"),
                ctx.say("Wait for it, or stop it first.", "请等待完成，或先停止。"),
            ));
        }
        *job = MapJob { running: true, ..MapJob::default() };
    }
    std::thread::spawn(move || {
        // A job that died must not look as if it ran for ever.
        let outcome = catch_unwind(AssertUnwindSafe(|| import.run()))
            .unwrap_or_else(|_| Err(Fault::invalid("map", "the import broke off")));
        let mut job = import.planner.map_job();
        job.running = false;
        let is_done = outcome.is_ok();
        match outcome {
            Ok(()) => (job.stage, job.per_mille) = (MapStage::Done, 1000),
            Err(_) if job.stopping => job.stage = MapStage::Stopped,
            Err(fault) => {
                job.stage = MapStage::Failed;
                job.failed = Some(fault.into_problem(import.lang));
            }
        }
        drop(job);
        if is_done {
            // Whoever looks at the old map sees the new one, wherever the import was started. The
            // book itself has not moved.
            import.listeners.tell(&["map", "dispatch"], 0);
        }
    });
    Ok(())
}

impl Import {
    fn run(&self) -> Result<(), Fault> {
        let bytes = std::fs::read(&self.map).map_err(|error| self.not_read(&error))?;
        let mark = blake3::hash(&bytes).to_hex()[..12].to_owned();
        let old = MapFiles::read(&self.dir, self.lang).unwrap_or_default();
        let name = |ending: &str| format!("map-{mark}.{ending}");
        let mut new = MapFiles {
            depot: None,
            source: SOURCE.to_owned(),
            roads: name("roads"),
            tiles: name("pmtiles"),
            addresses: name("addresses"),
        };
        let fresh = ["roads.new", "pmtiles.new", "addresses.new"].map(|e| self.dir.join(name(e)));
        let made = self.make(&bytes, &fresh, &mut new, &old).and_then(|()| {
            std::fs::rename(&fresh[0], new.roads_path(&self.dir))
                .and_then(|()| std::fs::rename(&fresh[1], new.tiles_path(&self.dir)))
                .and_then(|()| std::fs::rename(&fresh[2], new.addresses_path(&self.dir)))
                .and_then(|()| new.put_in_place(&self.dir))
                .map_err(|error| self.not_written(&error))
        });
        // What was half done, or is no longer the map, only takes room; a leftover does no harm.
        for path in &fresh {
            let _ = std::fs::remove_file(path);
        }
        made?;
        self.planner.forget_map();
        for (was, is) in [
            (old.roads_path(&self.dir), new.roads_path(&self.dir)),
            (old.tiles_path(&self.dir), new.tiles_path(&self.dir)),
            (old.addresses_path(&self.dir), new.addresses_path(&self.dir)),
        ] {
            if was != is {
                let _ = std::fs::remove_file(was);
            }
        }
        Ok(())
    }

    fn make(
        &self,
        bytes: &[u8],
        [roads_path, tiles_path, addresses_path]: &[PathBuf; 3],
        new: &mut MapFiles,
        old: &MapFiles,
    ) -> Result<(), Fault> {
        let out = File::create(tiles_path).map_err(|error| self.not_written(&error))?;
        let mut watch = |progress: Progress| self.report(progress);
        roads::tiles::from_osm(bytes, BufWriter::new(out), &mut watch).map_err(|e| match e {
            TileError::Write(error) => self.not_written(&error),
            error => self.not_a_map(&error),
        })?;
        self.at(MapStage::Roads, 0)?;
        let options = Options { profile: Profile::Van, ..Options::default() };
        let mut go_on = |progress: roads::import::Progress| {
            let share = progress.done.saturating_mul(850) / progress.total.max(1);
            self.at(MapStage::Roads, u32::try_from(share).unwrap_or(850)).is_ok()
        };
        let (graph, _) = roads::import::read_with(bytes, &options, &mut go_on)
            .map_err(|e| self.not_a_map(&e))?;
        self.at(MapStage::Roads, 850)?;
        let addresses = Addresses::read(bytes, &graph).map_err(|e| self.not_a_map(&e))?;
        std::fs::write(addresses_path, roads::addresses::encode(&addresses))
            .map_err(|error| self.not_written(&error))?;
        self.at(MapStage::Roads, 900)?;
        std::fs::write(roads_path, roads::file::encode(&graph))
            .map_err(|error| self.not_written(&error))?;
        new.depot = depot(&graph, old);
        self.at(MapStage::Roads, 1000)
    }

    fn report(&self, progress: Progress) -> ControlFlow<()> {
        let stage = match progress.stage {
            Stage::Read => MapStage::Reading,
            Stage::Tiles => MapStage::Drawing,
        };
        match self.at(stage, progress.per_mille) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn at(&self, stage: MapStage, per_mille: u32) -> Result<(), Fault> {
        let mut job = self.planner.map_job();
        (job.stage, job.per_mille) = (stage, per_mille);
        if job.stopping {
            return Err(Fault::said("stopped", String::new(), String::new()));
        }
        Ok(())
    }

    fn not_read(&self, error: &std::io::Error) -> Fault {
        self.said("map_unreadable", "cannot be read", "无法读取", error)
    }

    fn not_a_map(&self, error: &dyn std::error::Error) -> Fault {
        self.said("map_damaged", "is no usable map", "不是可用的地图", error)
    }

    fn not_written(&self, error: &std::io::Error) -> Fault {
        Fault::said(
            "map_not_written",
            format!("{}: {error}.", self.dir.display()),
            self.lang.say("Check the folder and the disk.", "请检查文件夹和磁盘。"),
        )
    }

    fn said(&self, code: &str, en: &str, zh: &str, error: &dyn std::error::Error) -> Fault {
        let file = file_name(&self.map);
        Fault::said(
            code,
            self.lang.pick(format!("{file} {en}: {error}."), format!("{file} {zh}：{error}。")),
            self.lang.say(
                "Choose an .osm.pbf file of your city, for instance from download.geofabrik.de.",
                "请选择所在城市的 .osm.pbf 文件，例如取自 download.geofabrik.de。",
            ),
        )
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The house stays where it stands if the new map shows it.
fn depot(graph: &RoadGraph, old: &MapFiles) -> Option<Place> {
    let (low, high) = graph.bounds()?;
    let is_shown = |place: &&Place| {
        (low.lon()..=high.lon()).contains(&place.lon)
            && (low.lat()..=high.lat()).contains(&place.lat)
    };
    old.depot.as_ref().filter(is_shown).cloned().or_else(|| middle(graph))
}
