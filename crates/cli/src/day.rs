//! `quay day`: a whole working day's decisions without a window.

use crate::house;
use anyhow::{Context, Result, bail};
use app::App;
use base64::Engine;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    dir: PathBuf,
    /// The day's date; only today can be worked
    #[arg(long)]
    date: Option<String>,
    /// Search effort of the route plan: the same number gives the same plan
    #[arg(long, default_value_t = 20_000)]
    iterations: u64,
}

/// Who the command line acts as.
const ACTOR: &str = "system";

pub fn run(args: &Args) -> Result<()> {
    let app = house::open(&args.dir)?;
    let today = app.as_person(ACTOR, app::lang::Lang::En, |ctx| Ok(ctx.today()))?.to_string();
    if let Some(date) = args.date.as_ref().filter(|date| **date != today) {
        bail!(
            "facts are recorded when they happen: the day can be worked today ({today}), not {date}"
        );
    }
    let out = args.dir.join("day").join(&today);
    fs::create_dir_all(&out).with_context(|| format!("making {}", out.display()))?;
    take_dropped(&app)?;
    release_waves(&app, &out)?;
    plan_counts(&app)?;
    let buy = app.call_as(
        ACTOR,
        "proposals",
        json!({"filter": "open", "search": "", "offset": 0, "limit": 0}),
    )?;
    println!("{} replenishment proposals", buy["total"]);
    plan_routes(&app, args.iterations, &out)?;
    print(&app, "day_report", &[&today], &out.join("report.pdf"))?;
    println!("Papers are in {}", out.display());
    Ok(())
}

fn take_dropped(app: &App) -> Result<()> {
    let dir = app.drop_dir();
    let Ok(entries) = fs::read_dir(&dir) else { return Ok(()) };
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    for name in ["done", "rejected"] {
        fs::create_dir_all(dir.join(name))?;
    }
    for path in files {
        app::drop_folder::take(app, &dir, &path)
            .with_context(|| format!("taking in {}", path.display()))?;
    }
    Ok(())
}

/// Orders a picker can walk in one go.
const WAVE_ORDERS: i64 = 40;

fn release_waves(app: &App, out: &Path) -> Result<()> {
    loop {
        let args = json!({"order_ids": [], "max_orders": WAVE_ORDERS});
        match app.call_as(ACTOR, "create_wave", args) {
            Ok(_) => {}
            Err(problem) if problem.code == "wrong_state" => break,
            Err(problem) => return Err(problem.into()),
        }
    }
    let waves = app.call_as(ACTOR, "waves", Value::Null)?;
    for wave in waves.as_array().into_iter().flatten().filter(|wave| wave["state"] == "planned") {
        let id = wave["id"].as_str().unwrap_or_default();
        let done = app.call_as(ACTOR, "release_wave", json!({"id": id}))?;
        println!("{}", done["message"].as_str().unwrap_or_default());
        let name = wave["name"].as_str().unwrap_or("wave");
        print(app, "pick_list", &[id], &out.join(format!("pick-{name}.pdf")))?;
    }
    Ok(())
}

fn plan_counts(app: &App) -> Result<()> {
    let plan = app.call_as(ACTOR, "count_plan", json!({"minutes": 60}))?;
    let locations: Vec<&Value> =
        plan.as_array().into_iter().flatten().map(|row| &row["location"]).collect();
    if !locations.is_empty() {
        app.call_as(ACTOR, "open_counts", json!({"locations": locations, "why": "count plan"}))?;
    }
    println!("{} bins to count", locations.len());
    Ok(())
}

fn plan_routes(app: &App, iterations: u64, out: &Path) -> Result<()> {
    let plan = app.as_person(ACTOR, app::lang::Lang::En, |ctx| {
        app::queries::dispatch_day::plan_now(ctx, iterations)
    });
    let plan = match plan {
        Ok(plan) => serde_json::to_value(plan)?,
        // A house without a map still works its day; it says so.
        Err(problem) if problem.code == "no_roads" => {
            println!("{problem}");
            return Ok(());
        }
        Err(problem) => return Err(problem.into()),
    };
    println!(
        "{} stops on {} vans, {} unplanned, {} km",
        plan["stops"],
        plan["vans_used"],
        plan["unplanned"].as_array().map_or(0, Vec::len),
        plan["meters"].as_i64().unwrap_or(0) / 1000
    );
    app.call_as(ACTOR, "publish_plan", Value::Null)?;
    for route in plan["routes"].as_array().into_iter().flatten() {
        let van = route["van_id"].as_str().unwrap_or_default();
        if route["stops"].as_array().is_some_and(|stops| !stops.is_empty()) {
            print(app, "manifest", &[van], &out.join(format!("manifest-{van}.pdf")))?;
        }
    }
    fs::write(out.join("routes.geojson"), routes_geojson(&plan).to_string())?;
    Ok(())
}

fn routes_geojson(plan: &Value) -> Value {
    let features: Vec<Value> = plan["routes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|route| {
            json!({
                "type": "Feature",
                "properties": { "van": route["van_id"], "meters": route["meters"] },
                "geometry": { "type": "LineString", "coordinates": route["geometry"] },
            })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn print(app: &App, doc: &str, ids: &[&str], path: &Path) -> Result<()> {
    let printed = app.call_as(ACTOR, "print", json!({"doc": doc, "ids": ids}))?;
    let pdf = printed["pdf_base64"].as_str().unwrap_or_default();
    let bytes = base64::engine::general_purpose::STANDARD.decode(pdf)?;
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
