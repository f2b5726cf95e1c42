//! A small house with a town around it, two vans, and a dozen orders due today.

use crate::seed::{NOW, at, pack, seed};
use app::commands::save_person::{self, PersonArgs};
use app::ctx::{Ctx, Work};
use app::lang::Lang;
use app::{App, Edge, Fault};
use domain::order::Order;
use domain::person::Role;
use domain::{AllocationId, Body, Key, LonLat, WaveId};
use serde_json::{Value, json};
use store::OpenMode;
use tempfile::TempDir;

const ADMIN: &str = "ada";

pub struct House {
    pub app: App,
    pub dir: TempDir,
    pub orders: Vec<Order>,
    session: String,
}

impl House {
    pub fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        let town = write_town(&dir);
        let edge = Edge::seeded(7, || NOW);
        let app = App::open_with(dir.path(), edge, OpenMode::Bulk).unwrap();
        let places: Vec<LonLat> =
            town.addresses.iter().step_by(97).map(|address| address.place).collect();
        let orders = app
            .as_person("", Lang::En, |ctx| {
                save_person::run(ctx, admin())?;
                seed(ctx, &places)
            })
            .unwrap();
        let args = json!({"person_id": ADMIN, "pin": "1234"});
        let signed_in = app.call("en:", "sign_in", args).unwrap();
        let session = format!("en:{}", signed_in["token"].as_str().unwrap());
        House { app, dir, orders, session }
    }

    pub fn call(&self, name: &str, args: Value) -> Value {
        self.app.call(&self.session, name, args).unwrap_or_else(|p| panic!("{name}: {p}"))
    }

    pub fn refused(&self, name: &str, args: Value) -> String {
        self.app.call(&self.session, name, args).unwrap_err().code
    }

    pub fn write<T>(&self, work: impl FnOnce(&mut Work<'_, '_>) -> Result<T, Fault>) -> T {
        self.app.as_person(ADMIN, Lang::En, |ctx| ctx.write(work)).unwrap()
    }

    pub fn plan(&self) -> Value {
        let plan = |ctx: &Ctx<'_>| app::queries::dispatch_day::plan_now(ctx, 2_000);
        serde_json::to_value(self.app.as_person(ADMIN, Lang::En, plan).unwrap()).unwrap()
    }

    /// Sends a picker to one line of one order and lets it go again with the next wave.
    pub fn allocate_first(&self) {
        let order = self.orders[0].clone();
        self.write(|w| {
            let wave = WaveId(w.id());
            w.record(Body::WavePlanned { wave, name: "W-0".into(), orders: vec![order.id] })?;
            w.record(Body::WaveReleased { wave })?;
            let line = &order.lines[0];
            let key = Key { sku: line.sku.clone(), location: at("A-01"), ..Key::default() };
            let (allocation, line, qty) = (AllocationId(w.id()), line.id, line.qty);
            w.record(Body::Allocated { allocation, wave, line, key, qty })?;
            Ok(())
        });
    }

    /// Picks and packs every order, one carton each.
    pub fn pack_all(&self) {
        let orders = self.orders.clone();
        self.write(|w| {
            let wave = WaveId(w.id());
            let ids = orders.iter().map(|order| order.id).collect();
            w.record(Body::WavePlanned { wave, name: "W-1".into(), orders: ids })?;
            w.record(Body::WaveReleased { wave })?;
            orders.iter().try_for_each(|order| pack(w, wave, order))
        });
    }
}

fn admin() -> PersonArgs {
    PersonArgs {
        id: ADMIN.into(),
        name: "Ada".into(),
        roles: vec![Role::Admin],
        pin: "1234".into(),
        active: true,
    }
}

fn write_town(dir: &TempDir) -> roads::town::Town {
    let town = roads::town::generate(3, LonLat::from_degrees(8.68, 49.41).unwrap());
    std::fs::write(dir.path().join("town.roads"), roads::file::encode(&town.graph)).unwrap();
    let scenery = json!({
        "depot": {"name": "Yard", "lon": town.depot.lon(), "lat": town.depot.lat()},
        "source": "an invented town",
    });
    std::fs::write(dir.path().join("town.json"), scenery.to_string()).unwrap();
    town
}
