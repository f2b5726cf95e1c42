//! What planning keeps in memory: the town, travel times, lines on the map, the running job, and
//! the day's replenishment proposals. All of it can be worked out again from the book.

use crate::dispatching::closures::Closed;
use crate::dispatching::job::Job;
use crate::dispatching::map_job::MapJob;
use crate::dispatching::offer::Offer;
use crate::dispatching::town::{MapFiles, TownMap, unreadable};
use crate::lang::Lang;
use crate::problem::Fault;
use crate::replenishing::Computed;
use dispatch::{PlanInput, PlannedRoute};
use domain::LonLat;
use planning::CountLessons;
use roads::addresses::Addresses;
use roads::tiles::Tiles;
use roads::{Matrix, StreetId};
use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

/// Lines of more routes than a day has vans are yesterday's.
const LINES_KEPT_MAX: usize = 200;

/// The open file of map tiles; one reader at a time.
pub(crate) type OpenTiles = Arc<Mutex<Tiles<BufReader<File>>>>;

/// Shared with the planning thread.
#[derive(Clone, Default)]
pub struct Planner(Arc<Inner>);

#[derive(Default)]
struct Inner {
    town: Mutex<Option<Arc<TownMap>>>,
    tiles: Mutex<Option<OpenTiles>>,
    addresses: Mutex<Option<Arc<Addresses>>>,
    map_job: Mutex<MapJob>,
    closed: Mutex<Option<Arc<Closed>>>,
    travel: Mutex<Option<Travel>>,
    lines: Mutex<HashMap<Vec<LonLat>, Vec<[f64; 2]>>>,
    job: Mutex<Job>,
    offer: Mutex<Option<Offer>>,
    proposals: Mutex<Option<Computed>>,
    count_lessons: Mutex<Option<(i64, Arc<CountLessons>)>>,
}

/// Travel times, and what they hold for.
struct Travel {
    places: Vec<LonLat>,
    without: Vec<StreetId>,
    matrix: Arc<Matrix>,
}

impl Planner {
    /// The road map of the data folder, read once.
    pub(crate) fn town(&self, dir: &Path, lang: Lang) -> Result<Arc<TownMap>, Fault> {
        let mut kept = lock(&self.0.town);
        if let Some(town) = kept.as_ref() {
            return Ok(town.clone());
        }
        let town = Arc::new(TownMap::load(dir, lang)?);
        *kept = Some(town.clone());
        Ok(town)
    }

    /// The map's tiles; `None` in a folder that has only roads.
    pub(crate) fn tiles(&self, dir: &Path, lang: Lang) -> Result<Option<OpenTiles>, Fault> {
        let mut kept = lock(&self.0.tiles);
        if let Some(tiles) = kept.as_ref() {
            return Ok(Some(tiles.clone()));
        }
        let files = MapFiles::read(dir, lang)?;
        let Ok(file) = File::open(files.tiles_path(dir)) else { return Ok(None) };
        let tiles = Tiles::open(BufReader::new(file))
            .map_err(|error| unreadable(lang, &files.tiles, error))?;
        let tiles = Arc::new(Mutex::new(tiles));
        *kept = Some(tiles.clone());
        Ok(Some(tiles))
    }

    /// Where addresses are. A folder from before has no file of them, but its roads have names.
    pub(crate) fn addresses(&self, dir: &Path, lang: Lang) -> Result<Arc<Addresses>, Fault> {
        let town = self.town(dir, lang)?;
        let mut kept = lock(&self.0.addresses);
        if let Some(addresses) = kept.as_ref() {
            return Ok(addresses.clone());
        }
        let files = MapFiles::read(dir, lang)?;
        let addresses = match std::fs::read(files.addresses_path(dir)) {
            Ok(bytes) => roads::addresses::decode(&bytes)
                .map_err(|error| unreadable(lang, &files.addresses, error))?,
            Err(_) => Addresses::of_roads(&town.graph),
        };
        let addresses = Arc::new(addresses);
        *kept = Some(addresses.clone());
        Ok(addresses)
    }

    /// Another map is in place: everything that was measured on the old one is read anew.
    pub(crate) fn forget_map(&self) {
        *lock(&self.0.town) = None;
        *lock(&self.0.tiles) = None;
        *lock(&self.0.addresses) = None;
        *lock(&self.0.closed) = None;
        *lock(&self.0.travel) = None;
        lock(&self.0.lines).clear();
    }

    /// The roads without these streets. Lines drawn on others are forgotten.
    pub(crate) fn closed(&self, town: &TownMap, streets: Vec<StreetId>) -> Arc<Closed> {
        let mut kept = lock(&self.0.closed);
        if let Some(closed) = kept.as_ref().filter(|closed| closed.streets == streets) {
            return closed.clone();
        }
        lock(&self.0.lines).clear();
        let closed = Arc::new(Closed::of(town, streets));
        *kept = Some(closed.clone());
        closed
    }

    /// Travel times of the depot and all stops, kept until a place or a closure is added or goes.
    pub(crate) fn travel(&self, town: &TownMap, closed: &Closed, input: &PlanInput) -> Arc<Matrix> {
        let stops = input.stops.iter().map(|stop| stop.place);
        let places: Vec<LonLat> = std::iter::once(input.depot.place).chain(stops).collect();
        let mut kept = lock(&self.0.travel);
        let holds = |known: &&Travel| known.places == places && known.without == closed.streets;
        if let Some(known) = kept.as_ref().filter(holds) {
            return known.matrix.clone();
        }
        let matrix = Arc::new(dispatch::travel(input, &town.graph, &closed.metric));
        let without = closed.streets.clone();
        *kept = Some(Travel { places, without, matrix: matrix.clone() });
        matrix
    }

    /// The line of a route on the map; empty when a stop cannot be reached.
    pub(crate) fn line(
        &self,
        town: &TownMap,
        closed: &Closed,
        input: &PlanInput,
        route: &PlannedRoute,
    ) -> Vec<[f64; 2]> {
        let place = |id: &str| input.stops.iter().find(|stop| stop.id == id).map(|s| s.place);
        let stops = route.stops.iter().filter_map(|stop| place(&stop.request));
        let places: Vec<LonLat> = std::iter::once(input.depot.place).chain(stops).collect();
        let mut kept = lock(&self.0.lines);
        if let Some(line) = kept.get(&places) {
            return line.clone();
        }
        let points = dispatch::geometry(input, route, &town.graph, &closed.metric);
        let points = points.unwrap_or_default();
        let line: Vec<[f64; 2]> = points.iter().map(|p| [p.lon(), p.lat()]).collect();
        if kept.len() >= LINES_KEPT_MAX {
            kept.clear();
        }
        kept.insert(places, line.clone());
        line
    }

    pub(crate) fn job(&self) -> MutexGuard<'_, Job> {
        lock(&self.0.job)
    }

    /// The plan made anew that waits to be taken.
    pub(crate) fn offer(&self) -> MutexGuard<'_, Option<Offer>> {
        lock(&self.0.offer)
    }

    pub(crate) fn map_job(&self) -> MutexGuard<'_, MapJob> {
        lock(&self.0.map_job)
    }

    /// What the counts have taught, and how many there were.
    pub(crate) fn count_lessons(&self) -> MutexGuard<'_, Option<(i64, Arc<CountLessons>)>> {
        lock(&self.0.count_lessons)
    }

    pub(crate) fn proposals(&self) -> MutexGuard<'_, Option<Computed>> {
        lock(&self.0.proposals)
    }
}

/// What is kept here is only a cache or a report, so a panic elsewhere leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
