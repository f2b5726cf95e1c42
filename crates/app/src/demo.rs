//! A believable warehouse from a seed: catalogue, bins, people, vans, a town, ninety days of history
//! whose every number follows from events, and a morning of orders.

mod catalog;
mod dice;
mod history;
mod house;
mod morning;

use crate::dispatching::town::{MapFiles, Place};
use crate::edge::Edge;
use crate::face::App;
use crate::lang::Lang;
use crate::problem::{Fault, Problem};
use crate::zones;
use domain::{Day, LonLat, Timestamp, Zone};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::OpenMode;

/// How much of a house to make.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub skus: usize,
    pub history_days: i32,
    pub orders_a_day: usize,
    pub morning_orders: usize,
}

impl Scale {
    pub const FULL: Scale =
        Scale { skus: 2000, history_days: 90, orders_a_day: 45, morning_orders: 250 };
    /// Enough for tests of the screens, in a second or two.
    pub const SMALL: Scale =
        Scale { skus: 80, history_days: 8, orders_a_day: 6, morning_orders: 30 };
    /// An order a day is so many events over the ninety days of history.
    const EVENTS_PER_DAILY_ORDER: usize = 2_200;

    /// The full house with a past of about so many events.
    pub fn of_events(events: usize) -> Scale {
        let orders_a_day = (events / Scale::EVENTS_PER_DAILY_ORDER).max(1);
        Scale { orders_a_day, ..Scale::FULL }
    }
}

/// The town lies at the mouth of an invented river; the point is in the open sea of the map.
const TOWN: (f64, f64) = (8.20, 54.10);

/// Makes the demo in an empty folder. `now` is the morning it is made for, `zone` where its clock
/// hangs; one seed, `now` and `zone` give one history.
pub fn make(
    dir: &Path,
    seed: u64,
    now: Timestamp,
    zone: &str,
    scale: Scale,
    said: &mut dyn FnMut(&str),
) -> Result<(), Problem> {
    if dir.join("quayside.sqlite").exists() {
        return Err(Problem {
            code: "not_empty".to_owned(),
            what_happened: format!("{} already holds a warehouse.", dir.display()),
            what_to_do: "Choose another folder.".to_owned(),
        });
    }
    let known = zones::named(zone).ok_or_else(|| Fault::unknown("time zone", zone));
    let zone = (zone.to_owned(), known.map_err(|fault| fault.into_problem(Lang::En))?);
    let clock = Arc::new(AtomicI64::new(now.0));
    let reading = Arc::clone(&clock);
    let edge = Edge::seeded(seed, move || Timestamp(reading.load(Ordering::Relaxed)));
    let app = App::open_with(dir, edge, OpenMode::Bulk)?;
    let town = put_town(dir, seed)?;
    let mut demo = Demo { app: &app, clock: &clock, dice: dice::Dice::new(seed), scale, now, zone };
    let run = |demo: &mut Demo<'_>, said: &mut dyn FnMut(&str)| -> Result<(), Fault> {
        said("catalogue, bins, people and vans");
        let products = demo.house()?;
        said("history");
        demo.history(&products, &town)?;
        said("this morning's orders");
        demo.morning(&products, &town)
    };
    run(&mut demo, said).map_err(|fault| fault.into_problem(Lang::En))
}

/// Puts the roads of an invented town beside the warehouse's book.
pub fn put_town(dir: &Path, seed: u64) -> Result<roads::town::Town, Problem> {
    let make = || -> Result<roads::town::Town, Fault> {
        let center =
            LonLat::from_degrees(TOWN.0, TOWN.1).map_err(|error| Fault::invalid("town", error))?;
        let town = roads::town::generate(seed, center);
        write_town(dir, &town)?;
        Ok(town)
    };
    make().map_err(|fault| fault.into_problem(Lang::En))
}

pub(crate) struct Demo<'a> {
    app: &'a App,
    clock: &'a AtomicI64,
    dice: dice::Dice,
    scale: Scale,
    now: Timestamp,
    zone: (String, Zone),
}

impl Demo<'_> {
    fn at(&self, now: Timestamp) {
        self.clock.store(now.0, Ordering::Relaxed);
    }

    fn today(&self) -> Day {
        self.zone.1.day(self.now)
    }

    /// The instant at which the house's clock shows a minute of a day.
    fn when(&self, day: Day, minute: i64) -> Timestamp {
        self.zone.1.at(day, minute)
    }

    /// One transaction as a given person at the demo's clock.
    fn write<T>(
        &self,
        person: &str,
        work: impl FnOnce(&mut crate::ctx::Work<'_, '_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.app.as_person(person, Lang::En, |ctx| ctx.write(work)).map_err(Fault::Said)
    }
}

fn write_town(dir: &Path, town: &roads::town::Town) -> Result<(), Fault> {
    let (lon, lat) = (town.depot.lon(), town.depot.lat());
    let depot = Some(Place { name: "Quayside".to_owned(), lon, lat, guessed: false });
    let files = MapFiles { depot, source: "demo".to_owned(), ..MapFiles::default() };
    let failed = |error: std::io::Error| {
        Fault::said(
            "town",
            format!("The town cannot be written: {error}."),
            "Check the folder and the disk.".to_owned(),
        )
    };
    // Never into a file that may be mapped.
    let fresh = dir.join("town.roads.new");
    std::fs::write(&fresh, roads::file::encode(&town.graph)).map_err(failed)?;
    std::fs::rename(fresh, files.roads_path(dir)).map_err(failed)?;
    let mut tiles = Cursor::new(Vec::new());
    roads::tiles::from_town(town, &mut tiles).map_err(|e| Fault::invalid("tiles", e))?;
    std::fs::write(files.tiles_path(dir), tiles.into_inner()).map_err(failed)?;
    let addresses = roads::addresses::Addresses::of_town(town);
    std::fs::write(files.addresses_path(dir), roads::addresses::encode(&addresses))
        .map_err(failed)?;
    files.put_in_place(dir).map_err(failed)
}
