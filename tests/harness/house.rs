//! Small houses for the screens.

use app::{App, Problem};
use domain::event::ExpectedLine;
use domain::fleet::Van;
use domain::person::{Person, Role};
use domain::{
    Bin, BinKind, Body, Grams, LocationCode, Milliliters, PersonId, Qty, ReceiptId, Sku, UnitCost,
};
use serde_json::{Value, json};
use std::path::Path;

pub const PIN: &str = "1234";

const BINS: [(&str, BinKind); 6] = [
    ("A-01-1", BinKind::Pick),
    ("A-01-2", BinKind::Pick),
    ("DOCK-1", BinKind::Dock),
    ("PACK-1", BinKind::Pack),
    ("STAGE-1", BinKind::Stage),
    ("VAN-01", BinKind::Van),
];

/// One mug on the shelf, one order in a released wave. Lets go of the house, so that the program
/// under test can open it.
pub fn with_order(dir: &Path) -> Result<(), Problem> {
    let app = waiting(dir)?;
    let call = |name: &str, args: Value| app.call_as("system", name, args);
    call("create_wave", json!({"order_ids": [], "max_orders": 9}))?;
    let waves = call("waves", Value::Null)?;
    call("release_wave", json!({"id": waves[0]["id"]}))?;
    Ok(())
}

/// The same before anybody has made a wave.
pub fn with_waiting_order(dir: &Path) -> Result<(), Problem> {
    waiting(dir).map(drop)
}

fn waiting(dir: &Path) -> Result<App, Problem> {
    let app = furnish(dir)?;
    import(&app, "stock", "sku,location,qty\nMUG,A-01-1,10\n")?;
    import(&app, "orders", "order_id,customer,address,sku,qty\n1001,Ann,Main St 1,MUG,3\n")?;
    Ok(app)
}

/// Empty shelves, ten mugs on their way, a van and a town. Gives a file with one order for a door
/// of that town.
pub fn with_delivery(dir: &Path) -> Result<String, Problem> {
    let app = furnish(dir)?;
    let (street, lon, lat) = town_with_door(dir)?;
    expect_mugs(&app, &["01"])?;
    let today = app::Edge::real().now().day();
    Ok(format!(
        "order_id,customer,address,lon,lat,sku,qty,placed_at,window_from,window_to\n\
         1001,Ann,{street},{lon:.7},{lat:.7},MUG,3,{today},00:00,23:59\n"
    ))
}

/// Work for each of the core tasks: ten mugs on their way, six teas on the shelf, an order for
/// both, a fortnight of orders for cups that nobody has, a town and two vans.
pub fn with_tasks(dir: &Path) -> Result<(), Problem> {
    let app = furnish(dir)?;
    let (street, lon, lat) = town_with_door(dir)?;
    expect_mugs(&app, &["01", "02"])?;
    let products = "sku,name,name_zh,supplier,price,unit_cost,lead_time_days\n\
        TEA,Tea,茶,Potters,4,1,5\nCUP,Cup,杯,Potters,3,1,5\n";
    import(&app, "products", products)?;
    import(&app, "stock", "sku,location,qty\nTEA,A-01-2,6\n")?;
    let today = app::Edge::real().now().day();
    let mut orders =
        String::from("order_id,customer,address,lon,lat,sku,qty,placed_at,window_from,window_to\n");
    let mut order = |id: &str, sku: &str, qty: i64, day: domain::Day| {
        let door = format!("{street},{lon:.7},{lat:.7}");
        orders.push_str(&format!("{id},Ann,{door},{sku},{qty},{day},00:00,23:59\n"));
    };
    order("1001", "MUG", 3, today);
    order("1001", "TEA", 4, today);
    for ago in 1..=14 {
        order(&format!("90{ago:02}"), "CUP", 2, today.plus(-ago));
    }
    import(&app, "orders", &orders)?;
    app.as_person("system", app::lang::Lang::En, |ctx| {
        ctx.write(|w| Ok(w.record(person("mei", "Mei", [3, 4]))?))
    })?;
    Ok(())
}

