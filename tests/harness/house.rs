//! A small house for the screens: one mug on the shelf, one order in a released wave.

use app::{App, Problem};
use domain::person::{Person, Role};
use domain::{Bin, BinKind, Body, Grams, LocationCode, Milliliters, PersonId};
use serde_json::{Value, json};
use std::path::Path;

pub const PIN: &str = "1234";

const BINS: [(&str, BinKind); 5] = [
    ("A-01-1", BinKind::Pick),
    ("A-01-2", BinKind::Pick),
    ("DOCK-1", BinKind::Dock),
    ("PACK-1", BinKind::Pack),
    ("STAGE-1", BinKind::Stage),
];

/// Makes the house and lets go of it, so that the program under test can open it.
pub fn make(dir: &Path) -> Result<(), Problem> {
    let app = App::open(dir)?;
    app.as_person("system", app::lang::Lang::En, |ctx| {
        ctx.write(|w| {
            for (walk, (code, kind)) in BINS.into_iter().enumerate() {
                let code = LocationCode::parse(code).unwrap_or_default();
                let bin = Bin {
                    code,
                    kind,
                    zone: "A".into(),
                    walk: walk as i64,
                    capacity: Milliliters(100_000),
                    max_weight: Grams(100_000),
                };
                w.record(Body::BinSet { bin })?;
            }
            let pin_hash = app::session::hash_pin(PIN, [1, 2]).unwrap_or_default();
            let person = Person {
                id: PersonId("li.wei".into()),
                name: "Li Wei".into(),
                roles: vec![Role::Supervisor],
                pin_hash,
                active: true,
            };
            w.record(Body::PersonSet { person })?;
            Ok(())
        })
    })?;
    let call = |name: &str, args: Value| app.call_as("system", name, args);
    let import = |kind: &str, text: &str| {
        call("import_file", json!({"kind": kind, "file_name": "f.csv", "text": text}))
    };
    import(
        "products",
        "sku,name,barcode,price,unit_cost,weight_g,volume_ml\nMUG,Mug,,5,2,300,900\n",
    )?;
    import("stock", "sku,location,qty\nMUG,A-01-1,10\n")?;
    import("orders", "order_id,customer,address,sku,qty\n1001,Ann,Main St 1,MUG,3\n")?;
    call("create_wave", json!({"order_ids": [], "max_orders": 9}))?;
    let waves = call("waves", Value::Null)?;
    call("release_wave", json!({"id": waves[0]["id"]}))?;
    Ok(())
}

/// What the order and the shelf look like after the screens are closed, and whether the books hold.
pub fn after(dir: &Path) -> Result<(Value, Value, bool), Problem> {
    let app = App::open(dir)?;
    let call = |name: &str, args: Value| app.call_as("system", name, args);
    let list = json!({"view":"all","search":"1001","sort":"number","offset":0,"limit":1});
    let orders = call("orders", list)?;
    let order = call("order", json!({"id": orders["rows"][0]["id"]}))?;
    let sku = call("sku", json!({"id": "MUG"}))?;
    let verified = call("verify", Value::Null)?;
    Ok((order["lines"][0].clone(), sku, verified["ok"] == json!(true)))
}
