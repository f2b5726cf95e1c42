//! A real day, when the data is beside the checkout: lines of a real shop as orders, doors on the
//! streets of a real city, from the file to the manifests.

// A helper outside a test function may fail the test just as well.
#![allow(clippy::unwrap_used)]

use app::{App, Edge};
use domain::{Day, Timestamp};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use store::OpenMode;

const DAY: &str = "2010-11-25";

fn shared() -> Option<PathBuf> {
    let up = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?;
    let data = up.join("shared/data");
    data.join("demand/or2_customer_lines.csv").exists().then_some(data)
}

/// Invoice -> SKU -> quantity, of one day.
fn invoices(data: &Path) -> BTreeMap<String, BTreeMap<String, i64>> {
    let text = std::fs::read_to_string(data.join("demand/or2_customer_lines.csv")).unwrap();
    let mut found: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let qty: i64 = cells[4].parse().unwrap_or(0);
        if cells[2] == DAY && qty > 0 {
            *found.entry(cells[0].into()).or_default().entry(cells[3].into()).or_default() += qty;
        }
    }
    found
}

#[test]
fn a_real_day_goes_from_the_file_to_the_manifests() {
    let Some(data) = shared() else {
        eprintln!("the shared data is not beside the checkout: nothing to run on");
        return;
    };
    let invoices = invoices(&data);
    assert!(invoices.len() > 30, "{} invoices", invoices.len());
    let skus: BTreeSet<&String> = invoices.values().flat_map(BTreeMap::keys).collect();
    let map = std::fs::read(data.join("osm/heidelberg.osm.pbf")).unwrap();
    let graph = roads::import::read_bytes(&map, roads::Profile::Van).unwrap();
    let dir = tempfile::tempdir().unwrap();
    // A bounding box's middle may lie in the woods; the depot stands on a street.
    let street =
        (graph.node_count() / 2..).find_map(|node| graph.snap(graph.node_place(node)?)).unwrap();
    let (lon, lat) = (street.point.lon(), street.point.lat());
    let depot = json!({"depot": {"name": "Depot", "lon": lon, "lat": lat},
        "water": [], "green": [], "source": "OpenStreetMap contributors"});
    std::fs::write(dir.path().join("town.roads"), roads::file::encode(&graph)).unwrap();
    std::fs::write(dir.path().join("town.json"), depot.to_string()).unwrap();

    let now = Day::parse(DAY).unwrap().start().plus_seconds(8 * 3600);
    let edge = Edge::seeded(3, move || Timestamp(now.0));
    let app = App::open_with(dir.path(), edge, OpenMode::Bulk).unwrap();
    let call = |name: &str, args: Value| {
        app.call_as("system", name, args).unwrap_or_else(|problem| panic!("{name}: {problem}"))
    };
    let import = |kind: &str, text: &str| {
        let name = format!("{kind}.csv");
        call("import_file", json!({"kind": kind, "file_name": name, "text": text}))
    };
    house(&app, skus.len());

    let (mut products, mut stock) = (
        String::from("sku,name,price,unit_cost,weight_g,volume_ml\n"),
        String::from("sku,location,qty\n"),
    );
    for (at, sku) in skus.iter().enumerate() {
        writeln!(products, "{sku},Item {sku},2.50,1.10,90,150").unwrap();
        let wanted: i64 = invoices.values().filter_map(|lines| lines.get(*sku)).sum();
        writeln!(stock, "{sku},A-{at:04},{wanted}").unwrap();
    }
    assert_eq!(import("products", &products)["accepted"], skus.len());
    assert_eq!(import("stock", &stock)["accepted"], skus.len());

    let mut orders = String::from("order_id,customer,address,lon,lat,placed_at,sku,qty\n");
    for (at, (invoice, lines)) in invoices.iter().enumerate() {
        let node = (at * 7919) % graph.node_count();
        let place = graph.node_place(node).unwrap();
        for (sku, qty) in lines {
            writeln!(
                orders,
                "{invoice},Customer {at},Door {at},{},{},{DAY} 06:30,{sku},{qty}",
                place.lon(),
                place.lat()
            )
            .unwrap();
        }
    }
    let report = import("orders", &orders);
    assert_eq!(report["accepted"], report["rows"], "{}", report["rejected"]);

    call("create_wave", json!({"order_ids": [], "max_orders": 10_000}));
    let wave = call("waves", Value::Null)[0].clone();
    call("release_wave", json!({"id": wave["id"]}));
    loop {
        let next = call("pick_next", json!({"wave_id": wave["id"], "skipped": []}));
        let Some(task) = next["task"].as_object() else { break };
        call("pick", json!({"task_id": task["id"], "qty": task["qty"]}));
    }
    let plan = app
        .as_person("system", app::lang::Lang::En, |ctx| {
            app::queries::dispatch_day::plan_now(ctx, 500)
        })
        .unwrap();
    let plan = serde_json::to_value(plan).unwrap();
    assert!(
        plan["stops"].as_i64().unwrap() > 30,
        "{} stops: {}",
        plan["stops"],
        plan["unplanned"][0]
    );
    let van = plan["routes"][0]["van_id"].clone();
    let manifest = call("print", json!({"doc": "manifest", "ids": [van]}));
    assert!(manifest["pdf_base64"].as_str().unwrap().starts_with("JVBERi"));
    let scratch = dir.path().join("scratch");
    let outcome = app.with_store(|store| store.verify(&scratch)).unwrap();
    let bad: Vec<_> = outcome.checks.iter().filter(|c| c.failure.is_some()).collect();
    assert!(bad.is_empty(), "{bad:?}");
}

fn house(app: &App, bins: usize) {
    use domain::{Bin, BinKind, Body, Grams, LocationCode, Milliliters, fleet::Van};
    let bin = |code: String, kind, walk| Body::BinSet {
        bin: Bin {
            code: LocationCode::parse(&code).unwrap(),
            kind,
            zone: "A".into(),
            walk,
            capacity: Milliliters(1_000_000),
            max_weight: Grams(1_000_000),
        },
    };
    let mut bodies: Vec<Body> =
        (0..bins).map(|n| bin(format!("A-{n:04}"), BinKind::Pick, n as i64)).collect();
    for kind in [BinKind::Dock, BinKind::Pack, BinKind::Stage] {
        bodies.push(bin(format!("{}-1", kind.as_str().to_uppercase()), kind, 0));
    }
    bodies.extend((1..=12).map(|n| Body::VanSet {
        van: Van {
            id: format!("{n:02}"),
            name: format!("Van {n}"),
            driver: "Driver".into(),
            plate: format!("HD {n}"),
            max_weight: Grams(2_000_000),
            max_volume: Milliliters(12_000_000),
            max_pieces: 20_000,
            shift_start_min: 480,
            shift_end_min: 1200,
            duty: Default::default(),
        },
    }));
    app.as_person("system", app::lang::Lang::En, |ctx| ctx.write(|w| Ok(w.record_all(bodies)?)))
        .unwrap();
}