/// Vans, and a delivery of ten mugs that is expected today.
fn expect_mugs(app: &App, vans: &[&str]) -> Result<(), Problem> {
    app.as_person("system", app::lang::Lang::En, |ctx| {
        ctx.write(|w| {
            for id in vans {
                let van = Van {
                    id: (*id).into(),
                    name: format!("Van {id}"),
                    driver: "Hannes".into(),
                    plate: "QS 1037".into(),
                    max_weight: Grams(700_000),
                    max_volume: Milliliters(6_000_000),
                    max_pieces: 160,
                    shift_start_min: 0,
                    shift_end_min: 24 * 60 - 1,
                    duty: Default::default(),
                };
                w.record(Body::VanSet { van })?;
            }
            let line = ExpectedLine {
                sku: Sku::parse("MUG").unwrap_or_default(),
                qty: Qty(10),
                unit_cost: UnitCost(2_000_000),
            };
            w.record(Body::ReceiptExpected {
                receipt: ReceiptId::from_bytes([9; 16]),
                reference: "PO-77".into(),
                supplier: "Potters".into(),
                expected_on: ctx.today(),
                lines: vec![line],
            })?;
            Ok(())
        })
    })
}

/// A town beside the book, and one of its doors.
fn town_with_door(dir: &Path) -> Result<(String, f64, f64), Problem> {
    let town = app::demo::put_town(dir, 7)?;
    let door = town.addresses.get(town.addresses.len() / 2);
    Ok(door.map_or_else(
        || (String::new(), 0.0, 0.0),
        |door| (format!("{} {}", door.street, door.number), door.place.lon(), door.place.lat()),
    ))
}

fn person(id: &str, name: &str, salt: [u64; 2]) -> Body {
    let person = Person {
        id: PersonId(id.into()),
        name: name.into(),
        roles: vec![Role::Supervisor],
        pin_hash: app::session::hash_pin(PIN, salt).unwrap_or_default(),
        active: true,
    };
    Body::PersonSet { person }
}

fn import(app: &App, kind: &str, text: &str) -> Result<Value, Problem> {
    let args = json!({"kind": kind, "file_name": "f.csv", "text": text, "dry_run": false});
    app.call_as("system", "import_file", args)
}

/// Bins, one person and one product.
fn furnish(dir: &Path) -> Result<App, Problem> {
    let app = App::open(dir)?;
    app.as_person("system", app::lang::Lang::En, |ctx| {
        ctx.write(|w| {
            for (walk, (code, kind)) in BINS.into_iter().enumerate() {
                let bin = Bin {
                    code: LocationCode::parse(code).unwrap_or_default(),
                    kind,
                    zone: "A".into(),
                    walk: walk as i64,
                    capacity: Milliliters(100_000),
                    max_weight: Grams(100_000),
                };
                w.record(Body::BinSet { bin })?;
            }
            w.record(person("li.wei", "Li Wei", [1, 2]))?;
            Ok(())
        })
    })?;
    let products = "sku,name,barcode,price,unit_cost,weight_g,volume_ml\nMUG,Mug,,5,2,300,900\n";
    import(&app, "products", products)?;
    Ok(app)
}

/// What the house looks like after the screens are closed.
pub struct After {
    /// The only line of order 1001.
    pub line: Value,
    pub mug: Value,
    /// Purchase orders on their way.
    pub ordered: usize,
    pub books_hold: bool,
}

pub fn after(dir: &Path) -> Result<After, Problem> {
    let app = App::open(dir)?;
    let call = |name: &str, args: Value| app.call_as("system", name, args);
    let list = json!({"view":"all","search":"1001","sort":"number","offset":0,"limit":1});
    let orders = call("orders", list)?;
    let line = match orders["rows"][0]["id"].as_str() {
        Some(id) => call("order", json!({ "id": id }))?["lines"][0].clone(),
        None => Value::Null,
    };
    let mug = call("sku", json!({"id": "MUG"}))?["row"].clone();
    let books_hold = call("verify", Value::Null)?["ok"] == json!(true);
    let receipts = call("receipts", Value::Null)?;
    let is_order = |row: &&Value| row["reference"].as_str().is_some_and(|r| r.starts_with("PO-2"));
    let ordered = receipts.as_array().map_or(0, |rows| rows.iter().filter(is_order).count());
    Ok(After { line, mug, ordered, books_hold })
}
