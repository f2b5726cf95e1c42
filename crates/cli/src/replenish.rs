//! `quay replenish`: `items.csv` and `history.csv` of a folder in; `sku,s,S` (a policy) or `sku,qty`
//! (orders of today) out.

use anyhow::{Context, Result, anyhow, bail};
use domain::Day;
use planning::{Experience, Policy, PolicyInput, SharedSeason, Trial};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Folder with items.csv and history.csv
    #[arg(long = "in")]
    input: PathBuf,
    /// CSV to write
    #[arg(long)]
    out: PathBuf,
    #[arg(long, value_enum, default_value_t = Mode::Policy)]
    mode: Mode,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Mode {
    /// Reorder point and order-up-to level of each SKU
    Policy,
    /// What to order today
    Orders,
}

struct Item {
    sku: String,
    input: PolicyInput,
    position: i64,
    reviewed: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let items = items(&args.input)?;
    let season = SharedSeason::learn(items.iter().map(|item| item.input.history.as_slice()));
    let trial = |item: &Item| {
        let ahead = item.input.lead_days_max + item.input.review_days + 14;
        Trial::of(&item.input, season.factor(usize::try_from(ahead).unwrap_or(0)))
    };
    let trials: Vec<Trial> = items.iter().map(trial).collect();
    let experience = Experience::learn(&trials);
    let mut out = csv::Writer::from_path(&args.out)
        .with_context(|| format!("writing {}", args.out.display()))?;
    let header: &[&str] =
        if args.mode == Mode::Policy { &["sku", "s", "S"] } else { &["sku", "qty"] };
    out.write_record(header)?;
    for (item, trial) in items.iter().zip(&trials) {
        let policy = trial.choose(&experience);
        out.write_record(row(args.mode, item, policy))?;
    }
    out.flush()?;
    Ok(())
}

fn row(mode: Mode, item: &Item, policy: Policy) -> Vec<String> {
    match mode {
        Mode::Policy => {
            vec![item.sku.clone(), policy.at.to_string(), policy.up_to.to_string()]
        }
        Mode::Orders => {
            let ordered = policy.order(item.position, item.input.moq, item.input.pack);
            let qty = if item.reviewed { ordered } else { 0 };
            vec![item.sku.clone(), qty.to_string()]
        }
    }
}

fn items(folder: &Path) -> Result<Vec<Item>> {
    let mut sold: BTreeMap<String, Vec<(Day, f64)>> = BTreeMap::new();
    let mut rows = Rows::open(&folder.join("history.csv"))?;
    for row in rows.all()? {
        sold.entry(row.text("sku")?.to_owned())
            .or_default()
            .push((row.day("date")?, row.number("demand")?));
    }
    let mut items = Vec::new();
    let mut rows = Rows::open(&folder.join("items.csv"))?;
    for row in rows.all()? {
        let sku = row.text("sku")?.to_owned();
        let (first, today) = (row.day("first_day")?, row.day("today")?);
        if today < first {
            bail!("{sku}: today {today} is before the first day {first}");
        }
        let mut history = vec![0.0; usize::try_from(today.0 - first.0)? + 1];
        for (day, qty) in sold.remove(&sku).unwrap_or_default() {
            let at = usize::try_from(day.0 - first.0).ok();
            let place = at.and_then(|at| history.get_mut(at));
            *place.ok_or_else(|| anyhow!("{sku}: {day} is not between {first} and {today}"))? +=
                qty.max(0.0);
        }
        let position = row.number("on_hand")? + row.number("on_order")?;
        items.push(Item {
            input: PolicyInput {
                history,
                lead_days_min: row.number("lead_time_min")? as i64,
                lead_days_max: row.number("lead_time_max")? as i64,
                review_days: row.number("review_days")? as i64,
                moq: row.number("moq")? as i64,
                pack: row.number("pack")? as i64,
                holding_per_unit_day: row.number("holding_per_unit_day")?,
                order_cost: row.number("order_cost")?,
                shortage_per_unit: row.number("shortage_per_unit")?,
            },
            position: position.floor() as i64,
            reviewed: row.number("review_today").map_or(true, |today| today != 0.0),
            sku,
        });
    }
    Ok(items)
}

/// A CSV whose cells are asked for by the names of their columns.
struct Rows {
    reader: csv::Reader<std::fs::File>,
    columns: HashMap<String, usize>,
}

struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    record: csv::StringRecord,
    line: usize,
}

impl Rows {
    fn open(path: &Path) -> Result<Rows> {
        let mut reader =
            csv::Reader::from_path(path).with_context(|| format!("opening {}", path.display()))?;
        let header = reader.headers()?;
        let columns = header.iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
        Ok(Rows { reader, columns })
    }

    fn all(&mut self) -> Result<Vec<Row<'_>>> {
        let mut rows = Vec::new();
        for (index, record) in self.reader.records().enumerate() {
            rows.push(Row { columns: &self.columns, record: record?, line: index + 2 });
        }
        Ok(rows)
    }
}

impl Row<'_> {
    fn text(&self, column: &str) -> Result<&str> {
        let place = self.columns.get(column).ok_or_else(|| anyhow!("no column {column}"))?;
        self.record.get(*place).ok_or_else(|| anyhow!("line {}: no {column}", self.line))
    }

    fn number(&self, column: &str) -> Result<f64> {
        let text = self.text(column)?;
        let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| anyhow!("line {}: {column} {text} is not a number", self.line))
    }

    fn day(&self, column: &str) -> Result<Day> {
        let text = self.text(column)?;
        let day = text.get(..10).and_then(Day::parse);
        day.ok_or_else(|| anyhow!("line {}: {column} {text} is not a day", self.line))
    }
}
